import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableDocument
from assistant.reading.formats import READERS, Format, read
from assistant.types import BlockKind, Language, ParsedDocument

ENOUGH = 10_000_000


def parse(folder: Path, name: str, content: str | bytes, *, max_bytes: int = ENOUGH) -> ParsedDocument:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, max_bytes=max_bytes)


def lines(document: ParsedDocument) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


PAGE = """<!-- made by x --><!DOCTYPE html><html lang="fr-FR"><head><title>Un site</title>
<meta property="og:site_name" content="Polepharma"><link rel="canonical" href="https://example.org/a">
<meta property="article:published_time" content="2025-03-04T10:00:00Z"><style>p {}</style></head><body>
<nav>Menu</nav><main><header><h1>Le site</h1></header><p>Bonjour <b>tous</b>,<br>ici.<!-- non --></p>
<div>Du texte nu<p>puis un paragraphe</p>et une fin</div><p hidden>caché</p><p style="display: none">caché</p>
<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ul><dl><dt>Lieu</dt><dd>Tours</dd></dl>
<table><tr><th>Site</th><th colspan="2">Surface</th></tr>
<tr><td rowspan="2">Tours</td><td>1 500 m²</td><td>neuve</td></tr><tr><td></td><td>ancienne</td></tr></table>
<table><tr><td>Accès</td><td>gare</td></tr></table></main><footer>Pied</footer><script>x()</script></body></html>"""


def test_html_is_read_without_its_menus(tmp_path: Path) -> None:
    document = parse(tmp_path, "page.txt", PAGE)
    assert lines(document) == [
        (BlockKind.HEADING, "Le site"),
        (BlockKind.PARAGRAPH, "Bonjour tous, ici."),
        (BlockKind.PARAGRAPH, "Du texte nu"),
        (BlockKind.PARAGRAPH, "puis un paragraphe"),
        (BlockKind.PARAGRAPH, "et une fin"),
        *((BlockKind.LIST_ITEM, text) for text in ("a", "b", "c", "Lieu", "Tours")),
        (BlockKind.TABLE_ROW, "Tours | Surface = 1 500 m² | Surface = neuve"),
        (BlockKind.TABLE_ROW, "Tours | Surface = ancienne"),
        (BlockKind.TABLE_ROW, "Accès | gare"),
    ]
    assert (document.title, document.language, document.publisher) == ("Un site", Language.FRENCH, "Polepharma")
    assert (document.published, document.url) == ("2025-03-04", "https://example.org/a")


def test_plain_text_lines_are_joined_and_bullets_are_items(tmp_path: Path) -> None:
    text = "Le congrès\r\na lieu à Tours.\r\n\r\nAu menu :\n- un\n  repas\n• deux\n1. trois\n\nFin.\n"
    assert lines(parse(tmp_path, "a.txt", text)) == [
        (BlockKind.PARAGRAPH, "Le congrès a lieu à Tours."),
        (BlockKind.PARAGRAPH, "Au menu :"),
        (BlockKind.LIST_ITEM, "un repas"),
        (BlockKind.LIST_ITEM, "deux"),
        (BlockKind.LIST_ITEM, "1. trois"),
        (BlockKind.PARAGRAPH, "Fin."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_is_decoded_and_composed(tmp_path: Path, encoding: str) -> None:
    decomposed = "e\u0301t\u00e9" if encoding != "cp1252" else "été"
    assert parse(tmp_path, "a.txt", f"L’{decomposed}\u00a0: 5\u00a0€".encode(encoding)).text == "L’été\u00a0: 5\u00a0€"


@pytest.mark.parametrize(
    ("name", "content", "language"),
    [
        ("a.fr.txt", "CDMO", Language.FRENCH),
        ("a.EN.txt", "CDMO", Language.ENGLISH),
        ("a.en.md", "---\nlanguage: fr\n---\nCDMO", Language.FRENCH),
        ("a.fr.html", "<html lang=en-GB><p>CDMO", Language.ENGLISH),
        ("a.html", "<html lang=de><p>The congress is in Tours.", Language.ENGLISH),
        ("a.txt", "The congress is in Tours.", Language.ENGLISH),
        ("a.txt", "Le congrès est à Tours.", Language.FRENCH),
    ],
)
def test_the_language_is_what_the_file_says_then_its_name_then_its_text(
    tmp_path: Path, name: str, content: str, language: Language
) -> None:
    assert parse(tmp_path, name, content).language is language


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("a.md", "---\ntitle: 2025\n---\n# Autre\n\nTexte.", "2025"),
        ("a.md", "Texte.\n\n## Le *titre*\n", "Le titre"),
        ("le-rapport.md", "Texte.", "le-rapport"),
        ("a.html", "<html><p>x<h1>Le site</h1>", "Le site"),
        ("a.html", "<html><meta property=og:title content=Page><p>x", "Page"),
    ],
)
def test_a_document_always_has_a_title(tmp_path: Path, name: str, content: str, title: str) -> None:
    assert parse(tmp_path, name, content).title == title


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b" \n\xef\xbb\xbf"[:2], "empty file"),
        (b"x" * 2_000_001, "larger than the limit of 2 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx without a password"),
        (b"{\\rtf1 Bonjour}", "not a PDF, DOCX, HTML, Markdown or text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a PDF, DOCX, HTML, Markdown or text file"),
        (b"caf\x81", "undecodable text; save it as UTF-8"),
        (b"<!doctype html><script>x()</script>", "no text found; if a script writes the page"),
        (b"\xe2\x80\x8b", "no text found"),
    ],
)
def test_an_unreadable_file_is_refused_with_what_to_do(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        parse(tmp_path, "a.txt", content, max_bytes=2_000_000)
    assert reason in caught.value.reason


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt"):
        with pytest.raises(UnreadableDocument, match="cannot be opened"):
            read(path, max_bytes=ENOUGH)


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(Format)


MARKUP = st.sampled_from(
    ["# ", "\n", "\n\n", "- ", "|a|b|\n|-|-|\n|", "[^1]", "[^1]: ", "<p>", "<li>", "<h2>", "<table><tr><td>", "</td>",
     "<th colspan=9>", "**", "`", "e", "\u0301", "\u2028", "\u00a0", "\ufeff", "mot ", "Fin. ", "---\n", "> ", "~~~\n"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(MARKUP, max_size=60).map("".join))


@pytest.mark.parametrize("suffix", ["md", "txt", "html"])
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
@example(text="[^1]\n\nmot [^1]mot [^1]")
def test_the_text_is_its_blocks_and_line_breaks_between_them(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    path.write_bytes(text.encode("utf-8", errors="replace"))
    try:
        document = read(path, max_bytes=ENOUGH)
    except UnreadableDocument:
        return
    rebuilt, previous = "", None
    for block in document.blocks:
        content = document.text[block.start : block.end]
        assert content == content.strip()
        assert len(content.splitlines()) == 1
        close = previous is block.kind and block.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
        rebuilt += ("" if previous is None else "\n" if close else "\n\n") + content
        assert block.end == len(rebuilt)
        assert (block.level > 0) == (block.kind is BlockKind.HEADING)
        previous = block.kind
    assert rebuilt == document.text
    assert unicodedata.is_normalized("NFC", rebuilt)
    assert all(0 < mark.position <= len(rebuilt) for mark in document.marks)
