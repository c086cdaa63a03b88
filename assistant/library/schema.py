"""The tables of the catalogue, for SQLAlchemy Core."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

# Changed when the tables change: an index of another version is rebuilt, since it is derived.
SCHEMA_VERSION = "1"

metadata = MetaData()

state = Table(
    "state",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("language", String(2), nullable=False),
    Column("translation_of", String),
    Column("published", String),
    Column("as_of", String),
    Column("publisher", String),
    Column("url", String),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("structure", Text, nullable=False),  # blocks, sources and marks as JSON
)

passages = Table(
    "passages",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # the row of the full-text index
    Column("id", String(32), nullable=False, unique=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("section", String, nullable=False),
    Column("page", Integer),
)

# One row for the passage as a whole and one for each of its sentences; the id is also that in Chroma.
vectors = Table(
    "vectors",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("passage_id", ForeignKey("passages.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("whole", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("content_key", String(32), nullable=False, index=True),  # hash of embedder and embedded text
    Column("embedding", LargeBinary, nullable=False),  # float32, little-endian, unit length
)
