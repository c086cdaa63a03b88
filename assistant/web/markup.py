"""Plain text into HTML. Everything that comes from a document or a visitor passes through here."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from assistant.types import Span

__all__ = ["escape", "highlight", "joined", "typeset"]

_BEFORE_FRENCH_MARK = re.compile(r" (?=[:;?!»])")


def highlight(text: str, spans: Iterable[Span], *, tag: str = "mark") -> str:
    """Escape ``text`` and wrap ``spans`` of it; what overlaps or lies outside the text is cut away."""
    pieces: list[str] = []
    position = 0
    for span in sorted(spans, key=lambda span: span.start):
        start, end = max(span.start, position), min(span.end, len(text))
        if start >= end:
            continue
        pieces += [escape(text[position:start]), f"<{tag}>{escape(text[start:end])}</{tag}>"]
        position = end
    return "".join([*pieces, escape(text[position:])])


def typeset(title: str) -> str:
    """Escape a title, with no line break before a French colon. A quotation is never touched so."""
    return escape(_BEFORE_FRENCH_MARK.sub("\u00a0", title))


def joined(parts: Sequence[str | None], *, separator: str = " · ") -> str:
    """Escape and join the parts that are there."""
    return separator.join(escape(part) for part in parts if part)
