"""Writes dates and times of day, given as ISO 8601 (see ``figures.Figure``), in French or English."""

import re
from collections.abc import Callable

from assistant.texts import WEB_TEXTS
from assistant.types import Language

_DAY = re.compile(r"(?P<year>\d{4}|-)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])")
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")
_PERIOD = re.compile(r"(?P<year>\d{4})-(?P<period>[HQ][1-4])")
_TIME = re.compile(r"T(?P<hour>\d\d):(?P<minute>\d\d)")
_NO_BREAK = "\u00a0"
_PERIODS = {
    Language.FRENCH: {"H1": "1er semestre", "H2": "second semestre", "Q1": "1er trimestre"}
    | {f"Q{number}": f"{number}ᵉ trimestre" for number in (2, 3, 4)},
    Language.ENGLISH: {"H1": "first half of", "H2": "second half of", "Q1": "first quarter of"}
    | {"Q2": "second quarter of", "Q3": "third quarter of", "Q4": "fourth quarter of"},
}


def written(value: str, language: Language) -> str:
    """``19 mars 2025``, ``19–20 March 2025``, ``second semestre 2025``, ``2:30 pm``; anything else as it is."""
    first, _, last = value.partition("/")
    if last:
        return _range(first, last, language)
    for pattern, write in _WRITERS:
        if match := pattern.fullmatch(value):
            return write(match, language)
    return value


def _range(first: str, last: str, language: Language) -> str:
    days = _DAY.fullmatch(first), _DAY.fullmatch(last)
    months = _MONTH.fullmatch(first), _MONTH.fullmatch(last)
    is_french = language is Language.FRENCH
    if days[0] and days[1]:
        if days[0]["month"] == days[1]["month"]:
            start, between = _day_number(days[0], language), "–"
            if is_french:
                between = " et " if int(days[1]["day"]) - int(days[0]["day"]) == 1 else " au "
            return f"{start}{between}{_day(days[1], language)}"
        return _without_year(days[0], language) + (" au " if is_french else " – ") + _day(days[1], language)
    if months[0] and months[1]:
        return f"{_name(months[0], language)}{' à ' if is_french else '–'}{_month(months[1], language)}"
    return f"{first}–{last}"


def _name(match: re.Match[str], language: Language) -> str:
    return WEB_TEXTS[language].months.split()[int(match["month"]) - 1]


def _day_number(match: re.Match[str], language: Language) -> str:
    day = int(match["day"])
    return WEB_TEXTS[language].first_of_month if day == 1 else str(day)


def _without_year(match: re.Match[str], language: Language) -> str:
    return f"{_day_number(match, language)}{_NO_BREAK}{_name(match, language)}"


def _day(match: re.Match[str], language: Language) -> str:
    year = "" if match["year"] == "-" else f"{_NO_BREAK}{match['year']}"
    return f"{_without_year(match, language)}{year}"


def _month(match: re.Match[str], language: Language) -> str:
    return f"{_name(match, language)}{_NO_BREAK}{match['year']}"


def _period(match: re.Match[str], language: Language) -> str:
    return f"{_PERIODS[language][match['period']]} {match['year']}"


def _time(match: re.Match[str], language: Language) -> str:
    hour = int(match["hour"])
    if language is Language.FRENCH:
        return f"{hour}{_NO_BREAK}h{_NO_BREAK}{match['minute']}"
    return f"{hour % 12 or 12}:{match['minute']}{_NO_BREAK}{'pm' if hour >= 12 else 'am'}"


_WRITERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Language], str]], ...] = (
    (_DAY, _day),
    (_MONTH, _month),
    (_PERIOD, _period),
    (_TIME, _time),
)
