"""Read the French-English pairs, sampled by source."""

import lzma
import random
from pathlib import Path

_MOST_PAIRS = {
    "laws_canada": 30_000,  # 250,000 pairs of law would set the tone of the whole vocabulary
    "laws_canada_passages": 0,  # the same sentences joined: their words co-occur with everything
}
_MOST_CHARACTERS = 400  # in a longer pair each word meets too many others for its translation to stand out


def sample(folder: Path, *, seed: int) -> tuple[list[str], list[str]]:
    """Return the French sentences of every ``*.tsv.xz`` of ``folder`` and, in the same order, the English ones.

    The same seed and files give the same sentences in the same order.
    """
    chooser = random.Random(seed)  # noqa: S311 - a sample, not a secret
    pairs: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.tsv.xz")):
        rows = _read(path)
        limit = _MOST_PAIRS.get(path.name.removesuffix(".tsv.xz"), len(rows))
        pairs += chooser.sample(rows, limit) if limit < len(rows) else rows
    return [french for french, _ in pairs], [english for _, english in pairs]


def _read(path: Path) -> list[tuple[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [tuple(line.rstrip("\n").split("\t")) for line in lines]
    return [
        (row[0], row[1])
        for row in rows
        # A pair of equal sides is an untranslated name or code: it would align French pieces with themselves.
        if len(row) == 2 and row[0] != row[1] and max(map(len, row)) <= _MOST_CHARACTERS
    ]
