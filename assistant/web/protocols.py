"""What the pages need from the rest: the smallest interfaces that serve."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.types import Answer, Language, StoredDocument


class Asker(Protocol):
    """Answers questions."""

    def stream(self, question: str, *, history: Sequence[str], interface_language: Language) -> Iterator[Answer]:
        """Yield growing snapshots of one answer; the last is complete. ``history``: earlier questions, oldest first."""
        ...


class Library(Protocol):
    """Holds the documents."""

    def get(self, document_id: str) -> StoredDocument:
        """Return the document.

        Raises:
            UnknownDocument: there is none of that id.
        """
        ...

    def count(self) -> int:
        """Count the documents held now."""
        ...
