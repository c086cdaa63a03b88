"""Reads the figures of a French or English text: numbers, amounts, shares, measures and dates, with their units.

A figure is read whole or not at all: ``50`` is never found inside ``1 500``, and the digits of names (``H1N1``,
``Covid-19``), addresses and telephone numbers are none. Values of the two languages compare equal:
``86 millions d'euros`` and ``€86 million`` are the same figure.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from assistant import dates, hedges
from assistant.hedges import Hedge
from assistant.numerals import blank, number_words, without_addresses
from assistant.terms import SPACE, fold_in_place
from assistant.types import Language
from assistant.units import BESIDE_YEARS, CURRENCIES, SCALE_WORDS, SCALES, UNITS, either


class FigureKind(StrEnum):
    """What a figure measures."""

    NUMBER = "number"
    ORDINAL = "ordinal"
    MONEY = "money"
    SHARE = "share"
    MEASURE = "measure"
    DATE = "date"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a value.

    ``value`` is a plain decimal number in ``unit``, or ISO 8601 for a date or a time of day:
    ``2025-03-19/2025-03-20``, ``2024-11``, ``2030``, ``--03-19``, ``2025-H2``, ``2025-Q3``, ``T09:30``.
    ``unit`` is an ISO 4217 code for money, ``%`` for a share, a symbol for a measure and empty otherwise.
    ``text`` is ``source[start:end]``. The ends of ``250 à 280 M€`` are two figures with one scale and unit.
    ``precision`` is the power of ten of the last digit that is meant: 8 for ``1,2 milliard``, 0 for ``1 500``, -2 for
    ``1.20``; behind ``about`` zeros are not meant, so that ``une vingtaine`` has 1. That of a date is its own length.
    ``hedge`` is what the words before it, which are no part of ``text``, say of how exactly it holds.
    """

    kind: FigureKind
    value: str
    unit: str
    start: int
    end: int
    text: str
    precision: int = 0
    hedge: Hedge = Hedge.NONE

    @property
    def key(self) -> tuple[FigureKind, str, str]:
        """What two mentions of the same figure share, whatever the language."""
        return self.kind, self.value, self.unit


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    amount: Decimal
    scale: int = 0  # 0 where none is written
    unit: str = ""
    is_prefixed: bool = False
    is_ordinal: bool = False
    hedge: Hedge = Hedge.NONE


_KINDS = dict.fromkeys(CURRENCIES.values(), FigureKind.MONEY) | {"": FigureKind.NUMBER, "%": FigureKind.SHARE}

_DIGITS = (  # repetitions are bounded, so that no text takes long
    rf"(?:\d{{1,3}}(?:{SPACE}\d{{3}}(?!\d)){{1,8}}(?!{SPACE}\d{{3}}(?!\d))(?:[.,]\d{{1,15}})?"
    r"|\d{1,3}(?P<mark>[.,'’])\d{3}(?!\d)(?:(?P=mark)\d{3}(?!\d)){0,8}(?:(?!(?P=mark))[.,]\d{1,15})?"
    rf"|(?:\d{{1,3}}(?!\d|{SPACE}\d{{3}}(?!\d))|\d{{4,18}})(?:[.,]\d{{1,15}})?)(?!\d|[.,]\d|\^)"
)
_SYMBOL = "|".join(re.escape(name) for name in CURRENCIES if name[-1] in "€$£¥" or name.upper() in _KINDS)
_NUMBER = re.compile(
    rf"(?:(?<!\w)(?:(?<!\d{SPACE})|(?=(?:{_SYMBOL})\d))(?P<symbol>{_SYMBOL}){SPACE}?"
    rf"|(?<![\w.,^])(?<![^\W\d_][-‑])(?:(?<![^\s(])(?<!\d{SPACE})(?P<sign>[-−]))?)(?P<number>{_DIGITS})"
)
_GAP, _OF = rf"(?:{SPACE}|-)?", rf"(?:{SPACE}?d['’]|{SPACE}(?:de|of){SPACE})"
_DEMI = rf"{SPACE}et{SPACE}demie?(?!\w)"
_AFTER_NUMBER = re.compile(
    r"(?P<ordinal>(?:er|e|i?eme|me|e?re|ᵉʳ?|nde?|st|rd|th)s?)(?!\w)"
    rf"|{_GAP}(?P<letter>[kmb]){SPACE}?{_OF}?(?P<money>{either(CURRENCIES)})"
    rf"|(?P<half>{SPACE}and{SPACE}a{SPACE}half(?!\w))?(?:(?:{_OF}|{_GAP})(?P<scale>{either(SCALE_WORDS)}))?"
    rf"(?P<demi>{_DEMI})?(?:(?:{_OF}|{_GAP})(?P<unit>{either(UNITS)})(?P<demie>{_DEMI})?)?"
)
_AFTER_AMOUNT = re.compile(rf"(?:{_GAP}(?P<scale>{either(SCALES)}))?")
_FRACTION = re.compile(rf"{SPACE}(?:tiers|quarts|cinquiemes|dixiemes|thirds|quarters|fifths|tenths)(?!\w)")
_BOTH_ENDS = re.compile(rf"(?:entre|between){SPACE}$", re.IGNORECASE)
_DASH = re.compile(rf"{SPACE}?[-–—]{SPACE}?")
_RANGE = re.compile(rf"{SPACE}?(?:(?P<dash>[-–—])|à|to|ou|or|(?P<and>et|and)){SPACE}?")


def find(text: str, language: Language) -> list[Figure]:
    """The figures of a text in order, without overlaps; ``language`` settles what ``1,500`` means."""
    visible = without_addresses(text)
    written = dates.find(visible, language)
    years = {date.start for date in written if date.value.isdigit()}
    plain = blank(fold_in_place(visible), [(date.start, date.end) for date in written if date.start not in years])
    numbers = _joined_in_ranges(_numbers(plain, language), visible, years)
    # Where a number is written as that of something, it is no year.
    numbers = [n for n in numbers if n.scale or n.unit not in BESIDE_YEARS or years.isdisjoint(range(n.start, n.end))]
    counted = {position for number in numbers for position in range(number.start, number.end)}
    figures = [_figure(number, text) for number in numbers]
    for date in (date for date in written if date.start not in counted):
        kind = FigureKind.TIME if date.value.startswith("T") else FigureKind.DATE
        figures.append(Figure(kind, date.value, "", date.start, date.end, text[date.start : date.end]))
    return sorted(figures, key=lambda figure: figure.start)


def parse_number(written: str, language: Language) -> Decimal:
    """The value of ``1 234,5`` or ``1,234.5``; a lone separator before three digits is read as ``language`` does."""
    digits = re.sub(rf"{SPACE}|['’]", "", written)
    marks = re.findall(r"[.,]", digits)
    whole, _, decimals = digits.rpartition(marks[-1] if marks else ".")
    is_decimal = bool(marks) and marks.count(marks[-1]) == 1
    if len(marks) == 1 and len(decimals) == 3 and len(digits) == len(written) and whole.strip("0"):
        is_decimal = marks[0] == ("," if language is Language.FRENCH else ".")
    return Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}" if is_decimal else re.sub("[.,]", "", digits))


def _numbers(plain: str, language: Language) -> list[_Number]:
    """The numbers of a folded text in order, in digits and in words."""
    numbers: list[_Number] = []
    position = 0
    while match := _NUMBER.search(plain, position):
        amount = parse_number(match["number"], language) * (-1 if match["sign"] else 1)
        currency = CURRENCIES.get(" ".join((match["symbol"] or "").split()), "")
        bare = _Number(*match.span(), amount, unit=currency, is_prefixed=bool(currency))
        number = _completed(bare, plain)
        if not number and numbers and numbers[-1].is_prefixed and _DASH.fullmatch(plain, numbers[-1].end, bare.start):
            number = _completed(replace(bare, is_prefixed=True), plain)  # $5-10m
        numbers += [number] if number else []
        position = number.end if number else match.end()
    rest = blank(plain, [(number.start, number.end) for number in numbers]) if numbers else plain
    for start, end, value in number_words(rest, language):
        number = _completed(_Number(start, end, Decimal(value)), rest)
        is_counted = number and (number.amount > 1 or number.scale)
        if number and is_counted and rest[number.end : number.end + 1] != "-":  # Deux-Sèvres
            numbers.append(number)
    hedged = [replace(n, hedge=hedges.find(plain, n.start, n.end, language)) for n in numbers]
    return sorted(hedged, key=lambda number: number.start)


def _completed(number: _Number, plain: str) -> _Number | None:
    """The number with the scale and the unit that follow it, or nothing where it is part of a longer word."""
    match = (_AFTER_AMOUNT if number.is_prefixed else _AFTER_NUMBER).match(plain, number.end)
    parts = match.groupdict() if match else {}
    end = match.end() if match else number.end
    if plain[end : end + 1].isalnum() or _FRACTION.match(plain, end):
        return None
    scale = SCALES.get(parts.get("letter") or parts.get("scale") or "", 0)
    unit = UNITS.get(" ".join((parts.get("money") or parts.get("unit") or "").split()), number.unit)
    half = Decimal("0.5") if parts.get("half") or parts.get("demi") or parts.get("demie") else 0
    is_ordinal = bool(parts.get("ordinal"))
    return replace(number, end=end, amount=number.amount + half, scale=scale, unit=unit, is_ordinal=is_ordinal)


def _joined_in_ranges(numbers: list[_Number], text: str, years: set[int]) -> list[_Number]:
    """The numbers, where ``250 à 280 M€`` gives its scale and unit to both."""
    joined = list(numbers)
    for index in range(len(joined) - 1, 0, -1):
        left, right = joined[index - 1 : index + 1]
        link = _RANGE.fullmatch(text, left.end, right.start)
        is_sum = link and link["and"] and not _BOTH_ENDS.search(text, max(left.start - 9, 0), left.start)
        is_past = left.start in years and (right.scale or right.amount <= left.amount)
        if link and not is_sum and not is_past and not left.is_ordinal and not right.is_ordinal:
            joined[index - 1 : index + 1] = _shared(left, right, is_dash=bool(link["dash"]))
    return joined


def _shared(left: _Number, right: _Number, *, is_dash: bool) -> tuple[_Number, _Number]:
    if left.is_prefixed and is_dash and not right.unit:
        right = replace(right, unit=left.unit)
    if right.unit and not left.unit and (right.scale or not left.scale):
        left = replace(left, unit=right.unit)
    if left.unit == right.unit and not left.scale and left.amount < min(Decimal(1000), 100 * right.amount):
        left = replace(left, scale=right.scale)
    return left, right


def _figure(number: _Number, text: str) -> Figure:
    kind = FigureKind.ORDINAL if number.is_ordinal else _KINDS.get(number.unit, FigureKind.MEASURE)
    amount = number.amount * (number.scale or 1)
    value, end = f"{amount.normalize():f}", number.end
    return Figure(
        kind, value, number.unit, number.start, end, text[number.start : end], _precision(number), number.hedge
    )


def _precision(number: _Number) -> int:
    if number.hedge is Hedge.ABOUT and number.amount:
        return _exponent((number.amount * (number.scale or 1)).normalize())
    return _exponent(number.amount) + _exponent(Decimal(number.scale or 1).normalize())


def _exponent(number: Decimal) -> int:
    """The power of ten of the last digit of a number as it is written."""
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0  # infinity has none
