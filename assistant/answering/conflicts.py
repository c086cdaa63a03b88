"""Finds where sources give different values of the figure that a question asks for.

Conservative: two figures of different years, things or measures are different facts and no conflict; nor are a figure
and the same one rounded, or "more than 600" and 650. A text that says itself that sources differ is believed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import figures
from assistant.answering.agreement import differ, says_so
from assistant.answering.drafts import Cell, Cite, stems_of, value_span
from assistant.answering.extractive import Ranked
from assistant.answering.features import Candidate
from assistant.answering.questions import Question, years_in
from assistant.answering.sought import figure_kinds
from assistant.figures import Figure, FigureKind
from assistant.terms import stems
from assistant.types import Citation, Language, Span

_MOST_OTHERS = 3  # further values: more would be a list and no comparison
_SHARED_REST = 0.5  # share of the words beside the question's own that two sentences on one fact have in common
_SAME_CONTEXT = 0.15  # by how much less of the question another sentence may speak of
_NEXT_WORD = re.compile(r"\s(?:de |d['’]|of )?([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sentences with values of one figure, the chosen one's first, and the values as cells.

    A sentence that gives several values says of each where it comes from, and gets no cell.
    """

    sentences: tuple[Candidate, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    """The values that a sentence gives of the kind sought."""

    candidate: Candidate
    figures: tuple[Figure, ...]

    @property
    def text(self) -> str:
        return self.candidate.quote.text


def find(question: Question, chosen: Sequence[Candidate], ranked: Ranked, cite: Cite) -> Conflict | None:
    """The values that sources give differently of what the best sentence answers, or None if they agree.

    ``chosen`` are the sentences to be shown: one that says itself that sources differ is enough.
    """
    kinds, best = figure_kinds(question.sought), ranked[0][0]
    if told := [differing for each in chosen if (differing := _told(each, kinds, question))]:
        return Conflict(tuple(told), ())
    given = _given(best, _inside(best, kinds))
    if given is None:
        return None
    citation = cite(best)
    if citation is None:
        return None
    others = list(_others(question, given, citation, [candidate for candidate, _ in ranked], cite))[:_MOST_OTHERS]
    if not others:
        return None
    cells = [Cell("", each.candidate, span) for each in [given, *others] if (span := _whole(each))]
    return Conflict(tuple(each.candidate for each in [given, *others]), tuple(cells))


def _given(candidate: Candidate, found: Iterable[Figure]) -> _Given | None:
    figures_found = tuple(found)
    return _Given(candidate, figures_found) if figures_found else None


def _inside(candidate: Candidate, kinds: frozenset[FigureKind]) -> Iterator[Figure]:
    """The figures in the spans of a sentence, as far as they are of the kind of the first."""
    first: Figure | None = None
    for figure in figures.find(candidate.quote.text, candidate.passage.metadata["language"]):
        inside = any(span.start <= figure.start and figure.end <= span.end for span in candidate.spans)
        if (
            inside
            and figure.kind in kinds
            and (first is None or (figure.kind, figure.unit) == (first.kind, first.unit))
        ):
            first = first or figure
            yield figure


def _told(candidate: Candidate, kinds: frozenset[FigureKind], question: Question) -> Candidate | None:
    """The sentence with all its values of one thing, where it says that they differ."""
    text, language = candidate.quote.text, candidate.passage.metadata["language"]
    if not candidate.spans or not says_so(text):
        return None
    known = {figure.key for figure in question.figures}
    alike: dict[tuple[FigureKind, str, str], list[Figure]] = {}
    counted = ""
    for figure in figures.find(text, language):
        if figure.kind in kinds and figure.key not in known:
            counted = _counted(figure, text, language) or counted  # "1,450 people in 2023 and 1,600 in 2024"
            alike.setdefault((figure.kind, figure.unit, counted), []).append(figure)
    several = [found for found in alike.values() if len({figure.key for figure in found}) > 1]
    if not several:
        return None
    return replace(candidate, spans=tuple(Span(figure.start, figure.end) for figure in several[0]))


def _others(
    question: Question, given: _Given, citation: Citation, candidates: Sequence[Candidate], cite: Cite
) -> Iterator[_Given]:
    """The sentences of other sources with another value of the same thing, each value once."""
    kinds, shown = figure_kinds(question.sought), list(given.figures)
    for candidate in candidates:
        other = None if candidate.quote == given.candidate.quote else _given(candidate, _inside(candidate, kinds))
        if other is None or not all(_apart(f, known, other, given) for f in other.figures for known in shown):
            continue
        cited = cite(candidate) if _is_same_measure(question, given, other) else None
        if cited and (_origin(cited) != _origin(citation) or says_so(other.text)):
            shown += other.figures
            yield other


def _apart(figure: Figure, known: Figure, other: _Given, given: _Given) -> bool:
    before_known = given.text[: known.start] if known in given.figures else ""
    return differ(figure, known, before_one=other.text[: figure.start], before_other=before_known)


def _is_same_measure(question: Question, one: _Given, other: _Given) -> bool:
    """Whether two sentences speak of the same thing in the same year, as far as their words tell."""
    language: Language = one.candidate.passage.metadata["language"]
    if other.candidate.passage.metadata["language"] is not language:
        return False
    names = frozenset(stems(" ".join(question.names), language))
    if says_so(other.text) and other.candidate.passage.id == one.candidate.passage.id:
        return bool(names) and names <= stems_of(other.candidate)
    if other.candidate.features.context_coverage < one.candidate.features.context_coverage - _SAME_CONTEXT:
        return False
    asked = frozenset(stems(question.text, language))
    needed = names | (asked & stems_of(one.candidate))
    counted = [_counted(given.figures[0], given.text, language) for given in (one, other)]
    if not needed or not needed <= stems_of(other.candidate) or counted[0] != counted[1]:
        return False
    return _years_agree(question, one, other) and _rest_agrees(asked, one, other, language)


def _counted(figure: Figure, text: str, language: Language) -> str:
    """The stem of what a bare number counts, the word right after it; empty where it counts nothing there."""
    word = _NEXT_WORD.match(text, figure.end) if figure.kind is FigureKind.NUMBER else None
    return "".join(stems(word[1], language)[:1]) if word else ""


def _years_agree(question: Question, one: _Given, other: _Given) -> bool:
    if figure_kinds(question.sought) == {FigureKind.DATE}:
        return True  # the dates themselves are compared
    own, its = _years_of(one.candidate), _years_of(other.candidate)
    return own == its and (not question.years or question.years <= own)


def _years_of(candidate: Candidate) -> frozenset[str]:
    """The years that a sentence names, else those of its headings."""
    metadata = candidate.passage.metadata
    own = years_in(candidate.quote.text, metadata["language"])
    return own or years_in(f"{metadata['section']} {metadata['title']}", metadata["language"])


def _rest_agrees(asked: frozenset[str], one: _Given, other: _Given, language: Language) -> bool:
    """Whether what two sentences say beside the words of the question and their figures is much the same."""
    rests = [_rest(given, language) - asked for given in (one, other)]
    least = min(map(len, rests))
    return len(rests[0] & rests[1]) >= _SHARED_REST * least


def _rest(given: _Given, language: Language) -> frozenset[str]:
    text, plain = given.text, []
    position = 0
    for figure in figures.find(text, language):
        plain.append(text[position : figure.start])
        position = figure.end
    words = stems(" ".join([*plain, text[position:]]), language)
    return frozenset(word for word in words if not word.isdigit())


def _origin(citation: Citation) -> tuple[str, ...]:
    """What tells one source from another: publisher, title and address; the document where it names none."""
    named = (citation.publisher or "", citation.source_title or "", citation.url or "")
    return named if any(named) else (citation.quote.document_id,)


def _whole(given: _Given) -> Span | None:
    """The stretch of all its values, or None where they are too far apart to stand in one cell.

    None too where a sentence says that another source gives its value: the cell would name the one it is quoted from.
    """
    span = None if says_so(given.text) else value_span(given.candidate)
    return span if span and given.figures[-1].end <= span.end else None
