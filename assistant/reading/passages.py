"""A document's text → passages: what is embedded, searched and quoted from. Cut by structure, never by size alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.reading.sentences import sentence_spans
from assistant.types import Block, BlockKind, Language, ParsedDocument, Passage, Span

CHUNKING_VERSION = "1"
"""Change it when the result of ``split`` changes, so that indexes are rebuilt."""

SECTION_SEPARATOR = " › "

_TARGET_CHARS = 700  # paragraphs are put together up to here: enough context, still one subject
_MAX_CHARS = 1200  # nothing is longer, whatever the document does
_TABLE_CHARS = 900
_TABLE_ROWS = 8  # more rows under one vector are found by none of them
_PARAGRAPHS = 3
_ITEM_CHARS = 300  # a longer list item is prose: its sentences count one by one


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block, or a part of one that is too long. ``reach`` is the end of what should stay with it."""

    kind: BlockKind
    sentences: tuple[Span, ...]
    page: int | None
    introduces: bool = False
    reach: int = 0

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end


def split(document: ParsedDocument) -> tuple[Passage, ...]:
    """Cut a document into passages, in order and without overlap; every word outside headings is in one of them.

    A passage stays under one heading and under 1,200 characters: one to three paragraphs, a list with the line
    that introduces it, or some rows of a table. A heading with nothing under it is a passage of its own.
    """
    return tuple(passage for section, blocks in _sections(document) for passage in _passages(document, section, blocks))


def breadcrumb(title: str, section: str, date: str | None) -> str:
    """Say where a passage stands, as ``title › section (date)``: embedded with it, never quoted."""
    path = SECTION_SEPARATOR.join(part for part in (title, section) if part)
    return f"{path} ({date})" if date else path


def _sections(document: ParsedDocument) -> Iterator[tuple[str, list[Block]]]:
    """The runs of blocks under one heading, each with its path of headings."""
    path: list[Block] = []
    body: list[Block] = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            body.append(block)
            continue
        yield from _section(document, path, body, next_level=block.level)
        path = [*(heading for heading in path if heading.level < block.level), block]
        body = []
    yield from _section(document, path, body, next_level=0)


def _section(
    document: ParsedDocument, path: Sequence[Block], body: list[Block], *, next_level: int
) -> Iterator[tuple[str, list[Block]]]:
    if body:
        yield _section_name(document, path), body
    elif path and next_level <= path[-1].level:  # no text and no heading under it: it is all there is to find
        yield _section_name(document, path[:-1]), [replace(path[-1], kind=BlockKind.PARAGRAPH)]


def _section_name(document: ParsedDocument, path: Sequence[Block]) -> str:
    names = [(heading.level, document.text[heading.start : heading.end]) for heading in path]
    title = document.title.casefold()
    return SECTION_SEPARATOR.join(name for level, name in names if level > 1 or name.casefold() != title)


def _passages(document: ParsedDocument, section: str, blocks: Sequence[Block]) -> Iterator[Passage]:
    current: list[_Unit] = []
    for unit in _with_reach([unit for block in blocks for unit in _units(document, block)]):
        if current and not _joins(current, unit):
            yield _passage(current, section)
            current = []
        current.append(unit)
    if current:
        yield _passage(current, section)


def _passage(units: Sequence[_Unit], section: str) -> Passage:
    sentences = tuple(sentence for unit in units for sentence in unit.sentences)
    return Passage(units[0].start, units[-1].end, section, units[0].page, sentences)


def _units(document: ParsedDocument, block: Block) -> Iterator[_Unit]:
    """One unit for a block; several, cut between sentences, for one that is too long."""
    text = document.text
    introduces = block.kind is BlockKind.PARAGRAPH and text[block.start : block.end].endswith(":")
    limit = _MAX_CHARS if block.end - block.start <= _MAX_CHARS else _TARGET_CHARS
    part: list[Span] = []
    for sentence in _sentences(text, block, document.language):
        if part and sentence.end - part[0].start > limit:
            yield _Unit(block.kind, tuple(part), block.page)
            part = []
        part.append(sentence)
    yield _Unit(block.kind, tuple(part), block.page, introduces=introduces)


def _sentences(text: str, block: Block, language: Language) -> Iterator[Span]:
    length = block.end - block.start
    whole = block.kind is BlockKind.TABLE_ROW or (block.kind is BlockKind.LIST_ITEM and length <= _ITEM_CHARS)
    spans = (Span(0, length),) if whole else sentence_spans(text[block.start : block.end], language)
    for span in spans:
        yield from _cut(text, Span(block.start + span.start, block.start + span.end))


def _cut(text: str, span: Span) -> Iterator[Span]:
    """Cut between words what has no sentence end for longer than a passage may be."""
    if span.end - span.start <= _MAX_CHARS:
        yield span
        return
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_TARGET_CHARS,
        chunk_overlap=0,
        add_start_index=True,
        separators=["; ", " | ", ", ", " ", ""],
        keep_separator="end",
    )
    for part in splitter.create_documents([text[span.start : span.end]]):
        start = span.start + int(part.metadata["start_index"])
        yield Span(start, start + len(part.page_content))


def _with_reach(units: Sequence[_Unit]) -> list[_Unit]:
    """Give each item the end of its list, and the line that introduces a list or a table the end of that."""
    reached: list[_Unit] = []
    end = 0
    for index in range(len(units) - 1, -1, -1):
        unit = units[index]
        if unit.kind is BlockKind.PARAGRAPH:
            end = end if unit.introduces and end else unit.end
            reached.append(replace(unit, reach=end))
            end = 0
        else:
            following = units[index + 1].kind if index + 1 < len(units) else None
            end = end if following is unit.kind else unit.end
            reached.append(replace(unit, reach=end))
    return reached[::-1]


def _joins(current: Sequence[_Unit], unit: _Unit) -> bool:
    last, length = current[-1], unit.end - current[0].start
    if last.introduces and unit.kind is not BlockKind.PARAGRAPH:
        return length <= _MAX_CHARS
    if unit.kind is BlockKind.TABLE_ROW or last.kind is BlockKind.TABLE_ROW:
        rows = sum(member.kind is BlockKind.TABLE_ROW for member in current)
        return last.kind is unit.kind and rows < _TABLE_ROWS and length <= _TABLE_CHARS
    if unit.kind is BlockKind.LIST_ITEM and last.kind is BlockKind.LIST_ITEM:
        return length <= _MAX_CHARS
    paragraphs = sum(member.kind is BlockKind.PARAGRAPH for member in current)
    if unit.kind is BlockKind.PARAGRAPH and paragraphs >= _PARAGRAPHS:
        return False
    return unit.reach - current[0].start <= _TARGET_CHARS
