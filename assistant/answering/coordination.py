"""Names and years that a question coordinates, "Servier et Sanofi", and the question about each of them alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.terms import content_words, fold


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions in a question. ``label`` tells it from the others, in words of the question.

    An answer to it must speak of every one of ``names``, folded words; there are none where the parts ask different
    things of the same one.
    """

    label: str
    question: str
    names: tuple[str, ...] = ()


_MOST_PARTS = 4
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w&.-]*\w|[A-ZÀ-ÖØ-Þ]"
NAME = rf"(?:{_CAPITAL})(?:(?: | de | du | des | d['’]| of )(?:{_CAPITAL}|\d+))*(?:['’]s(?!\w))?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
ARTICLE = r"(?:l['’]|le |la |les |the )?"
_BEFORE = r"(?:(?:à|au|aux|chez|de|du|des|en|pour|par|in|at|of|for|by|from|on|sur) |d['’])?" + ARTICLE
_ONE = rf"(?<![\w.-]){_BEFORE}(?:{NAME}|{_YEAR})"
_COORDINATED = re.compile(rf"{_ONE}(?:, {_ONE}){{0,2}},? (?P<link>et|and|ou|or|vs\.?|versus) {_ONE}(?!\w)")
# "Servier à Gidy et Sanofi à Neuville", where "à Gidy et Sanofi" is no pair.
_PLACED = rf"{_ONE} (?:à|au|in|at) {NAME}"
_PLACED_TOGETHER = re.compile(rf"{_PLACED}(?:, {_PLACED}){{0,2}},? (?P<link>et|and|vs\.?|versus) {_PLACED}(?!\w)")
_LINK = re.compile(r",? (?:et|and|ou|or|vs\.?|versus) |, ")
_BARE = re.compile(rf"(?P<before>{_BEFORE})(?P<name>.*)")
# What stands together is one thing: "l'accord entre Servier et Sanofi", "Merck et Cie".
_TOGETHER = re.compile(r"\b(?:entre|between|avec|with|both) (?:l['’]|le |la |les |the )?$", re.IGNORECASE)
_NO_NAME = frozenset("cie co fils associes company compagnie partners sons freres".split())
ATTRIBUTES = frozenset(
    "budget montant prix cout couts date dates lieu ville adresse effectif effectifs emplois president directeur pdg "
    "cost costs price amount place venue city headcount staff jobs ceo surface investissement investment".split()
)

_MORE = (
    (re.compile(r"\b(?:le |la |les |the )?(?:plus|moins|davantage) (?:de |d['’])"), "combien de "),
    (re.compile(r"\b(?:le |the )?(?:plus|moins|davantage)\b"), "combien"),
    (re.compile(r"\b(?:the )?(?:bigger|larger|biggest|largest)\b"), "how big"),
    (re.compile(r"\b(?:the )?(?:more|most|fewer|less|least)(?=\s*(?:$|[?.,]))"), "how much"),
    (re.compile(r"\b(?:the )?(?:more|most|fewer|less|least)\b"), "how many"),
)
_WHICH = re.compile(
    r"^(?:(?:quelle?|which) (?:company|firm|group|plant|site|cluster|city|country|entreprise|société|groupe|usine|"
    r"pôle|ville|pays)|lequel|laquelle|qui|who|which(?: of them)?)(?= \w)",
    re.IGNORECASE,
)


def named_together(text: str) -> tuple[Part, ...]:
    """The question for each of the coordinated names or years in it."""
    match = _PLACED_TOGETHER.search(text) or _COORDINATED.search(text)
    if not match or _TOGETHER.search(text[: match.start()]):
        return ()
    items = [_BARE.fullmatch(item) for item in _LINK.split(match[0])]
    named = [(item["before"], re.sub(r"['’]s$", "", item["name"])) for item in items if item]
    dropped = _opening(text, match, named)
    first_before = named[0][0]
    named[0] = (first_before, named[0][1][len(dropped) :])
    if not _is_parallel(named) or not 1 < len(named) <= _MOST_PARTS or not all(_is_name(name) for _, name in named):
        return ()
    head, tail = text[: match.start()] + (dropped and first_before + dropped), text[match.end() :]
    possessive = "'s" if match[0].endswith(("'s", "’s")) else ""
    if match["link"] in {"ou", "or"}:
        return _which(head, [name for _, name in named], tail)
    return tuple(
        Part(
            name,
            f"{head}{'' if dropped else before or first_before}{name}{possessive}{tail}",
            tuple(content_words(name)),
        )
        for before, name in named
    )


def _opening(text: str, match: re.Match[str], named: Sequence[tuple[str, str]]) -> str:
    """The first word of a sentence as far as it has its capital from there alone: ``Budget Servier et Sanofi``."""
    word = re.match(r"[\w-]+ ", named[0][1])
    if text[: match.start()].strip() or not word:
        return ""
    folded = content_words(word[0])
    return word[0] if not folded or set(folded) <= ATTRIBUTES else ""


def _is_parallel(named: Sequence[tuple[str, str]]) -> bool:
    """Whether the names stand alike in their sentence: French repeats "à" and "en", but before a year."""
    first = named[0][0]
    is_repeated = fold(first).split(" ")[0] in {"a", "au", "aux", "en"}
    return all(bool(before) or not is_repeated or name.isdigit() for before, name in named[1:]) and (
        bool(first) or not any(before for before, _ in named[1:])
    )


def _is_name(name: str) -> bool:
    folded = content_words(name)
    return bool(folded) and not _NO_NAME.intersection(folded)


def _which(head: str, names: Sequence[str], tail: str) -> tuple[Part, ...]:
    """How many each has, for "which has more, A or B?"; without such a measure "A or B" is a choice and stays whole."""
    asked = head.rstrip(" ,:")
    measured = how_many(asked)
    if measured == asked or tail.strip(" ?."):
        return ()
    return tuple(Part(name, f"{_WHICH.sub(name, measured)} ?", tuple(content_words(name))) for name in names)


def how_many(question: str) -> str:
    """A question for more or less of something as one for how much of it; any other as it is."""
    for pattern, asks in _MORE:
        question, count = pattern.subn(asks, question, count=1)
        if count:
            break
    return question
