"""DOCX: paragraphs and tables in the order they stand in, headings and lists by the names of their styles."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from assistant.errors import UnreadableDocument
from assistant.reading.blocks import ContentBuilder, Draft, Line, add_table, clean
from assistant.types import BlockKind

_HEADING = re.compile(r"(?:heading|titre)\s+(\d)", re.IGNORECASE)  # Word's and LibreOffice's names, in both languages
_TITLE = re.compile(r"(?:title|titre)", re.IGNORECASE)
_LIST = re.compile(r"list|paragraphe de liste", re.IGNORECASE)
_DEEPEST_HEADING = 6
_PAIR = 2  # columns
_MAX_UNZIPPED_BYTES = 500_000_000  # far above any report; a crafted archive unpacks to much more


def read_docx(data: bytes) -> Draft:
    """Read the body: headings, paragraphs, list items and table rows; headers, notes and comments are not read.

    Raises:
        UnreadableDocument: the archive would unpack to an unreasonable size.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNZIPPED_BYTES:
            raise UnreadableDocument("unpacks to more than 500 MB; remove its pictures and add it again")
    document = docx.Document(BytesIO(data))
    builder = ContentBuilder()
    titles: list[str] = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            _add_table(builder, item)
            continue
        kind, level = _kind(item)
        builder.add(kind, item.text, level=level)
        if _TITLE.fullmatch(_style_name(item)):
            titles.append(clean(item.text))
    properties = document.core_properties
    return Draft(
        content=builder.build(),
        title=next(filter(None, titles), None) or clean(properties.title) or None,
        published=_created(document),
    )


def _created(document: Document) -> str | None:
    created = document.core_properties.created
    return created.date().isoformat() if created else None


def _style_name(paragraph: Paragraph) -> str:
    return (paragraph.style.name or "") if paragraph.style is not None else ""


def _kind(paragraph: Paragraph) -> tuple[BlockKind, int]:
    name = _style_name(paragraph)
    heading = _HEADING.match(name)
    if heading:
        return BlockKind.HEADING, min(max(int(heading[1]), 1), _DEEPEST_HEADING)
    if _TITLE.fullmatch(name):
        return BlockKind.HEADING, 1
    properties = paragraph._p.pPr  # noqa: SLF001 - the library has no public name for a paragraph's numbering
    is_numbered = properties is not None and properties.numPr is not None
    return (BlockKind.LIST_ITEM if is_numbered or _LIST.match(name) else BlockKind.PARAGRAPH), 0


def _add_table(builder: ContentBuilder, table: Table) -> None:
    """Take the first row as names of columns, unless the table may well be pairs of a label and a value."""
    rows = [list(_cells(row)) for row in table.rows]
    has_header = bool(rows) and (len(rows[0]) != _PAIR or _is_marked_as_header(table.rows[0]))
    add_table(builder, rows[0] if has_header else (), rows[1:] if has_header else rows)


def _is_marked_as_header(row: _Row) -> bool:
    """Whether the row is repeated on each page, or all its words are bold."""
    properties = row._tr.trPr  # noqa: SLF001 - the library has no public name for it
    if properties is not None and properties.find(qn("w:tblHeader")) is not None:
        return True
    runs = [run for cell in row.cells for paragraph in cell.paragraphs for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _cells(row: _Row) -> Iterator[Line]:
    """The cells of a row; the library gives a merged cell once for each column, and its text counts once."""
    previous = None
    for cell in row.cells:
        yield Line("" if cell._tc is previous else cell.text)  # noqa: SLF001 - only the element tells them apart
        previous = cell._tc  # noqa: SLF001
