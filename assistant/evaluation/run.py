"""Asks the assistant every question over a library of its own, in a temporary folder."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from langchain_core.documents import Document
from langchain_core.tracers.context import collect_runs

from assistant import figures
from assistant.errors import ConfigurationError
from assistant.evaluation.gold import GoldQuestion
from assistant.evaluation.matching import holds_answer
from assistant.evaluation.metrics import Outcome, hit_rank
from assistant.library.embeddings import IdentifiedEmbeddings
from assistant.library.sync import Progress
from assistant.search.reader import Reader
from assistant.settings import Settings
from assistant.types import Answer, Citation, Language, StoredDocument
from assistant.wiring import Wiring

_WARM_UP_QUESTIONS = 3  # the first questions load the model and fill caches, which no later one waits for

Advance = Callable[[int, int], None]
"""Called before each question with its number from 0, and how many there are."""


class Asks(Protocol):
    """Answers questions."""

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Answer: ...


class Holds(Protocol):
    """Holds the documents that answers quote."""

    def get(self, document_id: str) -> StoredDocument: ...


@contextmanager
def temporary_library(
    settings: Settings,
    *,
    folders: Sequence[Path],
    progress: Progress,
    embeddings: IdentifiedEmbeddings | None = None,
    reader: Reader | None = None,
) -> Iterator[Wiring]:
    """An installation whose corpus is a copy of ``folders``, indexed, in a folder that is deleted afterwards.

    Raises:
        ConfigurationError: a folder does not exist, or there is none.
    """
    if not folders:
        raise ConfigurationError("Nothing to search: give a folder with `--documents`, or leave out `--no-corpus`.")
    with tempfile.TemporaryDirectory(prefix="evaluation-") as name:
        corpus_dir, data_dir = Path(name) / "corpus", Path(name) / "data"
        _gather(folders, corpus_dir)
        own = settings.model_copy(update={"corpus_dir": corpus_dir, "data_dir": data_dir})
        wiring = Wiring(own, embeddings=embeddings, reader=reader)
        try:
            report = wiring.librarian.sync(progress)
            if report.failed:
                problems = "; ".join(f"{failure.path}: {failure.reason}" for failure in report.failed)
                raise ConfigurationError(f"Some documents cannot be read: {problems} Take them out, or correct them.")
            yield wiring
        finally:
            wiring.library.close()


def ask_all(questions: Sequence[GoldQuestion], assistant: Asks, library: Holds, *, advance: Advance) -> list[Outcome]:
    """The outcome of each question, in order, after a warm-up."""
    for question in questions[:_WARM_UP_QUESTIONS]:
        _ask(question, assistant)
    outcomes = []
    for number, question in enumerate(questions):
        advance(number, len(questions))
        outcomes.append(_outcome(question, assistant, library))
    return outcomes


def _ask(question: GoldQuestion, assistant: Asks) -> Answer:
    """Ask as a reader would, after the earlier questions of the conversation."""
    return assistant.ask(question.question, history=[turn.question for turn in question.history])


def _outcome(question: GoldQuestion, assistant: Asks, library: Holds) -> Outcome:
    # What the assistant itself retrieves is measured, not a search of our own that it may not have made.
    with collect_runs() as collected:
        started = time.perf_counter()
        answer = _ask(question, assistant)
        seconds = time.perf_counter() - started
    searches = [
        run.outputs["documents"] for run in collected.traced_runs if run.run_type == "retriever" and run.outputs
    ]
    passages: list[Document] = searches[0] if searches else []  # further ones are for parts of the question
    return Outcome(
        question=question,
        answer=answer,
        retrieved=tuple(passage.metadata["document_id"] for passage in passages),
        rank=hit_rank(question.evidence, (passage.page_content for passage in passages)) if question.evidence else None,
        holds_answer=holds_answer(_texts(answer), question.answers),
        valid_quotes=sum(_is_verbatim(citation, library) for citation in answer.citations),
        orphans=_orphans(answer, [passage for found in searches for passage in found]),
        milliseconds=seconds * 1000.0,
    )


def _texts(answer: Answer) -> list[tuple[str, Language]]:
    """The sentences of an answer, each with the language of what it cites, which settles what its ``1,500`` means."""
    cited = {citation.number: citation.language for citation in answer.citations}
    return [
        (sentence.text, next((cited[number] for number in sentence.citations if number in cited), answer.language))
        for sentence in answer.sentences
    ]


def _is_verbatim(citation: Citation, library: Holds) -> bool:
    quote = citation.quote
    return library.get(quote.document_id).content.text[quote.start : quote.end] == quote.text


def _orphans(answer: Answer, passages: Sequence[Document]) -> tuple[str, ...]:
    """The figures of an answer, as written, that are in no passage that it cites, and values that no quote holds.

    A note may name a figure of the question, which states nothing.
    """
    known = {
        figure.key
        for citation in answer.citations
        for text in (citation.quote.text, *_cited_passages(citation, passages))
        for figure in figures.find(text, citation.language)
    }
    asked = {figure.key for figure in figures.find(answer.question, answer.language)}
    stated = [(text, language, known) for text, language in _texts(answer)]
    stated += [
        (restated.text, answer.language, known) for sentence in answer.sentences for restated in sentence.restated
    ]
    stated += [(note, answer.language, known | asked) for note in answer.notes]
    orphans = [
        figure.text
        for text, language, held in stated
        for figure in figures.find(text, language)
        if figure.key not in held
    ]
    return (*orphans, *_orphan_values(answer))


def _orphan_values(answer: Answer) -> Iterator[str]:
    """The values of the table that are not word for word in the quote that their row cites."""
    quotes = {citation.number: citation.quote.text for citation in answer.citations}
    return (row.value for row in answer.table if row.value not in quotes.get(row.citation, ""))


def _cited_passages(citation: Citation, passages: Sequence[Document]) -> Iterator[str]:
    quote = citation.quote
    for passage in passages:
        found = passage.metadata
        if found["document_id"] == quote.document_id and found["start"] <= quote.start and quote.end <= found["end"]:
            yield passage.page_content


def _gather(folders: Sequence[Path], corpus_dir: Path) -> None:
    """Copy the folders into one: the first as it is, so that its documents keep their ids, others under their names."""
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            raise ConfigurationError(f"{folder}: no such folder. Give one that holds documents.")
        destination = corpus_dir / folder.resolve().name if number else corpus_dir
        while destination.exists():
            destination = destination.with_name(f"{destination.name}-")
        # Hidden: what was withdrawn, and what is on its way in.
        shutil.copytree(folder, destination, symlinks=True, ignore=shutil.ignore_patterns(".*"))
