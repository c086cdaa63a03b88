"""Finds in a sentence the value that a question asks for: a figure, a date, a person, a place."""

import re
from dataclasses import dataclass

from assistant import figures
from assistant.answering.questions import Question
from assistant.answering.sought import Sought, figure_kinds, is_office
from assistant.figures import FigureKind
from assistant.terms import content_words, fold, stem, stems
from assistant.types import Language, Span

_UPPER, _WORD = r"A-ZÀ-ÖØ-Þ", r"[\w'’.&-]"
_CAPITALISED = rf"[{_UPPER}]{_WORD}*\w"
# A person is two or three capitalised words in a row ("Didier Véron", "Jean de La Fontaine").
_PERSON = re.compile(rf"\b{_CAPITALISED}(?: (?:de |du |d['’]|le |la |van |von )?{_CAPITALISED}){{1,2}}")
_LINK = rf"sur|en|de|des|du|la|le|les|d['’]|of|the|{_CAPITALISED}"
_PLACE = re.compile(
    r"(?<!\w)(?:[àÀ]|[Aa]ux?|[Ee]n|[Dd]ans l['’]|près d['’]|[Pp]rès de|vers|[Ii]n|[Aa]t|[Nn]ear|outside|de|from) ?"
    rf"(?P<place>{_CAPITALISED}(?:(?:-| |, | \()(?:{_LINK})(?=[\s,.;:)-])){{0,5}})"
)
# The name of an organisation: capitalised words in a row, or letters and digits like "C-Stem"; the article is left out.
_NAME = re.compile(rf"(?<![\w-]){_CAPITALISED}(?:(?: |-| & | de | du | des | d['’]| of | for )(?:{_CAPITALISED}))*")
_MONTHS = frozenset(
    """
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    january february march april may june july august september october november december
    """.split()
)
_CONTACT = re.compile(r"\+?\(?\d[\d ().-]{7,}\d|[\w.+-]+@[\w-]+\.\w+")
_NEAR = 40  # characters between a number and the thing that it counts


_PATTERNS = {
    Sought.PERSON: _PERSON,
    Sought.PLACE: _PLACE,
    Sought.ORGANISATION: _NAME,
    Sought.WHO: _NAME,
    Sought.NAME: _NAME,
    Sought.CONTACT: _CONTACT,
}
_NAMED = frozenset({Sought.PERSON, Sought.PLACE, Sought.ORGANISATION, Sought.WHO, Sought.NAME})


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
        if question.dimension:
            found = [figure for figure in found if question.dimension.measures(figure, sentence)]
        counting = _counting(found, sentence, question, language)
        return Found(tuple(Span(figure.start, figure.end) for figure in counting or found), bool(counting))
    pattern = _PATTERNS.get(question.sought)
    if pattern is None:
        return Found()
    if question.sought is Sought.PERSON and not is_office(fold(sentence)):
        return Found()
    spans = (Span(*match.span(match.lastgroup or 0)) for match in pattern.finditer(sentence))
    if question.sought in _NAMED:
        spans = (span for span in spans if _is_new(sentence[span.start : span.end], question))
    return Found(tuple(spans))


def seeks_value(question: Question) -> bool:
    """Whether an answer without such a value would be none."""
    return bool(figure_kinds(question.sought)) or question.sought in _PATTERNS


def _is_new(name: str, question: Question) -> bool:
    """Whether a name says something that the question does not: ``Gidy`` does not answer "where in Gidy"."""
    return not set(content_words(name)) <= set(question.words) | question.names | _MONTHS


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
