"""What the documents know of a word: whether they hold it, and whether they write it as a name.

Visitors type "et polepharma ?". That this is a name, the documents tell by its capital within their sentences.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol

from langchain_core.documents import Document

from assistant.terms import fold, fold_in_place, stem
from assistant.types import Language

_PASSAGES_LOOKED_AT = 4  # of each language; the best for a word hold it several times
_MOSTLY = 4  # times as often with a capital as without: "France Bioproduction" makes no name of bioproduction


class Spelling(Protocol):
    """Knowledge of words, given folded."""

    def holds(self, word: str) -> bool:
        """Whether the documents hold the word or another form of it."""
        ...

    def is_name(self, word: str) -> bool | None:
        """Whether they write it as a name; None where they do not hold it."""
        ...


class NoSpelling:
    """Knows no word."""

    def holds(self, word: str) -> bool:
        del word
        return False

    def is_name(self, word: str) -> bool | None:
        del word
        return None


class Passages(Protocol):
    """The part of the library that is looked at."""

    def vocabulary(self, language: Language) -> frozenset[str]: ...
    def search_stems(self, language: Language, stems: Iterable[str], *, limit: int) -> Mapping[str, float]: ...
    def passages(self, passage_ids: Iterable[str]) -> Mapping[str, Document]: ...


class CorpusSpelling:
    """What the documents held now know; made anew for each question, it looks a word up once."""

    def __init__(self, library: Passages) -> None:
        self._library = library
        self._names: dict[str, bool | None] = {}

    @cached_property
    def _vocabularies(self) -> Mapping[Language, frozenset[str]]:
        return {language: self._library.vocabulary(language) for language in Language}

    def holds(self, word: str) -> bool:
        return any(stem(word, language) in vocabulary for language, vocabulary in self._vocabularies.items())

    def is_name(self, word: str) -> bool | None:
        if word not in self._names:
            self._names[word] = self._look_up(word) if self.holds(word) else None
        return self._names[word]

    def _look_up(self, word: str) -> bool:
        with_capital = without = first = 0
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        for language in Language:
            found = self._library.search_stems(language, [stem(word, language)], limit=_PASSAGES_LOOKED_AT)
            for passage in self._library.passages(found).values():
                text = passage.page_content
                for match in pattern.finditer(fold_in_place(text)):
                    if not text[match.start()].isupper():
                        without += 1
                    elif _begins_a_sentence(text, match.start()):
                        first += 1
                    else:
                        with_capital += 1
        # A word that only ever begins sentences does so once by chance, and more often as their subject.
        return with_capital > _MOSTLY * without if with_capital or without else first > 1


def _begins_a_sentence(text: str, position: int) -> bool:
    before = text[:position].rstrip(" \u00a0\u202f«“\"'’(*")
    return not before or before[-1] in ".!?:;|=\n•-–—"


def is_shouted(text: str) -> bool:
    """Whether a text is all in capitals, which then make no names."""
    return text == text.upper() and len(re.findall(r"[^\W\d_]{2,}", fold(text))) > 1
