"""What a question asks for: the kind of value, its telling words, and the things it names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant import figures
from assistant.figures import FigureKind
from assistant.terms import content_words, fold
from assistant.types import Language

MAX_QUESTION_CHARACTERS = 1000


class Sought(StrEnum):
    """The kind of value that would answer a question."""

    DATE = "date"
    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    DEFINITION = "definition"
    REASON = "reason"
    MANNER = "manner"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood. ``names`` are folded words of proper names, ``figures`` the years and numbers in it."""

    text: str
    language: Language
    sought: Sought
    words: tuple[str, ...]
    names: frozenset[str]
    figures: tuple[figures.Figure, ...]
    years: frozenset[str]


_MONEY_WORDS = (
    r"budget|montant|invest\w*|cout\w*|coute\w*|prix|tarif\w*|chiffre d.affaires|financ\w*|subvention\w*|argent|"
    r"euros?|cost\w*|price\w*|fee|fees|funding|fund\w*|revenue|turnover|money|amount|spen[dt]\w*|pay|paid|worth|"
    r"somme|depens\w*|mobilis\w*|enveloppe|aide\w*"
)

# In order: the first pattern that matches the folded question decides. A number of things outranks money words
# ("combien d'emplois pour 86 millions ?"), and "combien" or "how much" without a thing counted means money.
_RULES: tuple[tuple[Sought, str], ...] = (
    (Sought.SHARE, r"pourcentage|quelle part|quelle proportion|taux|percent\w*|share|proportion|what part"),
    (Sought.NUMBER, r"combien de temps|how long|quelle duree"),
    (Sought.MONEY, r"how much|combien d argent"),
    (
        Sought.NUMBER,
        r"how many|combien de|combien d|combien y a|y a combien|nombre|number of|quelle surface|quelle superficie|"
        r"effectifs?|headcount|how (?:big|large)",
    ),
    (Sought.MONEY, r"combien"),
    (
        Sought.DATE,
        r"quand|dates?|quel jour|quelle annee|quel mois|when|(?:what|which) (?:year|day|month)",
    ),
    (
        Sought.PLACE,
        r"ou|quelle ville|quel lieu|quel endroit|quelle region|where|(?:what|which) (?:city|town|region)|venue|lieu",
    ),
    (Sought.MONEY, rf"(?:quel(?:le)?s?|what|what s|which|c est quoi)\b.*\b(?:{_MONEY_WORDS})"),
    (Sought.REASON, r"pourquoi|pour quelle raison|why|what for|how come"),
    (
        Sought.PERSON,
        r"qui|who|whom|whose|president\w*|directeur|directrice|dirigeant\w*|pdg|patron\w*|ministre|boss|ceo|head of",
    ),
    (Sought.LIST, r"quels sont|quelles sont|liste\w*|enumer\w*|list|(?:what|which) are|name the|lesquel\w*|quels"),
    (Sought.MANNER, r"comment|how"),
    (
        Sought.DEFINITION,
        r"qu est ce qu\w*|c est quoi|definition|que signifie|veut dire|what is|what s|what does .* mean|define|meaning",
    ),
)
_COMPILED = tuple((re.compile(rf"\b(?:{pattern})\b"), sought) for sought, pattern in _RULES)

_FIGURE_KINDS = {
    Sought.DATE: {FigureKind.DATE},
    Sought.MONEY: {FigureKind.MONEY},
    Sought.SHARE: {FigureKind.SHARE},
    Sought.NUMBER: {FigureKind.NUMBER, FigureKind.MEASURE},
}
_NAME = re.compile(r"(?<![\w'’])(?:[A-ZÀ-ÖØ-Þ][\w&-]*|\w*\d\w*[A-Za-z]\w*|[a-z]+[A-Z]\w*)")


def analyse(text: str, language: Language) -> Question:
    """Understand a question, typed as people type: accents, capitals and the question mark may be missing."""
    plain = re.sub(r"[^\w?]+", " ", fold(text)).strip()
    sought = next((sought for pattern, sought in _COMPILED if pattern.search(plain)), Sought.ANYTHING)
    # Never a question word, nor the letter that French elides before "est".
    names = {word for match in _NAME.findall(text) for word in content_words(match) if len(word) > 1}
    found = tuple(figures.find(text, language))
    return Question(
        text=text,
        language=language,
        sought=sought,
        words=tuple(dict.fromkeys(content_words(text))),
        names=frozenset(names),
        figures=found,
        years=years(found),
    )


def years(found: Iterable[figures.Figure]) -> frozenset[str]:
    """The years that the dates among some figures begin with."""
    return frozenset(figure.value[:4] for figure in found if figure.kind is FigureKind.DATE)


def figure_kinds(sought: Sought) -> frozenset[FigureKind]:
    """The kinds of figure that can answer, empty where no figure is asked for."""
    return frozenset(_FIGURE_KINDS.get(sought, ()))
