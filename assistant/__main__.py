"""The command line of readers and operators: ``serve``, ``ask``, ``evaluate`` and ``version``."""

import json
import socket
import sys
import threading
from collections.abc import Sequence
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from assistant.errors import AssistantError, ConfigurationError
from assistant.evaluation import command as evaluation
from assistant.evaluation.command import Request
from assistant.settings import load_settings
from assistant.types import Answer, AnswerStatus
from assistant.wiring import Wiring

_DISTRIBUTION = "congress-assistant"

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the chat in a browser."""
    overrides = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    settings = load_settings(**overrides)
    with _listening_socket(settings.host, settings.port) as listener:
        import uvicorn  # noqa: PLC0415 — with Gradio seconds to import, and `ask` needs neither

        from assistant.web.server import create_app  # noqa: PLC0415

        wiring = Wiring(settings)
        _warn_if_empty(wiring)
        app = create_app(wiring.assistant, wiring.library, settings=settings, examples=wiring.examples)
        # The first question should not wait for the model, nor the page for a model that no one asks anything.
        threading.Thread(target=_warm_up, args=(wiring,), daemon=True).start()
        listener.listen()
        console.print(f"http://{settings.host}:{settings.port}", markup=False)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3)
        uvicorn.Server(config).run(sockets=[listener])


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in French or English.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,  # noqa: FBT002 — a flag
) -> None:
    """Answer one question on the terminal."""
    wiring = Wiring(load_settings())
    _warn_if_empty(wiring)
    wiring.load_models()  # which is not the time that the question takes
    answer = wiring.assistant.ask(question)
    if as_json:
        sys.stdout.write(json.dumps(as_dict(answer), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(answer)


@cli.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="Questions with their answers.")],
    documents: Annotated[Path | None, typer.Option(help="Folder of more documents to search.")] = None,
    no_corpus: Annotated[bool, typer.Option("--no-corpus", help="Search only `--documents`.")] = False,  # noqa: FBT002 — a flag
    split: Annotated[str | None, typer.Option(help="Ask only the questions of this split: `dev` or `test`.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask only this many, spread evenly.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="Write a report to this file.")] = None,
) -> None:
    """Measure retrieval, answers, quotations and refusals over questions whose answers are known."""
    request = Request(
        questions, documents, corpus=not no_corpus, split=split, limit=limit, json=json_file, html=html_file
    )
    evaluation.evaluate(request, Wiring(load_settings()), console)


@cli.command()
def version() -> None:
    """Print the version."""
    console.print(installed_version(_DISTRIBUTION))


def as_dict(answer: Answer) -> dict[str, Any]:
    """The answer as the JSON object that ``ask --json`` prints."""
    return {
        "question": answer.question,
        "language": answer.language.value,
        "status": answer.status.value,
        "text": answer.text,
        "written_by_model": answer.written_by_model,
        "citations": [
            {
                "number": citation.number,
                "document": citation.quote.document_id,
                "title": citation.title,
                "quote": citation.quote.text,
                "start": citation.quote.start,
                "end": citation.quote.end,
                "page": citation.page,
                "publisher": citation.publisher,
                "as_of": citation.as_of,
                "url": citation.url,
            }
            for citation in answer.citations
        ],
        "table": [{"label": row.label, "value": row.value, "citation": row.citation} for row in answer.table],
        "suggestions": list(answer.suggestions),
        "nearest": [{"document": record.id, "title": record.title} for record in answer.nearest],
        "seconds": round(answer.seconds, 4),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error made on purpose is one line on standard error and exit code 1."""
    try:
        cli(args=arguments, standalone_mode=True, prog_name="python -m assistant")
    except AssistantError as error:
        errors.print(f"[red]Error:[/red] {escape(str(error))}")
        sys.exit(1)


def _listening_socket(host: str, port: int) -> socket.socket:
    """A bound socket, taken before the slow imports so that a busy port is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigurationError(
            f"ASSISTANT_HOST={host!r} ASSISTANT_PORT={port}: cannot listen there ({error.strerror}). "
            "Stop the program that does, or choose another port, e.g. `--port 7861`."
        ) from error
    return listener


def _warn_if_empty(wiring: Wiring) -> None:
    if not wiring.library.count():
        where = escape(str(wiring.settings.corpus_dir))
        errors.print(f"{where}: no document is held yet. Put documents there and run `python ingest.py sync`.")


def _warm_up(wiring: Wiring) -> None:
    try:
        wiring.load_models()
    except AssistantError as error:
        errors.print(f"[red]Error:[/red] {escape(str(error))}")


def _print(answer: Answer) -> None:
    console.print(escape(answer.text), style="bold" if answer.status is not AnswerStatus.NOT_FOUND else "yellow")
    for citation in answer.citations:
        source = ", ".join(filter(None, (citation.publisher, citation.source_title, citation.as_of, citation.url)))
        console.print(f"  \\[{citation.number}] {escape(citation.title)} ({escape(citation.quote.document_id)})")
        if source:
            console.print(f"      {escape(source)}", style="dim", soft_wrap=True)
    for question in answer.suggestions:
        console.print(f"  {escape(question)}")
    for record in answer.nearest:
        console.print(f"  → {escape(record.title)} ({escape(record.id)})")


if __name__ == "__main__":
    main()
