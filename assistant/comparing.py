"""Compares figures as far as they are precise: ``86.2 million`` agrees with ``86 million``, ``85 million`` does not."""

import calendar
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.figures import Figure, FigureKind

_COUNTED = frozenset({FigureKind.NUMBER, FigureKind.MONEY, FigureKind.SHARE, FigureKind.MEASURE})
_MONTHS_IN = {"H": 6, "Q": 3}
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-([HQ])([1-4]))?")


def rounded(figure: Figure, precision: int) -> Figure:
    """The figure rounded to a power of ten, half away from zero; unchanged where it is not that precise itself.

    Dates, times and ordinals are never rounded. ``text`` and span remain those of what was read.
    """
    if figure.kind not in _COUNTED or precision <= figure.precision:
        return figure
    unit = Decimal(1).scaleb(precision)
    value = (Decimal(figure.value) / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    return replace(figure, value=f"{value.normalize() + 0:f}", precision=precision)


def agree(one: Figure, other: Figure) -> bool:
    """Whether both may be the same: equal as far as the less precise one goes, or one date within the other.

    ``March 2025`` agrees with ``19 March 2025``; a figure never agrees with one of another kind or unit.
    """
    if one.kind is not other.kind or one.unit != other.unit:
        return False
    if one.kind is FigureKind.DATE:
        return _dates_agree(one.value, other.value)
    precision = max(one.precision, other.precision)
    return rounded(one, precision).value == rounded(other, precision).value


def _dates_agree(one: str, other: str) -> bool:
    if one.startswith("-") or other.startswith("-"):  # one without a year: only day and month count
        return _without_year(one) == _without_year(other)
    first, last = _days(one)
    start, end = _days(other)
    return first <= start <= end <= last or start <= first <= last <= end


def _without_year(value: str) -> str:
    return "/".join(re.sub(r"^\d{4}", "-", day) for day in value.split("/"))


def _days(value: str) -> tuple[str, str]:
    """The first and the last day of a date."""
    first, _, last = value.partition("/")
    return _bounds(first)[0], _bounds(last or first)[1]


def _bounds(value: str) -> tuple[str, str]:
    match = _DATE.fullmatch(value)
    if match is None:
        return value, value
    year, month, day, period, number = match.groups()
    if day:
        return value, value
    length = _MONTHS_IN[period] if period else 1 if month else 12
    start = int(number) * length - length + 1 if period else int(month or 1)
    end = start + length - 1
    if end > 12:  # no such period
        return value, value
    last_day = calendar.monthrange(int(year), end)[1]
    return f"{year}-{start:02d}-01", f"{year}-{end:02d}-{last_day:02d}"
