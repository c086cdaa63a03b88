"""The structure of a parsed document as one JSON column of the catalogue, and back."""

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from assistant.types import Block, DocumentRecord, ParsedDocument, Source, SourceMark


@dataclass(frozen=True, slots=True)
class _Structure:
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...]
    marks: tuple[SourceMark, ...]


_ADAPTER = TypeAdapter(_Structure)


def store(content: ParsedDocument) -> str:
    """The structure of a document as JSON."""
    return _ADAPTER.dump_json(_Structure(content.blocks, content.sources, content.marks)).decode()


def restore(record: DocumentRecord, text: str, stored: str) -> ParsedDocument:
    """The parsed document that ``store`` was given, from its record, its text and the JSON."""
    parts = _ADAPTER.validate_json(stored)
    return ParsedDocument(
        title=record.title,
        text=text,
        blocks=parts.blocks,
        language=record.language,
        kind=record.kind,
        translation_of=record.translation_of,
        published=record.published,
        as_of=record.as_of,
        publisher=record.publisher,
        url=record.url,
        sources=parts.sources,
        marks=parts.marks,
    )
