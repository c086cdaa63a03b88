"""Says to a reader when something holds or came out, from an ISO 8601 date, whole or cut to the month or the year."""

import re

from assistant.texts import WEB_TEXTS
from assistant.types import Language
from assistant.written_dates import written

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_FRENCH_ELIDING = ("a", "o")  # avril, août, octobre: « données d’avril », never « de avril »


def as_of(iso_date: str, language: Language) -> str:
    """Say up to when a statement holds: ``données de mars 2025``, ``as of March 2025``."""
    texts = WEB_TEXTS[language]
    date = written(iso_date, language)
    if _has_day(iso_date):
        return texts.as_of_day.format(date=date)
    template = texts.as_of_vowel if date.startswith(_FRENCH_ELIDING) else texts.as_of_period
    return template.format(date=date)


def published(iso_date: str, language: Language) -> str:
    """Say when a document came out: ``publié le 19 mars 2025``, ``published in March 2025``."""
    texts = WEB_TEXTS[language]
    template = texts.published_day if _has_day(iso_date) else texts.published_period
    return template.format(date=written(iso_date, language))


def _has_day(iso_date: str) -> bool:
    return _DAY.fullmatch(iso_date) is not None
