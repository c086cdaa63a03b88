"""Small words that turn a statement round: negations, doubts, the future, "by", "more than". Pure."""

import re
from enum import StrEnum

from assistant.terms import fold


class Nuance(StrEnum):
    """What a statement and its source must have in common, or neither of them."""

    DENIED = "denied"
    DOUBTED = "doubted"
    TO_COME = "to come"
    DONE_BY = "done by"  # "bought by" is the reverse of "bought"


# For folded text, but for English "may", which is a month with a capital.
_PATTERNS: dict[Nuance, re.Pattern[str]] = {
    Nuance.DENIED: re.compile(
        r"(?<!\w)(?:n['’]|(?:ne|pas|non|ni|aucune?|jamais|sans|rien|not|no|never|none|nor|neither|without|cannot)(?!\w))"
        r"|n['’]t(?!\w)"
    ),
    Nuance.DOUBTED: re.compile(
        r"(?<!\w)(?:peut-etre|perhaps|might|could|would|should|peu(?:t|vent)|pourr\w+|devr\w+|aur(?:ait|aient)|"
        r"ser(?:ait|aient)|\w{3,}er(?:ait|aient))(?!\w)"
    ),
    # What "takes place", "aura lieu", "se tiendra" says of its date, the date says itself.
    Nuance.TO_COME: re.compile(
        r"(?<!\w)(?!aur|tiendr)\w{2,}r(?:a|ont)(?!\w)|\w['’]ll(?!\w)"
        r"|(?<!\w)(?:will|shall)(?!\w)(?! (?:take place|be held))"
    ),
    Nuance.DONE_BY: re.compile(
        r"(?<!\w)(?:par|by)(?!\w)(?! (?:an|jour|mois|semaine|heure|year|day|month|week|hour)\b)"
    ),
}
_MAY = re.compile(r"(?<!\w)may(?!\w)")

_MORE = re.compile(
    r"(?:plus d[e’'] ?|au moins |more than |over |at least |above |depass\w+ |exceed\w* |[>≥+] ?)(?:les |des |the )?$"
)
_LESS = re.compile(
    r"(?:moins d[e’'] ?|au plus |jusqu['’]a |pres d[e’'] ?|presque |less than |fewer than |under |below |at most |"
    r"up to |nearly |almost |[<≤] ?)(?:les |des |the )?$"
)
_OR_MORE = re.compile(r"\s*(?:ou plus|or more|au minimum|au moins|at least|\+)")
_OR_LESS = re.compile(r"\s*(?:ou moins|or less|or fewer|au maximum|au plus|at most)")
_NEAR_CHARS = 30  # enough for the longest of them


def find(text: str) -> frozenset[Nuance]:
    """The nuances of a sentence."""
    folded = fold(text)
    found = {nuance for nuance, pattern in _PATTERNS.items() if pattern.search(folded)}
    return frozenset(found | {Nuance.DOUBTED} if _MAY.search(text) else found)


def qualifier(text: str, start: int, end: int) -> str:
    """``>`` where the figure ``text[start:end]`` is a least, ``<`` where it is a most, else nothing."""
    before, after = fold(text[max(0, start - _NEAR_CHARS) : start]), fold(text[end : end + _NEAR_CHARS])
    if _MORE.search(before) or _OR_MORE.match(after):
        return ">"
    return "<" if _LESS.search(before) or _OR_LESS.match(after) else ""
