"""What is slow to make is made once, at the first need."""

import threading
from collections.abc import Iterator

import pytest

from assistant.once import Once


def test_it_is_made_at_the_first_call_and_only_then() -> None:
    made: list[object] = []

    def make() -> object:
        made.append(object())
        return made[-1]

    once = Once(make)
    assert made == []
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(once())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == made * 8
    assert len(made) == 1


def test_nothing_is_something_that_can_be_made() -> None:
    calls: list[int] = []
    once = Once(lambda: calls.append(1))
    assert (once(), once(), calls) == (None, None, [1])


def test_what_failed_is_tried_again() -> None:
    answers: Iterator[OSError | str] = iter([OSError("no such folder"), "made"])

    def make() -> str:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    once = Once(make)
    with pytest.raises(OSError, match="no such folder"):
        once()
    assert once() == "made"
