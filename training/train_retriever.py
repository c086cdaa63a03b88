"""Train the retriever: first to encode like its teacher in both languages, then also to find passages for questions.

python -m training.train_retriever base/all-MiniLM-L6-v2 aligned DATA work assistant/models/retriever
"""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import torch
import typer
from torch import Tensor
from torch.nn.functional import cross_entropy

from assistant.types import Language
from training import evaluate, page_files, retrieval_data
from training.encoder import Encoder, save
from training.evaluate import Embeddings
from training.loop import Rates, average, report, train
from training.retrieval_data import Pairs, Plan, Questions

_RATES = Rates(body=1e-4, embeddings=5e-4)
_TEMPERATURE = 0.05
_PAIR_CONTRAST, _QUESTION_CONTRAST = 0.1, 0.2  # beside one for the cosine: a gradient of the same order
_LONGEST_TEXT, _LONGEST_QUERY, _LONGEST_PASSAGE = 224, 40, 192  # word pieces
_REVIEWED = 0.2  # share of the pairs that come again among the questions, so that nothing is forgotten
_PLAN = Plan(
    {"squad_dev_minus_xquad": 4000, "tydiqa_en.train": 1000, "policyqa": 300, "covidfaq": 800},
    hard_negative_every=4,
    crossed=1000,
)
_PAIR_STEPS = 1000  # before the questions come: sentences then find their translations, and more brings little
_SEED = 1
_LATER_RATES = Rates(body=8e-5, embeddings=0.0)
_LATER_PLAN = Plan(
    {"squad_dev_minus_xquad": 2000, "tydiqa_en.train": 600, "policyqa": 300, "covidfaq": 400},
    hard_negative_every=3,
    crossed=160,
    typed=0.15,
)
_LATER_REVIEWED = 0.05


class Losses:
    """What the student, ``model``, loses on a batch of either kind."""

    def __init__(self, model: Encoder, teacher: Encoder) -> None:
        self._model = model
        self._teacher = teacher.eval().requires_grad_(requires_grad=False)

    def of(self, batch: Pairs | Questions) -> Tensor:
        return self._of_pairs(batch) if isinstance(batch, Pairs) else self._of_questions(batch)

    def _of_pairs(self, batch: Pairs) -> Tensor:
        with torch.no_grad():
            target = self._teacher(self._teacher.cut(batch.english, longest=_LONGEST_TEXT))
        own = self._model(self._model.cut(batch.texts, longest=_LONGEST_TEXT))
        cosine = 1.0 - (own * target).sum(1).mean()
        # A text that is there twice is right in both places: without this, it would be pushed away from itself.
        twice = target @ target.T > 1.0 - 1e-3
        similarities = (own @ target.T).masked_fill(twice & ~torch.eye(len(own), dtype=torch.bool), -1.0)
        contrast = cross_entropy(similarities / _TEMPERATURE, torch.arange(len(own)))
        return torch.add(cosine, contrast, alpha=_PAIR_CONTRAST)

    def _of_questions(self, batch: Questions) -> Tensor:
        queries = self._model(self._model.cut(batch.queries, longest=_LONGEST_QUERY))
        passages = self._model(self._model.cut(batch.passages, longest=_LONGEST_PASSAGE))
        same = torch.tensor(
            [[a == b and i != j for j, b in enumerate(batch.passages)] for i, a in enumerate(batch.passages)]
        )[: len(queries)]
        similarities = (queries @ passages.T).masked_fill(same, -1.0)
        return _QUESTION_CONTRAST * cross_entropy(similarities / _TEMPERATURE, torch.arange(len(queries)))


def batches_of(data: Path) -> list[Pairs | Questions]:
    """All batches in order: pairs, then the questions with some pairs of another draw between them."""
    first = retrieval_data.pair_batches(data / "parallel", seed=_SEED)[:_PAIR_STEPS]
    review = retrieval_data.pair_batches(data / "parallel", seed=_SEED + 1, share=_REVIEWED)
    asked = retrieval_data.question_batches(data / "qa", data / "parallel", _PLAN, seed=_SEED)
    report(f"{len(first):,} batches of pairs, then {len(asked):,} of questions among {len(review):,} of pairs")
    mixed: list[Pairs | Questions] = [*review, *asked]
    order = torch.randperm(len(mixed), generator=torch.Generator().manual_seed(_SEED)).tolist()
    return [*first, *(mixed[place] for place in order)]


def later_batches_of(data: Path, folder: Path, start: Path) -> list[Pairs | Questions]:
    """All batches of a later run, shuffled: questions on invented pages and of the sets, and some pairs.

    Hard negatives are what the model of the folder ``start`` itself takes for the answer.
    """
    embed = evaluate.load(start)

    def similar(queries: Sequence[str], passages: Sequence[str], _: Language) -> Embeddings:
        return embed(queries) @ embed(passages).T

    pages = [page for page in page_files.read(folder) if not page.held_out]
    of_pages = retrieval_data.page_batches(pages, _LATER_PLAN, seed=_SEED + 1, score=similar)
    of_sets = retrieval_data.question_batches(
        data / "qa", data / "parallel", _LATER_PLAN, seed=_SEED + 1, score=similar
    )
    review = retrieval_data.pair_batches(data / "parallel", seed=_SEED + 2, share=_LATER_REVIEWED)
    report(f"{len(of_pages):,} batches on pages, {len(of_sets):,} of the sets, {len(review):,} of pairs")
    mixed: list[Pairs | Questions] = [*of_pages, *of_sets, *review]
    random.Random(_SEED).shuffle(mixed)  # noqa: S311
    return mixed


def main(
    base: Annotated[Path, typer.Argument(help="Folder of all-MiniLM-L6-v2, the teacher.")],
    start: Annotated[Path, typer.Argument(help="Folder that align_vocabulary wrote.")],
    data: Annotated[Path, typer.Argument(help="Folder that holds parallel/ and qa/.")],
    work: Annotated[Path, typer.Argument(help="Folder for checkpoints: a run that was killed goes on from there.")],
    output: Annotated[Path, typer.Argument(help="Folder to write the model to.")],
    pages: Annotated[Path | None, typer.Option(help="Folder of invented pages: a later run.")] = None,
) -> None:
    """Train for an hour on two CPU cores that do nothing else."""
    torch.manual_seed(_SEED)
    model = Encoder(start)
    losses = Losses(model, Encoder(base))
    if pages:
        model.freeze_words()
        train(model, later_batches_of(data, pages, start), losses.of, rates=_LATER_RATES, folder=work)
        average(model, Encoder(start))
    else:
        train(model, batches_of(data), losses.of, rates=_RATES, folder=work)
    save(model.bert, start, output)
    report(f"written to {output}")


if __name__ == "__main__":
    typer.run(main)
