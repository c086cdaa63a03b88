"""The SQL catalogue: which documents are held, their text, passages, stems and embeddings.

It is what makes a passage visible: search looks up here every hit of the vector index. A passage leaves as a
``langchain_core.documents.Document`` whose ``id`` is the passage's, ``page_content`` the exact text, and whose
metadata has these keys, here and everywhere: ``document_id``, ``title``, ``kind``, ``language``, ``published``,
``as_of``, ``publisher``, ``url`` (the document's); ``start``, ``end``, ``section``, ``page`` (the passage's).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.documents import Document
from sqlalchemy import Connection, Row, create_engine, delete, event, func, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import LibraryDamaged, UnknownDocument
from assistant.library import lexical, structure
from assistant.library.schema import documents, metadata, passages, state, vectors
from assistant.types import DocumentRecord, Language, ParsedDocument, Passage, StoredDocument

_BUSY_TIMEOUT_SECONDS = 30
_SQL_VARIABLES = 900  # SQLite's most conservative limit on bound values is 999


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
            _set_state(connection, values)

    def revision(self) -> int:
        """A number that grows with every change: equal revisions mean equal content."""
        return int(self.state("revision") or 0)

    # Reading

    def records(self) -> list[DocumentRecord]:
        """The documents held, by id."""
        with self._transaction() as connection:
            return [_record(row) for row in connection.execute(select(*_RECORD).order_by(documents.c.id))]

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
        record = _record(row)
        return StoredDocument(record, structure.restore(record, row.text, row.structure))

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Document]:
        """The visible passages among ``passage_ids``, by id."""
        query = select(
            passages,
            *_RECORD[1:],
            func.substr(documents.c.text, passages.c.start + 1, passages.c.end - passages.c.start).label("content"),
        ).join(documents)
        with self._transaction() as connection:
            rows = _in_parts(connection, query, passages.c.id, passage_ids)
            return {row.id: _document(row) for row in rows}

    def owners(self, vector_ids: Iterable[str]) -> dict[str, str]:
        """The passage that each visible vector belongs to; what the catalogue does not know is left out."""
        query = select(vectors.c.id, vectors.c.passage_id)
        with self._transaction() as connection:
            return {row.id: row.passage_id for row in _in_parts(connection, query, vectors.c.id, vector_ids)}

    def vectors_of(self, passage_ids: Iterable[str]) -> dict[str, PassageVectors]:
        """The embeddings of passages, by passage id."""
        query = select(vectors).order_by(vectors.c.passage_id, vectors.c.start)
        wholes: dict[str, np.ndarray] = {}
        sentences: dict[str, list[SentenceVector]] = {}
        with self._transaction() as connection:
            for row in _in_parts(connection, query, vectors.c.passage_id, passage_ids):
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
            rows = _in_parts(connection, query, passages.c.number, [number for number, _ in found])
            ids = {row.number: row.id for row in rows}
            return {ids[number]: score for number, score in found if number in ids}

    def stems_of(self, language: Language, passage_ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """The stems of passages in ``language`` and of their breadcrumbs, by passage id."""
        query = select(passages.c.number, passages.c.id)
        with self._transaction() as connection:
            ids = {row.number: row.id for row in _in_parts(connection, query, passages.c.id, passage_ids)}
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
            rows = _in_parts(connection, query, vectors.c.content_key, content_keys)
            return {row.content_key: np.frombuffer(row.embedding, dtype="<f4") for row in rows}

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
            _delete(connection, record.id)
            row = {column.name: getattr(record, column.name) for column in _RECORD}
            row |= {"language": record.language.value, "text": content.text, "structure": structure.store(content)}
            connection.execute(insert(documents).values(row))
            for item in indexed:
                _insert_passage(connection, record, item)
            _advance(connection)

    def remove(self, document_id: str) -> None:
        """Make a document invisible. Nothing happens if it is not held."""
        with self._transaction() as connection:
            if _delete(connection, document_id):
                _advance(connection)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise LibraryDamaged(self.path, str(getattr(error, "orig", error))) from error


_RECORD = [
    documents.c.id, documents.c.title, documents.c.kind, documents.c.language, documents.c.translation_of,
    documents.c.published, documents.c.as_of, documents.c.publisher, documents.c.url, documents.c.sha256,
]  # fmt: skip


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _BUSY_TIMEOUT_SECONDS})

    @event.listens_for(engine, "connect")
    def configure(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode=WAL")  # readers never wait for the writer
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine


def _in_parts(connection: Connection, query, column, values: Iterable[object]) -> Iterator[Row]:  # type: ignore[no-untyped-def, type-arg]
    """The rows of ``query`` whose ``column`` is among ``values``, however many these are."""
    listed = list(dict.fromkeys(values))
    for start in range(0, len(listed), _SQL_VARIABLES):
        yield from connection.execute(query.where(column.in_(listed[start : start + _SQL_VARIABLES])))


def _record(row: Row) -> DocumentRecord:  # type: ignore[type-arg]
    values = {column.name: getattr(row, column.name) for column in _RECORD}
    return DocumentRecord(**(values | {"language": Language(row.language)}))


def _document(row: Row) -> Document:  # type: ignore[type-arg]
    keys = ("document_id", "title", "kind", "published", "as_of", "publisher", "url", "start", "end", "section", "page")
    values = {key: getattr(row, key) for key in keys} | {"language": Language(row.language)}
    return Document(id=row.id, page_content=row.content, metadata=values)


def _insert_passage(connection: Connection, record: DocumentRecord, item: IndexedPassage) -> None:
    passage = item.passage
    row = {"id": item.id, "document_id": record.id, "start": passage.start, "end": passage.end}
    inserted = connection.execute(insert(passages).values(row | {"section": passage.section, "page": passage.page}))
    (number,) = inserted.inserted_primary_key or (0,)
    lexical.insert(connection, record.language, number=number, breadcrumb=item.breadcrumb_stems, body=item.stems)
    connection.execute(
        insert(vectors),
        [
            {"id": vector.id, "passage_id": item.id, "whole": vector.whole, "start": vector.start, "end": vector.end,
             "content_key": vector.content_key, "embedding": vector.embedding.astype("<f4").tobytes()}
            for vector in item.vectors
        ],
    )  # fmt: skip


def _delete(connection: Connection, document_id: str) -> bool:
    language = connection.execute(select(documents.c.language).where(documents.c.id == document_id)).scalar()
    if language is None:
        return False
    numbers = connection.execute(select(passages.c.number).where(passages.c.document_id == document_id)).scalars()
    lexical.delete(connection, Language(language), list(numbers))
    connection.execute(delete(documents).where(documents.c.id == document_id))  # passages and vectors follow
    return True


def _advance(connection: Connection) -> None:
    revision = connection.execute(select(state.c.value).where(state.c.key == "revision")).scalar()
    _set_state(connection, {"revision": str(int(revision or 0) + 1)})


def _set_state(connection: Connection, values: dict[str, str]) -> None:
    connection.execute(delete(state).where(state.c.key.in_(list(values))))
    connection.execute(insert(state), [{"key": key, "value": value} for key, value in values.items()])
