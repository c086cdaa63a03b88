"""The span reader: what it makes of a passage, and what the search makes of its readings."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ConfigurationError
from assistant.library.embeddings import SentenceEmbeddings
from assistant.search import fusion
from assistant.search.reader import LONGEST_ANSWER, Readable, SpanReader, best_span, load_reader, load_tokenizer
from assistant.search.retriever import HybridRetriever
from assistant.settings import SHIPPED_MODEL, SHIPPED_READER
from assistant.types import Span
from assistant.wiring import Wiring
from tests.fakes import WordReader


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    return SpanReader(lambda: load_reader(SHIPPED_READER, retriever=SHIPPED_MODEL))


def readable(*sentences: str, heading: str = "") -> Readable:
    text = " ".join(sentences)
    starts = [text.index(sentence) for sentence in sentences]
    return Readable(
        text, heading, tuple(Span(start, start + len(own)) for start, own in zip(starts, sentences, strict=True))
    )


CASES = (
    ("Où se tient le congrès ?", "Le congrès se tient à Tours.", "Les repas sont compris.", "Tours"),
    ("When does the fair open?", "The fair opens on 3 May.", "It has four halls.", "3 May"),
    ("Who founded the company?", "La société a été fondée par Jeanne Petit.", "Elle emploie 40 personnes.", "Petit"),
)


@pytest.mark.parametrize(("question", "right", "wrong", "answer"), CASES)
def test_the_answer_is_found_in_the_sentence_that_holds_it(
    reader: SpanReader, question: str, right: str, wrong: str, answer: str
) -> None:
    text = readable(wrong, right)
    [[other, found]] = reader.read(question, [text])
    assert answer in text.text[found.span.start : found.span.end]
    assert found.margin > other.margin + 3.0  # it knows which of the two answers, by far


def test_texts_read_together_give_what_each_gives_alone(reader: SpanReader) -> None:
    texts = [readable(wrong, right, heading="Un titre") for _, right, wrong, _ in CASES]
    question = "Où se tient le congrès ?"
    for alone, together in zip(
        [reader.read(question, [text])[0] for text in texts], reader.read(question, texts), strict=True
    ):
        assert [reading.span for reading in alone] == [reading.span for reading in together]
        np.testing.assert_allclose([r.margin for r in alone], [r.margin for r in together], atol=0.2)


def test_every_sentence_has_a_reading_within_itself_even_beyond_what_is_read(reader: SpanReader) -> None:
    sentences = [f"La phrase numéro {number} dit encore la même chose." for number in range(60)]
    text = readable(*sentences, heading="Le titre ne compte pas")
    [readings] = reader.read("Que dit la phrase 3 ?", [text])
    assert len(readings) == len(text.sentences)
    for reading, sentence in zip(readings, text.sentences, strict=True):
        assert sentence.start <= reading.span.start < reading.span.end <= sentence.end
    assert readings[-1].margin < -10


def test_nothing_to_read_gives_nothing(reader: SpanReader) -> None:
    assert reader.read("Où ?", []) == []


@pytest.mark.parametrize("question", ["combien " * 120, "a " * 499, "?" * 1000])
def test_a_question_longer_than_what_is_read_stops_nothing(reader: SpanReader, question: str) -> None:
    [[reading]] = reader.read(question, [readable("Le congrès se tient à Tours.")])
    assert reading.span.end <= len("Le congrès se tient à Tours.")


LOGITS = st.lists(st.floats(-10, 10, width=32), min_size=1, max_size=60)


@given(LOGITS, st.randoms(use_true_random=False))
def test_the_best_span_is_in_order_short_and_beaten_by_none(start: list[float], chooser: object) -> None:
    first_logits = np.array(start, dtype=np.float32)
    last_logits = np.array(sorted(start, key=lambda _: chooser.random()), dtype=np.float32)  # type: ignore[attr-defined]
    first, last, score = best_span(first_logits, last_logits)
    assert 0 <= last - first < LONGEST_ANSWER
    for i in range(len(start)):
        for j in range(i, min(i + LONGEST_ANSWER, len(start))):
            assert first_logits[i] + last_logits[j] <= score


def test_both_models_that_ship_have_one_tokenizer_and_are_small() -> None:
    size = sum(path.stat().st_size for path in SHIPPED_READER.rglob("*") if path.is_file())
    assert size <= 65_000_000
    tokens = SentenceEmbeddings(str(SHIPPED_MODEL)).load().tokenizer("Le congrès à Tours")["input_ids"]
    assert load_tokenizer(SHIPPED_MODEL).encode("Le congrès à Tours").ids == tokens


def test_a_reader_that_does_not_fit_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nowhere"):
        load_reader(tmp_path / "nowhere", retriever=SHIPPED_MODEL)
    other = tmp_path / "other"
    shutil.copytree(SHIPPED_READER, other)
    settings = json.loads((other / "config.json").read_text())
    (other / "config.json").write_text(json.dumps(settings | {"num_hidden_layers": 3}))
    with pytest.raises(ConfigurationError, match="Restore both folders"):
        load_reader(other, retriever=SHIPPED_MODEL)
    (other / "model.safetensors").write_bytes(b"cut short")
    with pytest.raises(ConfigurationError, match="other"):
        load_reader(other, retriever=SHIPPED_MODEL)


# What the search makes of it


@given(st.floats(-40, 40), st.floats(-40, 40))
def test_certainty_rises_with_the_margin_between_0_and_1(one: float, other: float) -> None:
    assert 0.0 < fusion.certainty(min(one, other)) <= fusion.certainty(max(one, other)) < 1.0 + 1e-9


def test_only_the_best_passages_are_read_and_each_says_what_was_read_in_it(wiring: Wiring) -> None:
    wiring.librarian.sync()
    reader = WordReader()
    retriever = HybridRetriever(library=wiring.library, embeddings=wiring.embeddings, reader=reader, read_limit=2)
    found = retriever.invoke("Combien Servier a-t-il investi à Gidy ?")
    assert len(reader.read_texts) == 2
    for passage in found:
        readings = passage.metadata["readings"]
        assert bool(readings) is (passage.page_content in reader.read_texts)
        assert len(readings) in {0, len(passage.metadata["sentences"])}
        for reading, (start, end, _) in zip(readings, passage.metadata["sentences"], strict=False):
            assert start - passage.metadata["start"] <= reading.span.start
            assert reading.span.end <= end - passage.metadata["start"]


def test_a_passage_that_the_reader_is_sure_of_rises(wiring: Wiring) -> None:
    wiring.librarian.sync()
    plain = HybridRetriever(library=wiring.library, embeddings=wiring.embeddings)
    question = "Quels bioréacteurs a Servier ?"
    before = plain.invoke(question)

    class PointsAt(WordReader):
        def read(self, question, texts):  # type: ignore[no-untyped-def]
            return [
                tuple(type(reading)(9.0 if "bioréacteurs" in text.text else -9.0, reading.span) for reading in readings)
                for text, readings in zip(texts, super().read(question, texts), strict=True)
            ]

    after = plain.model_copy(update={"reader": PointsAt()}).invoke(question)
    assert "bioréacteurs" in after[0].page_content
    assert {passage.id for passage in before} == {passage.id for passage in after}
