"""The measurements of an evaluation: pure arithmetic over what was asked and what came back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

import numpy as np

from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.matching import holds_evidence
from assistant.types import Answer, AnswerStatus


class Verdict(StrEnum):
    """How a question went, worst first."""

    ANSWERED_UNANSWERABLE = "answered though unanswerable"
    NOT_RETRIEVED = "not retrieved"
    OTHER_SENTENCE = "retrieved but other sentence chosen"
    REFUSED = "refused though answerable"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, its answer, and what is measured on it.

    ``retrieved`` are the documents of the passages retrieved, best first. ``rank`` counts from 1 and is None where no
    passage retrieved holds the evidence. ``orphans`` are the figures that no cited passage holds, as written.
    """

    question: GoldQuestion
    answer: Answer
    retrieved: tuple[str, ...]
    rank: int | None
    holds_answer: bool
    valid_quotes: int
    orphans: tuple[str, ...]
    milliseconds: float

    @property
    def answerable(self) -> bool:
        return self.question.answer is not None

    @property
    def refused(self) -> bool:
        """Whether nothing was claimed: a reply to a greeting is no answer either."""
        return self.answer.status in (AnswerStatus.NOT_FOUND, AnswerStatus.REPLY)

    @property
    def right(self) -> bool:
        return self.holds_answer and not self.refused if self.answerable else self.refused

    @property
    def keeps_promises(self) -> bool:
        """Whether every quotation is verbatim and every figure has a source."""
        return self.valid_quotes == len(self.answer.citations) and not self.orphans

    @property
    def verdict(self) -> Verdict:
        if self.right:
            return Verdict.RIGHT
        if not self.answerable:
            return Verdict.ANSWERED_UNANSWERABLE
        if self.question.evidence is not None and self.rank is None:
            return Verdict.NOT_RETRIEVED
        return Verdict.REFUSED if self.refused else Verdict.OTHER_SENTENCE


@dataclass(frozen=True, slots=True)
class Metrics:
    """The figures of a group of questions; rates are between 0 and 1, and None where nothing was to be measured."""

    count: int
    hit_at_1: float | None
    hit_at_5: float | None
    mrr: float | None
    answer_accuracy: float | None
    quote_validity: float | None
    orphan_figures: int
    abstention_precision: float | None
    abstention_recall: float | None
    language_right: float | None
    latency_p50_ms: float | None
    latency_p95_ms: float | None


def hit_rank(evidence: str, passages: Iterable[str]) -> int | None:
    """The place, from 1, of the first passage that holds the evidence."""
    return next((rank for rank, passage in enumerate(passages, 1) if holds_evidence(passage, evidence)), None)


def aggregate(outcomes: Sequence[Outcome]) -> Metrics:
    """The figures of some questions together."""
    searched = [outcome.rank for outcome in outcomes if outcome.question.evidence is not None]
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.answerable]
    refused = [outcome for outcome in outcomes if outcome.refused]
    cited = sum(len(outcome.answer.citations) for outcome in outcomes)
    times = [outcome.milliseconds for outcome in outcomes]
    return Metrics(
        count=len(outcomes),
        hit_at_1=_mean(rank == 1 for rank in searched),
        hit_at_5=_mean(rank is not None and rank <= 5 for rank in searched),
        mrr=_mean(1.0 / rank if rank else 0.0 for rank in searched),
        answer_accuracy=_mean(outcome.right for outcome in answerable),
        quote_validity=sum(outcome.valid_quotes for outcome in outcomes) / cited if cited else None,
        orphan_figures=sum(len(outcome.orphans) for outcome in outcomes),
        abstention_precision=_mean(not outcome.answerable for outcome in refused),
        abstention_recall=_mean(outcome.refused for outcome in unanswerable),
        language_right=_mean(outcome.answer.language is outcome.question.lang for outcome in outcomes),
        latency_p50_ms=float(np.percentile(times, 50)) if times else None,
        latency_p95_ms=float(np.percentile(times, 95)) if times else None,
    )


def by_group(outcomes: Sequence[Outcome]) -> Mapping[str, Mapping[str, Metrics]]:
    """The figures by language, by whether the answer is only in the other language, and by type of question."""
    keys = {
        "lang": [outcome.question.lang.value for outcome in outcomes],
        "crosslingual": [str(outcome.question.crosslingual).lower() for outcome in outcomes],
        "type": [outcome.question.type for outcome in outcomes],
    }
    return {
        name: {
            value: aggregate([outcome for outcome, key in zip(outcomes, of_each, strict=True) if key == value])
            for value in sorted(set(of_each))
        }
        for name, of_each in keys.items()
    }


def worst_first(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """What breaks a promise first, then by verdict; otherwise in the order given."""
    order = list(Verdict)
    return sorted(outcomes, key=lambda outcome: (outcome.keeps_promises, order.index(outcome.verdict)))


def _mean(values: Iterable[float]) -> float | None:
    listed = [float(value) for value in values]
    return fmean(listed) if listed else None
