"""The passages that a model is given, numbered, and what each of their sentences says, ready to be compared. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from langchain_core.documents import Document

from assistant import figures
from assistant.answering.generation import drafts, nuances
from assistant.answering.generation.nuances import Nuance
from assistant.answering.leaning import points_back
from assistant.figures import Figure
from assistant.numerals import blank
from assistant.reading.blocks import ROW_SEPARATOR
from assistant.search.retriever import excerpt, heading
from assistant.terms import content_words, fold, stem, stems, words
from assistant.types import Language, Quote

_WORD = re.compile(r"[^\W_]+")
_PLACED = re.compile(r"(?<!\w)(?:[àÀ]|[Aa]ux?|[Ee]n|[Ii]n|[Aa]t|[Nn]ear)\s+((?:[A-ZÀ-ÖØ-Þ][\w'’-]*\s?)+)")
# What a document may say to whoever reads it for a visitor; no passage that does is given to a model.
_ORDERS = re.compile(
    r"(?:ignor|oubli|disregard|forget|overrid|contourn)\w*\b[^.]{0,60}\b(?:instructions?|consignes?|prompts?|regles|"
    r"rules|directives?|guidelines?)\b|\b(?:system prompt|prompt systeme)\b|"
    r"\b(?:instructions?|consignes?|notes?|messages?) (?:to|for|pour|aux?|a l['’]attention d(?:es?|u)) "
    r"(?:the |an? |any |all |l['’]|la |les? |une? |des )?(?:ai|ia|llms?|models?|modeles?|assistants?|chatbots?)\b"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with what stands around it: ``qualifier`` is ``>`` after "more than", ``counted`` the words after it."""

    figure: Figure
    qualifier: str
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a text says, as far as that can be compared. Words are folded, and none is a word of a figure."""

    text: str
    language: Language
    words: frozenset[str]
    stems: frozenset[str]
    common: frozenset[str]  # stems of the words that are not capitalised
    sequence: str  # all words in order
    terms: tuple[tuple[str, bool], ...]  # the telling words in order, and whether each is capitalised within
    figures: tuple[Measured, ...]
    nuances: frozenset[Nuance]
    is_row: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The capitalised words in order."""
        return tuple(word for word, is_capitalised in self.terms if is_capitalised)

    @property
    def places(self) -> frozenset[str]:
        """The names that say where: they may stand anywhere in a sentence."""
        return frozenset(word for match in _PLACED.finditer(self.text) for word in words(match[1]))


@dataclass(frozen=True, slots=True, eq=False)  # a Document cannot be hashed
class Evidence:
    """A passage under the number that the model knows it by. ``sentences`` are in order, in offsets of the document."""

    number: int
    passage: Document
    sentences: tuple[Quote, ...]

    @property
    def heading(self) -> str:
        return heading(self.passage)

    @property
    def language(self) -> Language:
        language: Language = self.passage.metadata["language"]
        return language

    @property
    def addresses(self) -> frozenset[str]:
        return drafts.addresses(self.passage.page_content)

    def windows(self) -> Iterator[Quote]:
        """What a written sentence may rest on: a sentence, or two where the second leans on the first."""
        yield from self.sentences
        for before, quote in zip(self.sentences, self.sentences[1:], strict=False):
            if points_back(quote.text) and not any(capital for _, capital in read(quote.text, self.language).terms[1:]):
                text = excerpt(self.passage, before.start, quote.end)
                yield Quote(quote.document_id, before.start, quote.end, text)


def numbered(passages: Sequence[Document], language: Language, *, limit: int) -> list[Evidence]:
    """The first ``limit`` passages in ``language``, numbered from 1, but for those that give a model orders.

    Words can be compared within one language only, so what is in the other one is not for a model to reword.
    """
    fit = [p for p in passages if p.metadata["language"] is language and not gives_orders(p.page_content)]
    return [Evidence(number, passage, _quotes(passage)) for number, passage in enumerate(fit[:limit], 1)]


def gives_orders(text: str) -> bool:
    """Whether a text tells a model to disregard what it was told."""
    return bool(_ORDERS.search(fold(text)))


@lru_cache(maxsize=4096)
def read(text: str, language: Language) -> Content:
    """What a text says, with its figures apart from its words."""
    found = figures.find(text, language)
    rest = blank(text, [(figure.start, figure.end) for figure in found])
    terms = tuple(_terms(rest))
    telling = [word for word, _ in terms]
    return Content(
        text=text,
        language=language,
        words=frozenset(words(text)),
        stems=frozenset(stem(word, language) for word in telling),
        common=frozenset(stem(word, language) for word, is_capitalised in terms if not is_capitalised),
        sequence=f" {' '.join(words(text))} ",
        terms=terms,
        figures=tuple(_measured(text, found, language)),
        nuances=nuances.find(text),
        is_row=ROW_SEPARATOR in text,
    )


def _terms(text: str) -> Iterator[tuple[str, bool]]:
    """The telling words, and of names every word: the T of "Bio-T" is no pronoun."""
    for place, token in enumerate(re.findall(r"[^\s\0]+", text)):
        parts = _WORD.findall(token)
        capitalised = {fold(part) for part in parts if part[0].isupper()}
        telling = set(content_words(token)) | {fold(part) for part in parts[1:] if len(part) == 1}
        telling |= capitalised if place else set()
        for word in words(token):
            if word in telling:
                yield word, word in capitalised


def _measured(text: str, found: Sequence[Figure], language: Language) -> Iterator[Measured]:
    ends = [*(figure.start for figure in found[1:]), len(text)]
    for figure, end in zip(found, ends, strict=False):
        qualifier = nuances.qualifier(text, figure.start, figure.end)
        yield Measured(figure, qualifier, tuple(stems(text[figure.end : end], language)))


def _quotes(passage: Document) -> tuple[Quote, ...]:
    metadata = passage.metadata
    spans = sorted((start, end) for start, end, _ in metadata["sentences"])
    return tuple(Quote(metadata["document_id"], start, end, excerpt(passage, start, end)) for start, end in spans)
