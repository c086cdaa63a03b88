"""PDF: the text layer page by page; scans have none and are refused by the caller."""

import logging
import re
from collections.abc import Iterator, Sequence
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, PdfReadError
from pypdf.generic import Destination

from assistant.errors import UnreadableDocument
from assistant.reading.blocks import Content, Draft, clean
from assistant.reading.lines import join, without_running_lines

_ENCRYPTED = "encrypted PDF; remove the password and add it again"
_MAX_TITLE_CHARS = 200  # a longer first paragraph is no title
_DEEPEST_HEADING = 6
# What word processors leave as a title when nobody wrote one.
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint) - .*|untitled.*|sans titre.*|document ?\d*|pr[ée]sentation ?\d*|\W*"
    r"|.*\.(?:docx?|pptx?|odt|pdf|indd|qxd|tex|dvi)",
    re.IGNORECASE,
)

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on sloppy files are not for the console


def read_pdf(data: bytes) -> Draft:
    """Read the text layer, each block with the page it begins on; bookmarks tell the headings.

    Raises:
        UnreadableDocument: the file needs a password.
    """
    reader = _open(data)
    pages = without_running_lines(_page_lines(reader))
    content = join(pages, headings=_headings(reader))
    return Draft(content=content, title=_stated_title(reader) or _first_line(content), published=_created(reader))


def _open(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(data))
        # an empty password opens a file that only forbids printing or copying
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError as error:
        raise UnreadableDocument(_ENCRYPTED) from error
    if locked:
        raise UnreadableDocument(_ENCRYPTED)
    return reader


def _page_lines(reader: PdfReader) -> list[list[str]]:
    """The lines of each page; a page that cannot be read is empty as long as another one has text."""
    pages: list[list[str]] = []
    failure: Exception | None = None
    for number in range(len(reader.pages)):
        try:
            pages.append(reader.pages[number].extract_text().splitlines())
        except Exception as error:  # the parser raises anything on a damaged page
            failure = error
            pages.append([])
    if isinstance(failure, DependencyError) and reader.is_encrypted:  # some ciphers show only when a page is opened
        raise UnreadableDocument(_ENCRYPTED) from failure
    if failure is not None and not any(pages):
        raise PdfReadError(f"no page can be read: {failure}") from failure
    return pages


def _headings(reader: PdfReader) -> dict[str, int]:
    """The bookmarks with their depth: the only headings that a PDF names as such."""
    try:
        bookmarks = list(_walk(reader.outline, level=1))
    except Exception:  # a damaged outline costs the headings, not the document
        return {}
    headings: dict[str, int] = {}
    for title, level in bookmarks:
        headings.setdefault(title.casefold(), min(level, _DEEPEST_HEADING))
    return headings


def _walk(outline: Sequence[object], *, level: int) -> Iterator[tuple[str, int]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _walk(entry, level=level + 1)
        elif isinstance(entry, Destination) and entry.title:
            yield clean(str(entry.title)), level


def _stated_title(reader: PdfReader) -> str | None:
    title = clean(str((reader.metadata and reader.metadata.title) or ""))
    return None if _NO_TITLE.fullmatch(title) else title


def _first_line(content: Content) -> str | None:
    first = content.blocks[0] if content.blocks else None
    return content.text[first.start : first.end] if first and first.end <= _MAX_TITLE_CHARS else None


def _created(reader: PdfReader) -> str | None:
    try:
        created = reader.metadata and reader.metadata.creation_date
    except ValueError:  # dates that no calendar has are common
        return None
    return created.date().isoformat() if created else None
