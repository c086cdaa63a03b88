"""Measure a reader on the held-out question sets and pages: F1, and how well it tells where there is no answer.

python -m training.evaluate_reader assistant/models/reader --retriever assistant/models/retriever --data DATA/eval
"""

import json
import lzma
import random
import re
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from scipy.stats import mannwhitneyu

from assistant.search.reader import Readable, SpanReader, load_reader
from assistant.types import Language, Span
from training import invented, page_files, questions, unanswerable
from training.page_files import Page
from training.questions import Example

_SETS = {"PIAF dev (fr)": "piaf.dev", "XQuAD (en)": "xquad_en"}
_ARTICLES = {
    Language.ENGLISH: re.compile(r"\b(?:a|an|the)\b"),  # as in SQuAD's own script
    Language.FRENCH: re.compile(r"\b(?:le|la|les|un|une|des|du)\b|\b[ld]['’]"),
}
_PUNCTUATION = str.maketrans(dict.fromkeys(f"{string.punctuation}«»“”’…–—", " "))
_WITHOUT = {
    "another paragraph": unanswerable.in_another_paragraph,
    "its sentence cut out": unanswerable.without_its_sentence,
}
_MOST_WITHOUT = 500
_MOST_PAGES = 30
_SEED = 3


def words(text: str, language: Language) -> list[str]:
    """The words that count when two answers are compared: no case, no article, no punctuation."""
    return _ARTICLES[language].sub(" ", text.lower()).translate(_PUNCTUATION).split()


def f1(found: str, expected: str, language: Language) -> float:
    """Overlap of two answers in words, between 0 and 1."""
    ours, theirs = Counter(words(found, language)), Counter(words(expected, language))
    shared = (ours & theirs).total()
    return 2.0 * shared / (ours.total() + theirs.total()) if shared else 0.0


def measure(reader: SpanReader, path: Path) -> dict[str, float]:
    """F1, exact matches, and how well the margin tells a paragraph with an answer from one without (AUC)."""
    examples = [example for example in questions.read(path) if example.answer]
    also = _further_answers(path)
    scores, exact, with_answer = [], [], []
    for example in examples:
        found, margin = _read(reader, example)
        expected = {example.context[slice(*example.answer or (0, 0))], *also.get(example.question, ())}
        scores.append(max(f1(found, answer, example.language) for answer in expected))
        exact.append(any(words(found, example.language) == words(a, example.language) for a in expected))
        with_answer.append(margin)
    figures = {}
    for name, make in _WITHOUT.items():
        others = make(examples, random.Random(_SEED), most=_MOST_WITHOUT)  # noqa: S311
        without = [_read(reader, example)[1] for example in others]
        figures[f"AUC, {name}"] = _auc(with_answer, without)
        figures[f"median margin, {name}"] = float(np.median(without))
    return {
        "F1": float(np.mean(scores)),
        "exact": float(np.mean(exact)),
        "median margin": float(np.median(with_answer)),
        **figures,
    }


def measure_pages(reader: SpanReader, pages: Sequence[Page]) -> dict[str, dict[str, float]]:
    """By the languages of question and page: F1, and how well the margin tells the pages' questions without an answer.

    Those were written for the page: it speaks of their subject, and does not say what they ask.
    """
    figures = {}
    for of_question, of_text in product(Language, Language):
        scores: list[float] = []
        with_answer: list[float] = []
        without: list[float] = []
        for example in invented.put(pages, of_question, of_text):
            found, margin = _read(reader, example, heading=example.title)
            (with_answer if example.answer else without).append(margin)
            if example.answer:
                scores.append(f1(found, example.context[slice(*example.answer)], example.language))
        figures[f"{of_question} question, {of_text} page"] = {
            "F1": float(np.mean(scores)),
            "AUC, no answer": _auc(with_answer, without),
            "median margin": float(np.median(with_answer)),
            "median margin, no answer": float(np.median(without)),
        }
    return figures


def _auc(higher: Sequence[float], lower: Sequence[float]) -> float:
    return float(mannwhitneyu(higher, lower).statistic / (len(higher) * len(lower)))


def _further_answers(path: Path) -> dict[str, Sequence[str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["question"].strip(): row.get("answers") or () for row in rows}


def _read(reader: SpanReader, example: Example, *, heading: str = "") -> tuple[str, float]:
    text = Readable(example.context, heading, (Span(0, len(example.context)),))
    [[reading]] = reader.read(example.question, [text])
    return example.context[reading.span.start : reading.span.end], reading.margin


def main(
    folder: Annotated[Path, typer.Argument(help="Folder of the reader.")],
    retriever: Annotated[Path, typer.Option(help="Folder of the retriever it was trained on.")],
    data: Annotated[Path, typer.Option(help="Folder of the held-out sets.")],
    pages: Annotated[Path, typer.Option(help="Folder of the invented pages.")] = Path("training/pages"),
) -> None:
    """Print the figures of one reader as two tables."""
    reader = SpanReader(lambda: load_reader(folder, retriever=retriever))
    _print({title: measure(reader, data / f"{name}.jsonl.xz") for title, name in _SETS.items()})
    kept = [page for page in page_files.read(pages) if page.held_out]
    chosen = random.Random(_SEED).sample(kept, min(_MOST_PAGES, len(kept)))  # noqa: S311
    _print(measure_pages(reader, chosen))


def _print(rows: Mapping[str, Mapping[str, float]]) -> None:
    names = list(next(iter(rows.values())))
    print("| | " + " | ".join(names) + " |\n|---|" + "--:|" * len(names))
    for title, figures in rows.items():
        print(f"| {title} | " + " | ".join(f"{figures[name]:.3f}" for name in names) + " |")
    print()


if __name__ == "__main__":
    typer.run(main)
