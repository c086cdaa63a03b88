"""Notices an answer about other years than those asked for: the 534 participants of 2023, where 2024 is asked."""

from collections.abc import Sequence

from assistant.answering.features import Candidate
from assistant.answering.questions import Question, years_in


def are_told(question: Question, chosen: Sequence[Candidate]) -> bool:
    """Whether the sentences speak of other years in place of those asked for.

    They may speak of these too where the passage or its headings name one of them, and where theirs lie on either side.
    """
    told: set[str] = set()
    for candidate in chosen:
        metadata = candidate.passage.metadata
        around = f"{metadata['title']} {metadata['section']} {candidate.passage.page_content}"
        if question.years & years_in(around, metadata["language"]):
            return False
        told |= years_in(candidate.quote.text, metadata["language"])
    if not question.years or not told:
        return False
    earliest, latest = min(told), max(told)
    return not any(earliest < year < latest for year in question.years)
