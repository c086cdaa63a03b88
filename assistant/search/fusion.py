"""How the signals of a passage become one score: pure arithmetic, with its weights named."""

import math
from dataclasses import dataclass

import numpy as np

from assistant.library.indexed import PassageVectors

_MARGIN_SCALE = 3.0  # logits; margins spread over some ten, and beyond them nothing more is meant


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """The share of each signal in a passage's score; see ``benchmarks/README.md`` for how they were chosen.

    ``same_language`` and ``cross_language`` weigh the lexical score of passages in the question's language and in
    the other one: across languages only names and figures can match, so words say little there. ``reader`` weighs the
    certainty that the passage holds the answer.
    """

    best_sentence: float = 0.5
    same_language: float = 0.3
    cross_language: float = 0.3
    reader: float = 0.3


@dataclass(frozen=True, slots=True)
class Similarity:
    """How near a passage is to a question: cosine of the whole, and of each sentence in order."""

    whole: float
    sentences: tuple[float, ...]

    def combined(self, best_sentence: float) -> float:
        """The whole's and the best sentence's similarity, the latter with weight ``best_sentence``."""
        best = max(self.sentences, default=self.whole)
        return (1.0 - best_sentence) * self.whole + best_sentence * best


def similarity(vectors: PassageVectors, question: np.ndarray) -> Similarity:
    """Compare a passage's vectors with that of a question, shape ``(dimension,)``; all have unit length."""
    sentences = tuple(float(sentence.embedding @ question) for sentence in vectors.sentences)
    return Similarity(float(vectors.whole @ question), sentences)


def fuse(dense: float, lexical: float, *, same_language: bool, weights: FusionWeights) -> float:
    """One score from a combined similarity and a lexical score between 0 and 1."""
    return dense + (weights.same_language if same_language else weights.cross_language) * lexical


def certainty(margin: float) -> float:
    """The reader's margin on a scale from 0, no answer here, to 1; a half is a toss-up."""
    return 1.0 / (1.0 + math.exp(-margin / _MARGIN_SCALE))
