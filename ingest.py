"""The staff's command: keeps the index in step with the corpus folder."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from assistant.errors import AssistantError
from assistant.library.sync import Librarian
from assistant.library.sync import Progress as ReportProgress
from assistant.settings import load_settings
from assistant.types import DocumentRecord, SyncReport
from assistant.wiring import Wiring

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__)
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

Work = Callable[[ReportProgress], SyncReport]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@cli.callback(invoke_without_command=True)
def default(context: typer.Context, as_json: AsJson = False) -> None:  # noqa: FBT002 — a flag
    """Without a command: sync."""
    if context.invoked_subcommand is None:
        sync(as_json=as_json)


@cli.command()
def sync(as_json: AsJson = False) -> None:  # noqa: FBT002 — a flag
    """Take in what is new or changed in the corpus folder, and forget what is gone from it."""
    _run(_librarian().sync, as_json=as_json)


@cli.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="Files to copy into the corpus.")],
    folder: Annotated[str, typer.Option(help="Folder of the corpus to put them in.")] = "",
    as_json: AsJson = False,  # noqa: FBT002 — a flag
) -> None:
    """Copy files into the corpus, replacing those of the same name, and take them in."""
    librarian = _librarian()
    _run(lambda progress: librarian.add(files, folder=folder, progress=progress), as_json=as_json)


@cli.command()
def remove(
    documents: Annotated[list[str], typer.Argument(metavar="ID...", help="Documents to withdraw: ids or paths.")],
    as_json: AsJson = False,  # noqa: FBT002 — a flag
) -> None:
    """Withdraw documents: no answer cites them any more. Their files go to `.withdrawn/` in the corpus folder."""
    librarian = _librarian()
    _run(lambda progress: librarian.remove(documents, progress), as_json=as_json)


@cli.command()
def rebuild(as_json: AsJson = False) -> None:  # noqa: FBT002 — a flag
    """Build the whole index anew, e.g. with another embedding model. The old one serves until it is ready."""
    _run(_librarian().rebuild, as_json=as_json)


@cli.command()
def status(as_json: AsJson = False) -> None:  # noqa: FBT002 — a flag
    """Show the documents that the assistant answers from."""
    library = Wiring(load_settings()).library
    records = library.records()
    if as_json:
        _print_json({"documents": [asdict(record) for record in records], "passages": library.count_passages()})
    elif not records:
        console.print("No document is held. Put files into the corpus folder and run `python ingest.py sync`.")
    else:
        console.print(_documents_table(records))
        console.print(f"{len(records)} documents, {library.count_passages()} passages.")


def _librarian() -> Librarian:
    return Wiring(load_settings()).librarian


def _run(work: Work, *, as_json: bool) -> None:
    """Do the work behind a progress bar, print its report, and exit with 1 if a file failed."""
    if as_json:
        report = work(lambda _done, _total, _name: None)
        _print_json(asdict(report))
    else:
        report = _with_progress(work)
        _print_report(report)
    if report.failed:
        raise typer.Exit(1)


def _with_progress(work: Work) -> SyncReport:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as bar:
        task = bar.add_task("Reading", total=None)

        def show(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(Path(name).name))

        return work(show)


def _print_report(report: SyncReport) -> None:
    changes = (("added", report.added), ("replaced", report.replaced), ("removed", report.removed))
    if any(ids for _, ids in changes) or report.failed:
        table = Table(box=None, pad_edge=False, show_header=False)
        for change, ids in changes:
            for identifier in ids:
                table.add_row(change, escape(identifier))
        for failure in report.failed:
            table.add_row("[red]failed[/red]", f"{escape(failure.path)}: {escape(failure.reason)}")
        console.print(table)
    counts = [f"{len(ids)} {change}" for change, ids in (*changes, ("unchanged", report.unchanged))]
    if report.failed:
        counts.append(f"[red]{len(report.failed)} failed[/red]")
    console.print(f"{', '.join(counts)}; {report.embedded} texts embedded; {report.seconds:.1f} s.")
    if not (report.added or report.replaced or report.unchanged):
        console.print("No document is held. Put files into the corpus folder and run `python ingest.py sync`.")


def _documents_table(records: tuple[DocumentRecord, ...]) -> Table:
    table = Table("id", "title", "language", "kind", "date", box=None, pad_edge=False)
    for record in records:
        date = record.as_of or record.published or ""
        table.add_row(*map(escape, (record.id, record.title, record.language.value, record.kind, date)))
    return table


def _print_json(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def main() -> None:
    """Run the command line; an error made on purpose is one line on standard error and exit code 1."""
    try:
        cli(prog_name="python ingest.py")
    except AssistantError as error:
        errors.print(f"[red]Error:[/red] {escape(str(error))}")
        sys.exit(1)


if __name__ == "__main__":
    main()
