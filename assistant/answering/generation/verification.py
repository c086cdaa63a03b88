"""Decides whether a sentence that a model wrote may be shown. Pure: no model, no library.

A sentence passes where it says nothing that one single sentence of a passage it cites does not say: every figure with
its unit, its "more than" and what it counts, every name letter for letter, every other telling word by its stem, every
quotation verbatim, names and figures in the same order, no negation, doubt or future more or less. What is calculated
is checked term by term. The sentences that it rests on become its citations, so a reader can check as much.

Not checked: what was left out of that sentence, and who did what to whom where neither order nor "by" tells.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from assistant.answering.generation import calculation, drafts
from assistant.answering.generation.calculation import Calculation
from assistant.answering.generation.comparison import agrees, has_figure, has_words
from assistant.answering.generation.evidence import Content, Evidence, Measured, read
from assistant.figures import Figure, FigureKind
from assistant.numerals import blank
from assistant.types import Language, Quote


class Failure(StrEnum):
    """Why a sentence is withdrawn."""

    EMPTY = "nothing is left of it"
    UNCITED = "no citation"
    UNKNOWN_CITATION = "a citation of nothing that was retrieved"
    QUOTATION = "a quotation that is not verbatim"
    UNSUPPORTED = "no sentence of the cited passages says all of it"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``text`` as it may be shown with the ``quotes`` it rests on, in order of its marks; or why not."""

    text: str = ""
    quotes: tuple[tuple[Evidence, Quote], ...] = ()
    failure: Failure | None = None


_Place: TypeAlias = tuple[Evidence, Quote, Measured]
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\"|‘([^‘]*?)’(?!\w)|(?<![\w'’])'([^']*)'(?!\w)")
_QUOTE_MARKS = '«»“”"„‟‘‹›❝❞'


def verify(sentence: str, evidence: Sequence[Evidence], language: Language, *, calculated: str) -> Verdict:
    """Check one sentence against numbered passages; ``calculated`` is the word that marks a derived figure."""
    numbers = drafts.citations(sentence)
    by_number = {item.number: item for item in evidence}
    if not numbers:
        return Verdict(failure=Failure.UNCITED)
    if not by_number.keys() >= set(numbers):
        return Verdict(failure=Failure.UNKNOWN_CITATION)
    cited = [by_number[number] for number in numbers]
    text = drafts.plain(sentence, frozenset().union(*(item.addresses for item in cited)))
    content = read(text, language)
    if not content.terms and not content.figures:
        return Verdict(failure=Failure.EMPTY)
    if not _quotations_are_verbatim(text, cited):
        return Verdict(failure=Failure.QUOTATION)
    if derived := calculation.find(text, [measured.figure for measured in content.figures]):
        quotes = _support_of_calculation(content, derived, cited)
        text = _marked(text, derived, calculated)
    else:
        quotes = [(item, quote) for item in cited if (quote := _support(content, item)) is not None]
    return Verdict(text, tuple(dict.fromkeys(quotes))) if quotes else Verdict(failure=Failure.UNSUPPORTED)


def _support(content: Content, item: Evidence) -> Quote | None:
    """The shortest words of a passage that say all that ``content`` does, with its heading for their subject."""
    heading = read(item.heading, item.language)
    for quote in item.windows():
        source = read(quote.text, item.language)
        if (
            agrees(content, source)
            and all(has_figure(measured, source) for measured in content.figures)
            and has_words(content, [source, heading])
        ):
            return quote
    return None


def _support_of_calculation(
    content: Content, derived: Calculation, cited: Sequence[Evidence]
) -> list[tuple[Evidence, Quote]]:
    """The sentences that hold the terms, if together they say the rest; terms that count different things do not."""
    places: list[_Place] = []
    of_result = next(m for m in content.figures if m.figure == derived.result)
    others = [m for m in content.figures if m.figure not in {derived.result, *derived.terms}]
    for term in derived.terms:
        place = None if of_result.qualifier else _place_of(term, cited, taken=places)
        if place is None:
            return []
        places.append(place)
    sources = [read(quote.text, item.language) for item, quote, _ in places]
    counted = [
        set(source.stems if source.is_row else held.counted) for source, (*_, held) in zip(sources, places, strict=True)
    ]
    headings = [read(item.heading, item.language) for item in cited]
    plain = read(blank(content.text, [(derived.start, derived.end)]).replace("\0", " "), content.language)
    is_one_thing = derived.result.kind is not FigureKind.NUMBER or bool(set.intersection(*counted))
    nuances = frozenset().union(*(source.nuances for source in sources))
    has_rest = all(any(has_figure(measured, source) for source in sources) for measured in others)
    is_held = is_one_thing and content.nuances == nuances and has_rest and has_words(plain, [*sources, *headings])
    return [(item, quote) for item, quote, _ in places] if is_held else []


def _place_of(term: Figure, cited: Sequence[Evidence], *, taken: Sequence[_Place]) -> _Place | None:
    """Where a term stands as it is, without "more than"; none is counted twice."""
    places = (
        (item, quote, held)
        for item in cited
        for quote in item.sentences
        for held in read(quote.text, item.language).figures
        if held.figure.key == term.key and not held.qualifier
    )
    return next((place for place in places if place not in taken), None)


def _quotations_are_verbatim(text: str, cited: Sequence[Evidence]) -> bool:
    """Whether what stands in quotation marks is in a cited passage character for character, but for the spaces."""
    passages = [" ".join(item.passage.page_content.split()) for item in cited]
    rest = _QUOTED.sub(" ", text)
    if any(mark in rest for mark in _QUOTE_MARKS):
        return False  # one that never ends, or one within another
    quoted = [" ".join("".join(found).split()) for found in _QUOTED.findall(text)]
    return all(any(words in passage for passage in passages) for words in quoted)


def _marked(text: str, derived: Calculation, calculated: str) -> str:
    """The text with its derived figure shown as such."""
    is_enclosed = text[: derived.start].rstrip().endswith("(")
    mark = f", {calculated}" if is_enclosed else f" ({calculated})"
    return text[: derived.end] + mark + text[derived.end :]
