"""Reads questions whose answers are known: one JSON object a line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InvalidQuestions
from assistant.types import Language


class GoldTurn(BaseModel):
    """An earlier question of the same conversation, with its answer where that matters."""

    model_config = ConfigDict(frozen=True)

    question: str = Field(min_length=1)
    answer: str | None = None


class GoldQuestion(BaseModel):
    """A question with its answer, and the words of a document that give it.

    ``answer`` is None where the documents have none; ``evidence`` is None where retrieval is not measured.
    """

    model_config = ConfigDict(frozen=True)

    id: str = Field(min_length=1)
    lang: Language
    question: str = Field(min_length=1)
    history: tuple[GoldTurn, ...] = ()
    answer: str | None = Field(min_length=1)
    answer_aliases: tuple[str, ...] = ()
    document: str | None = None
    evidence: str | None = Field(default=None, min_length=1)
    type: str = "other"
    crosslingual: bool = False
    split: str | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """The answer in all the words that count as right; none where the documents have no answer."""
        return (self.answer, *self.answer_aliases) if self.answer is not None else ()


def read_questions(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a JSONL file, in order; blank lines and unknown fields are passed over.

    Raises:
        InvalidQuestions: the file cannot be read, is empty, or a line is not a question; the message names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # not splitlines: JSON may hold a U+2028 as it is
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidQuestions(f"{path}: cannot be read ({error}). Give a JSONL file in UTF-8.") from error
    questions = tuple(_questions(path, lines))
    if not questions:
        raise InvalidQuestions(f"{path}: no question in it. Each line is one JSON object.")
    repeated = [identifier for identifier, count in Counter(item.id for item in questions).items() if count > 1]
    if repeated:
        raise InvalidQuestions(f"{path}: the id {repeated[0]!r} is used more than once. Make each id unique.")
    return questions


def select(
    questions: Sequence[GoldQuestion], *, split: str | None = None, limit: int | None = None
) -> tuple[GoldQuestion, ...]:
    """The questions of a split, and of these ``limit`` evenly spread over the file, the same ones each time.

    Raises:
        InvalidQuestions: none is left.
    """
    kept = [question for question in questions if split in (None, question.split)]
    if not kept:
        raise InvalidQuestions(f"No question of the split {split!r} among the {len(questions)} given.")
    if limit is None or limit >= len(kept):
        return tuple(kept)
    return tuple(kept[place * len(kept) // limit] for place in range(limit))


def _questions(path: Path, lines: Sequence[str]) -> Iterator[GoldQuestion]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield GoldQuestion.model_validate_json(line, strict=True)
        except ValidationError as error:
            raise InvalidQuestions(f"{path}, line {number}: {_problems(error)}.") from error


def _problems(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" if problem["loc"] else problem["msg"]
        for problem in error.errors()
    )
