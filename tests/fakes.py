"""Stand-ins that keep the promise of what they replace, without its weight."""

import hashlib
from collections.abc import Sequence

import numpy as np

from assistant.library.embeddings import IdentifiedEmbeddings
from assistant.search.reader import Readable, Reading
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


class WordReader:
    """The more of the question's words a sentence and its heading hold, the surer it is that the sentence answers."""

    def __init__(self) -> None:
        self.read_texts: list[str] = []

    def read(self, question: str, texts: Sequence[Readable]) -> list[tuple[Reading, ...]]:
        asked = {word[:6] for word in content_words(question)}
        self.read_texts += [text.text for text in texts]
        found = []
        for text in texts:
            readings = []
            for span in text.sentences:
                held = {word[:6] for word in content_words(f"{text.heading} {text.text[span.start : span.end]}")}
                share = len(asked & held) / max(len(asked), 1)
                readings.append(Reading(16.0 * share - 8.0, span))
            found.append(tuple(readings))
        return found
