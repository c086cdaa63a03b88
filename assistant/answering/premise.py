"""Corrects a place that a question takes for granted and the documents give otherwise: "the congress in Lyon".

Conservative: only a town that stands in the question beside a thing that it names; only if every sentence found that
speaks of all the rest of the question puts it in one other place, and no passage found speaks of the asserted one.
Years are left alone: a congress that the documents know in 2025 may well be held in 2027 too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from langchain_core.documents import Document

from assistant.answering import values
from assistant.answering.drafts import speaks_of
from assistant.answering.extractive import Ranked
from assistant.answering.features import Candidate
from assistant.answering.questions import Question
from assistant.answering.sought import Sought
from assistant.terms import content_words, fold, stems
from assistant.types import Language, Span

_LEAST_TELLING_WORDS = 2  # beside the place: "le congrès 2025", never "le congrès" alone
_UPPER = "A-ZÀ-ÖØ-Þ"
_ASSERTED = re.compile(rf"(?<!\w)(?:à|in|at) (?P<place>[{_UPPER}][\w'’-]+(?: [{_UPPER}][\w'’-]+)*)")
_BELONGING = re.compile(r"\b(?:de|du|des|of|from) $|\bd['’]$")
# Words that only say what kind of value is asked for, and that no sentence need repeat.
_ASKING = frozenset(
    "jour jours date dates annee mois heure prix cout montant budget lieu ville adresse nombre president presidente "
    "tient tenu day days year month time price cost amount venue city place number chair take takes held".split()
)
# Places that hold others: a plant in Gidy is in France, and nothing needs correcting.
_WIDE = frozenset(
    "france europe monde afrique asie amerique allemagne italie espagne belgique suisse angleterre ecosse irlande "
    "germany italy spain belgium switzerland england scotland ireland africa asia america world normandie normandy "
    "bretagne brittany alsace touraine provence occitanie corse corsica auvergne aquitaine centre val grand est hauts "
    "pays loire ile united kingdom states royaume etats uni unis rhone alpes bourgogne burgundy lorraine picardie "
    "champagne chine china japon japan inde india".split()
)


@dataclass(frozen=True, slots=True)
class Correction:
    """The sentence that says otherwise; ``span`` of its text is the place, ``asserted`` what the question has."""

    candidate: Candidate
    span: Span
    asserted: str

    @property
    def place(self) -> str:
        return self.candidate.quote.text[self.span.start : self.span.end]


def find(question: Question, passages: Sequence[Document], ranked: Ranked) -> Correction | None:
    """The correction of the place in a question, or None where nothing is surely wrong with it."""
    match = None if question.sought is Sought.PLACE else _ASSERTED.search(question.text)
    if not match:
        return None
    asserted = match["place"]
    own = set(content_words(asserted))
    telling = [word for word in question.words if word not in own | _ASKING]
    named = [word for word in telling if word in question.names or word.isdigit()]
    if not own or own & _WIDE or not named or len(telling) < _LEAST_TELLING_WORDS:
        return None
    if any(_speaks_of(passage, own, telling, named, question) for passage in passages):
        return None
    found = [place for candidate, _ in ranked for place in _places(question, candidate, telling, asserted)]
    return found[0] if found and all(_is_same(found[0].place, other.place) for other in found[1:]) else None


def _places(question: Question, candidate: Candidate, telling: Sequence[str], asserted: str) -> Iterator[Correction]:
    """Where a sentence that speaks of all the rest of the question puts it; a name after "de" is no such place."""
    text, language = candidate.quote.text, candidate.passage.metadata["language"]
    if speaks_of(candidate, telling, headings=False):
        for span in values.find(replace(question, sought=Sought.PLACE), text, language).spans:
            if not _BELONGING.search(text, 0, span.start):
                yield Correction(candidate, span, asserted)


def _speaks_of(
    passage: Document, asserted: set[str], telling: Sequence[str], named: Sequence[str], question: Question
) -> bool:
    """Whether a passage holds the asserted place together with the thing; by its names alone in the other language."""
    metadata = passage.metadata
    language: Language = metadata["language"]
    thing = telling if language is question.wording else named
    held = set(stems(f"{metadata['title']} {metadata['section']} {passage.page_content}", language))
    return set(stems(" ".join([*asserted, *thing]), language)) <= held


def _is_same(one: str, other: str) -> bool:
    """Whether two names of places share their last word: ``Palais des Congrès de Tours`` and ``Tours``."""
    left, right = fold(one).split(), fold(other).split()
    return left[-1] == right[-1] or left[-1] in right or right[-1] in left
