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


def segments(sentence: str, addresses: Collection[str]) -> list[tuple[str, tuple[int, ...]]]:
    """The parts of a sentence in plain words, each with the numbers it cites; their texts joined are the sentence.

    ``addresses`` are the web addresses that may stay; other links, all images and all markup are removed.
    """
    text = _without_links(sentence, addresses)
    parts: list[tuple[str, tuple[int, ...]]] = []
    position = 0
    for match in _MARKS.finditer(text):
        parts.append((text[position : match.start()], tuple(map(int, _NUMBER.findall(match[0])))))
        position = match.end()
    rest = text[position:]
    if parts:  # what follows the last mark belongs to it
        parts[-1] = (parts[-1][0] + rest, parts[-1][1])
    else:
        parts.append((rest, ()))
    return parts


def tidy(text: str) -> str:
    """The text without the gaps that removed marks and links leave."""
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
    text = _LINE_START.sub("", line)
    cut = [match.end(1) for match in _AFTER_MARKS.finditer(text)]
    pieces = [text[start:end] for start, end in zip([0, *cut], [*cut, len(text)], strict=True)]
    found = [piece[span.start : span.end] for piece in pieces for span in sentence_spans(piece, language)]
    return [sentence for sentence in found if sentence.strip("*_#>- ")]


def _is_open(text: str) -> bool:
    return text.count('"') % 2 == 1 or any(text.count(opener) > text.count(closer) for opener, closer in _PAIRS)
