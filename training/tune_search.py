"""Choose how the signals of search are weighed, on the ``dev`` split of the gold set: print what each choice gives.

    python -m training.tune_search evaluation/gold.jsonl --documents evaluation/documents

Nothing is written: the weights that are in force are the defaults of ``assistant.search.fusion.FusionWeights``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from assistant.evaluation.gold import GoldQuestion, read_questions, select
from assistant.evaluation.matching import holds_evidence
from assistant.language import detect
from assistant.search import fusion
from assistant.search.fusion import FusionWeights
from assistant.search.retriever import HybridRetriever
from training import gold_library

_GRID = {
    "best_sentence": (0.0, 0.3, 0.5, 0.7, 1.0),
    "same_language": (0.0, 0.3, 0.45, 0.6, 0.8),
    "cross_language": (0.0, 0.15, 0.3, 0.45, 0.6),
    "reader": (0.0, 0.1, 0.2, 0.3, 0.5),
}
_SHOWN = 12
_ALL = 10_000  # passages: more than are ever found


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for each passage found for one question: arrays of one length, in the same order."""

    whole: NDArray[np.float64]
    best: NDArray[np.float64]
    coverage: NDArray[np.float64]
    same: NDArray[np.bool_]
    certainty: NDArray[np.float64]
    right: NDArray[np.bool_]
    crosslingual: bool

    def rank(self, weights: FusionWeights) -> float:
        """The rank of the first right passage, from 1; infinite where none was found."""
        dense = (1.0 - weights.best_sentence) * self.whole + weights.best_sentence * self.best
        lexical = np.where(self.same, weights.same_language, weights.cross_language) * self.coverage
        scores = dense + lexical + weights.reader * self.certainty
        return float((scores > scores[self.right].max()).sum() + 1) if self.right.any() else float("inf")


def signals_of(question: GoldQuestion, retriever: HybridRetriever) -> Signals:
    """Search with the whole passages alone, with the best sentences alone, and as is."""
    language = detect(question.question, default=question.lang)
    found = []
    for best_sentence, reader in ((0.0, None), (1.0, None), (retriever.weights.best_sentence, retriever.reader)):
        weights = FusionWeights(best_sentence=best_sentence)
        own = retriever.model_copy(update={"weights": weights, "reader": reader, "limit": _ALL})
        found.append({passage.id: passage for passage in own.invoke(question.question, language=language)})
    whole, best, read = ([passages[key] for key in found[0]] for passages in found)
    margins = [max((r.margin for r in p.metadata["readings"]), default=float("-inf")) for p in read]
    return Signals(
        whole=np.array([passage.metadata["similarity"] for passage in whole]),
        best=np.array([passage.metadata["similarity"] for passage in best]),
        coverage=np.array([passage.metadata["coverage"] for passage in whole]),
        same=np.array([passage.metadata["language"] is language for passage in whole]),
        certainty=np.array([fusion.certainty(margin) if np.isfinite(margin) else 0.0 for margin in margins]),
        right=np.array([holds_evidence(passage.page_content, question.evidence or "") for passage in whole]),
        crosslingual=question.crosslingual,
    )


def figures(signals: Sequence[Signals], weights: FusionWeights) -> dict[str, float]:
    """Mean reciprocal rank, and hits among the first five in each direction."""
    ranks = [own.rank(weights) for own in signals]
    return {
        "MRR": fmean(1.0 / rank for rank in ranks),
        "hit@5": fmean(rank <= 5 for rank in ranks),
        "hit@5 same": fmean(r <= 5 for r, own in zip(ranks, signals, strict=True) if not own.crosslingual),
        "hit@5 across": fmean(r <= 5 for r, own in zip(ranks, signals, strict=True) if own.crosslingual),
    }


def _choices() -> Iterable[FusionWeights]:
    return (FusionWeights(*values) for values in product(*_GRID.values()))


def main(
    questions: Annotated[Path, typer.Argument(help="The gold questions.")],
    documents: Annotated[Path, typer.Option(help="Documents beside the corpus.")],
) -> None:
    """Print the best choices of the grid by mean reciprocal rank, and the one in force."""
    asked = [q for q in select(read_questions(questions), split="dev") if q.evidence and not q.history]
    with gold_library.opened(documents) as wiring:
        signals = [signals_of(question, wiring.retriever) for question in asked]
    rows = sorted(((weights, figures(signals, weights)) for weights in _choices()), key=lambda row: -row[1]["MRR"])
    names = [*_GRID, *rows[0][1]]
    print("| " + " | ".join(names) + " |\n|" + "--:|" * len(names))
    for weights, found in [*rows[:_SHOWN], (FusionWeights(), figures(signals, FusionWeights()))]:
        values = [*(f"{getattr(weights, name):.2f}" for name in _GRID), *(f"{value:.3f}" for value in found.values())]
        print("| " + " | ".join(values) + " |")


if __name__ == "__main__":
    typer.run(main)
