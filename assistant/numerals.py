"""Numbers in words, and what is written in digits but counts nothing."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from assistant.terms import SPACE
from assistant.types import Language

_WORD = re.compile(r"[^\W_]+")

# What is written with digits and is no figure: addresses, telephone numbers, numbers of laws and of books.
_NO_FIGURES = re.compile(
    r"https?://\S+|(?<!\w)www\.\S+|(?<![\w.-])(?:[\w-]{1,63}\.){1,8}[a-z]{2,}/\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+"
    rf"|(?<![\w.,])(?:\+\d{{2,3}}{SPACE}?(?:\(0\){SPACE}?)?\d(?:[.-]|{SPACE})?(?:\d{{2,3}}(?:[.-]|{SPACE})?){{3,4}}\d\d"
    rf"|0[1-9](?:(?:[.-]|{SPACE})?\d\d){{4}})(?!\d)"
    r"|(?<![\w/])(?!(?:19|20)\d\d/(?:19|20)\d\d)(?:(?:19|20)\d\d/\d{3,4}|\d{3,4}/(?:19|20)\d\d)(?![\w/])"
    r"|(?<![\w-])(?!(?:19|20)\d\d-)\d{3,}(?:-\d+){2,}(?![\w-])",
    re.IGNORECASE,
)
_HINT_OF_NONE = re.compile(r"[/@+]|[wW]\.|(?<!\d)0[1-9]|\d-\d")


def without_addresses(text: str) -> str:
    """The text with its addresses and telephone numbers blanked out, so that offsets stay."""
    if not _HINT_OF_NONE.search(text):
        return text
    return _NO_FIGURES.sub(lambda match: "\0" * len(match[0]), text)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with ``spans`` blanked out, so that offsets stay."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "\0" * (end - start)
    return "".join(characters)


def _count(names: str, first: int = 1, step: int = 1) -> dict[str, int]:
    return {name: first + step * index for index, name in enumerate(names.split())}


_ADDED = {
    Language.FRENCH: _count("un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize")
    | _count("vingt trente quarante cinquante soixante", 20, 10) | {"une": 1, "vingts": 20},
    Language.ENGLISH: _count("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")
    | _count("sixteen seventeen eighteen nineteen", 16) | _count("twenty thirty forty fifty sixty seventy", 20, 10)
    | {"eighty": 80, "ninety": 90, "a": 1},
}  # fmt: skip
_MULTIPLIED = {
    Language.FRENCH: {"cent": 100, "cents": 100, "centaine": 100, "centaines": 100, "dizaine": 10, "dizaines": 10,
                      "douzaine": 12, "quinzaine": 15, "mille": 1000, "millier": 1000, "milliers": 1000}
    | _count("vingtaine trentaine quarantaine cinquantaine soixantaine", 20, 10),
    Language.ENGLISH: {"hundred": 100, "thousand": 1000, "dozen": 12},
}  # fmt: skip
_NEVER_ALONE = frozenset("vingts cents centaines dizaines millier milliers hundred thousand dozen".split())
# "Neuf sites", not "un bâtiment neuf": a plural follows.
_COUNTED = re.compile(rf"{SPACE}(?!(?:dans|sans|plus|mais|sous|depuis|apres|tres)(?!\w))\w+[sx](?!\w)")


def number_words(folded: str, language: Language) -> Iterator[tuple[int, int, int]]:
    """The whole numbers that a folded text spells out, as ``(start, end, value)``: ``une vingtaine`` is 20.

    Not read: ``plusieurs centaines``, and ``neuf`` where it means new. ``un`` is read too.
    """
    for match in _number_pattern(language).finditer(folded):
        value = _value(_WORD.findall(match[0]), language)
        if value and (match[0] != "neuf" or _COUNTED.match(folded, match.end())):
            yield match.start(), match.end(), value


@cache
def _number_pattern(language: Language) -> re.Pattern[str]:
    names = sorted({*_ADDED[language], *_MULTIPLIED[language]} - {"a"}, key=len, reverse=True)
    name = rf"(?:{'|'.join(names)})(?!\w)"
    first = rf"(?:{name}|a(?={SPACE}(?:hundred|thousand|dozen|[mbtr]+illion)(?!\w)))"
    link = (
        rf"(?:{SPACE}(?:et{SPACE}(?=une?(?!\w)|onze))?|-(?:et-)?"
        rf"|(?:(?<=hundred)|(?<=thousand)){SPACE}and{SPACE})"
    )
    return re.compile(rf"(?<![\w-])(?!(?:(?<=pour )|(?<=per ))cent)(?<!half ){first}(?:{link}{name})*")


def _value(names: Iterable[str], language: Language) -> int | None:
    """The value of the words of a number, or nothing where together they are none, as in ``two three``."""
    thousands = rest = 0
    for name in names:
        if (name == "vingt" and rest % 100 == 4) or name == "vingts":
            rest += 76  # quatre-vingts
        elif (value := _ADDED[language].get(name)) is not None:
            tens = rest % 100
            limit = 100 if not tens else 20 if tens in {60, 80} else 10 if tens % 10 == 0 else 0
            if value >= limit:
                return None
            rest += value
        elif (value := _MULTIPLIED[language].get(name)) is not None:
            if not rest and name in _NEVER_ALONE:
                return None
            thousands, rest = (thousands + (rest or 1) * 1000, 0) if value == 1000 else (thousands, (rest or 1) * value)
    return thousands + rest
