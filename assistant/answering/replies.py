"""Replies to what asks nothing of the documents: sentences of ours, which claim nothing and cite nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answering.conversation import Reply
from assistant.answering.smalltalk import SmallTalk
from assistant.texts import REPLY_TEXTS
from assistant.types import Answer, AnswerSentence, AnswerStatus, DocumentRecord, Language

_MOST_SHOWN = 3  # questions, or documents where the staff have written no questions


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the assistant can say of itself: whose it is, and what the staff suggest to ask it in each language."""

    congress_name: str = ""
    examples: Mapping[Language, Sequence[str]] = field(default_factory=dict)


def reply(message: str, heard: Reply, introduction: Introduction, held: Sequence[DocumentRecord]) -> Answer:
    """The reply to small talk; ``held`` are the documents, of which some are named if there is nothing else to show."""
    texts = REPLY_TEXTS[heard.language]
    sentences: tuple[str, ...] = getattr(texts, heard.kind.value)
    suggestions: tuple[str, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    if heard.kind is SmallTalk.CAPABILITY and held:
        suggestions = tuple(introduction.examples.get(heard.language, ()))[:_MOST_SHOWN]
        documents = () if suggestions else _some(held, heard.language)
    elif heard.kind is SmallTalk.CAPABILITY:
        sentences = (texts.no_documents,)
    return Answer(
        question=message,
        language=heard.language,
        status=AnswerStatus.REPLY,
        sentences=tuple(AnswerSentence(sentence.format(congress=introduction.congress_name)) for sentence in sentences),
        nearest=documents,
        suggestions=suggestions,
    )


def _some(held: Sequence[DocumentRecord], language: Language) -> tuple[DocumentRecord, ...]:
    """A few documents in a language, spread over what is held; any if none is in it."""
    kept = [record for record in held if record.language is language] or list(held)
    count = min(_MOST_SHOWN, len(kept))
    return tuple(kept[place * len(kept) // count] for place in range(count))
