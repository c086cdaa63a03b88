"""Finds the figures of a sentence that are calculated from others: ``60 (20 + 40)`` or ``20 + 40 = 60``. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.figures import Figure, FigureKind

_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1, "=": 0}
_SUMMED = frozenset({FigureKind.NUMBER, FigureKind.MONEY, FigureKind.SHARE, FigureKind.MEASURE})
_OPENED, _CLOSED = re.compile(r"\(\s*$"), re.compile(r"\s*\)")


@dataclass(frozen=True, slots=True)
class Calculation:
    """A sum or difference that is right, with one unit throughout. ``start`` and ``end`` span its terms."""

    result: Figure
    terms: tuple[Figure, ...]
    start: int
    end: int


def find(text: str, figures: Sequence[Figure]) -> Calculation | None:
    """The first calculation of a text that is right; one that is wrong is none."""
    for chain, signs in _chains(text, figures):
        for calculation in _readings(text, figures, chain, signs):
            if _is_right(calculation, signs):
                return calculation
    return None


def _chains(text: str, figures: Sequence[Figure]) -> list[tuple[list[Figure], list[str]]]:
    """Figures in a row with nothing but signs between them, and these signs."""
    chains: list[tuple[list[Figure], list[str]]] = []
    is_linked = False
    for left, right in pairwise(figures):
        sign = text[left.end : right.start].strip()
        if sign in _SIGNS and is_linked:
            chains[-1][0].append(right)
            chains[-1][1].append(sign)
        elif sign in _SIGNS:
            chains.append(([left, right], [sign]))
        is_linked = sign in _SIGNS
    return chains


def _readings(text: str, figures: Sequence[Figure], chain: list[Figure], signs: list[str]) -> list[Calculation]:
    start, end = chain[0].start, chain[-1].end
    if signs.count("=") == 1 and len(chain) > 2:
        if signs[-1] == "=":
            return [Calculation(chain[-1], tuple(chain[:-1]), start, end)]
        return [Calculation(chain[0], tuple(chain[1:]), start, end)] if signs[0] == "=" else []
    before = [figure for figure in figures if figure.end <= start]
    is_enclosed = _OPENED.search(text, 0, start) and _CLOSED.match(text, end)
    return [Calculation(before[-1], tuple(chain), start, end)] if before and is_enclosed and "=" not in signs else []


def _is_right(calculation: Calculation, signs: Sequence[str]) -> bool:
    first, *others = calculation.terms
    if any(figure.kind not in _SUMMED for figure in (calculation.result, *calculation.terms)):
        return False
    if any(
        (figure.kind, figure.unit) != (calculation.result.kind, calculation.result.unit) for figure in calculation.terms
    ):
        return False
    operators = [sign for sign in signs if sign != "="]
    total = Decimal(first.value)
    for sign, figure in zip(operators, others, strict=True):
        total += _SIGNS[sign] * Decimal(figure.value)
    return total == Decimal(calculation.result.value)
