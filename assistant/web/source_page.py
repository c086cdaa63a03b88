"""One stored document as a web page that also prints well, with the quoted words highlighted."""

from dataclasses import dataclass
from itertools import groupby

from assistant.reading.blocks import ROW_SEPARATOR, VALUE_SIGN
from assistant.texts import WEB_TEXTS
from assistant.types import Block, BlockKind, Language, ParsedDocument, Source, Span, StoredDocument
from assistant.web import dates
from assistant.web.links import outside_address
from assistant.web.markup import escape, joined, typeset
from assistant.web.source_text import SourceText

_TITLE_LEVEL = 1  # the page's own heading is the title, so headings of the text start one level below
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Site:
    """What a page needs to know of the site around it: its name, and the addresses of the chat and the style."""

    name: str
    root: str
    stylesheet: str


def render_source(document: StoredDocument, interface_language: Language, *, quote: Span | None) -> str:
    """Write the body of the page: what the document is, its text, and the numbered sources it rests on."""
    content = document.content
    text = SourceText(content, quote, call_label=WEB_TEXTS[interface_language].note)
    return (
        f'<article class="document"><header><p class="kicker">{_facts(document, interface_language)}</p>'
        f'<h1 lang="{content.language}">{typeset(content.title)}</h1>'
        f"{_origin(content, interface_language)}</header>"
        f'<div class="text" lang="{content.language}">{_blocks(content, text, interface_language)}</div>'
        f"{_sources(content.sources, interface_language)}</article>"
    )


def render_apology(title: str, advice: str) -> str:
    """Write the body of the page where there is no document to show."""
    return f'<article class="document"><h1>{escape(title)}</h1><p>{escape(advice)}</p></article>'


def render_page(body: str, interface_language: Language, *, title: str, site: Site) -> str:
    """Write a whole HTML page around ``body``. It needs no script."""
    back = escape(WEB_TEXTS[interface_language].back)
    return (
        f'<!doctype html><html lang="{interface_language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – {escape(site.name)}</title>"
        f'<link rel="stylesheet" href="{escape(site.stylesheet)}"></head>'
        f'<body class="source-page"><nav><a class="site" href="{escape(site.root)}">{escape(site.name)}</a>'
        f'<a class="action back" href="{escape(site.root)}">{back}</a></nav>'
        f"<main>{body}</main></body></html>"
    )


def valid_quote(content: ParsedDocument, start: str, end: str) -> Span | None:
    """Read the span that an address names, or None where it is not one of this text."""
    if not (start.isdecimal() and end.isdecimal()):
        return None
    span = Span(int(start), int(end))
    return span if span.start < span.end <= len(content.text) else None


def _facts(document: StoredDocument, interface_language: Language) -> str:
    texts = WEB_TEXTS[interface_language]
    kind = document.record.kind
    return joined([texts.kinds.get(kind, kind), texts.written_in[document.content.language]])


def _origin(content: ParsedDocument, interface_language: Language) -> str:
    parts = [
        content.publisher,
        dates.published(content.published, interface_language) if content.published else None,
        dates.as_of(content.as_of, interface_language) if content.as_of else None,
    ]
    line = joined(parts)
    original = outside_address(content.url)
    link = _outside_link(original, WEB_TEXTS[interface_language].original) if original else ""
    return (f'<p class="origin">{line}</p>' if line else "") + (f"<p>{link}</p>" if link else "")


def _blocks(content: ParsedDocument, text: SourceText, interface_language: Language) -> str:
    pieces: list[str] = []
    page: int | None = None
    for (kind, block_page), group in groupby(content.blocks, key=lambda block: (block.kind, block.page)):
        if block_page is not None and block_page != page:
            page = block_page
            label = WEB_TEXTS[interface_language].page.format(page=page)
            pieces.append(f'<p class="page" lang="{interface_language}">{escape(label)}</p>')
        pieces.append(_group(kind, list(group), content, text))
    return "".join(pieces)


def _group(kind: BlockKind, blocks: list[Block], content: ParsedDocument, text: SourceText) -> str:
    if kind is BlockKind.LIST_ITEM:
        return "<ul>" + "".join(f"<li>{text.slice(block.start, block.end)}</li>" for block in blocks) + "</ul>"
    if kind is BlockKind.TABLE_ROW:
        return '<dl class="entries">' + "".join(_row(block, content, text) for block in blocks) + "</dl>"
    if kind is BlockKind.HEADING:
        return "".join(_heading(block, content, text) for block in blocks)
    return "".join(f"<p>{text.slice(block.start, block.end)}</p>" for block in blocks)


def _heading(block: Block, content: ParsedDocument, text: SourceText) -> str:
    if block is content.blocks[0] and content.text[block.start : block.end].strip() == content.title:
        return ""  # the page's own heading says it already
    level = min(block.level + _TITLE_LEVEL, _DEEPEST_HEADING)
    return f"<h{level}>{text.slice(block.start, block.end)}</h{level}>"


def _row(block: Block, content: ParsedDocument, text: SourceText) -> str:
    """Show a row ``label | column = value | column = value`` as a term with its descriptions."""
    cells = _cells(content.text, block)
    labelled = len(cells) > 1 and VALUE_SIGN not in content.text[cells[0].start : cells[0].end]
    label, values = (cells[0], cells[1:]) if labelled else (None, cells)
    term = f"<dt>{text.slice(label.start, label.end)}</dt>" if label else ""
    return f'<div class="entry">{term}{"".join(_cell(cell, content.text, text) for cell in values)}</div>'


def _cells(whole: str, block: Block) -> list[Span]:
    cells: list[Span] = []
    start = block.start
    while (bar := whole.find(ROW_SEPARATOR, start, block.end)) >= 0:
        cells.append(Span(start, bar))
        start = bar + len(ROW_SEPARATOR)
    return [*cells, Span(start, block.end)]


def _cell(cell: Span, whole: str, text: SourceText) -> str:
    equals = whole.find(VALUE_SIGN, cell.start, cell.end)
    if equals < 0:
        return f"<dd>{text.slice(cell.start, cell.end)}</dd>"
    column = text.slice(cell.start, equals)
    value = text.slice(equals + len(VALUE_SIGN), cell.end)
    return f'<dd><span class="column">{column}</span> <span class="value">{value}</span></dd>'


def _sources(sources: tuple[Source, ...], interface_language: Language) -> str:
    if not sources:
        return ""
    items = "".join(_source(source, interface_language) for source in sources)
    title = escape(WEB_TEXTS[interface_language].notes)
    return f'<section class="document-sources"><h2>{title}</h2><dl>{items}</dl></section>'


def _source(source: Source, interface_language: Language) -> str:
    date = dates.as_of(source.as_of, interface_language) if source.as_of else None
    address = outside_address(source.url)
    link = f" {_outside_link(address, WEB_TEXTS[interface_language].original)}" if address else ""
    return (
        f'<div class="entry" id="note-{escape(source.label)}"><dt>{escape(source.label)}</dt>'
        f"<dd>{joined([source.publisher, source.title, date])}{link}</dd></div>"
    )


def _outside_link(address: str, label: str) -> str:
    return f'<a class="action outside" href="{escape(address)}" rel="noopener noreferrer">{escape(label)}</a>'
