"""Notices an answer about other years than those asked for: the 534 participants of 2023, where 2024 is asked."""

from collections.abc import Sequence

from assistant.answering.features import Candidate
from assistant.answering.questions import Question, years_in
from assistant.reading.blocks import ROW_SEPARATOR


def are_told(question: Question, chosen: Sequence[Candidate]) -> bool:
    """Whether the sentences speak of other years in place of those asked for.

    They may speak of these too where their headings name no other, where something else in the passage names one of
    them (a row of a table stands for itself), and where their own years lie on either side.
    """
    told: set[str] = set()
    for candidate in chosen:
        metadata, text = candidate.passage.metadata, candidate.quote.text
        language = metadata["language"]
        headings = years_in(f"{metadata['title']} {metadata['section']}", language)
        around = text if ROW_SEPARATOR in text else candidate.passage.page_content
        if question.years & years_in(around, language) or (headings and headings <= question.years):
            return False
        told |= years_in(text, language)
    if not question.years or not told:
        return False
    earliest, latest = min(told), max(told)
    return not any(earliest < year < latest for year in question.years)
