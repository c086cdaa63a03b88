"""Notices an answer about other years than those asked for: the 534 participants of 2023, where 2024 is asked."""

from collections.abc import Iterator, Sequence

from assistant.answering.features import Candidate
from assistant.answering.questions import Question, years_in
from assistant.reading.blocks import ROW_SEPARATOR
from assistant.search.retriever import excerpt


def are_told(question: Question, chosen: Sequence[Candidate]) -> bool:
    """Whether the sentences speak of other years in place of those asked for.

    They may speak of these too where their own years lie on either side, and where their headings or a sentence before
    them in the passage name one of them and no other year. A row of a table stands for itself.
    """
    if not question.years:
        return False
    told: set[str] = set()
    for candidate in chosen:
        own = years_in(candidate.quote.text, candidate.passage.metadata["language"])
        if question.years & own or any(years and years <= question.years for years in _before(candidate)):
            return False
        told |= own
    return bool(told) and not any(min(told) < year < max(told) for year in question.years)


def _before(candidate: Candidate) -> Iterator[frozenset[str]]:
    """The years of the headings that a sentence stands under, and of each sentence before it."""
    metadata, quote = candidate.passage.metadata, candidate.quote
    yield years_in(f"{metadata['title']} {metadata['section']}", metadata["language"])
    if ROW_SEPARATOR not in quote.text:
        for start, end, _ in metadata["sentences"]:
            if end <= quote.start:
                yield years_in(excerpt(candidate.passage, start, end), metadata["language"])
