"""The outcome of an evaluation as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.evaluation.metrics import Metrics, Outcome, aggregate, by_group

_DECIMALS = 4


def as_dict(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures in total and by group, and every question with what came back."""
    return {
        "total": _rounded(aggregate(outcomes)),
        "by": {
            name: {value: _rounded(metrics) for value, metrics in groups.items()}
            for name, groups in by_group(outcomes).items()
        },
        "questions": [_question(outcome) for outcome in outcomes],
    }


def _rounded(metrics: Metrics) -> dict[str, int | float | None]:
    return {
        name: round(value, _DECIMALS) if isinstance(value, float) else value for name, value in asdict(metrics).items()
    }


def _question(outcome: Outcome) -> dict[str, Any]:
    question, answer = outcome.question, outcome.answer
    return {
        **question.model_dump(mode="json", exclude={"history", "answer", "answer_aliases"}),
        "history": [turn.question for turn in question.history],
        "gold": list(question.answers),
        "answer": answer.text,
        "status": answer.status.value,
        "answer_language": answer.language.value,
        "citations": [
            {"document": citation.quote.document_id, "quote": citation.quote.text} for citation in answer.citations
        ],
        "retrieved": list(outcome.retrieved),
        "rank": outcome.rank,
        "right": outcome.right,
        "verdict": outcome.verdict.value,
        "valid_quotes": outcome.valid_quotes,
        "orphan_figures": list(outcome.orphans),
        "latency_ms": round(outcome.milliseconds, 2),
    }
