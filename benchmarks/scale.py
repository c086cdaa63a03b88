"""What a large library costs: size on disk, memory, time to index and to search, with a vector for each sentence.

    python -m benchmarks.scale --passages 100000

The documents are made of the corpus's own words in random order, and their embeddings are random vectors around a
thousand centres: what is measured is the catalogue and the vector index, not the embedding model, whose speed is in
``benchmarks.precision``. Everything else is as in an installation: the same librarian, the same search.
"""

import random
import re
import resource
import statistics
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.library.embeddings import IdentifiedEmbeddings
from assistant.search.retriever import HybridRetriever
from assistant.settings import load_settings
from assistant.types import Language
from assistant.wiring import Wiring

_DIMENSION, _CENTRES, _SPREAD = 384, 1000, 0.7
_PASSAGES_A_DOCUMENT, _SENTENCES, _WORDS = 200, 6, 16
_QUESTIONS = 50
_SEED = 5


class RandomEmbeddings(IdentifiedEmbeddings):
    """A vector of unit length for each text: near one of a thousand centres, the same whenever it is asked for."""

    def __init__(self) -> None:
        self._centres = np.random.default_rng(_SEED).standard_normal((_CENTRES, _DIMENSION)).astype(np.float32)

    def identity(self) -> str:
        return f"random@{_DIMENSION}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        number = zlib.crc32(text.encode())
        own = np.random.default_rng(number).standard_normal(_DIMENSION)
        vector = self._centres[number % _CENTRES] + _SPREAD * own
        unit: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return unit


def write_documents(folder: Path, words: dict[Language, Sequence[str]], *, passages: int) -> None:
    """Markdown files of two hundred passages each, half of them in each language."""
    chooser = random.Random(_SEED)  # noqa: S311 - texts, not secrets
    for number in range(-(-passages // _PASSAGES_A_DOCUMENT)):
        language = list(Language)[number % 2]
        own = words[language]
        parts = [f"---\ntitle: Document {number}\nlanguage: {language.value}\n---\n# Document {number}\n"]
        for section in range(_PASSAGES_A_DOCUMENT):
            sentences = [" ".join(chooser.choices(own, k=_WORDS)).capitalize() + "." for _ in range(_SENTENCES)]
            parts.append(f"## Section {section} {chooser.choice(own)}\n\n{' '.join(sentences)}\n")
        (folder / f"document-{number:04}.{language.value}.md").write_text("\n".join(parts), encoding="utf-8")


def words_of(corpus: Path) -> dict[Language, Sequence[str]]:
    """The words of the corpus in each language, as often as they occur: a search meets common and rare ones."""
    found: dict[Language, Sequence[str]] = {}
    for language in Language:
        texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.rglob(f"*.{language.value}.md"))]
        found[language] = re.findall(r"[^\W\d_]{2,}", " ".join(texts).lower())
    return found


def main(passages: Annotated[int, typer.Option(help="About how many passages.")] = 100_000) -> None:
    """Index that many passages, search them, and print what it took."""
    words = words_of(load_settings().corpus_dir)
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        corpus, data = Path(name) / "corpus", Path(name) / "data"
        corpus.mkdir()
        write_documents(corpus, words, passages=passages)
        wiring = Wiring(load_settings(corpus_dir=corpus, data_dir=data), embeddings=RandomEmbeddings())
        report = wiring.librarian.sync()
        count = wiring.library.count_passages()
        size = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
        print(f"{count:,} passages, {report.embedded:,} vectors ({report.embedded / count:.1f} a passage)")
        print(f"index: {report.seconds:,.0f} s, {size / 1e9:.2f} GB on disk")
        started = time.perf_counter()
        wiring.library.count()
        print(f"opening: {time.perf_counter() - started:.1f} s")
        print(f"search: {_search_ms(wiring, words):.0f} ms, median of {_QUESTIONS}")
        print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB at most")
        again = wiring.librarian.sync().seconds
        print(f"sync with nothing new: {again:.1f} s")
        wiring.library.close()


def _search_ms(wiring: Wiring, words: dict[Language, Sequence[str]]) -> float:
    chooser = random.Random(_SEED)  # noqa: S311
    retriever = HybridRetriever(library=wiring.library, embeddings=wiring.embeddings)
    times = []
    for number in range(_QUESTIONS + 3):
        question = " ".join(chooser.choices(words[list(Language)[number % 2]], k=8))
        started = time.perf_counter()
        retriever.invoke(question)
        times.append((time.perf_counter() - started) * 1000.0)
    return statistics.median(times[3:])


if __name__ == "__main__":
    typer.run(main)
