"""What a message asks in its conversation: follow-ups, changes of subject, and the language of the answer."""

from collections.abc import Sequence

import pytest

from assistant.answering.conversation import Reply, Standalone, understand
from assistant.answering.questions import analyse
from assistant.answering.wording import LIGHT
from assistant.terms import content_words, fold
from assistant.types import Language
from tests.conversations import ALL, FakeSpelling

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH


def stand_alone(question: str, history: Sequence[str], interface_language: Language = FRENCH) -> Standalone:
    understood = understand(question, history, interface_language=interface_language, spelling=FakeSpelling())
    assert isinstance(understood, Standalone)
    return understood


def telling(text: str) -> set[str]:
    return {word[:6] for word in content_words(fold(text))} - {word[:6] for word in LIGHT}


@pytest.mark.parametrize(("history", "question", "whole", "language"), ALL)
def test_a_follow_up_asks_the_same_of_the_same_things_as_the_whole_question(
    history: list[str], question: str, whole: str, language: Language
) -> None:
    asked = stand_alone(question, history, language)
    own, wanted = analyse(asked.text, asked.wording), analyse(whole, asked.wording)
    assert telling(asked.text) == telling(whole), asked.text
    assert (own.sought, own.years) == (wanted.sought, wanted.years), asked.text
