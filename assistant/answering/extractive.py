"""Chooses the sentences of the retrieved passages that answer a question. Nothing is written, only quoted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from assistant import figures
from assistant.answering import values
from assistant.answering.questions import Question, Sought
from assistant.search.concepts import Concept, coverage
from assistant.terms import stems
from assistant.types import Language, Quote, Span

_PASSAGES = 8  # passages whose sentences are weighed
_MAX_SENTENCES = 3

# What each signal adds to a sentence's score, beside its passage's score; chosen on the gold set's dev split.
_SIMILARITY, _COVERAGE, _VALUE, _FIGURES = 1.0, 0.5, 0.25, 0.25
# A further sentence must be about as good as the first.
_FURTHER_SENTENCE = 0.9

_OPEN_ENDED = frozenset({Sought.LIST, Sought.DEFINITION, Sought.REASON, Sought.MANNER, Sought.ANYTHING})
_LEANING = re.compile(
    r"(?:il|elle|ils|elles|ce|cela|celui-ci|celle-ci|ceux-ci|cette|ces|cet|son|sa|ses|leurs?|it|its|he|she|they|their|this|these|those|that)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage with what speaks for it. ``values`` are spans within the sentence."""

    passage: Document
    quote: Quote
    score: float
    similarity: float
    coverage: float
    values: tuple[Span, ...]


def rank(
    question: Question, passages: Sequence[Document], concepts: Mapping[Language, Sequence[Concept]]
) -> list[Candidate]:
    """The sentences of the best passages, best first; ``concepts`` are the question's by language of the passages."""
    candidates = [
        candidate
        for passage in passages[:_PASSAGES]
        for candidate in _candidates(question, passage, concepts[passage.metadata["language"]])
    ]
    return sorted(candidates, key=lambda candidate: -candidate.score)


def choose(question: Question, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The one to three sentences to show, in reading order within a document."""
    if not ranked:
        return []
    best = ranked[0]
    chosen = [*_antecedent(best, ranked), best]
    if question.sought in _OPEN_ENDED:
        for candidate in ranked[1:]:
            if len(chosen) == _MAX_SENTENCES or candidate.score < _FURTHER_SENTENCE * best.score:
                break
            if candidate.quote.document_id == best.quote.document_id and candidate not in chosen:
                chosen.append(candidate)
    return sorted(chosen, key=lambda candidate: candidate.quote.start)


def _candidates(question: Question, passage: Document, concepts: Sequence[Concept]) -> Iterator[Candidate]:
    metadata = passage.metadata
    language: Language = metadata["language"]
    crumb = f"{metadata['title']} {metadata['section']}"
    context = frozenset(stems(crumb, language))
    crumb_figures = {figure.key for figure in figures.find(crumb, language)}
    for start, end, similarity in metadata["sentences"]:
        text = passage.page_content[start - metadata["start"] : end - metadata["start"]]
        own = frozenset(stems(text, language))
        # What the title says need not be said again by the sentence, but a sentence that says it is better.
        held = 0.6 * coverage(concepts, own) + 0.4 * coverage(concepts, own | context)
        found = values.find(question, text, language)
        score = metadata["score"] + _SIMILARITY * similarity + _COVERAGE * held
        score += _VALUE * bool(found) + _FIGURES * _agreement(question, text, language, crumb_figures)
        quote = Quote(metadata["document_id"], start, end, text)
        yield Candidate(passage, quote, score, similarity, held, found)


def _agreement(
    question: Question, text: str, language: Language, crumb: set[tuple[figures.FigureKind, str, str]]
) -> float:
    """From -1 to 1: whether the question's years and numbers are those of the sentence or of its headings."""
    asked = {figure.value[:4] for figure in question.figures if figure.kind is figures.FigureKind.DATE}
    if not asked:
        return 0.0
    own = {figure.value[:4] for figure in figures.find(text, language) if figure.kind is figures.FigureKind.DATE}
    around = {value[:4] for kind, value, _ in crumb if kind is figures.FigureKind.DATE}
    if asked <= own:
        return 1.0
    if asked <= own | around:
        return 0.6
    return -1.0 if own or around else 0.0


def _antecedent(best: Candidate, ranked: Sequence[Candidate]) -> list[Candidate]:
    """The sentence before one that begins with a pronoun, which says what the pronoun stands for."""
    if not _LEANING.match(best.quote.text):
        return []
    before = [
        candidate
        for candidate in ranked
        if candidate.passage.id == best.passage.id and candidate.quote.end <= best.quote.start
    ]
    return [max(before, key=lambda candidate: candidate.quote.end)] if before else []
