"""Restates the figures of a quotation in the other language, for readers who cannot read them there."""

import re
from collections.abc import Sequence

from assistant import figures, printing
from assistant.figures import Figure
from assistant.hedges import Hedge
from assistant.types import Language, Restatement, Span

_AT_MOST = 3  # beside one sentence: more would be a translation in disguise
_SPACES = re.compile(r"\s")
_GROUPING = re.compile(r"(?<=\d),(?=\d{3})")
_LINK = re.compile(r"\s?(?:[-–—]|à|to|et|and)\s?")


def restate(
    sentence: str, emphasis: Sequence[Span], *, written_in: Language, asked_in: Language
) -> tuple[Restatement, ...]:
    """The figures of a sentence that ``asked_in`` writes otherwise, in the order of the sentence, each value once.

    Those that the sentence is emphasised for come first where there are too many. Every restatement is read again:
    one that is not the same figure, of the same precision or less, is left out.
    """
    if written_in is asked_in:
        return ()
    restated: dict[tuple[object, ...], Restatement] = {}
    for group in _groups(sentence, written_in):
        restatement = _restated(group, asked_in)
        if restatement and _differs(sentence, restatement):
            restated.setdefault(tuple(figure.key for figure in group), restatement)
    by_interest = sorted(restated.values(), key=lambda made: not _is_emphasised(made.span, emphasis))
    return tuple(sorted(by_interest[:_AT_MOST], key=lambda made: made.span.start))


def _groups(sentence: str, language: Language) -> list[tuple[Figure, ...]]:
    """The figures of a sentence, those together that share a unit, as in ``250 à 280 M€``."""
    groups: list[tuple[Figure, ...]] = []
    for figure in figures.find(sentence, language):
        before = groups[-1] if groups else ()
        if len(before) == 1 and _share_a_unit(before[0], figure, sentence, language):
            groups[-1] = (before[0], figure)
        else:
            groups.append((figure,))
    return groups


def _share_a_unit(left: Figure, right: Figure, sentence: str, language: Language) -> bool:
    """Whether one of two figures would not mean the same without the other."""
    if (left.kind, left.unit) != (right.kind, right.unit) or not _LINK.fullmatch(sentence, left.end, right.start):
        return False
    return any([found.key for found in figures.find(end.text, language)] != [end.key] for end in (left, right))


def _restated(group: tuple[Figure, ...], language: Language) -> Restatement | None:
    first, last = group[0], group[-1]
    text = printing.written_range(first, last, language) if len(group) > 1 else printing.written(first, language)
    again = figures.find(text, language)
    if [figure.key for figure in again] != [figure.key for figure in group]:
        return None
    is_as_exact = all(new.precision >= old.precision for new, old in zip(again, group, strict=True))
    if not is_as_exact or again[0].hedge not in {first.hedge, first.hedge or Hedge.ABOUT}:
        return None
    return Restatement(Span(first.start, last.end), text)


def _differs(sentence: str, restatement: Restatement) -> bool:
    """Whether the reader needs it: ``2025``, ``3000``, ``34 %`` and ``63 hectares`` read alike in both languages."""
    quoted, restated = sentence[restatement.span.start : restatement.span.end], _plain(restatement.text)
    return _plain(quoted) != (_GROUPING.sub("", restated) if quoted.isdecimal() else restated)


def _plain(text: str) -> str:
    return _SPACES.sub("", text).replace("−", "-").lower()


def _is_emphasised(span: Span, emphasis: Sequence[Span]) -> bool:
    return any(marked.start < span.end and span.start < marked.end for marked in emphasis)
