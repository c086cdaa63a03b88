"""Stand-ins that keep the promise of what they replace, without its weight."""

import hashlib

import numpy as np

from assistant.library.embeddings import IdentifiedEmbeddings
from assistant.terms import content_words

DIMENSION = 128


class WordEmbeddings(IdentifiedEmbeddings):
    """Texts that share word beginnings are near each other; counts what it embeds."""

    def __init__(self, name: str = "words") -> None:
        self._name = name
        self.embedded: list[str] = []

    def identity(self) -> str:
        return f"{self._name}@{DIMENSION}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = np.full(DIMENSION, 1e-3)
        for word in content_words(text):
            vector[int.from_bytes(hashlib.sha256(word[:6].encode()).digest()[:4], "big") % DIMENSION] += 1.0
        unit: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return unit
