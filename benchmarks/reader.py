"""What the reader brings and what it costs: the assistant with and without it, each calibrated on ``dev`` alike.

    python -m benchmarks.reader

Both see the same library; the figures are those of the ``test`` split, the times of the same questions in process.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.answering.assistant import Assistant
from assistant.evaluation.gold import read_questions, select
from assistant.evaluation.metrics import Metrics, Outcome, aggregate
from assistant.evaluation.run import ask_all
from assistant.search.reader import Readable, Reader, Reading
from training import calibrate, gold_library

_COLUMNS = ("questions", "reader", "n", "hit@1", "hit@5", "right answers", "refusal R", "wrongly refused", "median ms")


class NoReader:
    """Reads nothing, as if there were no reader."""

    def read(self, question: str, texts: Sequence[Readable]) -> list[tuple[Reading, ...]]:
        del question
        return [() for _ in texts]


def main(
    questions: Annotated[Path, typer.Option(help="The gold questions.")] = Path("evaluation/gold.jsonl"),
    documents: Annotated[Path, typer.Option(help="Documents beside the corpus.")] = Path("evaluation/documents"),
) -> None:
    """Print one table: a row for each group of questions, without and with the reader."""
    asked = read_questions(questions)
    dev, test = select(asked, split="dev"), select(asked, split="test")
    found: dict[str, list[Outcome]] = {}
    with gold_library.opened(documents) as wiring:
        readers: dict[str, Reader] = {"no": NoReader(), "yes": wiring.reader}
        for name, reader in readers.items():
            retriever = wiring.retriever.model_copy(update={"reader": reader})
            uncalibrated = Assistant(retriever, wiring.library, calibrate.NEUTRAL, wiring.likeness)
            fitted = calibrate.fit(calibrate.examples_of([q for q in dev if not q.history], uncalibrated))
            assistant = Assistant(retriever, wiring.library, fitted, wiring.likeness)
            found[name] = ask_all(test, assistant, wiring.library, advance=lambda *_: None)
    print("| " + " | ".join(_COLUMNS) + " |\n|---|---|" + "--:|" * (len(_COLUMNS) - 2))
    groups = {"test split": None, "same language": False, "across languages": True}
    for group, crossing in groups.items():
        for name, outcomes in found.items():
            own = [o for o in outcomes if crossing is None or o.question.crosslingual is crossing]
            print(f"| {group} | {name} | {_row(own)} |")


def _row(outcomes: Sequence[Outcome]) -> str:
    metrics: Metrics = aggregate(outcomes)
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    wrongly = sum(outcome.refused for outcome in answerable) / max(len(answerable), 1)
    rates = (metrics.hit_at_1, metrics.hit_at_5, metrics.answer_accuracy, metrics.abstention_recall, wrongly)
    written = " | ".join("–" if rate is None else f"{rate:.3f}" for rate in rates)
    return f"{metrics.count} | {written} | {metrics.latency_p50_ms:.0f}"


if __name__ == "__main__":
    typer.run(main)
