"""Finds in a sentence the value that a question asks for: a figure, a date, a person, a place."""

import re
from dataclasses import dataclass

from assistant import figures
from assistant.answering.questions import Question, Sought, figure_kinds
from assistant.figures import FigureKind
from assistant.terms import content_words, stem, stems
from assistant.types import Language, Span

_UPPER, _WORD = r"A-ZÀ-ÖØ-Þ", r"[\w'’.&-]"
_CAPITALISED = rf"[{_UPPER}]{_WORD}*\w"
# A person is two or three capitalised words in a row ("Didier Véron", "Jean de La Fontaine").
_PERSON = re.compile(rf"\b{_CAPITALISED}(?: (?:de |du |d['’]|le |la |van |von )?{_CAPITALISED}){{1,2}}")
_LINK = rf"sur|en|de|des|du|la|le|les|d['’]|of|the|{_CAPITALISED}"
_PLACE = re.compile(
    r"(?<!\w)(?:à|au|aux|en|dans l['’]|près d['’]|près de|vers|in|at|near|outside|de) ?"
    rf"(?P<place>{_CAPITALISED}(?:(?:-| |, | \()(?:{_LINK})(?=[\s,.;:)-])){{0,5}})"
)
_NEAR = 40  # characters between a number and the thing that it counts


@dataclass(frozen=True, slots=True)
class Found:
    """The spans of a sentence that hold the value sought, and whether they stand beside a word of the question."""

    spans: tuple[Span, ...] = ()
    beside_a_word: bool = False


def find(question: Question, sentence: str, language: Language) -> Found:
    """What ``sentence`` holds of the kind that the question seeks; nothing where no value is sought."""
    if kinds := figure_kinds(question.sought):
        known = {figure.key for figure in question.figures}
        found = [f for f in figures.find(sentence, language) if f.kind in kinds and f.key not in known]
        found = [figure for figure in found if _is_of_the_year_asked(figure, question)]
        counting = _counting(found, sentence, question, language)
        return Found(tuple(Span(figure.start, figure.end) for figure in counting or found), bool(counting))
    if question.sought is Sought.PERSON:
        return Found(tuple(Span(*match.span()) for match in _PERSON.finditer(sentence) if _is_new(match[0], question)))
    if question.sought is Sought.PLACE:
        spans = (Span(*match.span("place")) for match in _PLACE.finditer(sentence))
        return Found(tuple(span for span in spans if _is_new(sentence[span.start : span.end], question)))
    return Found()


def seeks_value(question: Question) -> bool:
    """Whether an answer without such a value would be none."""
    return bool(figure_kinds(question.sought)) or question.sought in {Sought.PERSON, Sought.PLACE}


def _is_new(name: str, question: Question) -> bool:
    """Whether a name says something that the question does not: ``Gidy`` does not answer "where in Gidy"."""
    return not set(content_words(name)) <= set(question.words) | question.names


def _is_of_the_year_asked(figure: figures.Figure, question: Question) -> bool:
    """Whether a date may answer a question that names a year: 2021 does not answer "when in 2026"."""
    if figure.kind is not FigureKind.DATE or not question.years:
        return True
    return any(year in figure.value for year in question.years)


def _counting(
    found: list[figures.Figure], sentence: str, question: Question, language: Language
) -> list[figures.Figure]:
    """The figures that stand before a word of the question: ``60 emplois`` where jobs are asked for."""
    sought = {stem(word, language) for word in question.words if not word.isdigit()}
    ends = [*(figure.start for figure in found[1:]), len(sentence)]  # what a figure counts comes before the next one
    return [
        figure
        for figure, end in zip(found, ends, strict=False)  # without a figure there is no end to reach
        if sought & set(stems(sentence[figure.end : min(end, figure.end + _NEAR)], language))
    ]
