"""What ``python -m assistant evaluate`` does."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.errors import ConfigurationError
from assistant.evaluation import results, table
from assistant.evaluation.cache import kept
from assistant.evaluation.gold import GoldQuestion, read_questions, select
from assistant.evaluation.metrics import Outcome
from assistant.evaluation.report import as_html
from assistant.evaluation.run import ask_all, temporary_library
from assistant.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Request:
    """What to evaluate and where to write: the options of the command."""

    questions: Path
    documents: Path | None = None
    corpus: bool = True
    split: str | None = None
    limit: int | None = None
    json: Path | None = None
    html: Path | None = None


def evaluate(request: Request, wiring: Wiring, console: Console) -> None:
    """Ask the questions, print the table and write the files asked for; ``wiring`` says with which model and corpus.

    Raises:
        InvalidQuestions: the file of questions is not one.
        ConfigurationError: there is nothing to search, or a file cannot be written.
    """
    questions = select(read_questions(request.questions), split=request.split, limit=request.limit)
    for path in filter(None, (request.json, request.html)):
        _write(path, "")  # better now than after minutes that a file cannot be written
    outcomes = _outcomes(questions, request, wiring)
    console.print(table.as_table(outcomes))
    if request.html:
        _write(request.html, as_html(outcomes, title=f"Evaluation: {request.questions.name}"))
    if request.json:
        _write(request.json, json.dumps(results.as_dict(outcomes), ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be written ({error.strerror}). Choose another file.") from error


def _outcomes(questions: Sequence[GoldQuestion], request: Request, wiring: Wiring) -> list[Outcome]:
    settings = wiring.settings
    embeddings = kept(wiring.embeddings, settings.data_dir)
    folders = [*([settings.corpus_dir] if request.corpus else []), *([request.documents] if request.documents else [])]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        indexing, asking = bar.add_task("Indexing", total=None), bar.add_task("Asking", total=len(questions))
        with temporary_library(
            settings,
            folders=folders,
            embeddings=embeddings,
            reader=wiring.reader,
            progress=lambda done, total, _name: bar.update(indexing, completed=done + 1, total=total),
        ) as temporary:
            return ask_all(
                questions,
                temporary.assistant,
                temporary.library,
                advance=lambda done, _total: bar.update(asking, completed=done),
            )
