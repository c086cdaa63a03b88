"""What an answer is made of before its quotations are checked and cited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from assistant.answering.extractive import Ranked
from assistant.answering.features import Candidate
from assistant.answering.questions import Question
from assistant.terms import stems
from assistant.types import AnswerStatus, Citation, Span

_ONE_CELL = 40  # characters that values may span and still be read as one

Weigh = Callable[[Question], tuple[list[Document], Ranked]]
"""The passages found for a question, and their sentences as candidates, best first."""

Cite = Callable[[Candidate], Citation | None]
"""The citation of a sentence as the document is held now, or None if it no longer holds those words."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value for the answer's table: the ``span`` of a candidate's quote; ``label`` as in ``AnswerRow``."""

    label: str
    candidate: Candidate
    span: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """The sentences to quote, in order; what the table holds of them; and notes in our words."""

    chosen: tuple[Candidate, ...]
    cells: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    status: AnswerStatus = AnswerStatus.ANSWERED


def stems_of(candidate: Candidate, *, headings: bool = True) -> frozenset[str]:
    """The stems of a sentence, with those of the title and the headings that it stands under unless told otherwise."""
    metadata = candidate.passage.metadata
    crumb = f"{metadata['title']} {metadata['section']} " if headings else ""
    return frozenset(stems(crumb + candidate.quote.text, metadata["language"]))


def speaks_of(candidate: Candidate, words: str | Sequence[str], *, headings: bool = True) -> bool:
    """Whether a sentence, with its headings unless told otherwise, holds every content word of ``words``."""
    text = words if isinstance(words, str) else " ".join(words)
    return set(stems(text, candidate.passage.metadata["language"])) <= stems_of(candidate, headings=headings)


def value_span(candidate: Candidate) -> Span | None:
    """The stretch that holds the value sought: all of several that stand close together, else the first."""
    if not candidate.spans:
        return None
    first, last = candidate.spans[0], candidate.spans[-1]
    return Span(first.start, last.end) if last.end - first.start <= _ONE_CELL else first
