"""The text of a document as it is built, block by block: what every reader of a format writes into."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.types import Block, BlockKind, Language, Source, SourceMark

# Neither printed nor searched for: control characters, soft hyphens, zero-width and direction marks. Lone
# surrogates come out of some PDFs and cannot be stored.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
# Every white space but those of French and scientific typography, which a quotation keeps: no-break space,
# figure space, thin space and narrow no-break space.
_BREAKABLE_SPACE = re.compile(r"[^\S\u00a0\u2007\u2009\u202f]+")

# A row of a table reads ``label | column = value | column = value``.
ROW_SEPARATOR, VALUE_SIGN = " | ", " = "

_CLOSE_KINDS = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})  # one line break keeps them together


@dataclass(frozen=True, slots=True)
class Line:
    """The text of one block or table cell before it is placed: its marks count from its own start."""

    text: str
    marks: tuple[SourceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A document's text with its blocks and marks; see ``ParsedDocument`` for what they promise."""

    text: str
    blocks: tuple[Block, ...]
    marks: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a reader of one format found: the content, and what the file says of itself where it does."""

    content: Content
    title: str | None = None
    kind: str | None = None
    language: Language | None = None
    translation_of: str | None = None
    published: str | None = None
    as_of: str | None = None
    publisher: str | None = None
    url: str | None = None
    sources: tuple[Source, ...] = ()


@dataclass(slots=True)
class ContentBuilder:
    """Appends blocks one after the other and keeps count of their offsets."""

    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _marks: list[SourceMark] = field(default_factory=list)
    _length: int = 0

    def add(self, kind: BlockKind, line: Line | str, *, level: int = 0, page: int | None = None) -> None:
        """Append a block; one without any visible text leaves only its marks, on the text before it."""
        line = Line(line) if isinstance(line, str) else line
        text = clean(line.text)
        if text:
            start = self._append(text, kind)
            self._blocks.append(Block(kind, start, self._length, level=level, page=page))
            # a mark before the first word vouches for nothing, and least of all for the block before
            found = [(start + position, mark.label) for mark, position in _placed(line, text) if position]
        else:
            found = [(self._length, mark.label) for mark in line.marks if self._blocks]
        self._marks += (SourceMark(position, label) for position, label in found)

    def build(self) -> Content:
        return Content("".join(self._parts), tuple(self._blocks), tuple(self._marks))

    def _append(self, text: str, kind: BlockKind) -> int:
        if self._blocks:
            together = kind in _CLOSE_KINDS and self._blocks[-1].kind is kind
            separator = "\n" if together else "\n\n"
            self._parts.append(separator)
            self._length += len(separator)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start


def clean(text: str) -> str:
    """Normalise to NFC on one line: invisible characters go, white space becomes single spaces, ends are bare."""
    visible = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _BREAKABLE_SPACE.sub(" ", visible).strip()


def table_row(header: Sequence[Line], cells: Sequence[Line]) -> Line:
    """Write a row as ``label | column = value | …``: each value says which column it is of.

    Empty cells are left out. Notes on a column's name vouch for each value below it.
    """
    text = ""
    marks: list[SourceMark] = []
    for index, cell in enumerate(cells):
        value = clean(cell.text)
        if not value:
            continue
        column = header[index] if 0 < index < len(header) else Line("")
        name = clean(column.text)
        text += (ROW_SEPARATOR if text else "") + (f"{name}{VALUE_SIGN}" if name else "")
        marks += (SourceMark(len(text) + position, mark.label) for mark, position in _placed(cell, value))
        text += value
        marks += (SourceMark(len(text), mark.label) for mark in column.marks)
    return Line(text, tuple(marks))


def add_table(builder: ContentBuilder, header: Sequence[Line], rows: Sequence[Sequence[Line]]) -> None:
    """Append a table's rows, each on one line; a header that no row repeats is a row of its own."""
    if len(header) == 1 or not rows:
        builder.add(BlockKind.TABLE_ROW, table_row((), header))
    for cells in rows:
        builder.add(BlockKind.TABLE_ROW, table_row(header, cells))


def _placed(line: Line, cleaned: str) -> list[tuple[SourceMark, int]]:
    return [(mark, min(len(clean(line.text[: mark.position])), len(cleaned))) for mark in line.marks]
