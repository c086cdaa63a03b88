"""The last check before an answer leaves: every quotation is in the document it names, now."""

from bisect import bisect_left
from collections.abc import Callable

from assistant.errors import UnknownDocument
from assistant.types import Citation, Quote, Source, StoredDocument

Lookup = Callable[[str], StoredDocument]


def cite(quote: Quote, *, number: int, section: str, page: int | None, document: StoredDocument) -> Citation | None:
    """The citation of a quote, or None if the stored text does not hold it word for word where it should.

    Publisher, address and date are those of the note that follows the quoted words, else the document's own.
    """
    content = document.content
    if content.text[quote.start : quote.end] != quote.text or document.record.id != quote.document_id:
        return None
    source = _source(quote, document)
    record = document.record
    return Citation(
        number=number,
        quote=quote,
        title=record.title,
        language=record.language,
        section=section,
        page=page,
        publisher=source.publisher if source else record.publisher,
        source_title=source.title if source else None,
        url=source.url if source else record.url,
        as_of=source.as_of if source else record.as_of or record.published,
    )


def find(document_id: str, lookup: Lookup) -> StoredDocument | None:
    """The document as it is held at this moment, or None if it was withdrawn since it was retrieved."""
    try:
        return lookup(document_id)
    except UnknownDocument:
        return None


def _source(quote: Quote, document: StoredDocument) -> Source | None:
    """The source that the first note within or right after the quote calls; the only source if there is no note."""
    content = document.content
    positions = [mark.position for mark in content.marks]
    first = bisect_left(positions, quote.start + 1)
    if first < len(positions) and positions[first] <= quote.end:
        label = content.marks[first].label
        return next((source for source in content.sources if source.label == label), None)
    return content.sources[0] if len(content.sources) == 1 else None
