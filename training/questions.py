"""Read the question sets: a question, its paragraph and, where the set has one, the place of its answer."""

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.reading.sentences import sentence_spans
from assistant.types import Language, Span


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a paragraph. ``answer`` is a span of ``context``, or None where the paragraph has no answer."""

    language: Language
    question: str
    context: str
    title: str
    answer: tuple[int, int] | None
    answerable: bool
    in_both: bool = False
    """Whether the set asks its questions in both languages already."""

    @property
    def under_its_title(self) -> str:
        """The paragraph as the library embeds its passages."""
        return f"{self.title}\n{self.context}"

    def sentences(self) -> tuple[Sequence[Span], list[int]]:
        """The spans of the paragraph's sentences, and the places of those that the answer stands in."""
        spans = sentence_spans(self.context, self.language)
        first, last = self.answer or (0, 0)
        return spans, [place for place, span in enumerate(spans) if span.end > first and span.start < last]


def read(path: Path) -> list[Example]:
    """The examples of one ``*.jsonl.xz``; one whose answer is not where it is said to be is left out."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = []
    for row in rows:
        answer, start = row.get("answer") or "", row.get("answer_start")
        trimmed = answer.strip()
        span = None
        if trimmed and start is not None and not row.get("is_impossible"):
            first = start + answer.index(trimmed)
            if row["context"][first : first + len(trimmed)] != trimmed:
                continue
            span = (first, first + len(trimmed))
        title = row.get("title") or row.get("topic") or ""
        found.append(
            Example(
                Language(row["lang"]),
                row["question"].strip(),
                row["context"],
                title,
                span,
                not row.get("is_impossible"),
            )
        )
    return found
