"""Fits the two small models of the answering on the ``dev`` split of the gold set, and writes ``calibration.json``.

    python -m training.calibrate evaluation/gold.jsonl --documents evaluation/documents

The choice of a sentence is a conditional logit over the sentences of the retrieved passages; the confidence is a
logistic regression on the features of the sentence chosen. The threshold is read from the curve, each point of which
is measured on questions that the fit behind it has not seen (cross-validation).
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from assistant.answering.assistant import Assistant
from assistant.answering.calibration import Calibration, CurvePoint
from assistant.answering.features import Features
from assistant.answering.questions import analyse
from assistant.evaluation.cache import kept
from assistant.evaluation.gold import GoldQuestion, read_questions, select
from assistant.evaluation.matching import holds_answer
from assistant.evaluation.run import temporary_library
from assistant.language import detect
from assistant.settings import load_settings
from assistant.wiring import Wiring

NAMES = tuple(field.name for field in fields(Features))
# What depends on the question alone cannot choose among its sentences, and the other way round.
CONFIDENCE_NAMES = ("passage_score", "similarity", "sentence_coverage", "context_coverage", "passage_coverage",
                    "topic_coverage", "topic_in_passage", "value", "counted", "dates_differ", "names", "certainty",
                    "lead_certainty")  # fmt: skip
_SELECTION_PENALTY, _CONFIDENCE_PENALTY = 0.5, 0.3  # L2; the data are few
_FOLDS = 8
_MAX_REFUSED_ANSWERABLE = 0.08  # a refused answer is a loss too: the threshold refuses no more of them than this
_SIMILARITY_QUANTILE = 0.01  # of the right answers may be lost to the floor under their similarity
NEUTRAL = Calibration(selection={}, confidence={}, confidence_bias=0.0, threshold=0.5)
"""Weights that say nothing, to collect features with: which sentences are candidates does not depend on them."""
_OUTPUT = Path("assistant/answering/calibration.json")


@dataclass(frozen=True, slots=True)
class Example:
    """One question: features of its candidate sentences, shape ``(sentences, features)``, and which are right."""

    matrix: np.ndarray
    right: np.ndarray
    answerable: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=_OUTPUT)
    arguments = parser.parse_args()
    questions = [q for q in select(read_questions(arguments.questions), split="dev") if not q.history]
    settings = load_settings()
    embeddings = kept(Wiring(settings).embeddings, settings.data_dir)
    with temporary_library(
        settings,
        folders=[settings.corpus_dir, arguments.documents],
        progress=lambda *_: None,
        embeddings=embeddings,
    ) as wiring:
        fitted = fit(examples_of(questions, wiring.assistant))
    arguments.out.write_text(fitted.model_dump_json(indent=1) + "\n", encoding="utf-8")
    print(fitted.model_dump_json(indent=1, exclude={"curve"}))
    for point in fitted.curve:
        print(f"{point.threshold:.2f}  {point.refused_unanswerable:.3f}  {point.refused_answerable:.3f}")


def examples_of(questions: Sequence[GoldQuestion], assistant: Assistant) -> list[Example]:
    """The questions for which something is found, with the features of the sentences that may answer them."""
    return [example for question in questions if (example := _example(question, assistant)) is not None]


def fit(examples: Sequence[Example]) -> Calibration:
    """Fit both models on all examples, and the curve on each fold with models of the others."""
    selection = _fit_selection(examples)
    weights, bias = _fit_confidence(examples, selection)
    curve = _curve(examples)
    allowed = [point.threshold for point in curve if point.refused_answerable <= _MAX_REFUSED_ANSWERABLE]
    return Calibration(
        selection=dict(zip(NAMES, np.round(selection, 3).tolist(), strict=True)),
        confidence=dict(zip(CONFIDENCE_NAMES, np.round(weights, 3).tolist(), strict=True)),
        confidence_bias=round(bias, 3),
        threshold=max(allowed, default=0.5),
        least_similarity=_least_similarity(examples, selection),
        curve=tuple(curve),
    )


def _example(question: GoldQuestion, assistant: Assistant) -> Example | None:
    understood = analyse(question.question, detect(question.question, default=question.lang))
    _, ranked = assistant.weigh(understood)
    if not ranked:
        return None
    right = [
        holds_answer([(candidate.quote.text, candidate.passage.metadata["language"])], question.answers)
        for candidate, _ in ranked
    ]
    matrix = np.array([candidate.features.values() for candidate, _ in ranked])
    return Example(matrix, np.array(right), question.answer is not None)


def _fit_selection(examples: Sequence[Example]) -> np.ndarray:
    useful = [example for example in examples if example.right.any() and not example.right.all()]

    def loss(weights: np.ndarray) -> float:
        total = _SELECTION_PENALTY * float(weights @ weights)
        for example in useful:
            scores = example.matrix @ weights
            total -= float(np.logaddexp.reduce(scores[example.right]) - np.logaddexp.reduce(scores))
        return total

    return np.asarray(minimize(loss, np.zeros(len(NAMES)), method="L-BFGS-B").x)


def _fit_confidence(examples: Sequence[Example], selection: np.ndarray) -> tuple[np.ndarray, float]:
    chosen = [(_best(example, selection), example) for example in examples]
    # A wrong sentence for a question that has an answer teaches nothing about questions that have none.
    kept = [(best, example) for best, example in chosen if not example.answerable or example.right[best]]
    inputs = np.array([_confidence_inputs(example, best) for best, example in kept])
    labels = np.array([1.0 if example.answerable else -1.0 for _, example in kept])
    balance = np.where(labels > 0, 0.5 / np.mean(labels > 0), 0.5 / np.mean(labels < 0))

    def loss(parameters: np.ndarray) -> float:
        margins = labels * (inputs @ parameters[:-1] + parameters[-1])
        penalty = _CONFIDENCE_PENALTY * float(parameters[:-1] @ parameters[:-1])
        return penalty + float(balance @ np.logaddexp(0.0, -margins))

    found = minimize(loss, np.zeros(inputs.shape[1] + 1), method="L-BFGS-B").x
    return np.asarray(found[:-1]), float(found[-1])


def _curve(examples: Sequence[Example]) -> list[CurvePoint]:
    confidences = np.zeros(len(examples))
    folds = np.arange(len(examples)) % _FOLDS
    for fold in range(_FOLDS):
        others = [example for example, own in zip(examples, folds, strict=True) if own != fold]
        selection = _fit_selection(others)
        weights, bias = _fit_confidence(others, selection)
        for place in map(int, np.flatnonzero(folds == fold)):
            example = examples[place]
            total = _confidence_inputs(example, _best(example, selection)) @ weights + bias
            confidences[place] = 1.0 / (1.0 + np.exp(-total))
    answerable = np.array([example.answerable for example in examples])
    return [
        CurvePoint(
            threshold=round(float(threshold), 2),
            refused_unanswerable=round(float(np.mean(confidences[~answerable] < threshold)), 3),
            refused_answerable=round(float(np.mean(confidences[answerable] < threshold)), 3),
        )
        for threshold in np.arange(0.05, 1.0, 0.05)
    ]


def _least_similarity(examples: Sequence[Example], selection: np.ndarray) -> float:
    chosen = [(example, _best(example, selection)) for example in examples]
    similarities = [example.matrix[best][NAMES.index("similarity")] for example, best in chosen if example.right[best]]
    return round(float(np.quantile(similarities, _SIMILARITY_QUANTILE)), 2)


def _best(example: Example, selection: np.ndarray) -> int:
    return int(np.argmax(example.matrix @ selection))


def _confidence_inputs(example: Example, place: int) -> np.ndarray:
    return np.asarray(example.matrix[place][[NAMES.index(name) for name in CONFIDENCE_NAMES]])


if __name__ == "__main__":
    main()
