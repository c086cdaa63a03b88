"""Plain text: paragraphs between blank lines, and lines that begin with a bullet."""

import re

from assistant.reading.blocks import ContentBuilder, Draft
from assistant.types import BlockKind

_BULLET = re.compile(r"\s*[-*+–—•‣◦▪■●·]\s+(?=\S)")
# At most two digits: "2025. " at the start of a line ends a sentence.
_NUMBER = re.compile(r"\s*\d{1,2}[.)]\s+(?=\S)")


def bullet(line: str) -> str | None:
    """Return the text of a list item, or None for another line. A number stays: it may be a figure of the text."""
    symbol = _BULLET.match(line)
    if symbol:
        return line[symbol.end() :]
    return line if _NUMBER.match(line) else None


def read_text(text: str) -> Draft:
    """Read paragraphs and list items; lines wrapped by hand are joined."""
    builder = ContentBuilder()
    kind, pending = BlockKind.PARAGRAPH, ""
    for line in text.splitlines():
        item = bullet(line)
        if item is not None or not line.strip():
            builder.add(kind, pending)
            kind, pending = (BlockKind.PARAGRAPH, "") if item is None else (BlockKind.LIST_ITEM, item)
        else:
            pending += f"\n{line}"
    builder.add(kind, pending)
    return Draft(content=builder.build())
