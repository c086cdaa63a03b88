"""Chooses the sentences of the retrieved passages that answer a question. Nothing is written, only quoted."""

from collections.abc import Mapping, Sequence

from langchain_core.documents import Document

from assistant.answering.calibration import Calibration
from assistant.answering.features import Candidate, candidates
from assistant.answering.leaning import points_back
from assistant.answering.questions import Question, years_in
from assistant.search.concepts import Concept
from assistant.search.words import Likeness
from assistant.types import Language

_PASSAGES = 8  # passages whose sentences are weighed
_MAX_SENTENCES = 3
_FURTHER_SENTENCE = 2.0  # by how much, in score, a further sentence may fall short of the first
_LIKE = 0.5  # share of the best sentence's likeness to the things counted
_OTHER_THINGS, _THE_THINGS = 0.3, 0.9  # likeness to the things counted below and above which they are others, or those
_EQUAL = 1.0  # within this much, which of two sentences is the better answer is a matter of luck

Ranked = Sequence[tuple[Candidate, float]]
"""Candidates with their scores, best first."""


def rank(
    question: Question,
    passages: Sequence[Document],
    concepts: Mapping[Language, Sequence[Concept]],
    calibration: Calibration,
    likeness: Likeness,
) -> Ranked:
    """Score the sentences of the best passages; ``concepts`` are the question's by language of the passages."""
    found = candidates(question, passages[:_PASSAGES], concepts, likeness)
    scored = [(candidate, calibration.score(candidate.features)) for candidate in found]
    return sorted(scored, key=lambda pair: -pair[1])


def choose(question: Question, ranked: Ranked) -> list[Candidate]:
    """The one to three sentences to show: the best first, behind the one that it leans on. ``ranked`` is not empty.

    Further sentences are shown where they may as well be the answer: what is quoted can be judged by its reader.
    """
    best, best_score = _newest(ranked) if question.latest else _counting(ranked)
    chosen = [*_antecedent(best, ranked), best]
    for candidate, score in ranked:
        if len(chosen) >= _MAX_SENTENCES or score < best_score - _FURTHER_SENTENCE:
            break
        if candidate not in chosen and _may_answer_too(candidate, best):
            chosen.append(candidate)
    return chosen


def _may_answer_too(candidate: Candidate, best: Candidate) -> bool:
    """Whether a sentence has what makes the best one an answer: a value of its kind, its things, names and year."""
    own, wanted = candidate.features, best.features
    counts = own.counts_alike >= wanted.counts_alike * _LIKE
    is_about_them = own.names >= wanted.names and own.dates_differ <= wanted.dates_differ
    return own.value >= wanted.value and counts and is_about_them


def _counting(ranked: Ranked) -> tuple[Candidate, float]:
    """The best sentence, unless it counts other things than those asked for and one near it counts just these."""
    best, best_score = ranked[0]
    if best.features.counts_alike >= _OTHER_THINGS:
        return best, best_score
    near = _near(ranked, within=_FURTHER_SENTENCE)
    counting = (pair for pair in near if pair[0].features.counts_alike >= _THE_THINGS)
    return next(counting, (best, best_score))


def _newest(ranked: Ranked) -> tuple[Candidate, float]:
    """Of the sentences that may as well be the answer, that of the latest year, its own or else its document's."""
    return max(_near(ranked, within=_EQUAL), key=lambda pair: (_year(pair[0]), pair[1]))


def _near(ranked: Ranked, *, within: float) -> Ranked:
    """The best sentence, and those of about its score that lack none of the names and values that it has."""
    best, best_score = ranked[0]
    return [
        (candidate, score)
        for candidate, score in ranked
        if score >= best_score - within
        and candidate.features.names >= best.features.names
        and candidate.features.value >= best.features.value
    ]


def _year(candidate: Candidate) -> str:
    metadata = candidate.passage.metadata
    own = years_in(candidate.quote.text, metadata["language"])
    return max(own, default=str(metadata["as_of"] or metadata["published"] or "")[:4])


def _antecedent(best: Candidate, ranked: Ranked) -> list[Candidate]:
    """The sentence before one that begins with a pronoun, which says what the pronoun stands for."""
    if not points_back(best.quote.text):
        return []
    ends = [(end, start) for start, end, _ in best.passage.metadata["sentences"] if end <= best.quote.start]
    _, start = max(ends, default=(0, -1))
    same_passage = (candidate for candidate, _ in ranked if candidate.passage.id == best.passage.id)
    return [candidate for candidate in same_passage if candidate.quote.start == start]
