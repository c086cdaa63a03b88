"""Fits the two small models of the answering on the ``dev`` split of the gold set, and writes ``calibration.json``.

    python -m training.calibrate evaluation/gold.jsonl --documents evaluation/documents

The choice of a sentence is a conditional logit over the sentences of the retrieved passages; the confidence is a
logistic regression on the features of the sentence chosen. Both also learn from the invented pages that are kept for
calibration, asked as a library of their own. The threshold is read from the curve over the gold questions alone,
each point of which is measured on questions that the fit behind it has not seen (cross-validation).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from langchain_core.documents import Document
from scipy.optimize import minimize

from assistant.answering.assistant import Assistant
from assistant.answering.calibration import Calibration, CurvePoint
from assistant.answering.extractive import Ranked
from assistant.answering.features import Features
from assistant.answering.questions import analyse
from assistant.evaluation.gold import GoldQuestion, read_questions, select
from assistant.evaluation.matching import holds_answer
from assistant.language import detect
from training import gold_library

NAMES = tuple(field.name for field in fields(Features))
# What depends on the question alone cannot choose among its sentences, and the other way round.
CONFIDENCE_NAMES = tuple(name for name in NAMES if name not in {"dates_agree", "lead", "row", "length"})
_SELECTION_PENALTY, _CONFIDENCE_PENALTY = 0.5, 1.0  # L2, the latter on features of equal spread; the data are few
_WITHOUT_EVIDENCE = 0.5  # weight of a question whose answer was taken out of the passages, beside one that has none
_INVENTED = 0.5  # weight of a question on an invented page, beside a gold one: they are many, and not of the field
_FOLDS = 8
_MAX_REFUSED_ANSWERABLE = 0.05  # a refused answer is a loss too: the threshold refuses no more of them than this
_SIMILARITY_QUANTILE = 0.01  # of the right answers may be lost to the floor under their similarity
NEUTRAL = Calibration(selection={}, confidence={}, confidence_bias=0.0, threshold=0.5)
"""Weights that say nothing, to collect features with: which sentences are candidates does not depend on them."""
_PAGES = Path("training/pages")
_MOST_INVENTED = 1000  # questions on the invented pages: four minutes
_SEED = 5
_OUTPUT = Path("assistant/answering/calibration.json")


@dataclass(frozen=True, slots=True)
class Example:
    """One question: features of its candidate sentences, shape ``(sentences, features)``, and which are right.

    ``without`` are those that are left, with their features, when every passage that holds an answer is taken out.
    """

    matrix: np.ndarray
    right: np.ndarray
    answerable: bool
    without: np.ndarray
    weight: float = 1.0


def main(
    questions: Annotated[Path, typer.Argument(help="The gold set, as JSON lines.")],
    documents: Annotated[Path, typer.Option(help="Folder of the documents that it asks about beside the corpus.")],
    pages: Annotated[Path, typer.Option(help="Folder of invented pages to learn from as well.")] = _PAGES,
    out: Annotated[Path, typer.Option(help="File to write.")] = _OUTPUT,
) -> None:
    """Fit on two CPU cores in ten minutes, nearly all of them to ask the questions."""
    of_dev = [question for question in select(read_questions(questions), split="dev") if not question.history]
    with gold_library.opened(documents) as wiring:
        gold = examples_of(of_dev, wiring.assistant)
    with gold_library.of_invented_pages(pages) as (wiring, asked):
        chosen = random.Random(_SEED).sample(asked, min(_MOST_INVENTED, len(asked)))  # noqa: S311 - not a secret
        invented = [replace(example, weight=_INVENTED) for example in examples_of(chosen, wiring.assistant)]
    fitted = fit(gold, invented)
    out.write_text(fitted.model_dump_json(indent=1) + "\n", encoding="utf-8")
    typer.echo(fitted.model_dump_json(indent=1, exclude={"curve"}))
    for point in fitted.curve:
        typer.echo(f"{point.threshold:.2f}  {point.refused_unanswerable:.3f}  {point.refused_answerable:.3f}")


def examples_of(questions: Sequence[GoldQuestion], assistant: Assistant) -> list[Example]:
    """The questions for which something is found, with the features of the sentences that may answer them."""
    return [example for question in questions if (example := _example(question, assistant)) is not None]


def fit(examples: Sequence[Example], also: Sequence[Example] = ()) -> Calibration:
    """Fit both models on all examples, and the curve on each fold of the first with models of all others."""
    selection = _fit_selection([*examples, *also])
    weights, bias = _fit_confidence([*examples, *also], selection)
    curve = _curve(examples, also)
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
    passages, ranked = assistant.weigh(understood)
    if not ranked:
        return None
    right = [_holds(question, candidate.quote.text, candidate.passage) for candidate, _ in ranked]
    left = [passage for passage in passages if question.answers and not _holds(question, passage.page_content, passage)]
    return Example(
        _matrix(ranked), np.array(right), question.answer is not None, _matrix(assistant.rank(understood, left))
    )


def _holds(question: GoldQuestion, text: str, passage: Document) -> bool:
    return holds_answer([(text, passage.metadata["language"])], question.answers)


def _matrix(ranked: Ranked) -> np.ndarray:
    return np.array([candidate.features.values() for candidate, _ in ranked]).reshape(len(ranked), len(NAMES))


def _fit_selection(examples: Sequence[Example]) -> np.ndarray:
    useful = [example for example in examples if example.right.any() and not example.right.all()]

    def loss(weights: np.ndarray) -> float:
        total = _SELECTION_PENALTY * float(weights @ weights)
        for example in useful:
            scores = example.matrix @ weights
            total -= example.weight * float(np.logaddexp.reduce(scores[example.right]) - np.logaddexp.reduce(scores))
        return total

    return np.asarray(minimize(loss, np.zeros(len(NAMES)), method="L-BFGS-B").x)


def _fit_confidence(examples: Sequence[Example], selection: np.ndarray) -> tuple[np.ndarray, float]:
    inputs, labels, weights = [], [], []
    for example in examples:
        best = _best(example.matrix, selection)
        # A wrong sentence for a question that has an answer teaches nothing about questions that have none ...
        if not example.answerable or example.right[best]:
            inputs.append(_confidence_inputs(example.matrix[best]))
            labels.append(1.0 if example.answerable else -1.0)
            weights.append(example.weight)
        # ... but the best of what is left without its answer is just what such a question finds.
        if len(example.without):
            inputs.append(_confidence_inputs(example.without[_best(example.without, selection)]))
            labels.append(-1.0)
            weights.append(example.weight * _WITHOUT_EVIDENCE)
    return _logistic(np.array(inputs), np.array(labels), np.array(weights))


def _logistic(inputs: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression with both classes balanced; penalised where features spread alike."""
    centre, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    scaled = (inputs - centre) / spread
    balance = weights * np.where(labels > 0, 1.0 / weights[labels > 0].sum(), 1.0 / weights[labels < 0].sum())
    balance *= len(labels) / 2.0

    def loss(parameters: np.ndarray) -> float:
        margins = labels * (scaled @ parameters[:-1] + parameters[-1])
        penalty = 0.5 * _CONFIDENCE_PENALTY * float(parameters[:-1] @ parameters[:-1])
        return penalty + float(balance @ np.logaddexp(0.0, -margins))

    found = minimize(loss, np.zeros(inputs.shape[1] + 1), method="L-BFGS-B").x
    return np.asarray(found[:-1] / spread), float(found[-1] - found[:-1] @ (centre / spread))


def _curve(examples: Sequence[Example], also: Sequence[Example]) -> list[CurvePoint]:
    confidences = np.zeros(len(examples))
    folds = np.arange(len(examples)) % _FOLDS
    for fold in range(_FOLDS):
        others = [example for example, own in zip(examples, folds, strict=True) if own != fold] + [*also]
        selection = _fit_selection(others)
        weights, bias = _fit_confidence(others, selection)
        for place in map(int, np.flatnonzero(folds == fold)):
            example = examples[place]
            best = example.matrix[_best(example.matrix, selection)]
            total = _confidence_inputs(best) @ weights + bias
            confidences[place] = 1.0 / (1.0 + np.exp(-total))
    answerable = np.array([example.answerable for example in examples])
    return [
        CurvePoint(
            threshold=round(float(threshold), 2),
            refused_unanswerable=round(float(np.mean(confidences[~answerable] < threshold)), 3),
            refused_answerable=round(float(np.mean(confidences[answerable] < threshold)), 3),
        )
        for threshold in np.arange(0.02, 1.0, 0.02)
    ]


def _least_similarity(examples: Sequence[Example], selection: np.ndarray) -> float:
    chosen = [(example, _best(example.matrix, selection)) for example in examples]
    similarities = [example.matrix[best][NAMES.index("similarity")] for example, best in chosen if example.right[best]]
    return round(float(np.quantile(similarities, _SIMILARITY_QUANTILE)), 2)


def _best(matrix: np.ndarray, selection: np.ndarray) -> int:
    return int(np.argmax(matrix @ selection))


def _confidence_inputs(features: np.ndarray) -> np.ndarray:
    return np.asarray(features[[NAMES.index(name) for name in CONFIDENCE_NAMES]])


if __name__ == "__main__":
    typer.run(main)
