"""The two small models of the answering: which sentence, and whether it answers at all.

Both are linear in ``features``. Their weights, and the curve that the threshold was read from, are in
``calibration.json``, which ``training/calibrate.py`` writes from the ``dev`` split of the gold set.
"""

import math
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from assistant.answering.features import Features

_FILE = "calibration.json"
_TOSS_UP = 0.5  # certainty of the reader from which it takes a sentence for the answer
_NAMES = frozenset(field.name for field in fields(Features))


class CurvePoint(BaseModel):
    """What a threshold does on the questions it was chosen on."""

    model_config = ConfigDict(frozen=True)

    threshold: float
    refused_unanswerable: float
    refused_answerable: float


class Calibration(BaseModel):
    """Weights by feature name. ``threshold`` is the least confidence that is an answer.

    ``least_similarity`` is the cosine below which next to no right answer was seen, however many words it shares; one
    that the reader takes for the answer may be below it.
    """

    model_config = ConfigDict(frozen=True)

    selection: dict[str, float]
    confidence: dict[str, float]
    confidence_bias: float
    threshold: float
    least_similarity: float = -1.0
    curve: tuple[CurvePoint, ...] = ()

    @model_validator(mode="after")
    def _knows_every_feature(self) -> Self:
        for weights in (self.selection, self.confidence):
            if unknown := weights.keys() - _NAMES:
                message = f"no such feature: {', '.join(sorted(unknown))}"
                raise ValueError(message)
        return self

    def score(self, features: Features) -> float:
        """How good an answer the sentence is beside others; no scale of its own."""
        return _dot(self.selection, features)

    def confidence_in(self, features: Features) -> float:
        """The probability that the best sentence of a question, with these features, answers it."""
        return 1.0 / (1.0 + math.exp(-self.confidence_bias - _dot(self.confidence, features)))

    def answers(self, features: Features) -> bool:
        """Whether the best sentence of a question, with these features, is good enough to be shown."""
        looks_alike = features.similarity >= self.least_similarity or features.certainty >= _TOSS_UP
        return looks_alike and self.confidence_in(features) >= self.threshold


@cache
def shipped() -> Calibration:
    """The calibration that ships."""
    return Calibration.model_validate_json(files(__package__).joinpath(_FILE).read_bytes())


def _dot(weights: dict[str, float], features: Features) -> float:
    return math.fsum(weight * getattr(features, name) for name, weight in weights.items())
