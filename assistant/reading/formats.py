"""A file → its text and structure. The format is decided by the content; a name only tells text files apart."""

import re
import warnings
import zipfile
from collections.abc import Callable
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.language import detect
from assistant.reading.blocks import Draft, clean
from assistant.reading.docx import read_docx
from assistant.reading.html import read_html
from assistant.reading.markdown import read_markdown
from assistant.reading.pdf import read_pdf
from assistant.reading.plain import read_text
from assistant.types import BlockKind, Language, ParsedDocument


class Format(StrEnum):
    """The formats that are read, named as the staff name them."""

    PDF = "PDF"
    DOCX = "DOCX"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    TEXT = "text"


def _of_text(reader: Callable[[str], Draft]) -> Callable[[bytes], Draft]:
    return lambda data: reader(_decode(data))


READERS: dict[Format, Callable[[bytes], Draft]] = {
    Format.PDF: read_pdf,
    Format.DOCX: read_docx,
    Format.HTML: _of_text(read_html),
    Format.MARKDOWN: _of_text(read_markdown),
    Format.TEXT: _of_text(read_text),
}

_TEXT_FORMATS = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".htm": Format.HTML,
    ".html": Format.HTML,
    ".xhtml": Format.HTML,
}
_NO_TEXT_ADVICE = {
    Format.PDF: "if it is a scan, run OCR first",
    Format.HTML: "if a script writes the page, print it to PDF and add that",
}
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PDF_HEAD_BYTES = 1024  # the standard lets that much junk stand before the signature
_HTML_HEAD = re.compile(
    r"(?:<!--(?:(?!-->).)*-->|<\?xml(?:(?!\?>).)*\?>|\s)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_HEAD_CHARS = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.001  # a stray one slips into text files; binaries are full of them
_UNKNOWN = "not a PDF, DOCX, HTML, Markdown or text file; export it to one of these and add it again"
_OLD_OFFICE = "an old or password-protected Office file; save it as .docx without a password and add it again"


def read(path: Path, *, max_bytes: int) -> ParsedDocument:
    """Read a file's text, its structure and what it says of itself.

    The language is the one the file states, else that of a name such as ``report.fr.pdf``, else that of the text.

    Raises:
        UnreadableDocument: no text can be had from the file; the reason says why and what to do.
    """
    data = _load(path, max_bytes)
    found = _format_of(data, path.suffix.lower())
    draft = _parse(data, found)
    if not draft.content.blocks:
        advice = _NO_TEXT_ADVICE.get(found)
        raise UnreadableDocument("no text found" + (f"; {advice}" if advice else ""))
    text = draft.content.text
    language = draft.language or _language_of_name(path) or detect(text, default=Language.FRENCH)
    return ParsedDocument(
        title=clean(draft.title or "") or _first_heading(draft) or path.stem,
        text=text,
        blocks=draft.content.blocks,
        language=language,
        kind=draft.kind or "document",
        translation_of=draft.translation_of,
        published=draft.published,
        as_of=draft.as_of,
        publisher=draft.publisher,
        url=draft.url,
        sources=draft.sources,
        marks=draft.content.marks,
    )


def _load(path: Path, max_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise UnreadableDocument(f"cannot be opened: {error.strerror or error}") from error
    if len(data) > max_bytes:
        limit = f"{max_bytes / 1_000_000:g} MB"
        raise UnreadableDocument(f"larger than the limit of {limit}; cut it into parts or raise the limit")
    if not data.strip():
        raise UnreadableDocument("empty file; add it again once it has text")
    return data


def _format_of(data: bytes, suffix: str) -> Format:
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:_PDF_HEAD_BYTES] and b" obj" in data):
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _format_of_archive(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocument(_OLD_OFFICE)
    if data.startswith(b"{\\rtf"):
        raise UnreadableDocument(_UNKNOWN)
    text = _decode(data)
    if len(_CONTROL.findall(text)) > len(text) * _MAX_CONTROL_SHARE:
        raise UnreadableDocument(_UNKNOWN)
    if _HTML_HEAD.match(text[:_HTML_HEAD_CHARS]):
        return Format.HTML
    return _TEXT_FORMATS.get(suffix, Format.TEXT)


def _format_of_archive(data: bytes) -> Format:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableDocument(f"a damaged archive or DOCX ({error}); export it again") from error
    if "word/document.xml" not in names:
        raise UnreadableDocument(_UNKNOWN)
    return Format.DOCX


def _decode(data: bytes) -> str:
    encodings = [encoding for bom, encoding in _BOMS.items() if data.startswith(bom)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableDocument(_UNKNOWN if b"\0" in data else "undecodable text; save it as UTF-8 and add it again")


def _parse(data: bytes, found: Format) -> Draft:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the parsers' remarks on a file are not for the console
            return READERS[found](data)
    except UnreadableDocument:
        raise
    except Exception as error:  # parsers raise anything on a damaged file, and none of it may escape
        detail = clean(str(error))[:200] or type(error).__name__
        raise UnreadableDocument(f"damaged {found} file ({detail}); export it again and add that") from error


def _first_heading(draft: Draft) -> str:
    text = draft.content.text
    return next(
        (text[block.start : block.end] for block in draft.content.blocks if block.kind is BlockKind.HEADING), ""
    )


def _language_of_name(path: Path) -> Language | None:
    suffixes = [suffix.lower().removeprefix(".") for suffix in path.suffixes[-2:-1]]
    return next((language for language in Language if language in suffixes), None)
