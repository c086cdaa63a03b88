"""ISO 8601 dates, whole or cut to the month or the year, written for a reader."""

import re

from assistant.texts import WEB_TEXTS
from assistant.types import Language

_ISO_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")
_FRENCH_ELIDING = ("a", "o")  # avril, août, octobre: « données d’avril », never « de avril »


def written_date(iso_date: str, language: Language) -> str:
    """Write ``2025-03-19`` as ``19 mars 2025`` or ``19 March 2025``, and ``2016/2017`` as ``2016–2017``."""
    match = _ISO_DATE.fullmatch(iso_date)
    if match is None:
        return iso_date.replace("/", "–")
    texts = WEB_TEXTS[language]
    words = [match["year"]]
    if match["month"]:
        words.insert(0, texts.months.split()[int(match["month"]) - 1])
    if match["day"]:
        words.insert(0, texts.first_of_month if match["day"] == "01" else str(int(match["day"])))
    return "\u00a0".join(words)


def as_of(iso_date: str, language: Language) -> str:
    """Say up to when a statement holds: ``données de mars 2025``, ``as of March 2025``."""
    texts = WEB_TEXTS[language]
    date = written_date(iso_date, language)
    if _has_day(iso_date):
        return texts.as_of_day.format(date=date)
    template = texts.as_of_vowel if date.startswith(_FRENCH_ELIDING) else texts.as_of_period
    return template.format(date=date)


def published(iso_date: str, language: Language) -> str:
    """Say when a document came out: ``publié le 19 mars 2025``, ``published in March 2025``."""
    texts = WEB_TEXTS[language]
    template = texts.published_day if _has_day(iso_date) else texts.published_period
    return template.format(date=written_date(iso_date, language))


def _has_day(iso_date: str) -> bool:
    match = _ISO_DATE.fullmatch(iso_date)
    return match is not None and match["day"] is not None
