"""Compare what three systems retrieve for the gold questions, over the same documents, in one run.

Run from the repository root: ``python -m benchmarks.quality --minilm FOLDER --chart benchmarks/quality.svg``. It needs
the ``benchmark`` extra and a copy of the all-MiniLM-L6-v2 model.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import fmean
from typing import Annotated

import typer
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.evaluation.gold import GoldQuestion, read_questions, select
from assistant.evaluation.metrics import hit_rank
from assistant.evaluation.run import ask_all, temporary_library
from assistant.library.embeddings import SentenceEmbeddings
from assistant.library.reader import Library
from assistant.settings import load_settings
from assistant.terms import stems
from assistant.types import Language
from assistant.wiring import Wiring

_DEPTH = 5  # passages that count; the tutorial stack returns four, as tutorials have it
_TUTORIAL_TOP, _TUTORIAL_CHARACTERS, _TUTORIAL_OVERLAP = 4, 1000, 200

Ranks = Sequence[int | None]
Search = Callable[[str], Sequence[str]]

GROUPS: Mapping[str, Callable[[GoldQuestion], bool]] = {
    "all": lambda _question: True,
    "test split": lambda question: question.split == "test",
    "French, same language": lambda question: not question.crosslingual and question.lang is Language.FRENCH,
    "English, same language": lambda question: not question.crosslingual and question.lang is Language.ENGLISH,
    "cross-lingual": lambda question: question.crosslingual,
}


@dataclass(frozen=True, slots=True)
class Score:
    """How well a system retrieves the evidence of a group of questions."""

    hit_at_1: float
    hit_at_5: float
    mrr: float


def lexical(library: Library) -> Search:
    """BM25 alone: the question's stems of each language look for passages in that language."""

    def search(question: str) -> list[str]:
        found: dict[str, float] = {}
        for language in Language:
            found |= library.search_stems(language, stems(question, language), limit=_DEPTH)
        passages = library.passages(found)
        best = sorted(passages, key=lambda key: (-found[key], key))[:_DEPTH]
        return [passages[key].page_content for key in best]

    return search


def tutorial(library: Library, model: Path) -> Search:
    """The stack of most tutorials, over the texts that our readers made of the files."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=_TUTORIAL_CHARACTERS, chunk_overlap=_TUTORIAL_OVERLAP)
    texts = [library.get(record.id).content.text for record in library.records()]
    chunks = [chunk for text in texts for chunk in splitter.split_text(text)]
    settings = ChromaSettings(anonymized_telemetry=False)
    store = Chroma.from_texts(chunks, SentenceEmbeddings(str(model)), client_settings=settings)
    return lambda question: [found.page_content for found in store.similarity_search(question, k=_TUTORIAL_TOP)]


def ranks(questions: Sequence[GoldQuestion], search: Search) -> Ranks:
    """The rank of each question's evidence among the passages that a search finds."""
    return [hit_rank(question.evidence or "", search(question.question)) for question in questions]


def own_ranks(questions: Sequence[GoldQuestion], wiring: Wiring) -> Ranks:
    """The rank of each question's evidence among the passages that the assistant retrieves to answer."""
    outcomes = ask_all(questions, wiring.assistant, wiring.library, advance=lambda _done, _total: None)
    return [outcome.rank for outcome in outcomes]


def score(of_group: Ranks) -> Score:
    """The score of some ranks; what lies beyond the depth does not count, so that no system gains by returning more."""
    near = [rank if rank is not None and rank <= _DEPTH else None for rank in of_group]
    return Score(
        hit_at_1=fmean(rank == 1 for rank in near),
        hit_at_5=fmean(rank is not None for rank in near),
        mrr=fmean(1.0 / rank if rank else 0.0 for rank in near),
    )


def scores(questions: Sequence[GoldQuestion], found: Ranks) -> dict[str, tuple[int, Score]]:
    """By group of questions: how many, and their score. Groups without questions are left out."""
    members = {
        name: [rank for question, rank in zip(questions, found, strict=True) if belongs(question)]
        for name, belongs in GROUPS.items()
    }
    return {name: (len(of_group), score(of_group)) for name, of_group in members.items() if of_group}


def table(systems: Mapping[str, Mapping[str, tuple[int, Score]]]) -> str:
    """The scores as a Markdown table, a row for each group and system."""
    lines = ["| questions | system | hit@1 | hit@5 | MRR |", "|---|---|--:|--:|--:|"]
    for group in next(iter(systems.values())):
        for name, of_system in systems.items():
            count, of_group = of_system[group]
            figures = " | ".join(f"{value:.3f}" for value in (of_group.hit_at_1, of_group.hit_at_5, of_group.mrr))
            lines.append(f"| {group} ({count}) | {name} | {figures} |")
    return "\n".join(lines)


_COLOURS = ("#b0b7c3", "#7f9cc8", "#0b57a4")
_BAR, _GAP, _LEFT, _LENGTH = 18, 16, 190, 400  # pixels


def chart(systems: Mapping[str, Mapping[str, tuple[int, Score]]]) -> str:
    """The hit@5 of each group and system as bars, in SVG."""
    shapes, y = [], 40
    for place, name in enumerate(systems):
        x = _LEFT + place * 150
        shapes.append(f'<rect x="{x}" y="10" width="12" height="12" fill="{_COLOURS[place]}"/>')
        shapes.append(f'<text x="{x + 18}" y="20">{escape(name)}</text>')
    shapes.append(f'<text x="{_LEFT - 10}" y="20" text-anchor="end">hit@5</text>')
    for group in next(iter(systems.values())):
        shapes.append(f'<text x="{_LEFT - 10}" y="{y + 1.5 * _BAR + 4}" text-anchor="end">{escape(group)}</text>')
        for place, of_system in enumerate(systems.values()):
            value = of_system[group][1].hit_at_5
            end = _LEFT + value * _LENGTH
            shapes.append(
                f'<rect x="{_LEFT}" y="{y}" width="{end - _LEFT:.0f}" height="{_BAR - 2}" fill="{_COLOURS[place]}"/>'
                f'<text x="{end + 6:.0f}" y="{y + 13}">{value:.2f}</text>'
            )
            y += _BAR
        y += _GAP
    size = f'width="{_LEFT + _LENGTH + 60}" height="{y}" viewBox="0 0 {_LEFT + _LENGTH + 60} {y}"'
    style = 'font-family="system-ui, sans-serif" font-size="13" fill="#1b1f24"'
    background = '<rect width="100%" height="100%" fill="#fff"/>'  # the text stays legible on a dark page
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style} role="img">'
        f"<title>hit@5 by group of questions</title>{background}{''.join(shapes)}</svg>\n"
    )


def main(
    minilm: Annotated[Path, typer.Option(help="Folder of the all-MiniLM-L6-v2 model.", exists=True)],
    questions: Annotated[Path, typer.Option(help="The gold questions.")] = Path("evaluation/gold.jsonl"),
    documents: Annotated[Path, typer.Option(help="Documents beside the corpus.")] = Path("evaluation/documents"),
    split: Annotated[str | None, typer.Option(help="Only this split.")] = None,
    chart_file: Annotated[Path | None, typer.Option("--chart", help="Write the SVG chart here.")] = None,
) -> None:
    """Print the table of the three systems."""
    # A follow-up needs the conversation before it, which two of the systems do not take.
    asked = [item for item in select(read_questions(questions), split=split) if item.evidence and not item.history]
    settings = load_settings()
    folders = [settings.corpus_dir, documents]
    with temporary_library(settings, folders=folders, progress=lambda _done, _total, _name: None) as wiring:
        found = {
            "BM25": ranks(asked, lexical(wiring.library)),
            "tutorial stack": ranks(asked, tutorial(wiring.library, minilm)),
            "this assistant": own_ranks(asked, wiring),
        }
    systems = {name: scores(asked, of_system) for name, of_system in found.items()}
    print(table(systems))
    if chart_file:
        chart_file.write_text(chart(systems), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
