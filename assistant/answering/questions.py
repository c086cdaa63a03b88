"""What a question asks for: the kind of value, its telling words, and the things it names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant import figures
from assistant.answering import dimensions, sought
from assistant.answering.dimensions import Dimension
from assistant.answering.sought import Sought
from assistant.figures import FigureKind
from assistant.terms import content_words
from assistant.types import Language

MAX_QUESTION_CHARACTERS = 1000

_NAME = re.compile(r"(?<![\w'’])(?:[A-ZÀ-ÖØ-Þ][\w&-]*|\w*\d\w*[A-Za-z]\w*|[a-z]+[A-Z]\w*)")
# Words that only say what kind of value is asked for, or nothing.
_KIND_WORDS = frozenset(
    """
    an annee annees year date dates jour day mois month ville city town lieu lieux endroit place places pays country
    region commune venue nombre nb number numbers figure chiffre total firm wich company companies entreprise societe
    boite person personne gens name nom names exactly exactement precisement actually bonjour hello please svp stp merci
    selon according quelque quelques bit thing chose y c whats cest etc know like would liste list
    """.split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    ``names`` are folded words of proper names, ``figures`` the years and numbers in it. ``topic`` are the words that a
    text must speak of to answer it: all but numbers and those that only name the kind of value (``year``, ``town``).
    ``counted`` are those of the things to be counted, in as many ways as there are to say it, where a number of things
    is asked for; ``dimension`` is that of a figure asked for, None where any will do. ``latest`` says that the newest
    of several values is wanted. ``wording`` is the language of the text, ``language`` that of the answer: they differ
    after "in English please".
    """

    text: str
    wording: Language
    language: Language
    sought: Sought
    words: tuple[str, ...]
    names: frozenset[str]
    figures: tuple[figures.Figure, ...]
    years: frozenset[str]
    topic: tuple[str, ...]
    counted: tuple[tuple[str, ...], ...]
    dimension: Dimension | None
    latest: bool


def analyse(text: str, language: Language) -> Question:
    """Understand a question, typed as people type: accents, capitals and the question mark may be missing."""
    plain = sought.plain(text)
    kind = sought.sought_by(plain)
    # Never a question word, nor the letter that French elides before "est".
    names = {word for match in _NAME.findall(text) for word in content_words(match) if len(word) > 1}
    found = tuple(figures.find(text, language))
    words = tuple(dict.fromkeys(content_words(text)))
    return Question(
        text=text,
        wording=language,
        language=language,
        sought=kind,
        words=words,
        names=frozenset(names),
        figures=found,
        years=years(found),
        topic=tuple(word for word in words if not (word in _KIND_WORDS or word.isdigit() or sought.is_office(word))),
        counted=sought.counted_by(plain) if kind is Sought.NUMBER else (),
        dimension=dimensions.asked_by(plain, kind),
        latest=sought.is_for_the_latest(plain),
    )


def reworded(question: Question, text: str) -> Question:
    """Another text of the same visitor, such as a part of the question, to be answered in the same language."""
    return replace(analyse(text, question.wording), language=question.language)


def years_in(text: str, language: Language) -> frozenset[str]:
    """The years of the dates in a text."""
    return years(figures.find(text, language))


def years(found: Iterable[figures.Figure]) -> frozenset[str]:
    """The years that the dates among some figures begin with."""
    return frozenset(figure.value[:4] for figure in found if figure.kind is FigureKind.DATE)
