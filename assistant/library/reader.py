"""The library as readers see it: always the latest content, whichever process wrote it.

The embedded Chroma is a per-process picture of its files that never refreshes, so before each query the
pointer and the revision are compared with those last seen, and Chroma is closed and opened anew after a change.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.documents import Document

from assistant.errors import ConfigurationError, UnknownDocument
from assistant.library.catalogue import Catalogue
from assistant.library.folder import CATALOGUE, VECTORS, DataFolder
from assistant.library.indexed import PassageVectors
from assistant.library.vectors import VectorIndex
from assistant.types import DocumentRecord, Language, StoredDocument


@dataclass(slots=True)
class _Opened:
    folder: Path
    catalogue: Catalogue
    index: VectorIndex
    revision: int
    # Asked for at every question, so kept until the next revision:
    records: tuple[DocumentRecord, ...]
    vocabularies: dict[Language, frozenset[str]]

    def close(self) -> None:
        self.index.close()
        self.catalogue.close()


class Library:
    """Read access for the threads of one process. Before the first synchronisation it is simply empty."""

    def __init__(self, data: DataFolder, *, embedder_identity: str) -> None:
        self._data = data
        self._embedder_identity = embedder_identity
        self._lock = threading.RLock()  # Chroma must not be reopened under a running query
        self._opened: _Opened | None = None

    def close(self) -> None:
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def records(self) -> tuple[DocumentRecord, ...]:
        """The documents held, by id."""
        with self._lock:
            opened = self._latest()
        return opened.records if opened else ()

    def count(self) -> int:
        """How many documents are held."""
        return len(self.records())

    def count_passages(self) -> int:
        catalogue = self._catalogue()
        return catalogue.count_passages() if catalogue else 0

    def get(self, document_id: str) -> StoredDocument:
        """A document with its text and structure.

        Raises:
            UnknownDocument: it is not, or no longer, held.
        """
        catalogue = self._catalogue()
        if catalogue is None:
            raise UnknownDocument(f"{document_id}: the library is empty. Run `python ingest.py sync` first.")
        return catalogue.get(document_id)

    def nearest(self, language: Language, embedding: np.ndarray, *, limit: int) -> dict[str, float]:
        """The passages in ``language`` that own the nearest vectors: best cosine similarity by passage id.

        ``limit`` counts vectors, of which a passage has several; ``embedding`` has shape ``(dimension,)``.
        """
        with self._lock:
            opened = self._latest()
            hits = opened.index.query(language, embedding, limit=limit) if opened else []
        if opened is None:
            return {}
        owners = opened.catalogue.owners(identifier for identifier, _ in hits)
        best: dict[str, float] = {}
        for identifier, similarity in hits:
            if (passage_id := owners.get(identifier)) is not None:
                best.setdefault(passage_id, similarity)
        return best

    def search_stems(self, language: Language, stems: Iterable[str], *, limit: int) -> dict[str, float]:
        """BM25 by passage id of the passages in ``language`` that hold any of the stems, best first."""
        catalogue = self._catalogue()
        return catalogue.search_stems(language, stems, limit=limit) if catalogue else {}

    def inverse_frequencies(self, language: Language, stems: Iterable[str]) -> dict[str, float]:
        """How telling each stem is among the passages in ``language``; see ``lexical.inverse_frequencies``."""
        catalogue = self._catalogue()
        return catalogue.inverse_frequencies(language, stems) if catalogue else {}

    def vocabulary(self, language: Language) -> frozenset[str]:
        """Every stem that the passages in ``language`` hold."""
        with self._lock:
            opened = self._latest()
            if opened is None:
                return frozenset()
            if language not in opened.vocabularies:
                opened.vocabularies[language] = opened.catalogue.vocabulary(language)
            return opened.vocabularies[language]

    def stems_of(self, language: Language, passage_ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """The stems of passages in ``language`` and of their breadcrumbs, by passage id."""
        catalogue = self._catalogue()
        return catalogue.stems_of(language, passage_ids) if catalogue else {}

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Document]:
        """The visible passages among ``passage_ids``; see ``library.catalogue`` for their metadata."""
        catalogue = self._catalogue()
        return catalogue.passages(passage_ids) if catalogue else {}

    def vectors_of(self, passage_ids: Iterable[str]) -> dict[str, PassageVectors]:
        """The embeddings of passages and of their sentences, by passage id."""
        catalogue = self._catalogue()
        return catalogue.vectors_of(passage_ids) if catalogue else {}

    def _catalogue(self) -> Catalogue | None:
        with self._lock:
            opened = self._latest()
        return opened.catalogue if opened else None

    def _latest(self) -> _Opened | None:
        folder = self._data.current()
        opened = self._opened
        if opened is not None and opened.folder != folder:
            self.close()
            opened = self._opened
        if opened is None:
            self._opened = opened = self._open(folder) if folder else None
        elif opened.revision != (revision := opened.catalogue.revision()):
            opened.index.close()
            opened.index = VectorIndex(opened.folder / VECTORS)
            opened.records = tuple(opened.catalogue.records())
            opened.vocabularies = {}
            opened.revision = revision  # as it was before reopening, so that a later change is seen next time
        return opened

    def _open(self, folder: Path) -> _Opened:
        catalogue = Catalogue(folder / CATALOGUE)
        built_with = catalogue.state("embedder")
        if built_with != self._embedder_identity:
            catalogue.close()
            raise ConfigurationError(
                f"{self._data.path}: the index was built with the embedding model {built_with}, and the setting is "
                f"{self._embedder_identity}. Run `python ingest.py rebuild`, or set ASSISTANT_EMBEDDING_MODEL back."
            )
        revision = catalogue.revision()
        return _Opened(folder, catalogue, VectorIndex(folder / VECTORS), revision, tuple(catalogue.records()), {})
