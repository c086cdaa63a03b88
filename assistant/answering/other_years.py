"""Notices an answer about other years than those asked for: the 534 participants of 2023, where 2024 is asked."""

from collections.abc import Sequence

from assistant.answering.features import Candidate
from assistant.answering.questions import Question, years_in


def told(question: Question, chosen: Sequence[Candidate]) -> tuple[str, ...]:
    """The years that the sentences speak of in place of those asked for; empty where they may speak of these too.

    They may where the passage or its headings name a year that is asked for, and where theirs lie on either side of it.
    """
    of_sentences: set[str] = set()
    for candidate in chosen:
        metadata = candidate.passage.metadata
        around = f"{metadata['title']} {metadata['section']} {candidate.passage.page_content}"
        if question.years & years_in(around, metadata["language"]):
            return ()
        of_sentences |= years_in(candidate.quote.text, metadata["language"])
    if not question.years or not of_sentences:
        return ()
    earliest, latest = min(of_sentences), max(of_sentences)
    return () if any(earliest < year < latest for year in question.years) else tuple(sorted(of_sentences))
