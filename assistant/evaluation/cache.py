"""Embeddings kept between evaluations, since computing those of an unchanged corpus takes most of one."""

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.library.embeddings import IdentifiedEmbeddings

_SCHEMA = "CREATE TABLE IF NOT EXISTS embeddings (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
_BUSY_TIMEOUT_SECONDS = 60.0
_FILE = Path("evaluation", "embeddings.sqlite")  # below the data folder: derived, deleted at will


class KeptEmbeddings(IdentifiedEmbeddings):
    """The embeddings of another embedder, kept in one file under a hash of its identity and of the text.

    Only documents' are kept: a question is embedded anew each time, as it is for a reader.
    """

    def __init__(self, embeddings: IdentifiedEmbeddings, file: Path) -> None:
        self._embeddings = embeddings
        self._identity = embeddings.identity()
        self._file = file

    def identity(self) -> str:
        return self._identity

    def embed_query(self, text: str) -> list[float]:
        return self._embeddings.embed_query(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        keys = [hashlib.sha256(f"{self._identity}\0{text}".encode()).digest() for text in texts]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=_BUSY_TIMEOUT_SECONDS)) as connection:
            connection.execute(_SCHEMA)
            known = _read(connection, keys)
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            if missing:
                computed = dict(zip(missing, self._embeddings.embed_documents(list(missing.values())), strict=True))
                _write(connection, computed)
                known |= computed
        return [known[key] for key in keys]


def kept(embeddings: IdentifiedEmbeddings, data_dir: Path) -> KeptEmbeddings:
    """The embeddings kept in a data folder."""
    return KeptEmbeddings(embeddings, data_dir / _FILE)


def _read(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, list[float]]:
    known: dict[bytes, list[float]] = {}
    for key in keys:
        row = connection.execute("SELECT vector FROM embeddings WHERE key = ?", (key,)).fetchone()
        if row:
            known[key] = np.frombuffer(row[0], dtype="<f4").tolist()
    return known


def _write(connection: sqlite3.Connection, vectors: Mapping[bytes, Sequence[float]]) -> None:
    rows = [(key, np.asarray(vector, dtype="<f4").tobytes()) for key, vector in vectors.items()]
    with connection:
        connection.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?)", rows)
