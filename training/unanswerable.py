"""Makes questions without an answer of questions that have one: the reader must learn to tell them apart."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from training.questions import Example

_SHORTEST = 150  # characters that must be left of a paragraph
_NEAREST, _FURTHEST = 1, 6  # years by which a year is moved
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w-]+"
_NAME = re.compile(rf"(?<=[\w,] )(?<![.?!] ){_CAPITALISED}(?: {_CAPITALISED})*")  # not the first word of a sentence
_YEAR = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b")


def in_another_paragraph(examples: Sequence[Example], chooser: random.Random, *, most: int) -> list[Example]:
    """Questions put to another paragraph of the same article, which does not hold the words of the answer."""
    by_title: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        if example.context not in by_title[example.title]:
            by_title[example.title].append(example.context)

    def made() -> Iterator[Example]:
        for example in _answered(examples, chooser):
            answer = _answer(example)
            others = [c for c in by_title[example.title] if c != example.context and answer not in c.casefold()]
            if others:
                yield replace(example, context=chooser.choice(others), answer=None, answerable=False)

    return _first(made(), most)


def without_its_sentence(examples: Sequence[Example], chooser: random.Random, *, most: int) -> list[Example]:
    """Questions put to their own paragraph, from which the sentence that answers was cut out: all of it is on topic."""
    return _first((cut for example in _answered(examples, chooser) if (cut := cut_out(example))), most)


def cut_out(example: Example) -> Example | None:
    """The example without the sentence that answers; None where little is left or what is left may answer too."""
    spans, held = example.sentences()
    left = " ".join(example.context[span.start : span.end] for place, span in enumerate(spans) if place not in held)
    if len(left) < _SHORTEST or _answer(example) in left.casefold():
        return None
    return replace(example, context=left, answer=None, answerable=False)


def about_another(examples: Sequence[Example], chooser: random.Random, *, most: int) -> list[Example]:
    """Questions with a year or a name changed for one that their paragraph does not speak of so.

    A year becomes one that the paragraph does not hold; a name becomes another name that it does hold.
    """

    def made() -> Iterator[Example]:
        for example in _answered(examples, chooser):
            changed = _with_another_year(example, chooser) or _with_another_name(example, chooser)
            if changed:
                yield replace(example, question=changed, answer=None, answerable=False)

    return _first(made(), most)


def _with_another_year(example: Example, chooser: random.Random) -> str | None:
    years = [match for match in _YEAR.finditer(example.question) if match[0] in example.context]
    if not years:
        return None
    year = chooser.choice(years)
    moved = str(int(year[0]) + chooser.choice((-1, 1)) * chooser.randint(_NEAREST, _FURTHEST))
    return None if moved in example.context else _replaced(example.question, year, moved)


def _with_another_name(example: Example, chooser: random.Random) -> str | None:
    names = [match for match in _NAME.finditer(example.question) if match[0] in example.context]
    answer = _answer(example)
    others = sorted(
        {
            match[0]
            for match in _NAME.finditer(example.context)
            if match[0].casefold() not in answer and match[0] not in example.question
        }
    )
    if not names or not others:
        return None
    return _replaced(example.question, chooser.choice(names), chooser.choice(others))


def _replaced(text: str, match: re.Match[str], by: str) -> str:
    return text[: match.start()] + by + text[match.end() :]


def _answered(examples: Sequence[Example], chooser: random.Random) -> Iterator[Example]:
    """Those that have an answer, in random order."""
    answered = [example for example in examples if example.answer]
    yield from chooser.sample(answered, len(answered))


def _first(made: Iterator[Example], most: int) -> list[Example]:
    return [example for _, example in zip(range(most), made, strict=False)]


def _answer(example: Example) -> str:
    """The words of the answer, to be looked for whatever their case."""
    return example.context[slice(*example.answer)].casefold() if example.answer else ""
