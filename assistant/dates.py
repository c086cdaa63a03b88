"""Reads the dates of a French or English text: days and ranges of days, months, quarters, years and times of day."""

import re
from dataclasses import dataclass

from assistant.numerals import blank
from assistant.terms import SPACE, fold_in_place
from assistant.types import Language

_MONTH_NAMES = (
    ("janvier", "january", "janv", "jan"), ("fevrier", "february", "fevr", "feb"), ("mars", "march", "mar"),
    ("avril", "april", "avr", "apr"), ("mai", "may"), ("juin", "june", "jun"), ("juillet", "july", "juil", "jul"),
    ("aout", "august", "aug"), ("septembre", "september", "sept", "sep"), ("octobre", "october", "oct"),
    ("novembre", "november", "nov"), ("decembre", "december", "dec"),
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_NTH = {"premier": 1, "first": 1, "second": 2, "deuxieme": 2, "third": 3, "troisieme": 3, "fourth": 4, "quatrieme": 4}
_PERIODS = {"semestre": "H", "half": "H", "trimestre": "Q", "quarter": "Q", "h": "H", "s": "H", "q": "Q", "t": "Q"}

# The patterns are for folded text.
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)"
_DAY_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])"
_DAY = rf"(?<![\w.,])(?P<day>{_DAY_NUMBER})(?:er|st|nd|rd|th)?(?!\w)"
_TO = rf"{SPACE}?(?:-|–|—|et|au|and|to|&){SPACE}?(?:the{SPACE})?"
_MORE_DAYS = rf"(?:,{SPACE}?{_DAY_NUMBER}(?!\w)){{0,4}}"  # 18, 19 et 20 mars
_DAYS = rf"{_DAY}(?:{_MORE_DAYS}{_TO}(?P<last>{_DAY_NUMBER})(?:st|nd|rd|th)?(?!\w))?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\w|[.,]\d)"
# "March 5 million" and "in March 20 % of" are no days.
_NO_DAY = rf"(?!,?{SPACE}?(?:\d|[%€$£]|per|thousand|[mb]illion)|[.,]\d)"
# A year stands alone where nothing shows that it counts something.
_COUNTED = (
    "salaries|employes|emplois|personnes|postes|collaborateurs|participants|inscrits|visiteurs|exposants|membres|"
    "entreprises|patients|lots|doses|flacons|etudiants|chercheurs|employees|people|jobs|positions|staff|visitors|"
    "exhibitors|members|companies|batches|vials|students|researchers"
)
_AT_LEAST = "".join(f"(?<!{words} )" for words in ("plus de", "pres de", "more than", "nearly", "almost", "environ"))
_AFTER_IN = "|".join(f"(?<={word} )" for word in ("en", "in", "by", "since", "depuis"))
_LONE_YEAR = (
    rf"(?<![\w.,]){_AT_LEAST}(?:{_AFTER_IN}|(?!\d{{4}}{SPACE}(?:{_COUNTED})(?!\w)))"
    r"(?P<year>(?:19|20)\d\d)(?=s(?!\w)|(?!\w|[.,]\d))"
)

# Each with the characters of which a text must hold one: most texts hold few, and to look for them is quick.
_NUMERIC = (
    ("-", r"(?<![\w-])(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    ("/.", rf"(?<![\w/.])(?P<day>{_DAY_NUMBER})(?P<mark>[/.])(?P<number>0?[1-9]|1[0-2])(?P=mark){_YEAR}"),
    ("/", rf"(?<![\w/])(?P<number>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}"),
)
_DAY_FIRST = ("", rf"{_DAYS}{SPACE}(?:of{SPACE})?{_MONTH}(?:\.?,?{SPACE}{_YEAR})?")
_MONTH_FIRST = ("", rf"(?<!\w){_MONTH}\.?{SPACE}(?:the{SPACE})?{_DAYS}(?:,?{SPACE}{_YEAR}|{_NO_DAY})")
_OTHERS = (
    (
        "h:",
        rf"(?<![\w.,:])(?P<hour>[01]?\d|2[0-3])(?:{SPACE}?h{SPACE}?|:)(?P<minute>[0-5]\d)(?::[0-5]\d)?"
        rf"(?:{SPACE}?(?P<noon>[ap])\.?m)?(?![\w:])",
    ),
    ("m", rf"(?<![\w.,:])(?P<hour>1[0-2]|0?[1-9]){SPACE}?(?P<noon>[ap])\.?m(?!\w)"),
    ("", rf"(?<!\w){_MONTH.replace('month', 'since', 1)}\.?{SPACE}?(?:[-–—]|a|to){SPACE}?{_MONTH}\.?{SPACE}{_YEAR}"),
    ("", rf"(?<!\w){_MONTH}\.?,?{SPACE}{_YEAR}"),
    (
        "",
        rf"(?<!\w)(?P<nth>{'|'.join(_NTH)}|[1-4](?:er|e|ᵉʳ?|eme|st|nd|rd|th)){SPACE}"
        rf"(?P<period>semestre|half|trimestre|quarter)(?:{SPACE}(?:de|of))?{SPACE}{_YEAR}",
    ),
    ("1234", rf"(?<!\w)(?P<period>[hs](?=[12])|[qt](?=[1-4]))(?P<nth>\d){SPACE}{_YEAR}"),
    ("/", rf"(?<![\w/])(?P<number>0[1-9]|1[0-2])/{_YEAR}"),
    ("-", r"(?<![\w-])(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])(?![\w-])"),
    ("", _LONE_YEAR),
)
# In French "en mars 20 personnes" is no day: the month never comes first.
_FRENCH, _ENGLISH = (*_NUMERIC, _DAY_FIRST, *_OTHERS), (*_NUMERIC, _DAY_FIRST, _MONTH_FIRST, *_OTHERS)
_PATTERNS = {
    language: tuple((needed, re.compile(pattern)) for needed, pattern in patterns)
    for language, patterns in {Language.FRENCH: _FRENCH, Language.ENGLISH: _ENGLISH}.items()
}
_BETWEEN = re.compile(_TO)
_DAY_OF_NO_YEAR, _DAY_OF_YEAR = re.compile(r"--\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\d")
_SHORT_YEAR = re.compile(r"[-–/](?P<short>\d\d)(?!\w|[-–/.,]\d)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date or time as ISO 8601 (see ``figures.Figure``) and where it stands in the text."""

    value: str
    start: int
    end: int


def find(text: str, language: Language) -> list[WrittenDate]:
    """The dates of a text in order, without overlaps.

    A number such as ``2012`` is read as a year where nothing shows that it counts something.
    """
    if not any(character.isdigit() for character in text):
        return []
    plain = fold_in_place(text)
    free = plain
    found: list[WrittenDate] = []
    for needed, pattern in _PATTERNS[language]:
        if needed and not any(character in free for character in needed):
            continue
        matches = [match for match in pattern.finditer(free) if not _is_word_may(match, text, language)]
        found += [WrittenDate(_iso(match.groupdict()), *match.span()) for match in matches]
        free = blank(free, [match.span() for match in matches]) if matches else free
    found += [short for date in found if (short := _short_year(date, plain))]
    return _joined(sorted(found, key=lambda date: date.start), plain)


def _iso(parts: dict[str, str | None]) -> str:
    if hour := parts.get("hour"):
        return _time(int(hour), int(parts.get("minute") or 0), parts.get("noon"))
    year = parts.get("year") or "-"
    if (nth := parts.get("nth")) and (period := parts.get("period")):
        return f"{year}-{_PERIODS[period]}{_NTH.get(nth) or nth[0]}"
    number = parts.get("number")
    month = int(number) if number else _MONTHS.get(parts.get("month") or "", 0)
    if not month:
        return year
    if since := parts.get("since"):
        return f"{year}-{_MONTHS[since]:02d}/{year}-{month:02d}"
    days = [f"{year}-{month:02d}-{int(day):02d}" for day in (parts.get("day"), parts.get("last")) if day]
    return "/".join(days) if days else f"{year}-{month:02d}"


def _time(hour: int, minute: int, noon: str | None) -> str:
    hour = hour % 12 + 12 * (noon == "p") if noon else hour
    return f"T{hour:02d}:{minute:02d}"


def _is_word_may(match: re.Match[str], text: str, language: Language) -> bool:
    """Whether ``may`` or ``mar`` is an ordinary word of the text rather than a month."""
    parts = match.groupdict()
    if parts.get("month") not in {"may", "mar"} or parts.get("year"):
        return False
    return language is Language.ENGLISH and text[match.start("month")].islower()


def _short_year(date: WrittenDate, plain: str) -> WrittenDate | None:
    """The second year of ``2023-24``."""
    match = _SHORT_YEAR.match(plain, date.end) if date.value.isdigit() else None
    if match is None or match["short"] <= date.value[2:]:
        return None
    return WrittenDate(date.value[:2] + match["short"], *match.span("short"))


def _joined(found: list[WrittenDate], plain: str) -> list[WrittenDate]:
    """The dates, with one for ``31 mars au 2 avril 2025``, whose year comes last."""
    dates: list[WrittenDate] = []
    for date in found:
        first = dates[-1] if dates and _DAY_OF_NO_YEAR.fullmatch(dates[-1].value) else None
        if first and _DAY_OF_YEAR.fullmatch(date.value) and _BETWEEN.fullmatch(plain, first.end, date.start):
            dates[-1] = WrittenDate(f"{date.value[:4]}{first.value[1:]}/{date.value}", first.start, date.end)
        else:
            dates.append(date)
    return dates
