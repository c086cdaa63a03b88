"""Make documents and gold questions of a public reading set, such as PIAF or XQuAD.

The set is a JSONL file, plain or compressed with xz, whose lines have ``lang``, ``question``, ``context``, ``answer``,
``answer_start`` and ``is_impossible``, and perhaps ``id``, ``title`` and ``answers``. Then evaluate with
``python -m assistant evaluate OUT/questions.jsonl --documents OUT/documents --no-corpus``.
"""

import json
import lzma
import random
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console

from assistant.errors import AssistantError, ConfigurationError, InvalidQuestions
from assistant.evaluation.gold import GoldQuestion
from assistant.reading.sentences import sentence_spans
from assistant.types import Language


class ReadingQuestion(BaseModel):
    """One line of a reading set: a question about a paragraph."""

    model_config = ConfigDict(frozen=True)

    lang: Language
    question: str
    context: str
    answer: str | None
    answer_start: int | None
    is_impossible: bool = False
    id: str | None = None
    title: str | None = None
    answers: tuple[str, ...] = ()


def read_set(path: Path) -> list[ReadingQuestion]:
    """The questions of a reading set, in order.

    Raises:
        InvalidQuestions: the file cannot be read, or a line is not of that form; the message names the line.
    """
    try:
        data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        lines = data.decode("utf-8").split("\n")  # not splitlines: JSON may hold a U+2028 as it is
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InvalidQuestions(f"{path}: cannot be read ({error}).") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            questions.append(ReadingQuestion.model_validate_json(line))
        except ValidationError as error:
            raise InvalidQuestions(f"{path}, line {number}: {error.errors()[0]['msg']}.") from error
    return questions


def document_names(questions: Sequence[ReadingQuestion]) -> dict[str, str]:
    """The file name of each distinct context."""
    contexts = {question.context: question.lang for question in questions}
    return {context: f"{number:04d}.{lang.value}.html" for number, (context, lang) in enumerate(contexts.items(), 1)}


def as_document(question: ReadingQuestion) -> str:
    """The context as HTML, in which, once escaped, no character of it means anything else."""
    title = f"<title>{escape(question.title)}</title>" if question.title else ""
    body = f"<p>{escape(question.context)}</p>"
    return f'<!doctype html><html lang="{question.lang.value}"><head>{title}</head><body>{body}</body></html>\n'


def as_gold(question: ReadingQuestion, *, identifier: str, document: str) -> GoldQuestion:
    """The question in the gold set's form; its evidence is the sentence that holds the answer."""
    answerable = not question.is_impossible and question.answer is not None and question.answer_start is not None
    return GoldQuestion(
        id=question.id or identifier,
        lang=question.lang,
        question=question.question,
        answer=question.answer if answerable else None,
        answer_aliases=tuple(dict.fromkeys(question.answers)) if answerable else (),
        document=document if answerable else None,
        evidence=_sentence(question.context, question.answer_start, question.lang) if answerable else None,
        type="span" if answerable else "unanswerable",
    )


def _sentence(context: str, position: int | None, language: Language) -> str:
    """The sentence around a position: the answer alone, such as a year, also stands where it answers nothing."""
    start = context.rfind("\n", 0, position) + 1
    line = context[start:].split("\n", 1)[0]
    spans = [span for span in sentence_spans(line, language) if span.start <= (position or 0) - start]
    return line[spans[-1].start : spans[-1].end] if spans else line


def convert(
    source: Annotated[Path, typer.Argument(metavar="SET.jsonl.xz", help="The reading set.")],
    out: Annotated[Path, typer.Option(help="Folder to write `documents/` and `questions.jsonl` to.")],
    sample: Annotated[int | None, typer.Option(min=1, help="Keep this many questions, and every document.")] = None,
    seed: Annotated[int, typer.Option(help="Which sample.")] = 0,
) -> None:
    """Make documents and gold questions of a reading set."""
    questions = read_set(source)
    names = document_names(questions)
    folder = out / "documents"
    if folder.is_dir() and any(folder.iterdir()):
        raise ConfigurationError(
            f"{folder}: not empty, and what is in it would be searched too. Choose another folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for question in {question.context: question for question in reversed(questions)}.values():
        (folder / names[question.context]).write_text(as_document(question), encoding="utf-8")
    stem = source.name.partition(".")[0]
    gold = [
        as_gold(question, identifier=f"{stem}-{number:04d}", document=names[question.context])
        for number, question in enumerate(questions, 1)
    ]
    kept = sorted(random.Random(seed).sample(range(len(gold)), min(sample or len(gold), len(gold))))  # noqa: S311 — a sample
    lines = (
        json.dumps(gold[number].model_dump(mode="json", exclude={"history", "split"}), ensure_ascii=False)
        for number in kept
    )
    (out / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    Console(highlight=False).print(f"{len(kept)} questions, {len(names)} documents in {out}", markup=False)


if __name__ == "__main__":
    try:
        typer.run(convert)
    except AssistantError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"Error: {error}", markup=False)
        sys.exit(1)
