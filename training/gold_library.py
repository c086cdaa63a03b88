"""The library that the gold questions are asked of: the corpus and the documents of the gold set, indexed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.evaluation.cache import kept
from assistant.evaluation.run import temporary_library
from assistant.settings import load_settings
from assistant.wiring import Wiring


@contextmanager
def opened(documents: Path) -> Iterator[Wiring]:
    """A temporary installation over both; embeddings are kept between runs, as an evaluation keeps them.

    Raises:
        ConfigurationError: a folder does not exist, or a document cannot be read.
    """
    settings = load_settings()
    with temporary_library(
        settings,
        folders=[settings.corpus_dir, documents],
        progress=lambda *_: None,
        embeddings=kept(Wiring(settings).embeddings, settings.data_dir),
    ) as wiring:
        yield wiring
