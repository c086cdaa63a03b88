"""Lets a chat model word a follow-up so that it stands alone. Only the visitor's own words may come back."""

import re
from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from assistant import prompts
from assistant.answering.generation.bounded import BoundedStream
from assistant.terms import fold, words
from assistant.types import Language

_LONGEST = 300  # characters: more is no question but a text
_TELLING = re.compile(r"[A-ZÀ-ÖØ-Þ0-9]")


class ModelRewriter:
    """A ``conversation.Rewriter`` with a chat model; what it gets wrong is left to the rules."""

    def __init__(self, model: BaseChatModel, *, time_limit_seconds: float) -> None:
        self._model = model
        self._time_limit_seconds = time_limit_seconds

    def standalone(self, question: str, history: Sequence[str], language: Language) -> str | None:
        """The question as the model words it, or None: too late, not one line, or of things that nobody spoke of."""
        system, request = prompts.compose_rewriting(question, history, language)
        stream = BoundedStream(self._model, [SystemMessage(system), HumanMessage(request)], self._time_limit_seconds)
        text = "".join(stream).strip().strip('"«»“” \u00a0\u202f')
        is_question = bool(text) and len(text) <= _LONGEST and "\n" not in text and not stream.is_cut
        return text if is_question and _adds_nothing(text, [*history, question]) else None


def _adds_nothing(text: str, said: Sequence[str]) -> bool:
    """Whether every name and number of a text was said before; its first word is capitalised for its place alone."""
    known = {word for message in said for word in words(message)}
    written = [word for word in re.findall(r"[\w’'-]+", text)[1:] if _TELLING.search(word)]
    return all(set(words(word)) <= known for word in written if fold(word))
