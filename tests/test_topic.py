"""Whether a text speaks of what is asked: in the same words, in like ones, in the other language, or not at all."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pytest

from assistant.answering.questions import analyse
from assistant.answering.topic import Topic
from assistant.errors import ConfigurationError
from assistant.search.concepts import Concept
from assistant.search.names import names_among, without
from assistant.search.words import Likeness, WordVectors, load_words
from assistant.settings import SHIPPED_MODEL
from assistant.terms import content_words, stem
from assistant.types import Language, Span

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH


@pytest.fixture(scope="module")
def likeness() -> WordVectors:
    return WordVectors(partial(load_words, SHIPPED_MODEL))


@pytest.mark.parametrize(
    ("word", "like", "unlike"),
    [
        ("salariés", "employees", "congrès"),
        ("garer", "parking", "programme"),
        ("water", "eau", "hectares"),
        ("closed", "fermée", "investissement"),
    ],
)
def test_words_are_like_their_synonyms_and_translations(
    likeness: WordVectors, word: str, like: str, unlike: str
) -> None:
    [[near, far]] = likeness.between([word], [like, unlike])
    assert near > 2 * far
    assert 0.0 <= far < near <= 1.0


def test_numbers_letters_and_nothing_are_like_none(likeness: WordVectors) -> None:
    assert likeness.between(["2024", "a"], ["2025", "b", "usine"]).tolist() == [[0.0] * 3] * 2
    assert likeness.between([], ["usine"]).shape == (0, 1)
    assert likeness.between(["usine"], []).shape == (1, 0)


def test_weights_that_are_missing_are_named(tmp_path: object) -> None:
    with pytest.raises(ConfigurationError, match=str(tmp_path)):
        load_words(tmp_path)  # type: ignore[arg-type]


class Exact:
    """Words are like themselves alone, and ``staff`` is half like ``salaries``."""

    def between(self, words: Sequence[str], others: Sequence[str]) -> np.ndarray:
        like = {("staff", "salaries"): 0.5}
        return np.array(
            [[1.0 if a == b else like.get((a, b), 0.0) for b in others] for a in words], dtype=np.float32
        ).reshape(len(words), len(others))


def topic(question: str, language: Language, text: str) -> Topic:
    asked = analyse(question, language)
    concepts = [Concept((frozenset({stem(word, language)}),), 1.0, (word,)) for word in asked.words]
    assert isinstance(Exact(), Likeness)
    return Topic(asked, concepts, language, Exact(), content_words(text))


def test_the_part_of_a_topic_that_a_text_does_not_speak_of_counts() -> None:
    text = "L'usine de Gidy compte 60 salariés."
    spoken = topic("consommation de l'usine de Gidy", FRENCH, text).of(content_words(text))
    assert spoken.share == pytest.approx(2 / 3)
    assert spoken.least == 0.0
    spoken = topic("l'usine de Gidy en 2024, quelle date ?", FRENCH, text).of(content_words(text))
    assert (spoken.share, spoken.least) == (1.0, 1.0)  # numbers and the kind of value asked for are no topic
    spoken = topic("staff of gidy", ENGLISH, text).of(content_words(text))
    assert (spoken.share, spoken.least) == (0.75, 0.5)


def test_a_question_without_a_topic_lacks_nothing() -> None:
    spoken = topic("quelle date ?", FRENCH, "Le congrès a lieu en mars.").of(["congres"])
    assert (spoken.share, spoken.least) == (1.0, 1.0)


def test_what_a_figure_counts_is_compared_with_what_is_asked() -> None:
    text = "Le site de 63 hectares emploie, depuis la construction de la seconde ligne de production, 60 salariés."
    hectares, jobs = (Span(text.index(number), text.index(number) + 2) for number in ("63", "60"))
    asked = topic("combien de salariés à Gidy ?", FRENCH, text)
    assert asked.counts_alike(text, [hectares]) == 0.0
    assert asked.counts_alike(text, [hectares, jobs]) == 1.0
    assert asked.counts_alike(text, []) == 0.0
    assert topic("où est le site ?", FRENCH, text).counts_alike(text, []) == 1.0


@pytest.mark.parametrize(
    ("text", "figure", "alike"),
    [
        ("La filière réunit salariés, métiers et 330 formations.", "330", 0.5),
        ("La filière réunit salariés, métiers et 330 en tout.", "330", 1.0),
        ("Les salariés sont 330 en 2023.", "330", 1.0),
        ("Salariés : 330", "330", 1.0),
        ("La filière forme 330 de ses salariés.", "330", 1.0),
    ],
)
def test_what_a_figure_counts_stands_behind_it_rather_than_in_front(text: str, figure: str, alike: float) -> None:
    start = text.index(figure)
    counted = topic("combien de salariés ?", FRENCH, text).counts_alike(text, [Span(start, start + len(figure))])
    assert counted == alike


def test_names_are_told_by_how_the_passages_write_them() -> None:
    passages = [
        "En 2021, TreeFrog a levé 64 millions.",
        "L’usine de TreeFrog est à Pessac. Les salariés y travaillent.",
    ]
    assert names_among("combien de salariés chez treefrog à pessac", passages) == {"treefrog", "pessac"}
    assert names_among("combien d'usines", passages) == frozenset()
    assert (
        without("combien de salariés chez treefrog en 2021 ?", frozenset({"treefrog"}))
        == "combien de salariés chez en ?"
    )
