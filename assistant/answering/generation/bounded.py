"""Reads what a chat model streams, for so long and no longer.

The model is read in a thread of its own: a server that hangs, or that sends a word a minute, cannot hold the answer.
"""

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langsmith import tracing_context

_MAX_CHARACTERS = 6_000  # an answer is a few sentences; a model that does not stop is stopped
# Under which name the clients of LangChain say why a model stopped, and what they say where it had finished.
_REASONS = ("finish_reason", "stop_reason", "done_reason", "stopReason")
_FINISHED = frozenset({"stop", "end_turn", "stop_sequence"})


@dataclass(frozen=True, slots=True)
class _End:
    failure: str = ""
    is_cut: bool = False


class BoundedStream:
    """The pieces of text that a model streams, once over, within a time limit.

    Afterwards ``is_cut`` says whether the model did not come to its end, and ``failure`` why, in words for the staff.
    """

    def __init__(self, model: BaseChatModel, messages: Sequence[BaseMessage], limit_seconds: float) -> None:
        self._model = model
        self._messages = list(messages)
        self._limit_seconds = limit_seconds
        self._pieces: queue.Queue[str | _End] = queue.Queue()
        self._stopped = threading.Event()
        self.failure = ""
        self.is_cut = False

    def __iter__(self) -> Iterator[str]:
        deadline = time.monotonic() + self._limit_seconds
        threading.Thread(target=self._read, name="chat model", daemon=True).start()
        length = 0
        try:
            while (remaining := deadline - time.monotonic()) > 0 and length < _MAX_CHARACTERS:
                try:
                    piece = self._pieces.get(timeout=remaining)
                except queue.Empty:
                    break
                if isinstance(piece, _End):
                    self.failure, self.is_cut = piece.failure, piece.is_cut
                    return
                length += len(piece)
                yield piece
            self.is_cut = True
            self.failure = f"It wrote more than {_MAX_CHARACTERS} characters, or longer than {self._limit_seconds:g} s."
        finally:
            self._stopped.set()

    def _read(self) -> None:
        said: dict[str, Any] = {}
        try:
            # Questions and documents go to the model that a setting names, and nowhere else.
            with tracing_context(enabled=False):
                for chunk in self._model.stream(self._messages):
                    if self._stopped.is_set():
                        return
                    said |= chunk.response_metadata
                    self._pieces.put(chunk.text)
        except Exception as error:  # whatever a provider's client raises means the same here
            self._pieces.put(_End(_described(error), is_cut=True))
        else:
            reason = next((str(said[name]) for name in _REASONS if said.get(name)), "none given")
            is_cut = reason.lower() not in _FINISHED
            self._pieces.put(_End(f"It stopped before its end (reason: {reason})." if is_cut else "", is_cut))


def _described(error: Exception) -> str:
    """The kind of an error and the HTTP status it carries: its message may repeat the key that was refused."""
    status = getattr(error, "status_code", None)
    return f"{type(error).__name__}, HTTP status {status}." if status else f"{type(error).__name__}."
