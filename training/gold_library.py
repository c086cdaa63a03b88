"""The libraries that questions are asked of to fit what answers them, indexed in a temporary folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.evaluation.cache import kept
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.run import temporary_library
from assistant.settings import load_settings
from assistant.wiring import Wiring
from training import invented, page_files


@contextmanager
def opened(documents: Path) -> Iterator[Wiring]:
    """The corpus and the documents of the gold set.

    Raises:
        ConfigurationError: a folder does not exist, or a document cannot be read.
    """
    with _indexed([load_settings().corpus_dir, documents]) as wiring:
        yield wiring


@contextmanager
def of_invented_pages(pages: Path) -> Iterator[tuple[Wiring, list[GoldQuestion]]]:
    """Those of the invented pages that are kept for calibration, and the questions that go with them.

    Raises:
        ValueError: a file of ``pages`` is not in their form.
    """
    with TemporaryDirectory(prefix="pages-") as name:
        asked = invented.write((page for page in page_files.read(pages) if page.for_calibration), Path(name))
        with _indexed([Path(name)]) as wiring:
            yield wiring, asked


@contextmanager
def _indexed(folders: Sequence[Path]) -> Iterator[Wiring]:
    """A temporary installation; embeddings are kept between runs, as an evaluation keeps them."""
    settings = load_settings()
    with temporary_library(
        settings,
        folders=folders,
        progress=lambda *_: None,
        embeddings=kept(Wiring(settings).embeddings, settings.data_dir),
    ) as wiring:
        yield wiring
