"""What is slow to make is made when it is first needed, and once."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """Calls ``make`` at the first call, whichever thread's it is, and gives every call what it made.

    What ``make`` raises is raised, and the next call tries again.
    """

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._making = threading.Lock()
        self._made: list[Made] = []  # none or one: None may be what is made

    def __call__(self) -> Made:
        with self._making:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]
