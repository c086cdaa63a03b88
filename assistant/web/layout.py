"""The components of the visitor's chat and where they stand. Their words come later, in the reader's language."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.types import Language
from assistant.web.conversation import render_masthead

_SESSION_SECONDS = 7_200  # how long a conversation outlives its closed page
_REMEMBERED_LANGUAGE = "interface-language"  # names the entry in the browser's own storage; nothing secret


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read and write."""

    language: gr.Radio
    remembered: gr.BrowserState
    welcome: gr.Column
    introduction: gr.HTML
    examples: tuple[gr.Button, ...]
    turns: gr.State
    conversation: gr.HTML
    composer: gr.Column
    problem: gr.HTML
    question: gr.Textbox
    send: gr.Button
    restart: gr.Button

    @property
    def worded(self) -> list[Any]:
        """Everything that shows words of the interface."""
        return [
            *(self.language, self.remembered, self.introduction, *self.examples, self.conversation),
            *(self.composer, self.problem, self.question, self.send, self.restart),
        ]

    @property
    def spoken(self) -> list[Any]:
        """Everything that a question or its answer changes."""
        return [self.welcome, self.turns, self.conversation, self.problem, self.question, self.restart]


def lay_out(congress_name: str, *, example_count: int) -> Parts:
    """Place the components of the page; call it inside a ``Blocks``."""
    with gr.Row(elem_id="top"):
        _html("masthead", render_masthead(congress_name))
        language = gr.Radio(
            [(code.value.upper(), code.value) for code in Language],
            value=None,  # until the browser's language is known
            elem_id="language",
            container=False,
            show_label=False,
        )
    with gr.Column(elem_id="welcome") as welcome:
        introduction = _html("introduction")
        with gr.Row(elem_id="examples"):
            examples = tuple(gr.Button(visible=False, elem_classes="chip") for _ in range(example_count))
    shown = _html("conversation")
    restart = gr.Button(variant="secondary", elem_id="restart", visible=False, size="sm")
    with gr.Column(elem_id="composer") as composer:
        problem = _html("problem")
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(lines=1, max_lines=6, elem_id="question", container=False, show_label=False, scale=1)
            send = gr.Button(variant="primary", elem_id="send", scale=0)
    return Parts(
        language=language,
        remembered=gr.BrowserState(None, storage_key=_REMEMBERED_LANGUAGE, secret=_REMEMBERED_LANGUAGE),
        welcome=welcome,
        introduction=introduction,
        examples=examples,
        turns=gr.State((), time_to_live=_SESSION_SECONDS),
        conversation=shown,
        composer=composer,
        problem=problem,
        question=question,
        send=send,
        restart=restart,
    )


def _html(elem_id: str, value: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)
