from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from assistant.reading.formats import read
from assistant.types import BlockKind, Language, ParsedDocument, Source


def parse(folder: Path, name: str, content: str) -> ParsedDocument:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read(path, max_bytes=1_000_000)


def lines(document: ParsedDocument) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


MARKDOWN = """---
title: Congrès 2025
kind: congress
language: fr
translation_of: congress.en.md
published: 2025-03-01
as_of: 2025-03
publisher: Polepharma
url: https://example.org/a
tags: [kept, for, others]
sources:
  - {publisher: POC Media, title: Un événement, url: "https://example.org/b", as_of: 2025-03}
  - {publisher: Insee, title: Emplois, label: emploi, as_of: 2024}
---
# Congrès 2025

Le congrès a *lieu* à [Tours](https://example.org).[^1] Il réunit **800** `exposants` [^1][^emploi], dit-on.

Trois thèmes :

- des outils[^1]
  - plus souples
- la formation ![logo](x.png)

| Site | Surface | Date[^1] |
|------|---------|------|
| Tours | 1 500 m²[^emploi] | 2025 |
| Lyon | | 2026 |

[^1]: POC Media, *Un événement*.
[^emploi]: Insee.
"""


def test_markdown_becomes_plain_text_with_its_structure(tmp_path: Path) -> None:
    assert lines(parse(tmp_path, "a.md", MARKDOWN)) == [
        (BlockKind.HEADING, "Congrès 2025"),
        (BlockKind.PARAGRAPH, "Le congrès a lieu à Tours. Il réunit 800 exposants, dit-on."),
        (BlockKind.PARAGRAPH, "Trois thèmes :"),
        (BlockKind.LIST_ITEM, "des outils"),
        (BlockKind.LIST_ITEM, "plus souples"),
        (BlockKind.LIST_ITEM, "la formation logo"),
        (BlockKind.TABLE_ROW, "Tours | Surface = 1 500 m² | Date = 2025"),
        (BlockKind.TABLE_ROW, "Lyon | Date = 2026"),
    ]


def test_front_matter_says_what_the_document_is(tmp_path: Path) -> None:
    document = parse(tmp_path, "a.md", MARKDOWN)
    assert (document.title, document.kind, document.language) == ("Congrès 2025", "congress", Language.FRENCH)
    assert (document.published, document.as_of) == ("2025-03-01", "2025-03")
    assert (document.translation_of, document.publisher) == ("congress.en.md", "Polepharma")
    assert document.sources == (
        Source("1", "POC Media", "Un événement", "https://example.org/b", "2025-03"),
        Source("emploi", "Insee", "Emplois", None, "2024"),
    )


def test_a_note_marks_the_end_of_what_it_vouches_for(tmp_path: Path) -> None:
    document = parse(tmp_path, "a.md", MARKDOWN)
    assert [(document.text[: mark.position].rsplit(" ", 1)[1], mark.label) for mark in document.marks] == [
        ("Tours.", "1"), ("exposants", "1"), ("exposants", "emploi"), ("outils", "1"),
        ("m²", "emploi"), ("2025", "1"), ("2026", "1"),
    ]  # fmt: skip


def test_a_note_that_repeats_no_source_stays_in_the_text(tmp_path: Path) -> None:
    document = parse(tmp_path, "a.md", "Le budget est de 20 M€[^x].\n\n[^x]: Dont 5 M€ de la région.\n")
    assert document.text == "Le budget est de 20 M€.\n\nDont 5 M€ de la région."


def test_a_note_vouches_for_the_text_before_it_or_for_nothing(tmp_path: Path) -> None:
    document = parse(tmp_path, "a.md", "[^1] Un.\n\n[^2]\n\n[^3] Deux [^4]trois[^5]\n")
    assert document.text == "Un.\n\nDeux trois"
    assert [(document.text[: mark.position], mark.label) for mark in document.marks] == [
        ("Un.", "2"),
        ("Un.\n\nDeux", "4"),
        ("Un.\n\nDeux trois", "5"),
    ]


@pytest.mark.parametrize(
    ("front_matter", "reason"),
    [
        ("title: a\nkind: [", "line 3"),
        ("language: de", "language: Input should be 'fr' or 'en'"),
        ("published: march 2025", "published: Value error, write the date as 2025, 2025-03, 2025-03-19 or 2024-2025"),
        ("published: 2025-13-45", "not valid YAML"),
        ("as_of: 2025-00", "as_of"),
        ("sources:\n  - title: x", "sources 1 publisher: Field required"),
        ("sources:\n  - {title: x, publisher: y, label: 2}\n  - {title: x, publisher: y}", "have the label 2"),
        ("sources:\n  - {title: x, publisher: y, label: a}", "no source for the note [^1]"),
        ("just words", "write `key: value`"),
    ],
)
def test_a_wrong_front_matter_is_refused_with_its_place(tmp_path: Path, front_matter: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        parse(tmp_path, "a.md", f"---\n{front_matter}\n---\nTexte.[^1]\n")
    assert reason in caught.value.reason


def test_an_unclosed_front_matter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="not closed"):
        parse(tmp_path, "a.md", "---\ntitle: a\n\nTexte.\n")
    assert parse(tmp_path, "a.md", "---\n\nUn trait, puis du texte.\n").text == "Un trait, puis du texte."
