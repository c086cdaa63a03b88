"""The data folder: numbered generations of the index, a pointer to the one in force, and the writers' lock.

Everything in it is derived. A generation is built aside and comes into force by one atomic replacement of
the pointer, so that a reader sees the old one or the new one, whole, and a crash leaves the old one.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import ConfigurationError, LibraryBusy

CATALOGUE, VECTORS = "catalogue.sqlite", "vectors"  # what a generation holds
_POINTER, _LOCK, _PREFIX = "current", "write.lock", "index-"


class DataFolder:
    """The folder of what is derived from the corpus."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def writing(self, *, timeout_seconds: float) -> Iterator[None]:
        """Hold the writers' lock; the kernel releases it if the process is killed.

        Raises:
            LibraryBusy: another process kept it for longer than ``timeout_seconds``.
            ConfigurationError: the folder cannot be written to.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / _LOCK)
            lock.acquire(timeout=timeout_seconds)
        except Timeout as error:
            raise LibraryBusy(
                f"{self.path}: another process is updating the index. "
                "Wait for it to finish, then run the command again."
            ) from error
        except OSError as error:
            raise ConfigurationError(
                f"ASSISTANT_DATA_DIR={str(self.path)!r}: cannot be written to ({error.strerror}). "
                "Choose another folder."
            ) from error
        try:
            yield
        finally:
            lock.release()

    def current(self) -> Path | None:
        """The generation in force, or None before the first synchronisation."""
        try:
            name = (self.path / _POINTER).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        folder = self.path / name
        return folder if name.startswith(_PREFIX) and folder.is_dir() else None

    def create(self) -> Path:
        """Make a folder for the next generation, not in force yet. Call it under the lock."""
        numbers = [int(folder.name.removeprefix(_PREFIX)) for folder in self._generations()]
        folder = self.path / f"{_PREFIX}{max(numbers, default=0) + 1:04d}"
        folder.mkdir()
        return folder

    def switch(self, folder: Path) -> None:
        """Put a generation in force, then delete the others. Call it under the lock."""
        pointer = self.path / f"{_POINTER}.new"
        with pointer.open("w", encoding="ascii") as file:
            file.write(f"{folder.name}\n")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.path / _POINTER)
        self.discard_unused()

    def discard_unused(self) -> None:
        """Delete generations that are not in force: replaced ones, or left by a crash. Call it under the lock."""
        current = self.current()
        for folder in self._generations():
            if folder != current:
                shutil.rmtree(folder, ignore_errors=True)

    def _generations(self) -> list[Path]:
        return [
            folder
            for folder in self.path.glob(f"{_PREFIX}*")
            if folder.is_dir() and folder.name.removeprefix(_PREFIX).isdigit()
        ]
