"""The exception tree. A message says what, which, and what to do next."""

from pathlib import Path


class AssistantError(Exception):
    """Base of all errors raised on purpose: catch it at the edge and print its message."""


class ConfigurationError(AssistantError):
    """A setting, or the index beside the settings, is not usable as it is."""


class LibraryDamaged(AssistantError):
    """What is derived from the corpus cannot be used as it is; the corpus itself is not concerned."""

    def __init__(self, folder: Path, detail: str) -> None:
        super().__init__(
            f"{folder}: the index cannot be used ({detail}). It is derived from the documents: "
            "run `python ingest.py rebuild`. If the disk is full, free some space first."
        )


class UnreadableDocument(AssistantError):
    """A file cannot be turned into text. ``reason`` does not name the file: the caller does."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownDocument(AssistantError):
    """No document of that id is in the corpus."""


class LibraryBusy(AssistantError):
    """Another process is writing to the library and did not finish in time."""


class GenerationFailed(AssistantError):
    """A language model gave no sentence that may be shown; ``withdrawn`` counts those that failed their check."""

    def __init__(self, reason: str, *, withdrawn: int = 0) -> None:
        super().__init__(reason)
        self.withdrawn = withdrawn


class InvalidQuestion(AssistantError):
    """A question that cannot be answered as it is typed: empty, or too long."""


class InvalidQuestions(AssistantError):
    """A file of questions to evaluate with is not one; the message names the line."""
