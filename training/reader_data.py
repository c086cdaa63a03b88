"""What the reader learns from: questions with a paragraph and the place of the answer in it, as rows of word pieces."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tokenizers import Tokenizer

from assistant.search.reader import encode, with_heading
from training import gloss, invented, page_files, questions, unanswerable
from training.gloss import Gloss
from training.questions import Example
from training.typed import as_typed

_MOST = {"squad_dev_minus_xquad": 12_000, "policyqa": 700, "covid_qa": 600}
_BATCH = 32
_CHUNK_CHARACTERS = 900  # of a longer paragraph, the reader sees a window of this size that holds the answer
_HEADED = 0.5  # share of the paragraphs that come with their title, as all passages of the library do
_CROSSED = 0.3  # share of the questions asked in the other language
_TYPED = 0.2  # share of the questions asked as they are typed in haste
_SHORTENED = (
    0.5  # share of the paragraphs of which a few sentences are shown: what is not there cannot be learnt by heart
)
_LEAST_SHOWN = 150  # characters
# Questions without an answer that are made of those that have one; SQuAD holds 5,000 of its own.
_WITHOUT_ANSWER = {
    "piaf.train": (
        (unanswerable.in_another_paragraph, 2000),
        (unanswerable.without_its_sentence, 3500),
        (unanswerable.about_another, 2000),
    ),
    "squad_dev_minus_xquad": ((unanswerable.without_its_sentence, 1500),),
    "tydiqa_en.train": ((unanswerable.without_its_sentence, 1500), (unanswerable.about_another, 500)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as word pieces. ``start`` and ``end`` are the answer's pieces, both 0 where there is none."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    start: int
    end: int


def examples_of(folder: Path, *, seed: int, share: float = 1.0) -> list[Example]:
    """Examples of the training sets whose answer is known to be there or not, and some made to have none.

    Of all that may be taken, a ``share`` is.
    """
    chooser = random.Random(seed)  # noqa: S311 - a sample, not a secret
    found: list[Example] = []
    for path in sorted(folder.glob("*.jsonl.xz")):
        name = path.name.removesuffix(".jsonl.xz")
        usable = [example for example in questions.read(path) if example.answer or not example.answerable]
        found += chooser.sample(usable, min(_MOST.get(name, len(usable)), len(usable)))
        for make, most in _WITHOUT_ANSWER.get(name, ()):
            found += make(usable, chooser, most=most)
    return chooser.sample(found, round(share * len(found)))


def examples_of_pages(folder: Path, *, seed: int) -> list[Example]:
    """Examples of the invented pages that are not measured on."""
    pages = [page for page in page_files.read(folder) if not page.held_out]
    return invented.examples(pages, random.Random(seed))  # noqa: S311


def batches(examples: Sequence[Example], tokenizer: Tokenizer, glosses: Gloss, *, seed: int) -> list[list[Row]]:
    """One pass: rows of about equal length together, in random order. Another seed cuts, heads and crosses others."""
    chooser = random.Random(seed)  # noqa: S311
    rows = list(_rows(examples, tokenizer, glosses, chooser))
    rows.sort(key=lambda row: len(row.ids) * chooser.uniform(0.9, 1.1))
    made = [rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH)]
    chooser.shuffle(made)
    return made


def _rows(examples: Sequence[Example], tokenizer: Tokenizer, glosses: Gloss, chooser: random.Random) -> Iterator[Row]:
    for example in examples:
        shown = _shortened(example, chooser) if chooser.random() < _SHORTENED else example
        shown = _window(shown, chooser)
        question = shown.question
        if not example.in_both and chooser.random() < _CROSSED:
            question = gloss.turn(question, glosses[shown.language], tokenizer)
        if chooser.random() < _TYPED:
            question = as_typed(question, chooser)
        headed = example.in_both or chooser.random() < _HEADED
        heading = shown.title.replace("_", " ") if headed else ""
        [encoding] = encode(tokenizer, question, [with_heading(heading, shown.context)])
        shift = len(with_heading(heading, ""))
        start, end = 0, 0
        if shown.answer is not None:
            pieces = [
                place
                for place, (sequence, (first, last)) in enumerate(
                    zip(encoding.sequence_ids, encoding.offsets, strict=True)
                )
                if sequence == 1 and first < shown.answer[1] + shift and last > shown.answer[0] + shift
            ]
            if not pieces:
                continue  # cut off
            start, end = pieces[0], pieces[-1]
        yield Row(tuple(encoding.ids), tuple(encoding.type_ids), start, end)


def _shortened(example: Example, chooser: random.Random) -> Example:
    """The example with some neighbouring sentences of its paragraph, among them those of the answer."""
    spans, held = example.sentences()
    if not spans:
        return example
    held = held or [chooser.randrange(len(spans))]
    start = spans[chooser.randint(0, held[0])].start
    end = spans[chooser.randint(held[-1], len(spans) - 1)].end
    if end - start < _LEAST_SHOWN:
        return example
    answer = (example.answer[0] - start, example.answer[1] - start) if example.answer else None
    return replace(example, context=example.context[start:end], answer=answer)


def _window(example: Example, chooser: random.Random) -> Example:
    """The example with a part of its paragraph, cut between words, that holds the answer if there is one."""
    if len(example.context) <= _CHUNK_CHARACTERS:
        return example
    first, last = example.answer or (0, 0)
    lowest = max(0, last - _CHUNK_CHARACTERS)
    highest = min(first, len(example.context) - _CHUNK_CHARACTERS) if example.answer else 0
    start = chooser.randint(min(lowest, highest), highest) if highest > 0 else 0
    if start:
        start = example.context.find(" ", start, first) + 1 or first
    text = example.context[start : start + _CHUNK_CHARACTERS]
    answer = (first - start, last - start) if example.answer else None
    return replace(example, context=text, answer=answer)
