"""Vectors in Chroma: one collection a language, precomputed embeddings only, nothing but ids beside them.

What an id stands for is in the SQL catalogue, so a vector that the catalogue does not know is simply not found.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import chromadb
import numpy as np
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings

from assistant.errors import LibraryDamaged
from assistant.types import Language

_EF = 200  # breadth of the graph search: near-exact recall at a millisecond for this size of corpus


class VectorIndex:
    """The Chroma index in one folder. Close it when done; a reader reopens it after another process wrote."""

    def __init__(self, folder: Path) -> None:
        """Open or create the index.

        Raises:
            LibraryDamaged: Chroma cannot open what is in the folder.
        """
        self._folder = folder
        try:
            self._client = chromadb.PersistentClient(
                str(folder), settings=ChromaSettings(anonymized_telemetry=False, allow_reset=False)
            )
            self._collections = {language: self._open(language) for language in Language}
        except Exception as error:  # Chroma raises ValueError, InternalError, its Rust panics, …: all mean the same
            raise LibraryDamaged(folder, str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()  # type: ignore[attr-defined]  # the concrete client has it, its interface not yet

    def _open(self, language: Language) -> Collection:
        return self._client.get_or_create_collection(
            f"vectors-{language.value}",
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine", "ef_construction": _EF, "ef_search": _EF}},
        )

    def count(self, language: Language) -> int:
        return self._collections[language].count()

    def ids(self, language: Language) -> set[str]:
        return set(self._collections[language].get(include=[])["ids"])

    def add(self, language: Language, ids: Sequence[str], embeddings: np.ndarray) -> None:
        """Add the vectors of ids that are not there yet; ``embeddings`` has shape ``(len(ids), dimension)``."""
        known = self._known(language, ids)
        rows = {identifier: row for row, identifier in enumerate(ids) if identifier not in known}
        for part in self._batches(list(rows)):
            vectors = embeddings[[rows[identifier] for identifier in part]]
            self._collections[language].add(ids=part, embeddings=vectors.astype(np.float32))

    def delete(self, language: Language, ids: Sequence[str]) -> None:
        """Delete vectors; ids that are not there are passed over."""
        for part in self._batches(sorted(self._known(language, ids))):
            self._collections[language].delete(ids=part)

    def query(self, language: Language, embedding: np.ndarray, *, limit: int) -> list[tuple[str, float]]:
        """The nearest vectors: ``(id, cosine similarity)``, best first. ``embedding`` has shape ``(dimension,)``."""
        found = self._collections[language].query(
            query_embeddings=embedding[None, :].astype(np.float32), n_results=limit, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [
            (identifier, 1.0 - float(distance))
            for identifier, distance in zip(found["ids"][0], distances[0], strict=True)
        ]

    def _known(self, language: Language, ids: Sequence[str]) -> set[str]:
        known: set[str] = set()
        for part in self._batches(ids):
            known.update(self._collections[language].get(ids=part, include=[])["ids"])
        return known

    def _batches(self, ids: Sequence[str]) -> Iterator[list[str]]:
        size = self._client.get_max_batch_size()
        return (list(ids[start : start + size]) for start in range(0, len(ids), size))
