"""BM25 over the assistant's own stems: the baseline of the measurements, and the source of hard negatives."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from assistant.terms import stems
from assistant.types import Language

_K1, _B = 1.2, 0.75  # the usual values


def scores(queries: Sequence[str], paragraphs: Sequence[str], language: Language) -> NDArray[np.float32]:
    """BM25 of each paragraph for each query: shape ``(queries, paragraphs)``."""
    vocabulary: dict[str, int] = {}
    held = _counts(paragraphs, language, vocabulary, grow=True)
    asked = _counts(queries, language, vocabulary, grow=False)
    lengths = np.asarray(held.sum(axis=1)).ravel()
    frequency = np.asarray((held > 0).sum(axis=0)).ravel()
    inverse = np.log(1.0 + (len(paragraphs) - frequency + 0.5) / (frequency + 0.5))
    rows = np.repeat(np.arange(len(paragraphs)), np.diff(held.indptr))
    norm = _K1 * (1.0 - _B + _B * lengths[rows] / max(lengths.mean(), 1.0))
    held.data = inverse[held.indices] * held.data * (_K1 + 1.0) / (held.data + norm)
    return np.asarray((asked @ held.T).todense(), dtype=np.float32)


def _counts(texts: Sequence[str], language: Language, vocabulary: dict[str, int], *, grow: bool) -> csr_matrix:
    rows, columns = [], []
    for row, text in enumerate(texts):
        for stem in stems(text, language):
            column = vocabulary.setdefault(stem, len(vocabulary)) if grow else vocabulary.get(stem)
            if column is not None:
                rows.append(row)
                columns.append(column)
    shape = (len(texts), len(vocabulary))
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)  # equal places are added up
