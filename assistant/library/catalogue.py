"""The SQL catalogue: which documents are held, their text, passages, stems and embeddings.

It is what makes a passage visible: search looks up here every hit of the vector index. A passage leaves as a
``langchain_core.documents.Document`` whose ``id`` is the passage's, ``page_content`` the exact text, and whose
metadata has these keys, here and everywhere: ``document_id``, ``title``, ``kind``, ``language``, ``published``,
``as_of``, ``publisher``, ``url`` (the document's); ``start``, ``end``, ``section``, ``page`` (the passage's).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from langchain_core.documents import Document
from sqlalchemy import Connection, create_engine, event, func, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import LibraryDamaged, UnknownDocument
from assistant.library import lexical, rows, structure
from assistant.library.indexed import IndexedPassage, PassageVectors, SentenceVector
from assistant.library.schema import documents, metadata, passages, state, vectors
from assistant.types import DocumentRecord, Language, ParsedDocument, StoredDocument

_BUSY_TIMEOUT_SECONDS = 30


class Catalogue:
    """The catalogue in one SQLite file. Safe to read from several threads and processes while one writes."""

    def __init__(self, path: Path) -> None:
        """Open or create the catalogue.

        Raises:
            LibraryDamaged: the file is not a usable database.
        """
        self.path = path
        self._engine = _engine(path)
        with self._transaction() as connection:
            metadata.create_all(connection)
            lexical.create(connection)

    def close(self) -> None:
        self._engine.dispose()

    # What the index says of itself

    def state(self, key: str) -> str | None:
        with self._transaction() as connection:
            return connection.execute(select(state.c.value).where(state.c.key == key)).scalar()

    def set_state(self, **values: str) -> None:
        with self._transaction() as connection:
            rows.set_state(connection, values)

    def revision(self) -> int:
        """A number that grows with every change: equal revisions mean equal content."""
        return int(self.state("revision") or 0)

    # Reading

    def records(self) -> list[DocumentRecord]:
        """The documents held, by id."""
        with self._transaction() as connection:
            return [rows.record(row) for row in connection.execute(select(*rows.RECORD).order_by(documents.c.id))]

    def count_passages(self) -> int:
        with self._transaction() as connection:
            return connection.execute(select(func.count()).select_from(passages)).scalar_one()

    def get(self, document_id: str) -> StoredDocument:
        """A document with its text and structure.

        Raises:
            UnknownDocument: it is not, or no longer, held.
        """
        with self._transaction() as connection:
            row = connection.execute(select(documents).where(documents.c.id == document_id)).one_or_none()
        if row is None:
            raise UnknownDocument(
                f"{document_id}: no such document. `python ingest.py status` lists those that are held."
            )
        record = rows.record(row)
        return StoredDocument(record, structure.restore(record, row.text, row.structure))

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Document]:
        """The visible passages among ``passage_ids``, by id."""
        query = select(
            passages,
            *rows.RECORD[1:],
            func.substr(documents.c.text, passages.c.start + 1, passages.c.end - passages.c.start).label("content"),
        ).join(documents)
        with self._transaction() as connection:
            found_rows = rows.in_parts(connection, query, passages.c.id, passage_ids)
            return {row.id: rows.document(row) for row in found_rows}

    def owners(self, vector_ids: Iterable[str]) -> dict[str, str]:
        """The passage that each visible vector belongs to; what the catalogue does not know is left out."""
        query = select(vectors.c.id, vectors.c.passage_id)
        with self._transaction() as connection:
            return {row.id: row.passage_id for row in rows.in_parts(connection, query, vectors.c.id, vector_ids)}

    def vectors_of(self, passage_ids: Iterable[str]) -> dict[str, PassageVectors]:
        """The embeddings of passages, by passage id."""
        query = select(vectors).order_by(vectors.c.passage_id, vectors.c.start)
        wholes: dict[str, np.ndarray] = {}
        sentences: dict[str, list[SentenceVector]] = {}
        with self._transaction() as connection:
            for row in rows.in_parts(connection, query, vectors.c.passage_id, passage_ids):
                embedding = np.frombuffer(row.embedding, dtype="<f4")
                if row.whole:
                    wholes[row.passage_id] = embedding
                else:
                    sentences.setdefault(row.passage_id, []).append(SentenceVector(row.start, row.end, embedding))
        return {key: PassageVectors(whole, tuple(sentences.get(key, ()))) for key, whole in wholes.items()}

    def search_stems(self, language: Language, stems: Iterable[str], *, limit: int) -> dict[str, float]:
        """BM25 of the passages in ``language`` that hold any of the stems, best first, by passage id."""
        with self._transaction() as connection:
            found = lexical.search(connection, language, stems, limit=limit)
            query = select(passages.c.number, passages.c.id)
            found_rows = rows.in_parts(connection, query, passages.c.number, [number for number, _ in found])
            ids = {row.number: row.id for row in found_rows}
            return {ids[number]: score for number, score in found if number in ids}

    def stems_of(self, language: Language, passage_ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """The stems of passages in ``language`` and of their breadcrumbs, by passage id."""
        query = select(passages.c.number, passages.c.id)
        with self._transaction() as connection:
            ids = {row.number: row.id for row in rows.in_parts(connection, query, passages.c.id, passage_ids)}
            return {ids[number]: stems for number, stems in lexical.stems_of(connection, language, ids).items()}

    def vocabulary(self, language: Language) -> frozenset[str]:
        """Every stem that the passages in ``language`` or their breadcrumbs hold."""
        with self._transaction() as connection:
            return lexical.vocabulary(connection, language)

    def inverse_frequencies(self, language: Language, stems: Iterable[str]) -> dict[str, float]:
        with self._transaction() as connection:
            return lexical.inverse_frequencies(connection, language, stems)

    # Writing: one transaction each, which is the moment of change

    def embeddings(self, content_keys: Iterable[str]) -> dict[str, np.ndarray]:
        """Embeddings stored before, by content key, so that unchanged text is never embedded twice."""
        query = select(vectors.c.content_key, vectors.c.embedding)
        with self._transaction() as connection:
            found_rows = rows.in_parts(connection, query, vectors.c.content_key, content_keys)
            return {row.content_key: np.frombuffer(row.embedding, dtype="<f4") for row in found_rows}

    def vector_ids(self, *, document_id: str | None = None, language: Language | None = None) -> list[str]:
        query = select(vectors.c.id).join(passages, passages.c.id == vectors.c.passage_id).join(documents)
        if document_id is not None:
            query = query.where(documents.c.id == document_id)
        if language is not None:
            query = query.where(documents.c.language == language.value)
        with self._transaction() as connection:
            return list(connection.execute(query).scalars())

    def replace(self, record: DocumentRecord, content: ParsedDocument, indexed: Sequence[IndexedPassage]) -> None:
        """Make a document visible in this version and no other."""
        with self._transaction() as connection:
            rows.delete_document(connection, record.id)
            row = {column.name: getattr(record, column.name) for column in rows.RECORD}
            row |= {"language": record.language.value, "text": content.text, "structure": structure.store(content)}
            connection.execute(insert(documents).values(row))
            for item in indexed:
                rows.insert_passage(connection, record, item)
            rows.advance(connection)

    def remove(self, document_id: str) -> None:
        """Make a document invisible. Nothing happens if it is not held."""
        with self._transaction() as connection:
            if rows.delete_document(connection, document_id):
                rows.advance(connection)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise LibraryDamaged(self.path, str(getattr(error, "orig", error))) from error


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _BUSY_TIMEOUT_SECONDS})

    @event.listens_for(engine, "connect")
    def configure(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")  # readers never wait for the writer
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine
