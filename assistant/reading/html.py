"""HTML: the article of a page without its menus, and what its head says of it."""

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from assistant.reading.blocks import Content, ContentBuilder, Draft, Line, add_table, clean
from assistant.types import BlockKind, Language

_DROPPED = [
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "dialog", "menu", "button",
    "select", "svg", "iframe", "object", "audio", "video", "canvas",
]  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ITEMS = frozenset({"li", "dt", "dd"})
# Elements that text flows through; any other one begins and ends a block.
_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span
    strike strong sub sup time tt u var wbr
    """.split()
)
_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=$|[T\s])")
_MAX_SPAN = 200  # cells that claim to span thousands of columns are an attack or a slip


def read_html(text: str) -> Draft:
    """Read headings, paragraphs, list items and table rows of the main part of a page."""
    soup = BeautifulSoup(text, "html5lib")
    head = _Head(soup)
    for tag in [*soup(_DROPPED), *soup.find_all(_is_hidden)]:
        if not tag.decomposed and not _holds_content(tag):
            tag.decompose()
    reader = _Reader()
    return Draft(
        content=reader.read(_main_part(soup)),
        title=head.title or None,
        language=head.language,
        published=head.published,
        publisher=head.meta("og:site_name"),
        url=head.url,
    )


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style", ""))
    return tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or bool(_HIDDEN_STYLE.search(style))


def _holds_content(tag: Tag) -> bool:
    """An article's own header has its title, and some sites wrap the whole page in a form."""
    if tag.name == "header":
        return tag.find_parent(["article", "main"]) is not None and tag.find("h1") is not None
    return tag.name == "form" and tag.find(["main", "article", "h1"]) is not None


def _main_part(soup: BeautifulSoup) -> Tag:
    """The one ``main``, else the one ``article``, else the body: of many articles none is the page."""
    for name in ("main", "article"):
        parts = [tag for tag in soup.find_all(name) if tag.find_parent(name) is None]
        if len(parts) == 1 and parts[0].get_text(strip=True):
            return parts[0]
    return soup.body or soup


class _Head:
    """What a page says of itself, read before anything is dropped from it."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self.title = self._text_of("title") or self._text_of("h1") or self.meta("og:title")
        self.language = self._language()
        self.published = _iso_date(self.meta("article:published_time")) or _iso_date(
            self._attribute("time", "datetime")
        )
        canonical = soup.find("link", rel="canonical", href=True)
        self.url = str(canonical["href"]) if canonical else self.meta("og:url")

    def meta(self, name: str) -> str | None:
        tag = self._soup.find("meta", property=name) or self._soup.find("meta", attrs={"name": name})
        return clean(str(tag.get("content", ""))) or None if tag else None

    def _text_of(self, name: str) -> str:
        tag = self._soup.find(name)
        return clean(tag.get_text(" ")) if tag else ""

    def _attribute(self, name: str, attribute: str) -> str | None:
        tag = self._soup.find(name, attrs={attribute: True})
        return str(tag[attribute]) if tag else None

    def _language(self) -> Language | None:
        stated = (self._attribute("html", "lang") or "").lower().split("-")[0]
        return next((language for language in Language if language == stated), None)


def _iso_date(text: str | None) -> str | None:
    match = _ISO_DATE.match((text or "").strip())
    return match[0] if match else None


class _Reader:
    """Walks the tree once; text is gathered until an element begins or ends a block."""

    def __init__(self) -> None:
        self._builder = ContentBuilder()
        self._parts: list[str] = []

    def read(self, root: Tag) -> Content:
        self._walk(root, BlockKind.PARAGRAPH, level=0)
        self._flush(BlockKind.PARAGRAPH, level=0)
        return self._builder.build()

    def _walk(self, parent: Tag, kind: BlockKind, *, level: int) -> None:
        for child in parent.children:
            if not isinstance(child, Tag):
                self._parts.append(_words(child))
            elif child.name in _INLINE:
                self._walk(child, kind, level=level)
            elif child.name == "br":
                self._parts.append("\n")
            else:
                self._flush(kind, level=level)
                self._read_block(child, kind, level=level)

    def _read_block(self, tag: Tag, kind: BlockKind, *, level: int) -> None:
        if tag.name == "table" and not tag.find(["table", *_HEADINGS]):
            header, rows = _grid(tag)
            add_table(self._builder, header, rows)
            return
        if tag.name in _HEADINGS:
            kind, level = BlockKind.HEADING, _HEADINGS[tag.name]
        elif tag.name in _ITEMS:
            kind, level = BlockKind.LIST_ITEM, 0
        self._walk(tag, kind, level=level)
        self._flush(kind, level=level)

    def _flush(self, kind: BlockKind, *, level: int) -> None:
        self._builder.add(kind, "".join(self._parts), level=level)
        self._parts = []


def _words(node: PageElement) -> str:
    is_text = isinstance(node, NavigableString) and not isinstance(node, PreformattedString)  # not a comment
    return str(node) if is_text else ""


def _grid(table: Tag) -> tuple[list[Line], list[list[Line]]]:
    """The header cells and the rows, each cell repeated down its row span: a label counts for all its rows."""
    header: list[Line] = []
    rows: list[list[Line]] = []
    carried: dict[int, tuple[Line, int]] = {}
    for row in table.find_all("tr"):
        tags = row.find_all(["td", "th"])
        in_head = row.find_parent("thead") is not None or all(tag.name == "th" for tag in tags)
        is_header = in_head and not rows and not header
        cells = list(_placed_cells(tags, carried, is_header=is_header))
        if is_header:
            header = cells
        elif cells:
            rows.append(cells)
    return header, rows


def _placed_cells(tags: Sequence[Tag], carried: dict[int, tuple[Line, int]], *, is_header: bool) -> Iterator[Line]:
    """The cells of a row with those that reach down into it; ``carried`` is kept for the next row."""
    column = 0
    for tag in [*tags, None]:
        while column in carried:
            line, rows_left = carried.pop(column)
            if rows_left > 1:
                carried[column] = (line, rows_left - 1)
            yield line
            column += 1
        if tag is None:
            return
        line = Line(tag.get_text(" "))
        for part in range(_span(tag, "colspan")):
            if _span(tag, "rowspan") > 1:
                carried[column] = (line, _span(tag, "rowspan") - 1)
            yield line if part == 0 or is_header else Line("")
            column += 1


def _span(tag: Tag, attribute: str) -> int:
    value = str(tag.get(attribute, "1"))
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1
