"""Decides whether the best sentences answer at all. One score cannot: on-topic questions without an answer score high.

The signals are combined by a logistic model whose coefficients were fitted on the gold set's dev split.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import values
from assistant.answering.extractive import Candidate
from assistant.answering.questions import Question


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against the best sentence, each between 0 and 1 (``similarity`` from -1)."""

    similarity: float  # cosine of the sentence
    passage_coverage: float  # share of the question's telling words in the passage and its headings
    sentence_coverage: float  # and in the sentence with its headings
    names: float  # share of the question's names and figures in the passage and its headings
    value: float  # whether a value of the kind sought is there; 1 where none is sought


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The weights of the signals in the logistic model."""

    bias: float = -5.2
    similarity: float = 4.0
    passage_coverage: float = 3.0
    sentence_coverage: float = 2.0
    names: float = 1.0
    value: float = 1.0


COEFFICIENTS = Coefficients()
THRESHOLD = 0.5


def signals(question: Question, ranked: Sequence[Candidate], *, names: float) -> Signals:
    """The signals of the best candidate; ``ranked`` must not be empty."""
    best = ranked[0]
    return Signals(
        similarity=best.similarity,
        passage_coverage=best.passage.metadata["coverage"],
        sentence_coverage=best.coverage,
        names=names,
        value=1.0 if best.values or not values.seeks_value(question) else 0.0,
    )


def confidence(found: Signals, coefficients: Coefficients = COEFFICIENTS) -> float:
    """The probability that the sentence answers, from 0 to 1."""
    total = (
        coefficients.bias
        + coefficients.similarity * found.similarity
        + coefficients.passage_coverage * found.passage_coverage
        + coefficients.sentence_coverage * found.sentence_coverage
        + coefficients.names * found.names
        + coefficients.value * found.value
    )
    return 1.0 / (1.0 + math.exp(-total))
