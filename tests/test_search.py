import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ConfigurationError
from assistant.library.indexed import PassageVectors, SentenceVector
from assistant.search import concepts, fusion, glossary
from assistant.search.concepts import Concept
from assistant.search.fusion import FusionWeights, Similarity
from assistant.search.glossary import Glossary
from assistant.search.retriever import HybridRetriever, hidden_translations
from assistant.terms import stem, stems
from assistant.types import DocumentRecord, Language
from assistant.wiring import Wiring

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH

HEADER = "french\tenglish\tfrench_variants\tenglish_variants\tdefinition_fr\n"
ROWS = (
    "bioréacteur\tbioreactor\tcuve de culture|fermenteur\tculture vessel\tUne cuve.\n"
    "cuve\ttank\t\t\t\n"
    "thérapie génique\tgene therapy\t\t\n"  # its last column is missing
)


@pytest.fixture
def terms(tmp_path: Path) -> Glossary:
    path = tmp_path / "glossary.tsv"
    path.write_text("\ufeff" + HEADER + ROWS, encoding="utf-8")
    return glossary.load(path)


@dataclass
class Vocabulary:
    """Words that passages hold, each in one passage out of a hundred unless ``common``."""

    french: str = ""
    english: str = ""
    common: frozenset[str] = field(default_factory=frozenset)

    def inverse_frequencies(self, language: Language, stems: Sequence[str]) -> Mapping[str, float]:
        held = self.vocabulary(language)
        return {word: 0.5 if word in self.common else 4.0 if word in held else 5.0 for word in stems}

    def vocabulary(self, language: Language) -> frozenset[str]:
        return frozenset(stems(self.french if language is FRENCH else self.english, language))


# The glossary


def names(found: tuple[int, list[glossary.Term]], language: Language) -> set[tuple[str, ...]]:
    return {name for term in found[1] for name in term.names[language]}


def test_a_term_is_found_by_any_of_its_names_in_either_language(terms: Glossary) -> None:
    for written, language in (
        ("les bioréacteurs", FRENCH),
        ("Fermenteur", FRENCH),
        ("bioreactors", ENGLISH),
        ("culture vessels", ENGLISH),
    ):
        assert ("bioreactor",) in names(terms.find(stems(written, language), language, 0), ENGLISH), written


def test_the_longest_name_wins(terms: Glossary) -> None:
    question = stems("une cuve de culture", FRENCH)
    length, found = terms.find(question, FRENCH, 0)
    assert (length, len(found)) == (2, 1)
    assert ("tank",) not in names((length, found), ENGLISH)
    assert ("tank",) in names(terms.find(stems("une cuve pleine", FRENCH), FRENCH, 0), ENGLISH)


def test_a_term_is_found_only_where_it_stands(terms: Glossary) -> None:
    question = stems("le prix d'une thérapie génique", FRENCH)
    assert [terms.find(question, FRENCH, start)[0] for start in range(len(question))] == [0, 2, 0]
    assert terms.find(question, FRENCH, len(question)) == (0, [])


def test_a_name_of_the_other_language_is_not_looked_for(terms: Glossary) -> None:
    assert terms.find(stems("gene therapy", ENGLISH), FRENCH, 0) == (0, [])


def test_an_absent_glossary_is_an_empty_one(tmp_path: Path) -> None:
    assert glossary.load(tmp_path / "absent.tsv").find(["bioreacteur"], FRENCH, 0) == (0, [])


@pytest.mark.parametrize("missing", ["french", "english", "french_variants", "english_variants"])
def test_a_column_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    path = tmp_path / "glossary.tsv"
    columns = [column for column in HEADER.strip().split("\t") if column != missing]
    path.write_text("\t".join(columns) + "\na\tb\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=rf"glossary\.tsv: no column {missing}\."):
        glossary.load(path)


def test_an_empty_glossary_file_names_every_column(tmp_path: Path) -> None:
    path = tmp_path / "glossary.tsv"
    path.touch()
    with pytest.raises(ConfigurationError, match="no column english, english_variants, french, french_variants"):
        glossary.load(path)


def test_a_glossary_that_is_not_utf_8_is_a_configuration_error(tmp_path: Path) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_bytes((HEADER + ROWS).encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"glossary\.tsv: not UTF-8"):
        glossary.load(path)


# Concepts


def find(question: str, searched: Language, words: Vocabulary, terms: Glossary | None = None) -> list[Concept]:
    return concepts.find(question, FRENCH, searched, glossary=terms or Glossary(), words=words)


def test_a_term_of_the_glossary_stands_for_its_names_in_the_language_searched(terms: Glossary) -> None:
    (concept,) = find("Quels fermenteurs ?", ENGLISH, Vocabulary(english="a bioreactor"), terms)
    assert concept.is_in(frozenset(stems("large bioreactors", ENGLISH)))
    assert concept.is_in(frozenset(stems("the culture vessel", ENGLISH)))
    assert not concept.is_in(frozenset(stems("a culture", ENGLISH)))


def test_a_word_beside_the_glossary_stands_for_itself(terms: Glossary) -> None:
    found = find("Le budget de la thérapie génique", FRENCH, Vocabulary(french="budget thérapie génique"), terms)
    assert [set(concept.alternatives) for concept in found] == [
        {frozenset(stems("budget", FRENCH))},
        {frozenset(stems("thérapie génique", FRENCH))},
    ]


def test_a_concept_asked_for_twice_counts_once() -> None:
    assert len(find("budget, quel budget ?", FRENCH, Vocabulary())) == 1


@pytest.mark.parametrize("slip", ["invesstissement", "ivnestissement", "ivestissements"])
def test_a_slip_is_mended_to_a_word_that_passages_hold(slip: str) -> None:
    held = frozenset(stems("un investissement", FRENCH))
    (concept,) = find(f"Quel {slip} ?", FRENCH, Vocabulary(french="investissement important"))
    assert concept.is_in(held)


@pytest.mark.parametrize(
    ("word", "held"),
    [("gidi", "gidy"), ("ease2", "ease1"), ("h1n1", "h5n1"), ("10000", "10001"), ("médecin", "machine")],
)
def test_short_words_names_with_digits_and_other_words_are_not_mended(word: str, held: str) -> None:
    (concept,) = find(word, FRENCH, Vocabulary(french=held))
    assert not concept.is_in(frozenset(stems(held, FRENCH)))


def test_a_word_that_passages_hold_is_never_mended() -> None:
    (concept,) = find("produit", FRENCH, Vocabulary(french="produits produire"))
    assert concept.alternatives == (frozenset([stem("produit", FRENCH)]),)


def test_of_two_words_as_near_the_first_of_the_alphabet_mends() -> None:
    (concept,) = find("novaseb", FRENCH, Vocabulary(french="novasez novasep novasec"))
    assert concept.alternatives[1] == frozenset(["novasec"])


def test_the_weight_is_that_of_the_most_common_of_the_alternatives(terms: Glossary) -> None:
    common = frozenset(stems("bioreactor", ENGLISH))
    words = Vocabulary(english="bioreactor", common=common)
    assert [concept.weight for concept in find("fermenteur", ENGLISH, words, terms)] == [0.5]
    assert [concept.weight for concept in find("inconnu", ENGLISH, words, terms)] == [5.0]


CONCEPTS = st.lists(
    st.builds(
        Concept,
        alternatives=st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=1), min_size=1).map(tuple),
        weight=st.floats(0.01, 9.0),
    )
)
STEMS = st.frozensets(st.sampled_from("abcdef"))


@given(CONCEPTS, STEMS, STEMS)
def test_coverage_is_a_share_and_grows_with_what_is_held(
    found: list[Concept], held: frozenset[str], more: frozenset[str]
) -> None:
    less = concepts.coverage(found, held)
    assert 0.0 <= less <= concepts.coverage(found, held | more) <= 1.0


@given(CONCEPTS)
def test_coverage_is_full_only_where_every_concept_is_held(found: list[Concept]) -> None:
    assert concepts.coverage(found, frozenset("abcdef")) == (1.0 if found else 0.0)
    assert concepts.coverage(found, frozenset()) == 0.0


# Fusion


def unit(*values: float) -> np.ndarray:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_similarity_is_the_cosine_of_the_whole_and_of_each_sentence() -> None:
    sentences = (SentenceVector(0, 5, unit(1, 0)), SentenceVector(6, 9, unit(0, 1)))
    found = fusion.similarity(PassageVectors(unit(1, 1), sentences), unit(1, 0))
    assert found.whole == pytest.approx(0.5**0.5)
    assert found.sentences == pytest.approx((1.0, 0.0))


@given(st.floats(-1, 1), st.lists(st.floats(-1, 1)).map(tuple), st.floats(0, 1))
def test_a_combined_similarity_lies_between_its_parts(
    whole: float, sentences: tuple[float, ...], best_sentence: float
) -> None:
    combined = Similarity(whole, sentences).combined(best_sentence)
    best = max(sentences, default=whole)
    assert min(whole, best) - 1e-9 <= combined <= max(whole, best) + 1e-9


def test_a_passage_without_sentences_has_the_similarity_of_the_whole() -> None:
    assert Similarity(0.4, ()).combined(0.5) == pytest.approx(0.4)


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_words_count_more_within_a_language_than_across(dense: float, less: float, more: float) -> None:
    less, more = sorted((less, more))
    weights = FusionWeights()
    for same_language in (True, False):
        low = fusion.fuse(dense, less, same_language=same_language, weights=weights)
        assert dense <= low <= fusion.fuse(dense, more, same_language=same_language, weights=weights)
    assert fusion.fuse(dense, more, same_language=True, weights=weights) >= fusion.fuse(
        dense, more, same_language=False, weights=weights
    )


# Versions


def record(identifier: str, language: Language, translation_of: str | None = None) -> DocumentRecord:
    return DocumentRecord(identifier, identifier, "document", language, translation_of, None, None, None, None, "")


@pytest.mark.parametrize(
    ("french_names", "english_names"),
    [("a.en.md", None), (None, "a.fr.md"), ("a.en.md", "a.fr.md"), ("x/a.en.md", None)],
)
@pytest.mark.parametrize("folder", ["", "x/"])
def test_the_version_in_the_language_of_the_question_hides_the_other(
    folder: str, french_names: str | None, english_names: str | None
) -> None:
    folder = "x/" if french_names == "x/a.en.md" else folder
    records = [
        record(f"{folder}a.fr.md", FRENCH, french_names),
        record(f"{folder}a.en.md", ENGLISH, english_names),
        record(f"{folder}b.en.md", ENGLISH),
    ]
    for ordered in itertools.permutations(records):
        assert hidden_translations(ordered, FRENCH) == {f"{folder}a.en.md"}
        assert hidden_translations(ordered, ENGLISH) == {f"{folder}a.fr.md"}


def test_a_version_that_is_not_held_hides_nothing() -> None:
    records = [record("a.fr.md", FRENCH, "a.en.md"), record("b.fr.md", FRENCH, "c.fr.md"), record("c.fr.md", FRENCH)]
    assert hidden_translations(records, FRENCH) == hidden_translations(records, ENGLISH) == frozenset()


# The retriever


@pytest.fixture
def retriever(wiring: Wiring) -> HybridRetriever:
    wiring.librarian.sync()
    return HybridRetriever(library=wiring.library, embeddings=wiring.embeddings)


def test_a_question_gets_the_version_in_its_language_and_never_the_translation(retriever: HybridRetriever) -> None:
    french = retriever.invoke("Combien Servier a-t-il investi à Gidy ?")
    assert french[0].metadata["document_id"] == "servier.fr.md"
    assert "servier.en.md" not in {passage.metadata["document_id"] for passage in french}
    english = retriever.invoke("How much did Servier invest in Gidy?")
    assert english[0].metadata["document_id"] == "servier.en.md"
    assert "servier.fr.md" not in {passage.metadata["document_id"] for passage in english}


def test_the_language_may_be_given(retriever: HybridRetriever) -> None:
    found = retriever.invoke("Servier Gidy", language=ENGLISH)
    assert found[0].metadata["document_id"] == "servier.en.md"


def test_a_document_in_the_other_language_is_found_where_it_is_the_only_one(retriever: HybridRetriever) -> None:
    best = retriever.invoke("When does the Congrès France Bioproduction take place?")[0]
    assert (best.metadata["document_id"], best.metadata["language"]) == ("congress.fr.md", FRENCH)


def test_a_term_of_the_glossary_reaches_the_other_language(
    retriever: HybridRetriever, wiring: Wiring, corpus_dir: Path
) -> None:
    path = corpus_dir / "glossary.tsv"
    path.write_text(
        "french\tenglish\tfrench_variants\tenglish_variants\nremplissage\tfill-finish\t\t\n", encoding="utf-8"
    )
    question = "What about fill-finish?"
    (corpus_dir / "servier.en.md").unlink()
    wiring.librarian.sync()

    def coverage(terms: Glossary) -> float:
        found = retriever.model_copy(update={"glossary": terms}).invoke(question)
        return max(float(p.metadata["coverage"]) for p in found if p.metadata["language"] is FRENCH)

    assert coverage(Glossary()) == 0.0
    assert coverage(glossary.load(path)) == 1.0


def test_passages_come_by_score_with_the_documented_metadata(retriever: HybridRetriever) -> None:
    found = retriever.invoke("Quel est l'équipement de l'unité Bio-S ?")
    scores = [passage.metadata["score"] for passage in found]
    assert scores == sorted(scores, reverse=True)
    for passage in found:
        assert passage.id
        assert set(passage.metadata) == {
            "document_id", "title", "kind", "language", "published", "as_of", "publisher", "url", "start", "end",
            "section", "page", "score", "similarity", "coverage", "sentences", "readings", "names", "asked",
        }  # fmt: skip
        assert 0.0 <= passage.metadata["coverage"] <= 1.0
        assert -1.0 <= passage.metadata["similarity"] <= 1.0 + 1e-6


def test_sentences_lie_in_order_within_their_passage(retriever: HybridRetriever, wiring: Wiring) -> None:
    for passage in retriever.invoke("Servier"):
        start, end = passage.metadata["start"], passage.metadata["end"]
        text = wiring.library.get(passage.metadata["document_id"]).content.text
        assert text[start:end] == passage.page_content
        assert passage.metadata["sentences"]
        for sentence_start, sentence_end, cosine in passage.metadata["sentences"]:
            assert start <= sentence_start < sentence_end <= end
            assert -1.0 <= cosine <= 1.0 + 1e-6
            start = sentence_end


def test_the_number_of_passages_is_bounded(retriever: HybridRetriever) -> None:
    assert len(retriever.model_copy(update={"limit": 1}).invoke("Servier")) == 1


def test_a_withdrawn_document_is_not_found_again(retriever: HybridRetriever, wiring: Wiring, corpus_dir: Path) -> None:
    (corpus_dir / "servier.fr.md").unlink()
    wiring.librarian.sync()
    found = {passage.metadata["document_id"] for passage in retriever.invoke("Combien Servier a-t-il investi à Gidy ?")}
    assert found == {"servier.en.md", "congress.fr.md"}


@pytest.mark.parametrize("question", ["", "?", "de la", "xyzzy plugh", "investissement " * 200])
def test_any_question_has_an_answer_of_the_same_shape(retriever: HybridRetriever, question: str) -> None:
    assert all("score" in passage.metadata for passage in retriever.invoke(question))


def test_an_empty_library_holds_no_passage(wiring: Wiring) -> None:
    empty = HybridRetriever(library=wiring.library, embeddings=wiring.embeddings)
    assert empty.invoke("Combien Servier a-t-il investi à Gidy ?") == []
