"""What a visitor says without asking anything of the documents: greetings, thanks, "who are you", "what can you do".

A message is small talk only when it is nothing else; politeness around a question is taken off it. Both are typed
as on a phone: without accents, with emoji, with a letter too many, too few or in the wrong place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from assistant.answering import phrases
from assistant.terms import content_words, fold
from assistant.types import Language


class SmallTalk(StrEnum):
    """What a message without a question is, the one to reply to first."""

    CAPABILITY = "capability"
    IDENTITY = "identity"
    LANGUAGES = "languages"
    GOODBYE = "goodbye"
    THANKS = "thanks"
    MOOD = "mood"
    GREETING = "greeting"
    ACKNOWLEDGEMENT = "acknowledgement"


@dataclass(frozen=True, slots=True)
class Remark:
    """Small talk, and the language it is in; None where either could be."""

    kind: SmallTalk
    language: Language | None


def _known_nowhere(word: str) -> bool:
    del word
    return False


_WORD = re.compile(r"[^\W_]+")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_SHORTEST_SLIP = 5  # letters of the word meant; shorter ones are too near to each other
_ANY_SLIP = 6  # letters from which any wrong letter is a slip; before, "Merck" would be "merci"
_PAUSE = re.compile(r"[,.;:!?…–—-]")
_KINDS = {
    language: {SmallTalk(kind): re.compile(rf"(?:{pattern})(?= |$)") for kind, pattern in table.items()}
    for language, table in phrases.SMALL_TALK.items()
}
_OPENING = re.compile(rf"(?:{phrases.OPENING})")
_FILLER = re.compile(rf"(?:{phrases.FILLERS})(?= |$)")
_AFTER_GREETING = re.compile(rf"(?:{phrases.AFTER_GREETING})(?= |$)")
_OPENER = re.compile(rf"(?:{phrases.OPENERS})(?= (?:{phrases.QUESTION_WORDS})\b)")
_PLEASE = re.compile(rf"(?:{phrases.PLEASE})(?= |$)")
_CLOSING = re.compile(rf"(?:^| )(?:{phrases.CLOSINGS})$")
_IS_GOVERNED = re.compile(r"(?:^| )(?:de|d|du|le|la|les|l|un|une|of|the|a|to|pour|for|dire|say|mot|word)$")
# Said before a question they are politeness whatever follows; the others only before a pause: "ça va coûter combien ?"
_POLITE = {SmallTalk.GREETING, SmallTalk.THANKS}
_POLITE_BEFORE_A_PAUSE = {SmallTalk.MOOD, SmallTalk.ACKNOWLEDGEMENT}
_LINKS = re.compile(r"(?:et|mais|and|but)\b")


def recognise(
    message: str, *, opening: bool = False, is_known: Callable[[str], bool] = _known_nowhere
) -> Remark | None:
    """What a message is if it asks nothing of the documents, else None.

    Before any question, ``opening``, "how does it work?" is about the assistant; later it is about what was asked.
    ``is_known`` tells the words of the documents, which are never slips of a greeting.
    """
    said = _Said.of(message, is_known)
    if not said.words:
        return _by_emoji(message)
    if opening and _OPENING.fullmatch(said.joined):
        return Remark(SmallTalk.CAPABILITY, None)
    found: dict[SmallTalk, set[Language]] = {}
    position = 0
    while position < len(said.joined):
        kinds, length = _longest(said.joined, position)
        filler = _FILLER.match(said.joined, position)
        if filler and len(filler[0]) > length:
            kinds, length = {}, len(filler[0])
        if not length:
            return None
        for kind, languages in kinds.items():
            found.setdefault(kind, set()).update(languages)
        position += length + 1
    first = next((kind for kind in SmallTalk if kind in found), None)
    if first is None:
        return None
    every = set.union(*found.values())
    languages = found[first] if len(found[first]) == 1 else every
    return Remark(first, next(iter(languages)) if len(languages) == 1 else None)


def without_courtesies(message: str, *, is_known: Callable[[str], bool] = _known_nowhere) -> str:
    """The message without greeting, thanks and please around what is asked; as it is if nothing would be left."""
    said = _Said.of(message, is_known)
    start, end = _after_opening(said), len(said.joined)
    while closing := _CLOSING.search(said.joined, start, end):
        if _IS_GOVERNED.search(said.joined[: closing.start()]):
            break  # "le rôle de Merci ?"
        end = closing.start()
    if start >= end:
        return message
    before, after = said.offset(start) if start else 0, said.offset_of_end(end)
    tail = message[after:]
    if end == len(said.joined):
        return message[before:]
    return message[before:after] + (" ?" if "?" in tail else "")


@dataclass(frozen=True, slots=True)
class _Said:
    """A message as folded words that slips are mended in, and where each stands in what was typed."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    typed: str

    @classmethod
    def of(cls, message: str, is_known: Callable[[str], bool]) -> "_Said":
        found = list(_WORD.finditer(message))
        words = tuple(_mended(fold(match[0]), is_known) for match in found)
        return cls(words, tuple(match.span() for match in found), message)

    @property
    def joined(self) -> str:
        return " ".join(self.words)

    def offset(self, position: int) -> int:
        """Where in the message the word begins that begins at ``position`` of the joined words."""
        return self.spans[self.joined.count(" ", 0, position)][0]

    def offset_of_end(self, position: int) -> int:
        return self.spans[self.joined.count(" ", 0, position)][1]

    def pauses_before(self, position: int) -> bool:
        number = self.joined.count(" ", 0, position)
        return number > 0 and bool(_PAUSE.search(self.typed, self.spans[number - 1][1], self.spans[number][0]))


def _longest(joined: str, position: int) -> tuple[dict[SmallTalk, set[Language]], int]:
    """The kinds, with their languages, of the longest phrase at ``position``, and its length."""
    kinds: dict[SmallTalk, set[Language]] = {}
    longest = 0
    for language, table in _KINDS.items():
        for kind, pattern in table.items():
            match = pattern.match(joined, position)
            if match and len(match[0]) > longest:
                kinds, longest = {}, len(match[0])
            if match and len(match[0]) == longest:
                kinds.setdefault(kind, set()).add(language)
    return kinds, longest


def _after_opening(said: _Said) -> int:
    """Where in the joined words what is asked begins."""
    joined, position = said.joined, 0
    while position < len(joined):
        kinds, length = _longest(joined, position)
        following = position + length + 1
        polite = bool(kinds.keys() & _POLITE)
        if kinds.keys() & _POLITE_BEFORE_A_PAUSE and following < len(joined):
            polite = polite or said.pauses_before(following) or bool(_LINKS.match(joined, following))
        match = _OPENER.match(joined, position) or _PLEASE.match(joined, position)
        if polite:
            position = following
            if filler := _AFTER_GREETING.match(joined, position):
                position = filler.end() + 1
        elif match:
            position = match.end() + 1
        else:
            break
    return position


def _by_emoji(message: str) -> Remark | None:
    for kind, signs in phrases.EMOJI.items():
        if any(sign in message for sign in signs):
            return Remark(SmallTalk(kind), None)
    return None


@cache
def _lexicon() -> frozenset[str]:
    patterns = [pattern for table in phrases.SMALL_TALK.values() for pattern in table.values()]
    patterns += [phrases.OPENING, phrases.FILLERS, phrases.OPENERS, phrases.CLOSINGS, phrases.QUESTION_WORDS]
    return frozenset(word for pattern in patterns for word in re.findall(r"[a-z]+", pattern))


def _mended(word: str, is_known: Callable[[str], bool]) -> str:
    """A word of small talk for one that is a slip of it: ``"bonjuor"`` is ``"bonjour"``; any other as it is."""
    plain = _DRAWN_OUT.sub(r"\1", word)
    if plain in _lexicon() or not content_words(plain) or is_known(word):
        return plain if plain in _lexicon() else word
    slips = [meant for meant in sorted(_lexicon()) if _is_slip(plain, meant)]
    return slips[0] if slips else word


def _is_slip(word: str, meant: str) -> bool:
    if len(meant) < _SHORTEST_SLIP or word[:1] != meant[:1] or DamerauLevenshtein.distance(word, meant) != 1:
        return False
    if len(word) != len(meant) or sorted(word) == sorted(meant) or len(meant) >= _ANY_SLIP:
        return True
    wrong = next((a, b) for a, b in zip(word, meant, strict=True) if a != b)
    return set(wrong) <= set("aeiouy")
