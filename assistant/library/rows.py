"""The rows of the catalogue's tables to and from the nouns. Each function works inside its caller's transaction."""

from collections.abc import Iterable, Iterator
from typing import Any

from langchain_core.documents import Document
from sqlalchemy import ColumnElement, Connection, Row, Select, delete, insert, select

from assistant.library import lexical
from assistant.library.indexed import IndexedPassage
from assistant.library.schema import documents, passages, state, vectors
from assistant.types import DocumentRecord, Language

_SQL_VARIABLES = 900  # SQLite's most conservative limit on bound values is 999

RECORD = [
    documents.c.id, documents.c.title, documents.c.kind, documents.c.language, documents.c.translation_of,
    documents.c.published, documents.c.as_of, documents.c.publisher, documents.c.url, documents.c.sha256,
]  # fmt: skip


def in_parts(
    connection: Connection, query: Select[Any], column: ColumnElement[Any], values: Iterable[object]
) -> Iterator[Row[Any]]:
    """The rows of ``query`` whose ``column`` is among ``values``, however many these are."""
    listed = list(dict.fromkeys(values))
    for start in range(0, len(listed), _SQL_VARIABLES):
        yield from connection.execute(query.where(column.in_(listed[start : start + _SQL_VARIABLES])))


def record(row: Row[Any]) -> DocumentRecord:
    """The record of a row that has the columns ``RECORD``."""
    values = {column.name: getattr(row, column.name) for column in RECORD}
    return DocumentRecord(**(values | {"language": Language(row.language)}))


def document(row: Row[Any]) -> Document:
    """A passage with its document's columns, as search hands it on."""
    keys = ("document_id", "title", "kind", "published", "as_of", "publisher", "url", "start", "end", "section", "page")
    values = {key: getattr(row, key) for key in keys} | {"language": Language(row.language)}
    return Document(id=row.id, page_content=row.content, metadata=values)


def insert_passage(connection: Connection, record: DocumentRecord, item: IndexedPassage) -> None:
    """Store a passage with its stems and vectors."""
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


def delete_document(connection: Connection, document_id: str) -> bool:
    """Delete a document with all that belongs to it; whether there was one."""
    language = connection.execute(select(documents.c.language).where(documents.c.id == document_id)).scalar()
    if language is None:
        return False
    numbers = connection.execute(select(passages.c.number).where(passages.c.document_id == document_id)).scalars()
    lexical.delete(connection, Language(language), list(numbers))
    connection.execute(delete(documents).where(documents.c.id == document_id))  # passages and vectors follow
    return True


def advance(connection: Connection) -> None:
    """Count one more revision."""
    revision = connection.execute(select(state.c.value).where(state.c.key == "revision")).scalar()
    set_state(connection, {"revision": str(int(revision or 0) + 1)})


def set_state(connection: Connection, values: dict[str, str]) -> None:
    """Write what the index says of itself."""
    connection.execute(delete(state).where(state.c.key.in_(list(values))))
    connection.execute(insert(state), [{"key": key, "value": value} for key, value in values.items()])
