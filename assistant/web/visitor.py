"""The visitor's chat in Gradio: events and what they change."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import gradio as gr

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.texts import WEB_TEXTS
from assistant.types import Language
from assistant.web import conversation, dialogue
from assistant.web.conversation import Turn
from assistant.web.layout import Parts, lay_out
from assistant.web.negotiation import known_language, preferred_language
from assistant.web.protocols import Asker, Library

_TURNS_KEPT = 50  # a conversation is held in memory, so it cannot grow for ever
_QUEUE_SIZE = 100  # questions waiting; later visitors are told that the site is busy
_CONCURRENT_ANSWERS = 8
_CACHE_SECONDS = 3_600

Updates: TypeAlias = dict[Any, Any]
Turns: TypeAlias = tuple[Turn, ...]


class VisitorPage:
    """Builds the chat around an asker and a library."""

    def __init__(
        self, asker: Asker, library: Library, *, settings: Settings, examples: Mapping[Language, Sequence[str]]
    ) -> None:
        self._asker = asker
        self._library = library
        self._settings = settings
        self._examples = examples

    def build(self) -> gr.Blocks:
        """Lay the page out, ready to be mounted."""
        page = gr.Blocks(
            title=self._settings.congress_name,
            analytics_enabled=False,
            delete_cache=(_CACHE_SECONDS, _CACHE_SECONDS),
            fill_width=True,
        )
        with page:
            example_count = max((len(questions) for questions in self._examples.values()), default=0)
            parts = lay_out(self._settings.congress_name, example_count=example_count)
            self._connect(page, parts)
        page.queue(max_size=_QUEUE_SIZE, default_concurrency_limit=_CONCURRENT_ANSWERS, api_open=False)
        return page

    def _connect(self, page: gr.Blocks, parts: Parts) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        at_once = quiet | {"queue": False}

        def first_words(remembered: object, turns: Turns, request: gr.Request) -> Updates:
            guess = preferred_language(request.headers.get("accept-language", ""))
            return self._reword(parts, known_language(remembered) or guess, turns)

        def new_words(chosen: str, turns: Turns) -> Updates:
            language = known_language(chosen) or Language.FRENCH
            return self._reword(parts, language, turns) | {parts.remembered: language.value}

        def answer(question: str, turns: Turns, chosen: str) -> Iterator[Updates]:
            yield from self._answer(parts, question, turns, known_language(chosen) or Language.FRENCH)

        def start_over(chosen: str) -> Updates:
            return self._start_over(parts, known_language(chosen) or Language.FRENCH)

        page.load(first_words, [parts.remembered, parts.turns], parts.worded, **at_once)
        parts.language.input(new_words, [parts.language, parts.turns], parts.worded, **at_once)
        parts.language.change(None, parts.language, js="code => { document.documentElement.lang = code; }")
        asked = [
            listen(answer, [box, parts.turns, parts.language], parts.spoken, **quiet)
            for listen, box in _ways_to_ask(parts)
        ]
        parts.restart.click(start_over, parts.language, parts.spoken, cancels=asked, **at_once)

    def _reword(self, parts: Parts, language: Language, turns: Turns) -> Updates:
        texts = WEB_TEXTS[language]
        count = self._document_count()
        questions = list(self._examples.get(language, ())) if count != 0 else []
        updates: Updates = {
            parts.language: gr.update(value=language.value, label=texts.language_choice),
            parts.introduction: conversation.render_introduction(count, language),
            parts.conversation: self._rendered(turns, language),
            parts.composer: gr.update(visible=count != 0),
            parts.problem: "",
            parts.question: gr.update(label=texts.question, placeholder=texts.placeholder),
            parts.send: gr.update(value=texts.send),
            parts.restart: gr.update(value=texts.new_conversation),
        }
        for position, chip in enumerate(parts.examples):
            text = questions[position] if position < len(questions) else ""
            updates[chip] = gr.update(value=text, visible=bool(text))
        return updates

    def _answer(self, parts: Parts, question: str, turns: Turns, language: Language) -> Iterator[Updates]:
        asked = question.strip()
        if not asked:
            return
        if problem := dialogue.problem_with(asked, language):
            yield {parts.problem: conversation.render_problem(problem)}
            return
        earlier = turns[-_TURNS_KEPT + 1 :]
        cleared = {parts.question: "", parts.problem: "", parts.restart: gr.update(visible=True)}
        hidden = {parts.welcome: gr.update(visible=False)}
        history = [turn.question for turn in earlier]
        for position, turn in enumerate(dialogue.follow(self._asker, asked, language, history=history)):
            now = (*earlier, turn)
            updates = {parts.turns: now, parts.conversation: self._rendered(now, language)}
            yield updates | cleared | hidden if position == 0 else updates

    def _start_over(self, parts: Parts, language: Language) -> Updates:
        return {
            parts.welcome: gr.update(visible=True),
            parts.turns: (),
            parts.conversation: self._rendered((), language),
            parts.problem: "",
            parts.question: "",
            parts.restart: gr.update(visible=False),
        }

    def _rendered(self, turns: Turns, language: Language) -> str:
        return conversation.render_conversation(turns, language, contact=self._settings.contact)

    def _document_count(self) -> int | None:
        try:
            return self._library.count()
        except AssistantError:
            logging.exception("The documents could not be counted.")
            return None


def _ways_to_ask(parts: Parts) -> list[tuple[Callable[..., Any], Any]]:
    typed = [(parts.question.submit, parts.question), (parts.send.click, parts.question)]
    return [*typed, *((chip.click, chip) for chip in parts.examples)]
