"""Takes a question that asks several things apart: "Servier et Sanofi", "quand et où", "A or B, which has more".

Conservative: only coordinated names and years, or coordinated question words, are taken apart, so that "recherche et
développement" and "biothérapies et bioproduction" stay what they are. Whether it was worth it is judged by the answers.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.answering import followups
from assistant.answering.coordination import ARTICLE, ATTRIBUTES, NAME, Part, how_many, named_together
from assistant.answering.questions import analyse
from assistant.answering.sought import Sought
from assistant.answering.spelling import NoSpelling
from assistant.answering.values import seeks_value
from assistant.terms import content_words, fold
from assistant.types import Language

_ASKS = r"quand|où|ou|combien|comment|pourquoi|par qui|qui|when|where|how much|how many|how|why|by whom|who"
_ASKED_TOGETHER = re.compile(
    rf"(?P<before>.*?)(?<![\w-])(?P<first>{_ASKS})(?:, (?P<middle>{_ASKS}))?,? (?:et|and|&) "
    rf"(?P<last>{_ASKS})(?P<rest>\b.*)",
    re.IGNORECASE,
)
_NOUN = rf"(?:{'|'.join(sorted(ATTRIBUTES, key=len, reverse=True))})"
_NOUNS_TOGETHER = re.compile(
    rf"(?P<before>.*?\b|){ARTICLE}(?P<first>{_NOUN}) (?:et|and|&) {ARTICLE}(?P<last>{_NOUN})"
    r"(?P<rest> (?:du|de|des|of|for|pour) .+| d['’].+)",
    re.IGNORECASE,
)
_NEXT_QUESTION = re.compile(
    r"\?\s+(?=\w)|,? (?:et|and) (?=(?:quand|où|combien|comment|pourquoi|par qui|quel(?:le)?s?|when|where|how|why|what|"
    r"à quelle|en quelle|in which|who (?:is|was|are))\b)",
    re.IGNORECASE,
)

_COMPARES = re.compile(
    r"^(?:please |peux-tu |pouvez-vous |can you )?(?:compare[rz]?|comparaison (?:de|entre)|comparison (?:of|between)|"
    r"(?:(?:quelles? (?:est|sont) |what(?:'s|’s| is| are) )?(?:la |les |the )?)?diff[ée]rences?) (?:entre |between )?",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"(?P<first>[\w.-]+(?: [\w.-]+){0,2}),? (?:et|and|à|to|with|avec|vs\.?|versus) (?P<last>[\w.-]+(?: [\w.-]+){0,2})"
)
_VERSUS = re.compile(r"(?P<before>.*?)(?P<first>[\w.-]+) (?:vs\.?|versus) (?P<last>[\w.-]+)(?P<rest>.*)", re.IGNORECASE)
_AGAINST = re.compile(r" (?:vs\.?|versus) ")
_WHAT_IS = {Language.FRENCH: "Qu'est-ce que {} ?", Language.ENGLISH: "What is {}?"}

_THAN = re.compile(
    r"\b(?:plus|moins|davantage|more|fewer|less|bigger|larger)\b.*?"
    rf"(?P<than> (?:que |qu['’]|than ){ARTICLE}(?P<name>{NAME}))"
)


def parts(text: str, language: Language) -> tuple[Part, ...]:
    """The two to four questions that a question asks, each standing alone; none where it asks one thing."""
    found = _next_questions(text, language) or _asked_together(text, language) or _compared(text, language)
    found = found or named_together(text)
    return found if len({part.question for part in found}) == len(found) else ()


def is_one_name(found: Sequence[Part], texts: Sequence[str]) -> bool:
    """Whether what was taken apart is one name by the texts: in them one half never stands without the other."""
    labels = [fold(part.label) for part in found if part.names]
    whole = fold("\n".join(texts)).replace("’", "'")
    for first, last in pairwise(labels):
        together = len(re.findall(rf"\b{re.escape(first)} (?:et|and|&) {re.escape(last)}\b", whole))
        if together and together in {len(re.findall(rf"\b{re.escape(label)}\b", whole)) for label in (first, last)}:
            return True
    return False


def _next_questions(text: str, language: Language) -> tuple[Part, ...]:
    """Two questions in a row; the second is completed by the first as a follow-up would be."""
    link = _NEXT_QUESTION.search(text)
    if not link:
        return ()
    first = text[: link.start()].strip()
    second = re.sub(r"^(?:et|and) ", "", text[link.end() :].strip(), flags=re.IGNORECASE)
    before, after = analyse(first, language), analyse(second, language)
    if len(before.words) < 2 or Sought.ANYTHING in {before.sought, after.sought}:
        return ()
    completed = (
        second
        if after.names
        else followups.join(first, f"et {second}", asked_in=language, language=language, spelling=NoSpelling())
    )
    labels = (words.strip(" ?.,") for words in (first, second))
    return tuple(
        Part(label[:1].upper() + label[1:], question)
        for label, question in zip(labels, (f"{first} ?", completed), strict=True)
    )


def _asked_together(text: str, language: Language) -> tuple[Part, ...]:
    match = _ASKED_TOGETHER.fullmatch(text) or _NOUNS_TOGETHER.fullmatch(text)
    if not match or not content_words(match["before"] + match["rest"]):
        return ()
    written = (match["first"], match.groupdict().get("middle"), match["last"])
    asked = ["où" if word.lower() == "ou" else word for word in written if word]
    questions = [f"{match['before']}{word}{match['rest']}" for word in asked]
    understood = [analyse(question, language) for question in questions]
    different_values = {question.sought for question in understood if seeks_value(question)}
    least = len(asked) - 1 if match.re is _ASKED_TOGETHER else len(asked)  # "quand et pourquoi": only one is a value
    if len(different_values) < least:
        return ()
    return tuple(Part(word[:1].upper() + word[1:], each) for word, each in zip(asked, questions, strict=True))


def _compared(text: str, language: Language) -> tuple[Part, ...]:
    if than := _THAN.search(text):
        return _than(text, than)
    compares = _COMPARES.match(text)
    rest = text[compares.end() if compares else 0 :].rstrip(" ?.")
    named = named_together(rest)
    if compares and not named:
        two = _TWO.fullmatch(rest)
        return _things(two["first"], two["last"], language) if two else ()
    if compares or (named and _AGAINST.search(rest)):
        return _described(named, rest, language)
    return () if named else _versus(rest, language)


def _versus(text: str, language: Language) -> tuple[Part, ...]:
    """The two sides of "vs" without their capitals: a word each."""
    match = _VERSUS.fullmatch(text)
    if not match or not all(content_words(match[side]) for side in ("first", "last")):
        return ()
    sides = (match["first"], match["last"])
    if not content_words(match["before"] + match["rest"]):
        return _things(*sides, language)
    return tuple(Part(side, f"{match['before']}{side}{match['rest']}", tuple(content_words(side))) for side in sides)


def _things(first: str, last: str, language: Language) -> tuple[Part, ...]:
    if not content_words(first) or not content_words(last):
        return ()
    return tuple(Part(thing, _WHAT_IS[language].format(thing), tuple(content_words(thing))) for thing in (first, last))


def _described(found: tuple[Part, ...], rest: str, language: Language) -> tuple[Part, ...]:
    """The parts; where nothing but names is left of a comparison, what each of them is."""
    if set(content_words(rest)) - {"vs", "versus"} != {name for part in found for name in part.names}:
        return found
    return tuple(Part(part.label, _WHAT_IS[language].format(part.label), part.names) for part in found)


def _than(text: str, than: re.Match[str]) -> tuple[Part, ...]:
    """How many people A employs, and how many B does, for "A employs more people than B"."""
    base = text[: than.start("than")] + text[than.end("than") :]
    found = next((m for m in re.finditer(NAME, base) if content_words(m[0]) and m.end() <= than.start()), None)
    if found is None:
        return ()
    words = found[0].split(" ")
    name = " ".join(words if content_words(words[0]) else words[1:])  # "Did Servier"
    if fold(name) == fold(than["name"]):
        return ()
    head, tail = base[: found.end() - len(name)], base[found.end() :]
    return tuple(
        Part(each, how_many(f"{head}{each}{tail}"), tuple(content_words(each))) for each in (name, than["name"])
    )
