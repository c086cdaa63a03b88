"""One question put to the asker and followed to its end, whatever happens on the way."""

import logging
from collections.abc import Iterator, Sequence

from assistant.answering.questions import MAX_QUESTION_CHARACTERS
from assistant.texts import WEB_TEXTS
from assistant.types import Language
from assistant.web.conversation import Turn
from assistant.web.protocols import Asker


def problem_with(question: str, interface_language: Language) -> str:
    """Say why a question cannot be asked as it is; empty if it can."""
    if len(question) <= MAX_QUESTION_CHARACTERS:
        return ""
    return WEB_TEXTS[interface_language].question_too_long.format(length=len(question), limit=MAX_QUESTION_CHARACTERS)


def follow(asker: Asker, question: str, interface_language: Language, *, history: Sequence[str] = ()) -> Iterator[Turn]:
    """Yield the turn as it grows: at once without an answer, at last finished.

    What went wrong is logged for the staff, and told to visitors without what only the staff can mend.
    """
    turn = Turn(question)
    yield turn
    try:
        for answer in asker.stream(question, history=history, interface_language=interface_language):
            turn = Turn(question, answer)
            yield turn
    except Exception:
        logging.exception("Answering %r failed.", question)
        yield Turn(question, finished=True, failed=True)
    else:
        yield Turn(question, turn.answer, finished=True, failed=turn.answer is None)
