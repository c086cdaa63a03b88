"""Answers questions about a congress and its sector, in French and English, by quoting the documents its staff keep.

What is exported here is light to import; ``assistant.wiring`` builds the assistant itself.
"""

from assistant.errors import (
    AssistantError,
    ConfigurationError,
    GenerationFailed,
    InvalidQuestion,
    InvalidQuestions,
    LibraryBusy,
    LibraryDamaged,
    UnknownDocument,
    UnreadableDocument,
)
from assistant.settings import Settings, load_settings
from assistant.types import (
    Answer,
    AnswerSentence,
    AnswerStatus,
    Citation,
    DocumentRecord,
    Language,
    Quote,
    Restatement,
    SyncReport,
)

__all__ = [
    "Answer",
    "AnswerSentence",
    "AnswerStatus",
    "AssistantError",
    "Citation",
    "ConfigurationError",
    "DocumentRecord",
    "GenerationFailed",
    "InvalidQuestion",
    "InvalidQuestions",
    "Language",
    "LibraryBusy",
    "LibraryDamaged",
    "Quote",
    "Restatement",
    "Settings",
    "SyncReport",
    "UnknownDocument",
    "UnreadableDocument",
    "load_settings",
]
