"""What a message asks, given the questions before it: a question that stands alone and the language of its answer.

Nothing here needs a model. Where one is configured it may word follow-ups; what it declines is worded here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answering import followups, language_requests, smalltalk
from assistant.answering.questions import MAX_QUESTION_CHARACTERS
from assistant.answering.smalltalk import Remark, SmallTalk
from assistant.answering.spelling import NoSpelling, Spelling
from assistant.language import detect
from assistant.types import Language

_MESSAGES_REMEMBERED = 20  # a chain of follow-ups is seldom longer


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question as someone would ask it who said nothing before.

    ``language`` is that of the answer, ``wording`` that of the text: they differ after "in English please".
    """

    text: str
    wording: Language
    language: Language


@dataclass(frozen=True, slots=True)
class Reply:
    """A message that asks nothing of the documents, and the language to reply in."""

    kind: SmallTalk
    language: Language


class Rewriter(Protocol):
    """Words follow-ups with a model."""

    def standalone(self, question: str, history: Sequence[str], language: Language) -> str | None:
        """The question so that it stands alone, in ``language``; None leaves it to the rules.

        ``history`` are the earlier questions as they were typed, oldest first, without small talk.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Heard:
    """A conversation so far: the last question as it stands alone, and the language that is spoken."""

    language: Language
    asked: Standalone | None = None
    questions: tuple[str, ...] = ()


def understand(
    message: str,
    history: Sequence[str],
    *,
    interface_language: Language,
    spelling: Spelling | None = None,
    rewriter: Rewriter | None = None,
) -> Standalone | Reply:
    """What a message asks. ``history`` are the visitor's earlier messages, oldest first; their small talk is skipped.

    A message that could be in either language is taken to be in that of the one before, or of the interface.
    """
    known = spelling or NoSpelling()
    heard = _Heard(interface_language)
    for earlier in history[-_MESSAGES_REMEMBERED:]:
        if earlier.strip() and len(earlier) <= MAX_QUESTION_CHARACTERS:
            heard = _after(heard, earlier, _understood(heard, earlier, known))
    understood = _understood(heard, message, known)
    if rewriter is None or heard.asked is None or isinstance(understood, Reply) or understood.text == heard.asked.text:
        return understood
    text = rewriter.standalone(message, heard.questions, understood.language)
    return replace(understood, text=text, wording=detect(text, default=understood.language)) if text else understood


def _understood(heard: _Heard, message: str, spelling: Spelling) -> Standalone | Reply:
    request = language_requests.find(message)
    if request.unknown:
        return Reply(SmallTalk.LANGUAGES, heard.language)
    if not request.rest:
        language = request.language or heard.language
        return replace(heard.asked, language=language) if heard.asked else Reply(SmallTalk.LANGUAGES, language)
    if remark := smalltalk.recognise(request.rest, opening=heard.asked is None, is_known=spelling.holds):
        return Reply(remark.kind, request.language or _language_of(remark, message, heard.language))
    text = smalltalk.without_courtesies(request.rest, is_known=spelling.holds)
    spoken = detect(text, default=heard.language)
    if heard.asked is None:
        return Standalone(text, spoken, request.language or spoken)
    before = heard.asked
    joined = followups.join(before.text, text, asked_in=before.wording, language=spoken, spelling=spelling)
    return Standalone(joined, detect(joined, default=spoken), request.language or spoken)


def _after(heard: _Heard, message: str, understood: Standalone | Reply) -> _Heard:
    if isinstance(understood, Reply):
        return replace(heard, language=understood.language)
    return _Heard(understood.language, understood, (*heard.questions, message))


def _language_of(remark: Remark, message: str, default: Language) -> Language:
    return remark.language or detect(message, default=default)
