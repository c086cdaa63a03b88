import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reading.blocks import ContentBuilder
from assistant.reading.passages import breadcrumb, split
from assistant.reading.sentences import sentence_spans
from assistant.types import BlockKind, Language, ParsedDocument, Passage

LONGEST = 1200
HEADING, PARAGRAPH, ITEM, ROW = BlockKind
Structure = list[tuple[BlockKind, str, int]]


def document(*blocks: tuple[BlockKind, str] | tuple[BlockKind, str, int], title: str = "Titre") -> ParsedDocument:
    builder = ContentBuilder()
    for kind, text, *level in blocks:
        builder.add(kind, text, level=level[0] if level else 0, page=1)
    content = builder.build()
    return ParsedDocument(title, content.text, content.blocks, Language.FRENCH)


def texts(parsed: ParsedDocument) -> list[str]:
    return [parsed.text[passage.start : passage.end] for passage in split(parsed)]


def sentences(text: str, language: Language = Language.FRENCH) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text, language)]


def paragraph(sentence_count: int) -> str:
    return " ".join(f"La phrase numéro {number} compte des mots et des lettres." for number in range(sentence_count))


SENTENCES = (
    ("M. Dupont et Mme. Curie viennent. Voilà.", ["M. Dupont et Mme. Curie viennent.", "Voilà."]),
    ("Le Dr. X habite St. Pierre. Oui.", ["Le Dr. X habite St. Pierre.", "Oui."]),
    ("Voir p. 12 et art. 3. Et n° 5.", ["Voir p. 12 et art. 3.", "Et n° 5."]),
    ("Le 3 janv. 2025 à Tours. Fin.", ["Le 3 janv. 2025 à Tours.", "Fin."]),
    ("J. Doe préside. J.-P. Martin aussi.", ["J. Doe préside.", "J.-P. Martin aussi."]),
    ("Servier Inc. investit. Env. 50 M€.", ["Servier Inc. investit.", "Env. 50 M€."]),
    ("Des sites (labos, etc.) ouvrent. Bien.", ["Des sites (labos, etc.) ouvrent.", "Bien."]),
    ("Il dit : «\u202fOui.\u202f» Puis part.", ["Il dit : «\u202fOui.\u202f»", "Puis part."]),
    (
        "Coût\u202f: 5,5\u202fM€. L’usine ouvre\u202f! Bravo !",
        ["Coût\u202f: 5,5\u202fM€.", "L’usine ouvre\u202f!", "Bravo !"],
    ),
    ("Elle fait 1 500 m². Elle ouvre.", ["Elle fait 1 500 m².", "Elle ouvre."]),
    ("Rien… Et puis si. Non ?", ["Rien…", "Et puis si.", "Non ?"]),
    ("Le site www.exemple.com. iBio grandit de 3.5 %.", ["Le site www.exemple.com. iBio grandit de 3.5 %."]),
    ("1. Introduction. Phase III. Il faut.", ["1. Introduction.", "Phase III.", "Il faut."]),
    ("En 2025. 12 sites.", ["En 2025.", "12 sites."]),
)


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_text_is_cut_where_its_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_english_titles_and_abbreviations_end_no_sentence() -> None:
    text = "Mr. Doe met Prof. Roe. See e.g. Servier Inc. It said no. They left."
    assert sentences(text, Language.ENGLISH) == [
        "Mr. Doe met Prof. Roe.",
        "See e.g. Servier Inc.",
        "It said no.",
        "They left.",
    ]


def test_a_very_long_paragraph_is_cut_at_the_same_places_as_a_short_one() -> None:
    assert len(sentences(paragraph(2000))) == 2000


def test_paragraphs_of_one_section_are_put_together_up_to_three() -> None:
    parsed = document(*((PARAGRAPH, f"Un paragraphe court, le {number}.") for number in range(5)))
    assert [text.count("\n\n") + 1 for text in texts(parsed)] == [3, 2]


def test_a_passage_never_crosses_a_heading_and_knows_its_path() -> None:
    parsed = document(
        (HEADING, "titre", 1), (PARAGRAPH, "Un."), (HEADING, "Sites", 2), (PARAGRAPH, "Deux."), (HEADING, "Lyon", 3),
        (PARAGRAPH, "Trois."), (HEADING, "Budget", 2), (PARAGRAPH, "Quatre."), title="Titre",
    )  # fmt: skip
    assert [(passage.section, parsed.text[passage.start : passage.end]) for passage in split(parsed)] == [
        ("", "Un."),
        ("Sites", "Deux."),
        ("Sites › Lyon", "Trois."),
        ("Budget", "Quatre."),
    ]


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    long_paragraph = paragraph(10)
    items = [(ITEM, f"Le point {number} de la liste.") for number in range(8)]
    parsed = document((PARAGRAPH, long_paragraph), (PARAGRAPH, "Trois besoins :"), *items, (PARAGRAPH, paragraph(12)))
    found = texts(parsed)
    assert found[0] == long_paragraph
    assert found[1].startswith("Trois besoins :")
    assert found[1].endswith("Le point 7 de la liste.")


def test_table_rows_are_grouped_by_eight_and_each_is_one_sentence() -> None:
    rows = [(ROW, f"Site {number} | Surface = {number} m². Neuf. | Date = 2025") for number in range(10)]
    parsed = document((PARAGRAPH, "Avant."), *rows, (PARAGRAPH, "Après."))
    assert [len(passage.sentences) for passage in split(parsed)] == [1, 8, 2, 1]


def test_a_paragraph_that_is_too_long_is_cut_between_sentences() -> None:
    parsed = document((PARAGRAPH, paragraph(60)))
    found = texts(parsed)
    assert len(found) > 1
    assert all(text.endswith(".") and len(text) <= LONGEST for text in found)


@pytest.mark.parametrize("text", ["mot " * 1000, "x" * 3000, "a | b = " * 400])
@pytest.mark.parametrize("kind", [PARAGRAPH, ITEM, ROW])
def test_a_sentence_without_end_is_cut_between_words_where_it_has_any(kind: BlockKind, text: str) -> None:
    found = texts(document((kind, text)))
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(part) <= LONGEST for part in found)
    assert text[0] == "x" or all(part.split()[0] in {"mot", "a", "b", "=", "|"} for part in found)


def test_a_heading_with_nothing_under_it_can_be_found() -> None:
    assert texts(document((HEADING, "Bienvenue à Tours", 1), title="Bienvenue à Tours")) == ["Bienvenue à Tours"]
    parsed = document((HEADING, "Programme", 1), (HEADING, "9 h : accueil", 2), (HEADING, "10 h : visite", 2))
    assert [(passage.section, passage.start) for passage in split(parsed)] == [("Programme", 11), ("Programme", 26)]


def test_a_document_without_blocks_has_no_passages() -> None:
    assert split(document()) == ()


def test_a_passage_is_on_the_page_of_its_first_block() -> None:
    builder = ContentBuilder()
    for page in (3, 4):
        builder.add(PARAGRAPH, f"Page {page}.", page=page)
    content = builder.build()
    (passage,) = split(ParsedDocument("T", content.text, content.blocks, Language.FRENCH))
    assert passage.page == 3


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Bilan", "Sites › Lyon", "2025-03"), "Bilan › Sites › Lyon (2025-03)"),
        (("Bilan", "", None), "Bilan"),
        (("", "Sites", "2025"), "Sites (2025)"),
    ],
)
def test_a_breadcrumb_says_title_section_and_date(parts: tuple[str, str, str | None], expected: str) -> None:
    assert breadcrumb(*parts) == expected


WORDS = st.sampled_from(
    ["Le site", "ouvre.", "M.", "Dupont", "1 500 m²", "«\u202foui.\u202f»", "p. 3", "!", "…", "😀", "A.", ":"]
)
BLOCK_TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=400).map(" ".join))
BLOCKS = st.lists(st.tuples(st.sampled_from(BlockKind), BLOCK_TEXTS, st.integers(1, 6)), max_size=25)


def spans_in_order(parsed: ParsedDocument, passages: tuple[Passage, ...]) -> bool:
    limits = [0, *(limit for passage in passages for span in passage.sentences for limit in (span.start, span.end))]
    return limits == sorted(limits) and limits[-1] <= len(parsed.text)


@settings(max_examples=60, deadline=None)
@given(BLOCKS)
def test_passages_hold_whole_sentences_in_order_and_all_words_outside_headings(blocks: Structure) -> None:
    parsed = document(*blocks)
    passages = split(parsed)
    assert passages == split(parsed)
    assert spans_in_order(parsed, passages)
    covered = [False] * len(parsed.text)
    for passage in passages:
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert 0 < passage.end - passage.start <= LONGEST
        for span in passage.sentences:
            sentence = parsed.text[span.start : span.end]
            assert sentence
            assert sentence == sentence.strip()
            covered[span.start : span.end] = [True] * len(sentence)
    for block in parsed.blocks:
        if block.kind is not HEADING:
            assert all(covered[i] or parsed.text[i].isspace() for i in range(block.start, block.end))


@pytest.mark.parametrize("text", [paragraph(30), "a. " * 500, "1. " * 500, "x " * 700, "Non ! " * 250])
def test_a_megabyte_is_split_in_seconds(text: str) -> None:
    parsed = document(*((PARAGRAPH, text) for _ in range(1_000_000 // len(text))))
    started = time.process_time()
    assert split(parsed)
    assert time.process_time() - started < 5
