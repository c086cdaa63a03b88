"""What the index holds of a passage: as it is stored, and as it comes back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.types import Passage


@dataclass(frozen=True, slots=True)
class IndexedVector:
    """A vector to store: of a whole passage, or of one of its sentences."""

    id: str
    whole: bool
    start: int
    end: int
    content_key: str
    embedding: np.ndarray


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage ready to store, with its stems and vectors."""

    id: str
    passage: Passage
    breadcrumb_stems: Sequence[str]
    stems: Sequence[str]
    vectors: Sequence[IndexedVector]


@dataclass(frozen=True, slots=True)
class SentenceVector:
    """A sentence of a passage with its embedding, shape ``(dimension,)``."""

    start: int
    end: int
    embedding: np.ndarray


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The embeddings of a passage: of the whole, and of each sentence in order."""

    whole: np.ndarray
    sentences: tuple[SentenceVector, ...]
