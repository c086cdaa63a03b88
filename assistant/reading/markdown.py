"""Markdown: CommonMark with tables, notes and a front matter."""

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from assistant.errors import UnreadableDocument
from assistant.reading import front_matter
from assistant.reading.blocks import Content, ContentBuilder, Draft, Line, add_table
from assistant.types import BlockKind, Source, SourceMark

_UNCLOSED_FRONT_MATTER = re.compile(r"---[ \t]*\n\w+:")
_LITERAL = frozenset({"text", "text_special", "code_inline", "image"})
_BREAKS = frozenset({"softbreak", "hardbreak"})
_CLOSING = tuple(".,;)]}»”")  # what a note call may stand before with a space that is not the writer's


def read_markdown(text: str) -> Draft:
    """Read the text without its markup, the notes as marks, and the front matter.

    Raises:
        UnreadableDocument: the front matter is wrong, or a note has no entry in its ``sources``.
    """
    tokens = _parser().parse(text)
    found = [token.content for token in tokens if token.type == "front_matter"]
    if not found and _UNCLOSED_FRONT_MATTER.match(text):
        raise UnreadableDocument("front matter is not closed; end it with a line of three hyphens: ---")
    head = front_matter.parse(found[0] if found else "")
    labels = frozenset(source.label for source in head.sources)
    content = _Reader(labels).read(tokens)
    _check_notes(tokens, content.marks, head.sources)
    return Draft(
        content=content,
        title=head.title,
        kind=head.kind,
        language=head.language,
        translation_of=head.translation_of,
        published=head.published,
        as_of=head.as_of,
        publisher=head.publisher,
        url=head.url,
        sources=head.sources,
    )


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin)
    # A note call needs no definition in the text: its source may be in the front matter alone.
    return parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)


def _check_notes(tokens: Sequence[Token], marks: Sequence[SourceMark], sources: Sequence[Source]) -> None:
    """A note that points nowhere is a slip of the pen, once a document keeps a list of sources."""
    known = {source.label for source in sources}
    known |= {token.meta["label"] for token in tokens if token.type == "footnote_reference_open"}
    missing = sorted({mark.label for mark in marks} - known)
    if sources and missing:
        calls = ", ".join(f"[^{label}]" for label in missing)
        raise UnreadableDocument(f"no source for the note {calls}; add it to `sources` in the front matter")


class _Reader:
    """Walks the flat list of tokens once and keeps the little that a token does not say of where it stands."""

    def __init__(self, source_labels: frozenset[str]) -> None:
        self._source_labels = source_labels
        self._builder = ContentBuilder()
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._list_depth = 0
        self._rows: list[list[Line]] | None = None

    def read(self, tokens: Sequence[Token]) -> Content:
        for token in self._without_source_definitions(tokens):
            self._read_token(token)
        return self._builder.build()

    def _without_source_definitions(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """The definition of a note that is in ``sources`` says it twice; another one says something."""
        inside = False
        for token in tokens:
            if token.type == "footnote_reference_open":
                inside = token.meta["label"] in self._source_labels
            elif token.type == "footnote_reference_close":
                inside = False
            elif not inside:
                yield token

    def _read_token(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self._level = int(token.tag[1])
            case "heading_close":
                self._level = 0
            case "list_item_open" | "list_item_close":
                self._list_depth += token.nesting
            case "table_open":
                self._rows = []
            case "tr_open" if self._rows is not None:
                self._rows.append([])
            case "table_close" if self._rows:
                add_table(self._builder, self._rows[0], self._rows[1:])
                self._rows = None
            case "inline":
                self._add(_flatten(token.children or ()))
            case "fence" | "code_block":
                self._add(Line(token.content))
            case "html_block":
                self._add(Line(_visible_text(token.content)))

    def _add(self, line: Line) -> None:
        if self._rows is not None:
            self._rows[-1].append(line)
        elif self._level:
            self._builder.add(BlockKind.HEADING, line, level=self._level)
        else:
            self._builder.add(BlockKind.LIST_ITEM if self._list_depth else BlockKind.PARAGRAPH, line)


def _flatten(tokens: Sequence[Token]) -> Line:
    """The words of a line without its markup; a note call leaves a mark and no space of its own."""
    text, space_owed = "", False
    marks: list[SourceMark] = []
    for token in tokens:
        if token.type == "footnote_ref":
            space_owed = space_owed or text != text.rstrip()
            text = text.rstrip()
            marks.append(SourceMark(len(text), token.meta["label"]))
            continue
        words = _words(token)
        if space_owed and words:
            text += "" if words.startswith((" ", "\n", *_CLOSING)) else " "
            space_owed = False
        text += words
    return Line(text, tuple(marks))


def _words(token: Token) -> str:
    if token.type in _LITERAL:
        return token.content
    is_break = token.type in _BREAKS or (token.type == "html_inline" and token.content.lower().startswith("<br"))
    return "\n" if is_break else ""


def _visible_text(html: str) -> str:
    soup = BeautifulSoup(html, "html5lib")
    for tag in soup(["script", "style", "template"]):
        tag.decompose()
    return soup.get_text(" ")
