"""How the weights of the answering are fitted, on features made here."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.answering.calibration import Calibration
from assistant.answering.features import Features
from training.calibrate import NAMES, Example, fit

NOTHING = Features(*[0.0] * len(NAMES))
SENTENCES = 6


def example(rng: np.random.Generator, *, answerable: bool) -> Example:
    """Sentences of which the similar ones are on the subject, and only the one that the reader is sure of answers."""
    matrix = rng.uniform(0.0, 0.3, size=(SENTENCES, len(NAMES)))
    matrix[:, NAMES.index("similarity")] = rng.uniform(0.5, 0.9, SENTENCES)
    right = np.zeros(SENTENCES, dtype=bool)
    if answerable:
        answer = rng.integers(SENTENCES)
        right[answer] = True
        matrix[answer, NAMES.index("certainty")] = rng.uniform(0.8, 1.0)
    without = matrix[~right] if answerable else np.empty((0, len(NAMES)))
    return Example(matrix, right, answerable, without)


@pytest.fixture(scope="module")
def fitted() -> Calibration:
    rng = np.random.default_rng(1)
    return fit([example(rng, answerable=number % 3 > 0) for number in range(90)])


def test_what_makes_a_sentence_right_chooses_it(fitted: Calibration) -> None:
    sure, near = replace(NOTHING, certainty=0.9, similarity=0.5), replace(NOTHING, certainty=0.2, similarity=0.9)
    assert fitted.score(sure) > fitted.score(near)


def test_an_answer_is_told_from_none_at_the_threshold(fitted: Calibration) -> None:
    answer = replace(NOTHING, certainty=0.9, similarity=0.7)
    assert fitted.answers(answer)
    assert not fitted.answers(replace(answer, certainty=0.15))
    assert 0.1 < fitted.least_similarity <= 0.7, "nothing so far from the question was ever right"


def test_the_threshold_refuses_no_more_of_the_answerable_than_is_allowed(fitted: Calibration) -> None:
    refused = [point.refused_answerable for point in fitted.curve]
    assert refused == sorted(refused)
    [chosen] = [point for point in fitted.curve if point.threshold == fitted.threshold]
    assert chosen.refused_answerable <= 0.05
    assert chosen.refused_unanswerable > 0.9


def test_questions_on_other_pages_teach_by_their_weight() -> None:
    rng = np.random.default_rng(2)
    own = [example(rng, answerable=number % 3 > 0) for number in range(60)]
    misleading = [replace(example(rng, answerable=True), answerable=False) for _ in range(60)]
    barely, heard = (fit(own, [replace(each, weight=weight) for each in misleading]) for weight in (0.01, 1.0))
    assert heard.confidence["certainty"] < barely.confidence["certainty"]
