"""Reads the dates of a French or English text: days, ranges of days, months, half-years and years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.terms import fold
from assistant.types import Language

_MONTH_NAMES = (
    ("janvier", "january", "jan"), ("fevrier", "february", "feb"), ("mars", "march", "mar"),
    ("avril", "april", "apr"), ("mai", "may"), ("juin", "june", "jun"), ("juillet", "july", "jul"),
    ("aout", "august", "aug"), ("septembre", "september", "sept", "sep"), ("octobre", "october", "oct"),
    ("novembre", "november", "nov"), ("decembre", "december", "dec"),
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}

# What precedes the text is folded, so that its length and offsets are those of the original.
_SPACE = r"[ \u00a0\u202f\u2009]"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)\.?"
_DAY = r"(?<!\d)(?P<day>[12]\d|3[01]|0?[1-9])(?:er|st|nd|rd|th)?"
_TO = rf"{_SPACE}?(?:-|–|—|et|au|and|to|&){_SPACE}?"
_LAST_DAY = r"(?P<last>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d])"
_DAYS = rf"{_DAY}(?:{_TO}{_LAST_DAY})?"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\w)(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\w)",
        rf"(?<!\w)(?P<day>0?[1-9]|[12]\d|3[01])/(?P<number>0?[1-9]|1[0-2])/{_YEAR}",
        rf"{_DAYS}{_SPACE}(?:of{_SPACE})?{_MONTH}(?:,?{_SPACE}{_YEAR})?",
        rf"(?<!\w){_MONTH}{_SPACE}{_DAYS}(?!{_SPACE}?\w*\d)(?:,?{_SPACE}{_YEAR})?",
        rf"(?<!\w){_MONTH}{_SPACE}{_YEAR}",
        rf"(?P<half>second|first|premier|deuxieme|1er|2e|2nd|1st){_SPACE}(?:semestre|half)(?:{_SPACE}(?:de|of))?{_SPACE}{_YEAR}",
        rf"(?<!\w)(?P<number>0[1-9]|1[0-2])/{_YEAR}",
        r"(?<!\w)(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])(?!\w)",
        rf"(?<![\w.,€$£]){_YEAR}(?![.,]\d|{_SPACE}?(?:[€$£%]|m²|l\b)|{_SPACE}\d{{3}})",
    )
)
_SECOND_HALF = frozenset({"second", "deuxieme", "2e", "2nd"})


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as ISO 8601 (see ``figures.Figure``) and where it stands in the text."""

    value: str
    start: int
    end: int


def find(text: str, language: Language) -> Iterator[WrittenDate]:
    """The dates of a text; an earlier one may contain a later one, and the caller keeps the first.

    A year is read as a date where nothing shows that it counts something.
    """
    plain = _fold_in_place(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if not _is_word_may(match, text, language):
                yield WrittenDate(_iso(match.groupdict()), match.start(), match.end())


def _iso(parts: dict[str, str | None]) -> str:
    year = parts.get("year") or "-"
    if half := parts.get("half"):
        return f"{year}-H{2 if half in _SECOND_HALF else 1}"
    number = parts.get("number")
    month = int(number) if number else _MONTHS.get(parts.get("month") or "", 0)
    if not month:
        return year
    days = [f"{year}-{month:02d}-{int(day):02d}" for day in (parts.get("day"), parts.get("last")) if day]
    return "/".join(days) if days else f"{year}-{month:02d}"


def _is_word_may(match: re.Match[str], text: str, language: Language) -> bool:
    """Whether ``may`` or ``mar`` is an ordinary word of the text rather than a month."""
    month = match.groupdict().get("month")
    if month not in {"may", "mar", "mars", "march"} or match.groupdict().get("year"):
        return False
    return language is Language.ENGLISH and text[match.start("month")].islower()


def _fold_in_place(text: str) -> str:
    """The text folded character by character, so that offsets stay."""
    return "".join(folded if len(folded := fold(character)) == 1 else character for character in text)
