"""Reads the figures of a French or English text: numbers, amounts, shares, measures and dates, with their units.

A figure is read whole or not at all: ``50`` is never found inside ``1 500``. Values of the two languages compare
equal: ``86 millions d'euros`` and ``€86 million`` are the same figure.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assistant import dates
from assistant.types import Language


class FigureKind(StrEnum):
    """What a figure measures."""

    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    MEASURE = "measure"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a value.

    ``value`` is a plain decimal number in ``unit``, or for a date ISO 8601: ``2025-03-19/2025-03-20``, ``2024-11``,
    ``2030``, ``--03-19``, ``2025-H2``. ``unit`` is an ISO 4217 code for money, ``%`` for a share, a symbol for a
    measure and empty otherwise. ``text`` is ``source[start:end]``.
    """

    kind: FigureKind
    value: str
    unit: str
    start: int
    end: int
    text: str

    @property
    def key(self) -> tuple[FigureKind, str, str]:
        """What two mentions of the same figure share, whatever the language."""
        return self.kind, self.value, self.unit


_SPACE = r"[ \u00a0\u202f\u2009]"
_GROUPED = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:[.,]\d+)?|\d{{1,3}}(?:[,.]\d{{3}})+(?:[.,]\d+)?"
_NUMBER = rf"(?<![\w.,])(?P<number>(?:{_GROUPED}|\d+(?:[.,]\d+)?))(?!\d)"

_SCALES = {
    "k": 3, "mille": 3, "millier": 3, "milliers": 3, "thousand": 3, "m": 6, "million": 6, "millions": 6, "mn": 6,
    "md": 9, "mds": 9, "mrd": 9, "milliard": 9, "milliards": 9, "billion": 9, "billions": 9, "bn": 9, "b": 9,
}  # fmt: skip
_CURRENCIES = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "$": "USD", "dollar": "USD", "dollars": "USD",
    "usd": "USD", "£": "GBP", "livres sterling": "GBP", "pounds": "GBP", "gbp": "GBP",
}  # fmt: skip
_UNITS = {
    "m²": "m²", "m2": "m²", "mètres carrés": "m²", "square metres": "m²", "square meters": "m²", "sq m": "m²",
    "hectare": "ha", "hectares": "ha", "ha": "ha", "l": "l", "litre": "l", "litres": "l", "liter": "l", "liters": "l",
    "ml": "ml", "millilitres": "ml", "km": "km", "kilomètres": "km", "kilometres": "km", "kg": "kg",
    "tonne": "t", "tonnes": "t", "an": "year", "ans": "year", "année": "year", "années": "year", "year": "year",
    "years": "year", "mois": "month", "month": "month", "months": "month", "semaines": "week", "weeks": "week",
    "jour": "day", "jours": "day", "day": "day", "days": "day", "heure": "hour", "heures": "hour", "hours": "hour",
    "minutes": "minute", "°c": "°C",
}  # fmt: skip
_WORDS = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
    "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "cent": 100, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20,
    "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
    "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "dozen": 12,
}  # fmt: skip


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SCALE = rf"(?:{_SPACE}?(?P<scale>{_either(_SCALES)})(?![^\W\d_]))?"
_OF = rf"(?:{_SPACE}?d['’]|{_SPACE}?de{_SPACE})?"
_PREFIXED = re.compile(rf"(?P<currency>[€$£]){_SPACE}?{_NUMBER}{_SCALE}", re.IGNORECASE)
_SUFFIXED = re.compile(
    rf"{_NUMBER}{_SCALE}{_OF}{_SPACE}?(?P<currency>{_either(_CURRENCIES)})(?![^\W\d_])", re.IGNORECASE
)
_SHARE = re.compile(rf"{_NUMBER}{_SPACE}?(?:%|pour{_SPACE}cent|per{_SPACE}?cent)", re.IGNORECASE)
_MEASURE = re.compile(rf"{_NUMBER}{_SCALE}(?:{_SPACE}|-)?{_OF}(?P<unit>{_either(_UNITS)})(?!\w)", re.IGNORECASE)
_PLAIN = re.compile(
    rf"{_NUMBER}(?:{_SPACE}(?P<scale>{_either(s for s in _SCALES if len(s) > 3)})(?!\w))?", re.IGNORECASE
)
_SPELLED = re.compile(rf"(?<!\w)(?P<word>{_either(_WORDS)})(?!\w)", re.IGNORECASE)


def find(text: str, language: Language) -> list[Figure]:
    """The figures of a text in order, without overlaps; ``language`` settles what ``1,500`` means."""
    taken: list[Figure] = []
    for read in _READERS:
        for figure in read(text, language):
            if all(figure.end <= other.start or figure.start >= other.end for other in taken):
                taken.append(figure)
    return sorted(taken, key=lambda figure: figure.start)


def parse_number(written: str, language: Language) -> Decimal:
    """The value of ``1 234,5`` or ``1,234.5``; a lone separator before three digits is read as ``language`` does."""
    digits = re.sub(_SPACE, "", written)
    marks = [character for character in digits if character in ",."]
    decimal_mark = "," if language is Language.FRENCH else "."
    if len(set(marks)) == 2:
        decimal_mark = marks[-1]
    elif len(marks) > 1:
        decimal_mark = ""
    elif marks and len(digits.rpartition(marks[0])[2]) != 3:
        decimal_mark = marks[0]
    return Decimal("".join("." if mark == decimal_mark else "" if mark in ",." else mark for mark in digits))


def _dates(text: str, language: Language) -> Iterator[Figure]:
    for found in dates.find(text, language):
        yield Figure(FigureKind.DATE, found.value, "", found.start, found.end, text[found.start : found.end])


def _money(text: str, language: Language) -> Iterator[Figure]:
    for pattern in (_PREFIXED, _SUFFIXED):
        for match in pattern.finditer(text):
            yield _figure(match, language, FigureKind.MONEY, _CURRENCIES[match["currency"].lower()])


def _shares(text: str, language: Language) -> Iterator[Figure]:
    for match in _SHARE.finditer(text):
        yield _figure(match, language, FigureKind.SHARE, "%")


def _measures(text: str, language: Language) -> Iterator[Figure]:
    for match in _MEASURE.finditer(text):
        yield _figure(match, language, FigureKind.MEASURE, _UNITS[match["unit"].lower()])


def _numbers(text: str, language: Language) -> Iterator[Figure]:
    for match in _PLAIN.finditer(text):
        yield _figure(match, language, FigureKind.NUMBER, "")
    for match in _SPELLED.finditer(text):
        value = str(_WORDS[match["word"].lower()])
        yield Figure(FigureKind.NUMBER, value, "", match.start(), match.end(), match[0])


_READERS: tuple[Callable[[str, Language], Iterator[Figure]], ...] = (_dates, _money, _shares, _measures, _numbers)


def _figure(match: re.Match[str], language: Language, kind: FigureKind, unit: str) -> Figure:
    scale = match.groupdict().get("scale")
    number = parse_number(match["number"], language) * 10 ** (_SCALES[scale.lower()] if scale else 0)
    return Figure(kind, f"{number.normalize():f}", unit, match.start(), match.end(), match[0])
