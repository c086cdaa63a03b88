"""Reads and writes the words before a figure that say how exactly it holds: ``plus de``, ``nearly``, ``environ``."""

import re
from enum import StrEnum

from assistant.terms import SPACE
from assistant.types import Language


class Hedge(StrEnum):
    """How exactly a figure is said to hold."""

    NONE = ""
    ABOUT = "about"
    NEARLY = "nearly"
    MORE_THAN = "more than"
    AT_LEAST = "at least"
    LESS_THAN = "less than"
    UP_TO = "up to"


# Folded; the first of each is how it is written. "Over five years" is how long, not how long at least: not read.
_WORDS: dict[Language, dict[Hedge, tuple[str, ...]]] = {
    Language.FRENCH: {
        Hedge.ABOUT: ("environ", "a peu pres", "approximativement", "autour de", "autour d’", "quelque", "~"),
        Hedge.NEARLY: ("près de", "près d’", "presque", "quasiment"),
        Hedge.MORE_THAN: ("plus de", "plus d’", "au-dela de", "au-dela d’"),
        Hedge.AT_LEAST: ("au moins", "au minimum"),
        Hedge.LESS_THAN: ("moins de", "moins d’"),
        Hedge.UP_TO: ("jusqu’à",),
    },
    Language.ENGLISH: {
        Hedge.ABOUT: ("about", "around", "approximately", "approx.", "roughly", "some", "~"),
        Hedge.NEARLY: ("nearly", "almost", "close to"),
        Hedge.MORE_THAN: ("more than", "upwards of"),
        Hedge.AT_LEAST: ("at least",),
        Hedge.LESS_THAN: ("less than", "fewer than"),
        Hedge.UP_TO: ("up to",),
    },
}
_LONGEST = 24  # characters of the longest of them, with the space after it and a word before
# "Pas moins de" and "no more than" say the opposite, and "en plus de" says besides.
_NO_HEDGE = r"(?<!pas )(?<!no )(?<!not )(?!(?<=en )plus)"
# "Une vingtaine" and "un millier" are round numbers by themselves.
_ROUND_WORDS = re.compile(
    r"(?<!\w)(?:(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?|milliers?|dozen)(?!\w)"
)


def _fold(words: str) -> str:
    return words.translate(str.maketrans("éèà", "eea"))


def _pattern(words: str) -> str:
    return re.escape(_fold(words)).replace(r"\ ", SPACE).replace("’", "['’]")


_HEDGES = {
    language: {_fold(word).replace("’", "'"): hedge for hedge, words in hedges.items() for word in words}
    for language, hedges in _WORDS.items()
}
_BEFORE = {
    language: re.compile(
        rf"(?<!\w){_NO_HEDGE}(?P<hedge>{'|'.join(_pattern(w) for ws in hedges.values() for w in ws)}){SPACE}?$"
    )
    for language, hedges in _WORDS.items()
}


def find(folded: str, start: int, end: int, language: Language) -> Hedge:
    """What a folded text says of the figure at ``start``; a number in round words is ``ABOUT`` unless more is said."""
    if match := _BEFORE[language].search(folded[max(start - _LONGEST, 0) : start]):
        return _HEDGES[language][re.sub(SPACE, " ", match["hedge"]).replace("’", "'")]
    return Hedge.ABOUT if _ROUND_WORDS.search(folded, start, end) and not folded[start].isdigit() else Hedge.NONE


def written(hedge: Hedge, language: Language) -> str:
    """The hedge as words that a figure follows, or nothing."""
    return _WORDS[language][hedge][0] if hedge else ""
