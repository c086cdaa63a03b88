"""Measure embedding models side by side on the held-out French-English sets.

Sentence retrieval: each sentence looks for its translation among all the others (R@1). Passage retrieval: each question
looks for its paragraph among all distinct paragraphs of its set (hit@5), by its vector alone, and with that of its best
sentence beside it as search has it. Cosine similarity throughout; beside it, BM25 over the assistant's own stems.
"""

import json
import lzma
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from assistant.reading.sentences import sentence_spans
from assistant.types import Language, Span
from training import bm25, invented, page_files
from training.page_files import Page

Embeddings = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Embeddings]

_BATCH_SIZE = 64  # larger ones are slower on a CPU: more padding, no more parallelism
_SENTENCE_SETS = ("newstest2014", "tico19")
_QUESTION_SETS = {
    "PIAF dev (fr)": ("piaf.dev", Language.FRENCH),
    "XQuAD (en)": ("xquad_en", Language.ENGLISH),
}
_HIT_RANK = 5  # about as many passages as an answer is drawn from


def read_pairs(path: Path, *, skip: int, count: int) -> tuple[list[str], list[str]]:
    """Return ``count`` French sentences after the first ``skip``, and their English translations."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        pairs = [line.rstrip("\n").split("\t") for line in lines][skip : skip + count]
    return [french for french, _ in pairs], [english for _, english in pairs]


def read_questions(path: Path) -> tuple[list[str], list[str], list[int]]:
    """Return the questions, the distinct paragraphs, and for each question the place of its own paragraph."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    place = {context: index for index, context in enumerate(dict.fromkeys(row["context"] for row in rows))}
    return [row["question"] for row in rows], list(place), [place[row["context"]] for row in rows]


def hit_rate(similarities: Embeddings, targets: Sequence[int], *, rank: int) -> float:
    """Share of queries whose target is among the ``rank`` best candidates: a row a query, a column a candidate."""
    of_target = similarities[np.arange(len(targets)), np.asarray(targets)]
    # A candidate that ties with the target does not push it down: some sets hold the same sentence twice.
    return float(np.mean((similarities > of_target[:, None]).sum(axis=1) < rank))


def measure(embed: Embed, data: Path, *, skip: int, pairs: int) -> dict[str, float]:
    """Return every figure of one model, keyed by the name of its row in the table."""
    figures = {}
    for name in _SENTENCE_SETS:
        sides = read_pairs(data / f"{name}.tsv.xz", skip=skip, count=pairs)
        french, english = (embed(side) for side in sides)
        diagonal = range(len(french))
        figures[f"{name} fr→en R@1"] = hit_rate(french @ english.T, diagonal, rank=1)
        figures[f"{name} en→fr R@1"] = hit_rate(english @ french.T, diagonal, rank=1)
    for title, (name, language) in _QUESTION_SETS.items():
        questions, paragraphs, targets = read_questions(data / f"{name}.jsonl.xz")
        asked = embed(questions)
        whole = asked @ embed(paragraphs).T
        figures[f"{title} hit@{_HIT_RANK}"] = hit_rate(whole, targets, rank=_HIT_RANK)
        both = (whole + best_sentences(asked, paragraphs, language, embed)) / 2.0
        figures[f"{title} hit@{_HIT_RANK}, with sentences"] = hit_rate(both, targets, rank=_HIT_RANK)
    return figures


def measure_pages(embed: Embed, pages: Sequence[Page]) -> dict[str, float]:
    """How often a question on a page finds its passage, under its titles, in either language and across."""
    figures = {}
    for of_text in Language:
        examples = [example for example in invented.put(pages, of_text, of_text) if example.answerable]
        passages = list(dict.fromkeys(example.under_its_title for example in examples))
        place = {passage: index for index, passage in enumerate(passages)}
        embedded = embed(passages)
        for of_question in Language:
            asked = [example for example in invented.put(pages, of_question, of_text) if example.answerable]
            targets = [place[example.under_its_title] for example in asked]
            similarities = embed([example.question for example in asked]) @ embedded.T
            name = f"unseen pages {of_question}→{of_text} hit@{_HIT_RANK}"
            figures[name] = hit_rate(similarities, targets, rank=_HIT_RANK)
    return figures


def best_sentences(asked: Embeddings, paragraphs: Sequence[str], language: Language, embed: Embed) -> Embeddings:
    """How near each question is to the nearest sentence of each paragraph: a row a question, a column a paragraph."""
    spans = [sentence_spans(paragraph.replace("\n", " "), language) for paragraph in paragraphs]
    texts = [
        paragraph[span.start : span.end]
        for paragraph, own in zip(paragraphs, spans, strict=True)
        for span in own or (Span(0, len(paragraph)),)
    ]
    starts = np.cumsum([0, *(max(len(own), 1) for own in spans[:-1])])
    return np.asarray(np.maximum.reduceat(asked @ embed(texts).T, starts, axis=1), dtype=np.float32)


def measure_bm25(data: Path) -> dict[str, float]:
    """The figures that BM25 can have: across languages it finds next to nothing."""
    figures = {}
    for title, (name, language) in _QUESTION_SETS.items():
        questions, paragraphs, targets = read_questions(data / f"{name}.jsonl.xz")
        scores = bm25.scores(questions, paragraphs, language)
        figures[f"{title} hit@{_HIT_RANK}"] = hit_rate(scores, targets, rank=_HIT_RANK)
    return figures


def load(folder: Path) -> Embed:
    """Load a sentence-transformers folder, run in float32 whatever precision its weights are stored in."""
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32})

    def embed(texts: Sequence[str]) -> Embeddings:
        embeddings = model.encode(list(texts), batch_size=_BATCH_SIZE, normalize_embeddings=True)
        return np.asarray(embeddings, dtype=np.float32)

    return embed


def table(columns: dict[str, dict[str, float]]) -> str:
    """Lay the figures out as a Markdown table, one column a model."""
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    lines += [
        f"| {row} | "
        + " | ".join(f"{figures[row]:.3f}" if row in figures else "–" for figures in columns.values())
        + " |"
        for row in next(iter(columns.values()))
    ]
    return "\n".join(lines)


def main(
    models: Annotated[list[Path], typer.Argument(help="Folders of sentence-transformers models.")],
    data: Annotated[Path, typer.Option(help="Folder of the held-out sets.")],
    pages: Annotated[Path, typer.Option(help="Folder of the invented pages.")] = Path("training/pages"),
    skip: Annotated[int, typer.Option(help="Leave out this many pairs first: settings are chosen on the rest.")] = 0,
    pairs: Annotated[int, typer.Option(help="How many pairs of each translated set.")] = 1500,
) -> None:
    """Print the figures of one or more models as one table."""
    columns = {}
    kept = [page for page in page_files.read(pages) if page.held_out]
    for folder in models:
        print(f"measuring {folder} …", flush=True)
        embed = load(folder)
        columns[folder.resolve().name] = measure(embed, data, skip=skip, pairs=pairs) | measure_pages(embed, kept)
    print(table(columns | {"BM25": measure_bm25(data)}))


if __name__ == "__main__":
    typer.run(main)
