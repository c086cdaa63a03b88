"""Read the French-English pairs, sampled by source."""

import lzma
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Limits:
    """How many pairs of a source are taken at most, all where it is not named, and how many characters a side has."""

    pairs: Mapping[str, int] = field(
        default_factory=lambda: {
            "laws_canada": 30_000,  # 250,000 pairs of law would set the tone of the whole vocabulary
            "laws_canada_passages": 0,  # the same sentences joined: their words co-occur with everything
        }
    )
    characters: int | None = 400  # in a longer pair each word meets too many others for its translation to stand out

    @classmethod
    def for_distillation(cls) -> Self:
        """Law is monotonous, everyday sentences are soon known, and a long passage takes the time of ten sentences."""
        return cls(
            {"laws_canada": 16_000, "laws_canada_passages": 2_500, "python_docs": 20_000, "tatoeba": 30_000}, None
        )


def sample(folder: Path, *, seed: int, limits: Limits | None = None) -> tuple[list[str], list[str]]:
    """Return the French sentences of every ``*.tsv.xz`` of ``folder`` and, in the same order, the English ones.

    The same seed, limits and files give the same sentences in the same order.
    """
    limits = limits or Limits()
    chooser = random.Random(seed)  # noqa: S311 - a sample, not a secret
    pairs: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.tsv.xz")):
        rows = read(path, longest=limits.characters)
        limit = limits.pairs.get(path.name.removesuffix(".tsv.xz"), len(rows))
        pairs += chooser.sample(rows, limit) if limit < len(rows) else rows
    return [french for french, _ in pairs], [english for _, english in pairs]


def read(path: Path, *, longest: int | None) -> list[tuple[str, str]]:
    """The pairs of one file; those with a side of more than ``longest`` characters are left out."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [tuple(line.rstrip("\n").split("\t")) for line in lines]
    return [
        (row[0], row[1])
        for row in rows
        # A pair of equal sides is an untranslated name or code: it would align French pieces with themselves.
        if len(row) == 2 and row[0] != row[1] and (longest is None or max(map(len, row)) <= longest)
    ]
