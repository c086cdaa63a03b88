"""The conversation and what stands before it, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.texts import WEB_TEXTS
from assistant.types import Answer, Language
from assistant.web.evidence import render_answer
from assistant.web.markup import escape

ADD_COMMAND = "python ingest.py add FILE"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and how far its answer has come."""

    question: str
    answer: Answer | None = None
    finished: bool = False
    failed: bool = False


def render_masthead(congress_name: str) -> str:
    """Show the name of the congress."""
    return f"<header><h1>{escape(congress_name)}</h1></header>"


def render_introduction(document_count: int | None, interface_language: Language) -> str:
    """Say before the first question that a machine answers, and from how many documents where that is known."""
    texts = WEB_TEXTS[interface_language]
    notice = f'<p class="headline">{escape(texts.strapline)}</p><p class="notice">{escape(texts.notice)}</p>'
    if document_count == 0:
        return (
            f'<section class="introduction">{notice}<div class="empty" role="status"><h2>{escape(texts.empty_corpus)}'
            f"</h2><p>{escape(texts.empty_corpus_help)}</p><code>{ADD_COMMAND}</code></div></section>"
        )
    return (
        f'<section class="introduction">{notice}{_document_count(document_count, interface_language)}'
        f'<h2 class="kicker">{escape(texts.examples)}</h2></section>'
    )


def render_conversation(turns: Sequence[Turn], interface_language: Language, *, contact: str = "") -> str:
    """Show every turn so far, in a live region that stays silent until the last answer is complete."""
    texts = WEB_TEXTS[interface_language]
    busy = bool(turns) and not turns[-1].finished
    blocks = "".join(_turn(turn, interface_language, contact) for turn in turns)
    return (
        f'<section class="conversation" role="log" aria-live="polite" aria-busy="{str(busy).lower()}" '
        f'aria-label="{escape(texts.conversation)}">{blocks}</section>'
    )


def render_problem(message: str) -> str:
    """Show a message at the question box; nothing where there is none."""
    return f'<p class="problem" role="alert">{escape(message)}</p>' if message else ""


def _document_count(document_count: int | None, interface_language: Language) -> str:
    if document_count is None:
        return ""
    texts = WEB_TEXTS[interface_language]
    count = texts.one_document if document_count == 1 else texts.documents.format(count=document_count)
    return f'<p class="count">{escape(count)}</p>'


def _turn(turn: Turn, interface_language: Language, contact: str) -> str:
    asked = escape(WEB_TEXTS[interface_language].asked)
    question = f'<span class="visually-hidden">{asked} </span>{escape(turn.question)}'
    return f'<div class="turn"><p class="question">{question}</p>{_reply(turn, interface_language, contact)}</div>'


def _reply(turn: Turn, interface_language: Language, contact: str) -> str:
    texts = WEB_TEXTS[interface_language]
    if turn.failed:
        return f'<p class="failure" role="alert">{escape(texts.failure)}</p>'
    if turn.answer is None:
        dots = '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>'
        return f'<p class="searching" role="status">{dots}{escape(texts.searching)}</p>'
    return render_answer(turn.answer, interface_language, contact=contact, finished=turn.finished)
