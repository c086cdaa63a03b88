"""PDF and DOCX files, made here: byte by byte where a library would hide what matters."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from assistant.errors import UnreadableDocument
from assistant.reading.formats import read
from assistant.types import BlockKind, ParsedDocument

ENOUGH = 10_000_000


def parse(folder: Path, name: str, content: bytes) -> ParsedDocument:
    path = folder / name
    path.write_bytes(content)
    return read(path, max_bytes=ENOUGH)


def lines(document: ParsedDocument) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def rewritten(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def pdf(pages: Sequence[Sequence[str]], info: str = "") -> bytes:
    """Write the smallest PDF with these lines on these pages, in Helvetica."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"({line}) Tj T*\n" for line in page)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET"
        resources = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * number} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, offsets = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{written}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R /Info 4 0 R >>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode()


def word_file(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


PAGES = [
    ["Bilan annuel 2024", "Le marché de la bio-", "production a beaucoup augmenté en dix ans dans le Centre-",
     "Val de Loire, celles-", "ci et toutes les autres.", "• un premier", "point", "• un autre", "1 / 4"],
    ["Bilan annuel 2024", "La phrase qui commence sur la page deux continue sur", "2 / 4"],
    ["Bilan annuel 2024", "la page trois.", "3 / 4"],
    ["Budget", "Il est de 800 M€.", "4 / 4"],
]  # fmt: skip


def test_pdf_lines_become_paragraphs_without_running_heads(tmp_path: Path) -> None:
    data = pdf(PAGES, "/Title (Microsoft Word - x.docx) /CreationDate (D:20240315120000)")
    document = parse(tmp_path, "bilan.bin", data)
    assert [(block.page, document.text[block.start : block.end]) for block in document.blocks] == [
        (1, "Le marché de la bioproduction a beaucoup augmenté en dix ans dans le Centre-Val de Loire, celles-ci "
            "et toutes les autres."),
        (1, "un premier point"),
        (1, "un autre"),
        (2, "La phrase qui commence sur la page deux continue sur la page trois."),
        (4, "Budget"),
        (4, "Il est de 800 M€."),
    ]  # fmt: skip
    assert document.published == "2024-03-15"
    assert document.title.startswith("Le marché")


def test_bookmarks_of_a_pdf_are_its_headings(tmp_path: Path) -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf([["Budget", "Il est de 800 M€."]], "/Title (Bilan)"))))
    writer.add_outline_item(title="Budget", page_number=0)
    document = parse(tmp_path, "a.pdf", rewritten(writer))
    assert lines(document) == [(BlockKind.HEADING, "Budget"), (BlockKind.PARAGRAPH, "Il est de 800 M€.")]
    assert document.title == "Bilan"


def test_docx_is_read_in_order_with_headings_lists_and_tables(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_heading("Dossier de presse", 0)
    written.add_heading("Sites", 1)
    written.add_paragraph("Avant.")
    table = written.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ["Site", "Surface", "Date", "Tours", "1 500\nm²", ""], strict=True):
        cell.text = text
    written.add_paragraph("un", style="List Bullet")
    pair = written.add_table(rows=2, cols=2)
    for cell, text in zip(pair._cells, ["Lieu", "Tours", "Date", "mars 2025"], strict=True):
        cell.text = text
    document = parse(tmp_path, "a.docx", word_file(written))
    assert lines(document) == [
        (BlockKind.HEADING, "Dossier de presse"),
        (BlockKind.HEADING, "Sites"),
        (BlockKind.PARAGRAPH, "Avant."),
        (BlockKind.TABLE_ROW, "Tours | Surface = 1 500 m²"),
        (BlockKind.LIST_ITEM, "un"),
        (BlockKind.TABLE_ROW, "Lieu | Tours"),
        (BlockKind.TABLE_ROW, "Date | mars 2025"),
    ]
    assert document.title == "Dossier de presse"


def test_french_style_names_and_merged_cells_of_a_docx_are_understood(tmp_path: Path) -> None:
    written = docx.Document()
    for name in ("Titre 2", "Paragraphe de liste"):
        written.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        written.add_paragraph(name, style=name)
    table = written.add_table(rows=3, cols=3)
    for cell, text in zip(table._cells, ["Site", "2024", "2025", "Tours", "1", "2", "", "3", "4"], strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document = parse(tmp_path, "rapport.docx", word_file(written))
    assert [(block.kind, block.level) for block in document.blocks][:2] == [
        (BlockKind.HEADING, 2),
        (BlockKind.LIST_ITEM, 0),
    ]
    assert [text for kind, text in lines(document) if kind is BlockKind.TABLE_ROW] == [
        "Tours | 2024 = 1 | 2025 = 2",
        "Tours | 2024 = 3 | 2025 = 4",
    ]


def locked(password: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf([["Bonjour."]]))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")  # noqa: S106
    return rewritten(writer)


def archive(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf([[]]), "no text found; if it is a scan, run OCR first"),
        (locked("secret"), "encrypted PDF; remove the password and add it again"),
        (b"%PDF-1.7\nnot really", "damaged PDF file"),
        (archive("xl/workbook.xml", b""), "not a PDF, DOCX, HTML, Markdown or text file"),
        (archive("word/document.xml", b"<a/>"), "damaged DOCX file"),
        (archive("word/document.xml", b"0" * 600_000_000), "unpacks to more than 500 MB"),
        (archive("word/document.xml", b"<a/>")[:40], "damaged archive or DOCX"),
        (word_file(docx.Document()), "no text found"),
    ],
    ids=range(8),
)
def test_an_unreadable_file_is_refused_with_what_to_do(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        parse(tmp_path, "a.pdf", content)
    assert reason in caught.value.reason


def test_a_pdf_that_only_forbids_copying_is_read(tmp_path: Path) -> None:
    assert parse(tmp_path, "a.pdf", locked("")).text == "Bonjour."


def test_a_damaged_page_does_not_cost_the_others(tmp_path: Path) -> None:
    data = pdf([["Page une."], ["Page deux."]])
    broken = data.replace(b"(Page une.) Tj", b"<Page une.> Tj")
    assert parse(tmp_path, "a.pdf", broken).text.endswith("Page deux.")


def greeting() -> Document:
    written = docx.Document()
    written.add_heading("Bonjour", 1)
    return written


SAMPLES = (pdf(PAGES), locked(""), word_file(greeting()))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, sample: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(sample)))
    junk = data.draw(st.binary(max_size=40))
    length = data.draw(st.integers(0, 200))
    path = tmp_path_factory.getbasetemp() / "damaged.pdf"
    path.write_bytes(sample[:start] + junk + sample[start + length :])
    try:
        assert read(path, max_bytes=ENOUGH).text
    except UnreadableDocument as error:
        assert error.reason  # noqa: PT017 - either outcome is right


def test_the_parsers_say_nothing_on_the_console(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    sloppy = pdf(PAGES).replace(b"startxref\n", b"startxref\n1")
    parse(tmp_path, "a.pdf", sloppy)
    assert capfd.readouterr() == ("", "")
    assert not recwarn
