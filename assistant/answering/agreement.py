"""Whether two figures can both be right, as a rounded and a bounded one can, and what says that sources differ."""

import re
from decimal import Decimal

from assistant.figures import Figure, FigureKind
from assistant.terms import fold_in_place

_ROUNDED = Decimal("0.05")  # relative difference up to which a rounder figure may be the same one
_BOUNDED = Decimal("0.25")  # and up to which "more than 600" may mean another figure
# Before a figure, in folded text.
_AT_LEAST = re.compile(r"(?:plus de|au moins|au-dela de|depass\w+|more than|over|at least|above|exceed\w*)\s*$")
_AT_MOST = re.compile(r"(?:moins de|jusqu.a|pres de|presque|pas|less than|under|up to|nearly|almost|below)\s*$")
# With its accents: "diffèrent" is a verb, and "différent" an adjective that says nothing of sources.
_SAYS_SO = re.compile(
    r"\bdiff(?:er|ers|ered|ère|èrent)\b|\bd'autres (?:sources|chiffres|pages)|\bune autre (?:page|source|publication)"
    r"|\bun autre (?:chiffre|montant)|\bvarie(?:nt)? (?:selon|d'une)|\bselon\b.{3,120}\bselon\b"
    r"|\btandis que\b.{3,60}\b(?:donne|indique|parle)"
    r"|\bother (?:sources|figures|pages)|\banother (?:page|source|article|publication)|\ban older page"
    r"|\ba different (?:amount|figure|number|value)|\bvar(?:y|ies) (?:with|by|between|depending)"
    r"|\baccording to\b.{3,120}\baccording to\b|\bwhereas\b.{3,60}\b(?:gives|has|says|speaks)"
)


def differ(one: Figure, other: Figure, *, before_one: str = "", before_other: str = "") -> bool:
    """Whether two figures of one kind and unit cannot both be right; ``before_…`` is the text before each."""
    if (one.kind, one.unit) != (other.kind, other.unit) or one.value == other.value:
        return False
    if one.kind is FigureKind.DATE:
        return _dates_differ(one.value, other.value)
    if one.kind is FigureKind.TIME:
        return True
    low, high = sorted((Decimal(one.value), Decimal(other.value)))
    if high <= 0 or _is_rounded(low, high) or _is_rounded(high, low):
        return False
    before_low, before_high = (before_one, before_other) if Decimal(one.value) == low else (before_other, before_one)
    is_bounded = _AT_LEAST.search(fold_in_place(before_low)) or _AT_MOST.search(fold_in_place(before_high))
    return not (is_bounded and high - low <= _BOUNDED * high)


def says_so(sentence: str) -> bool:
    """Whether a sentence says that sources differ."""
    return bool(_SAYS_SO.search(sentence.lower().replace("’", "'")))


def _dates_differ(one: str, other: str) -> bool:
    """Whether two dates of one year have no day in common: 2025-03 and 2025-03-19 do."""
    if one[:4] != other[:4] or not one[:4].isdigit() or one[4:6] == "" or other[4:6] == "":
        return False
    if {one[5:6], other[5:6]} & {"H", "Q"}:
        return one[5:6] == other[5:6] and one != other
    (start, _, end), (its_start, _, its_end) = one.partition("/"), other.partition("/")
    length = min(map(len, (start, its_start)))
    return (end or start)[:length] < its_start[:length] or (its_end or its_start)[:length] < start[:length]


def _is_rounded(exact: Decimal, rounder: Decimal) -> bool:
    """Whether ``rounder`` is ``exact`` with fewer digits."""
    exponent = rounder.normalize().as_tuple().exponent
    is_near = abs(exact - rounder) <= _ROUNDED * max(exact, rounder)
    return is_near and isinstance(exponent, int) and round(exact.scaleb(-exponent)) == round(rounder.scaleb(-exponent))
