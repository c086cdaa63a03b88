"""What a model writes, cut into sentences while it grows, and freed of markup, links and citation marks. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import pairwise

from assistant.reading.sentences import sentence_spans
from assistant.types import Language

_MARK = r"\[\s*\d{1,4}(?:\s*[,;]\s*\d{1,4})*\s*\]"
_MARKS = re.compile(rf"\s*{_MARK}(?:[\s,;]*{_MARK})*")
_NUMBER = re.compile(r"\d+")
# After "« … . » [1]" the cutter of sentences sees no end.
_AFTER_MARKS = re.compile(rf"[.!?…][\s»”\")]*(?:\s*{_MARK})+(\s+)(?=[«“\"]?\s?[A-ZÀ-ÖØ-Þ])")
# Of what follows a sentence, the first word must be there in full to know that it does begin a new one.
_SETTLED = re.compile(r"\s*[^\s\[]\S*\s")
_OPENER = re.compile(r"\s[«“‘\"(]\s*$")
_PAIRS = ("«»", "“”", "()")
_LINE_START = re.compile(r"^\s*(?:(?:[-*•–]|\d{1,2}[.)]|#{1,6}|>)\s+)+")
_THOUGHTS = re.compile(r"\s*<think>.*?(?:</think>|$)", re.DOTALL)
_FINISHED = re.compile(rf"[.!?…](?:\s|[»”\")*_]|{_MARK})*$")

_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_AUTOLINK = re.compile(r"<(\w+:[^<>\s]+)>")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z!?][^<>]*>", re.DOTALL)
_ADDRESS = re.compile(r"(?:\b(?:https?|ftp|file)://|\bwww\.|\b(?:mailto|javascript|data|tel):)[^\s<>\"«»“”]+", re.I)
_ADDRESS_END = ".,;:!?…)]'’*_"
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|`+|~~")
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
_BEFORE_STOP = re.compile(r"\s+(?=[.,)])")


class SentenceCutter:
    """Takes a text piece by piece and gives back each sentence as soon as its end is certain."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._rest = ""
        self._is_first = True

    def feed(self, piece: str) -> Iterator[str]:
        """The sentences that the piece completes."""
        self._rest += piece
        if not any(character.isspace() for character in piece) or self._thinks():
            return
        *lines, self._rest = self._rest.split("\n")
        for line in lines:
            yield from _sentences(line, self._language)
        found = _sentences(self._rest, self._language)
        for sentence, following in pairwise(found):
            end = self._rest.index(sentence) + len(sentence)
            begun = self._rest.index(following, end)
            if _is_open(sentence) or not _SETTLED.match(self._rest, begun):
                return
            self._rest = self._rest[begun:]
            yield sentence

    def close(self, *, is_cut: bool) -> Iterator[str]:
        """The sentences that are left, where the text ``is_cut`` without the one that it breaks off."""
        found = (
            [] if self._thinks() else [s for line in self._rest.split("\n") for s in _sentences(line, self._language)]
        )
        self._rest = ""
        yield from found[:-1] if is_cut and found and not _FINISHED.search(found[-1]) else found

    def _thinks(self) -> bool:
        """Whether a model that thinks aloud before it answers still does; what it thought is dropped."""
        if self._is_first and (rest := self._rest.lstrip()):
            if not rest.startswith("<think>"[: len(rest)]):
                self._is_first = False
            elif "</think>" in rest:
                self._rest, self._is_first = _THOUGHTS.sub("", rest, count=1), False
        return self._is_first


def citations(sentence: str) -> tuple[int, ...]:
    """The numbers that a sentence cites, in order, each once."""
    marks = _MARKS.findall(_without_links(sentence, ()))
    return tuple(dict.fromkeys(int(number) for mark in marks for number in _NUMBER.findall(mark)))


def plain(sentence: str, addresses: Collection[str]) -> str:
    """The sentence in plain words, without its citation marks.

    ``addresses`` are the web addresses that may stay; other links, all images and all markup are removed.
    """
    text = _MARKS.sub("", _without_links(sentence, addresses))
    return _BEFORE_STOP.sub("", " ".join(_EMPTY.sub("", text).split()))


def addresses(text: str) -> frozenset[str]:
    """The web addresses that a text holds."""
    return frozenset(match[0].rstrip(_ADDRESS_END) for match in _ADDRESS.finditer(text))


def visible(text: str) -> str:
    """The text composed, without characters that are not seen: they could hide or reverse words."""
    return "".join(
        character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
    )


def _without_links(sentence: str, allowed: Collection[str]) -> str:
    text = _AUTOLINK.sub(r"\1", _IMAGE.sub("", visible(sentence)))
    text = _EMPHASIS.sub("", _TAG.sub("", _LINK.sub(lambda match: _unlinked(match, allowed), text)))
    return _ADDRESS.sub(lambda match: _known(match[0], allowed), text)


def _unlinked(link: re.Match[str], allowed: Collection[str]) -> str:
    words, address = link[1], link[2]
    if words.strip().isdigit():
        return f"[{words}]"  # a citation dressed as a link
    return f"{words} ({address})" if address in allowed else words


def _known(address: str, allowed: Collection[str]) -> str:
    bare = address.rstrip(_ADDRESS_END)
    return address if bare in allowed else address[len(bare) :]


def _sentences(line: str, language: Language) -> list[str]:
    cut = [match.end(1) for match in _AFTER_MARKS.finditer(line)]
    pieces = [line[start:end] for start, end in pairwise([0, *cut, len(line)])]
    found = [sentence for piece in pieces for sentence in _cut(piece, language)]
    stripped = [_LINE_START.sub("", sentence) for sentence in found]
    return [sentence for sentence in stripped if sentence.strip("*_#>- ")]


def _cut(text: str, language: Language) -> list[str]:
    """The sentences of a text; a mark that opens a quotation belongs to the words after it."""
    spans = sentence_spans(text, language)
    starts = [0]
    for span in spans[:-1]:
        opener = _OPENER.search(text, span.start, span.end)
        starts.append(opener.start() if opener else span.end)
    return [text[start:end].strip() for start, end in pairwise([*starts, len(text)])]


def _is_open(text: str) -> bool:
    brackets = any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS)
    return brackets or text.count('"') % 2 == 1
