"""What the retriever learns from, as batches in a fixed order: sentence pairs to distil, questions to retrieve for."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.reading.passages import SECTION_SEPARATOR
from assistant.types import Language
from training import bm25, invented, pairs, questions
from training.page_files import LANGUAGES, Page
from training.questions import Example
from training.typed import as_typed

_PAIR_BATCH, _LONG_PAIR_BATCH, _QUESTION_BATCH = 64, 24, 32
_LONG_CHARACTERS = 400
_ENGLISH_EVERY = 5  # one batch in five is English, so that English does not drift
_NOT_FOR_RETRIEVAL = {"covid_qa"}  # whole papers as contexts
_HARD_NEGATIVES = 5  # the best wrong paragraphs, of which one is drawn
_FEWEST_QUERY_CHARACTERS = 40
_SENTENCE = re.compile(r"(?<=[.;:])\s+")

Score = Callable[[Sequence[str], Sequence[str], Language], NDArray[np.float32]]
"""How well paragraphs of one language fit questions: a row a question, a column a paragraph."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many questions of a set are asked at most, all where it is not named.

    One question in ``hard_negative_every`` brings a hard negative, which its batch shares. ``crossed`` law passages,
    each way, are asked for by a sentence of the other language. ``typed`` is the share of questions typed in haste.
    """

    most: Mapping[str, int]
    hard_negative_every: int
    crossed: int
    typed: float = 0.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Texts to encode like the teacher encodes ``english``: the English texts themselves, or their translations."""

    texts: tuple[str, ...]
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """Each query belongs to the passage of its place; passages beyond are wrong for all."""

    queries: tuple[str, ...]
    passages: tuple[str, ...]


def pair_batches(folder: Path, *, seed: int, share: float = 1.0) -> list[Pairs]:
    """Batches of texts of about equal length, shuffled; ``share`` of the pairs, sampled by source."""
    chooser = random.Random(seed)  # noqa: S311 - a sample, not a secret
    limits = pairs.Limits.for_distillation()
    french, english = pairs.sample(folder, seed=seed, limits=limits)
    rows = list(zip(french, english, strict=True))
    rows = chooser.sample(rows, int(share * len(rows)))
    # A little noise, or texts of the same length would meet in the same batch in every pass.
    rows.sort(key=lambda row: len(row[0]) * chooser.uniform(0.9, 1.1))
    batches: list[Pairs] = []
    start = 0
    while start < len(rows):
        size = _PAIR_BATCH if len(rows[start][0]) < _LONG_CHARACTERS else _LONG_PAIR_BATCH
        part = rows[start : start + size]
        start += size
        target = tuple(row[1] for row in part)
        own = target if len(batches) % _ENGLISH_EVERY == 0 else tuple(row[0] for row in part)
        batches.append(Pairs(own, target))
    chooser.shuffle(batches)
    return batches


def question_batches(
    folder: Path, parallel: Path, plan: Plan, *, seed: int, score: Score = bm25.scores
) -> list[Questions]:
    """Batches of questions of one set and few articles, so that other passages of the same article are wrong ones.

    Hard negatives are the best wrong paragraphs by ``score``.
    """
    chooser = random.Random(seed)  # noqa: S311
    batches: list[Questions] = []
    for path in sorted(folder.glob("*.jsonl.xz")):
        name = path.name.removesuffix(".jsonl.xz")
        if name in _NOT_FOR_RETRIEVAL:
            continue
        examples = [example for example in questions.read(path) if example.answerable]
        for language in Language:
            own = [example for example in examples if example.language is language]
            batches += _of_set(own, chooser, plan, score, most=plan.most.get(name, len(own)))
        if name == "covidfaq":
            batches += _crossed_topics(examples, chooser)
    batches += _crossed_law(parallel / "laws_canada_passages.tsv.xz", chooser, count=2 * plan.crossed)
    chooser.shuffle(batches)
    return batches


def _of_set(
    examples: Sequence[Example], chooser: random.Random, plan: Plan, score: Score, *, most: int
) -> list[Questions]:
    if not examples or not most:
        return []
    chosen = chooser.sample(list(examples), min(most, len(examples)))
    paragraphs = list(dict.fromkeys(example.context for example in examples))
    negatives = _hard_negatives(chosen, paragraphs, score, chooser)
    by_title: dict[str, list[Example]] = defaultdict(list)
    for example in chosen:
        by_title[example.title].append(example)
    titles = sorted(by_title)
    chooser.shuffle(titles)
    return _batches([example for title in titles for example in by_title[title]], negatives, plan, chooser)


def page_batches(pages: Sequence[Page], plan: Plan, *, seed: int, score: Score = bm25.scores) -> list[Questions]:
    """Batches of questions on invented pages, each page and its questions in the same language or across.

    What is looked for is the passage, alone or under its title as in the library, or the sentence that answers.
    """
    chooser = random.Random(seed)  # noqa: S311
    within: dict[Language, list[Example]] = {language: [] for language in LANGUAGES}
    found: list[Example] = []
    for page in chooser.sample(pages, len(pages)):
        of_question, of_text = chooser.choice(LANGUAGES), chooser.choice(LANGUAGES)
        shown = chooser.choice((replace, _headed, _its_sentence))
        own = [shown(example) for example in invented.put([page], of_question, of_text) if example.answerable]
        found += own
        if of_question is of_text:
            within[of_text] += own
    negatives: dict[Example, str] = {}
    for examples in within.values():
        paragraphs = list(dict.fromkeys(example.context for example in examples))
        negatives |= _hard_negatives(examples, paragraphs, score, chooser)
    batches = _batches(found, negatives, plan, chooser)
    chooser.shuffle(batches)
    return batches


def _headed(example: Example) -> Example:
    return replace(example, context=example.under_its_title)


def _its_sentence(example: Example) -> Example:
    spans, held = example.sentences()
    sentence = example.context[spans[held[0]].start : spans[held[-1]].end] if held else example.context
    return replace(example, context=f"{example.title.partition(SECTION_SEPARATOR)[0]}: {sentence}")


def _batches(
    examples: Sequence[Example], negatives: Mapping[Example, str], plan: Plan, chooser: random.Random
) -> list[Questions]:
    def asked(question: str) -> str:
        return as_typed(question, chooser) if chooser.random() < plan.typed else question

    return [
        Questions(
            tuple(asked(example.question) for example in batch),
            (
                *(example.context for example in batch),
                *(negatives[example] for example in batch[:: plan.hard_negative_every] if example in negatives),
            ),
        )
        for batch in _with_distinct_contexts(examples)
    ]


def _hard_negatives(
    examples: Sequence[Example], paragraphs: Sequence[str], score: Score, chooser: random.Random
) -> dict[Example, str]:
    if not examples:
        return {}
    scores = score([example.question for example in examples], paragraphs, examples[0].language)
    found = {}
    for example, row in zip(examples, np.argsort(-scores, axis=1)[:, : _HARD_NEGATIVES + 1], strict=True):
        wrong = [paragraphs[place] for place in row if paragraphs[place] != example.context]
        if wrong:
            found[example] = chooser.choice(wrong[:_HARD_NEGATIVES])
    return found


def _with_distinct_contexts(examples: Sequence[Example]) -> list[list[Example]]:
    """Put each example into the first of the open batches that has room and not yet its context."""
    open_batches: list[list[Example]] = []
    full: list[list[Example]] = []
    for example in examples:
        batch = next((b for b in open_batches if all(other.context != example.context for other in b)), None)
        if batch is None:
            batch = []
            open_batches.append(batch)
        batch.append(example)
        if len(batch) == _QUESTION_BATCH:
            full.append(batch)
            open_batches.remove(batch)
    return full + [batch for batch in open_batches if len(batch) > 1]


def _crossed_topics(examples: Sequence[Example], chooser: random.Random) -> list[Questions]:
    """Questions of one language that ask for what the answer of the other language to the same topic says."""
    contexts = {(example.title, example.language): example.context for example in examples}
    crossed = [
        Example(example.language, example.question, contexts[key], example.title, None, answerable=True)
        for example in examples
        if (key := (example.title, example.language.other)) in contexts
    ]
    chooser.shuffle(crossed)
    batches = _with_distinct_contexts(crossed)
    return [Questions(tuple(e.question for e in batch), tuple(e.context for e in batch)) for batch in batches]


def _crossed_law(path: Path, chooser: random.Random, *, count: int) -> list[Questions]:
    """A sentence of a passage asks for the passage in the other language."""
    rows = chooser.sample(pairs.read(path, longest=None), count)
    batches = []
    for number, start in enumerate(range(0, len(rows), _QUESTION_BATCH)):
        turned = [row if number % 2 else (row[1], row[0]) for row in rows[start : start + _QUESTION_BATCH]]
        queries = tuple(_a_sentence(asked, chooser) for asked, _ in turned)
        batches.append(Questions(queries, tuple(passage for _, passage in turned)))
    return batches


def _a_sentence(passage: str, chooser: random.Random) -> str:
    sentences = [part for part in _SENTENCE.split(passage) if len(part) >= _FEWEST_QUERY_CHARACTERS]
    return chooser.choice(sentences) if sentences else passage
