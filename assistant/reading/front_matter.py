"""The YAML block at the head of a Markdown file: what a document says of itself."""

import datetime
import re
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator

from assistant.errors import UnreadableDocument
from assistant.reading.blocks import clean
from assistant.types import Language, Source

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_YEARS = re.compile(r"(\d{4})\s?[-–/]\s?(\d{4})")
_FIRST_LINE = 2  # of the block, in the file: the line after the opening ---


def _to_text(value: object) -> object:
    """YAML reads ``title: 2025`` as a number or a date; the writer meant words."""
    return clean(str(value)) if isinstance(value, str | int | float | datetime.date) else value


def _to_iso_date(value: object) -> object:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value).strip()
    if years := _YEARS.fullmatch(text):
        return "/".join(years.groups())
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if _DATE.fullmatch(text) else "")
    except ValueError:
        message = "write the date as 2025, 2025-03, 2025-03-19 or 2024-2025"
        raise ValueError(message) from None
    return text


Text = Annotated[str, BeforeValidator(_to_text)]
Date = Annotated[str, BeforeValidator(_to_iso_date)]


class SourceEntry(BaseModel):
    """One entry of ``sources``; its label is its place in the list unless given."""

    label: Text | None = None
    publisher: Text
    title: Text
    url: Text | None = None
    as_of: Date | None = None


class FrontMatter(BaseModel):
    """The keys that are read; others are let be, because other tools have theirs."""

    title: Text | None = None
    kind: Text | None = None
    language: Language | None = None
    translation_of: Text | None = None
    published: Date | None = None
    as_of: Date | None = None
    publisher: Text | None = None
    url: Text | None = None
    source_entries: list[SourceEntry] = Field(default_factory=list, alias="sources")

    @model_validator(mode="after")
    def _labels_differ(self) -> Self:
        labels = [source.label for source in self.sources]
        repeated = sorted({label for label in labels if labels.count(label) > 1})
        if repeated:
            message = f"two sources have the label {', '.join(repeated)}"
            raise ValueError(message)
        return self

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(
            Source(entry.label or str(number), entry.publisher, entry.title, entry.url, entry.as_of)
            for number, entry in enumerate(self.source_entries, start=1)
        )


def parse(block: str) -> FrontMatter:
    """Read the YAML between the two ``---`` lines.

    Raises:
        UnreadableDocument: it is not YAML, not a list of keys, or a value is not valid; the reason says which.
    """
    try:
        values = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: an impossible date such as 2025-13-45
        raise UnreadableDocument(f"front matter is not valid YAML: {_yaml_problem(error)}") from error
    if values is None:
        return FrontMatter()
    if not isinstance(values, dict):
        raise UnreadableDocument("front matter is not a list of keys; write `key: value` on each line")
    try:
        return FrontMatter.model_validate({key: value for key, value in values.items() if value is not None})
    except ValidationError as error:
        problems = "; ".join(f"{_place(problem['loc'])}: {problem['msg']}" for problem in error.errors())
        raise UnreadableDocument(f"front matter: {problems}. Correct it and add the file again.") from error


def _yaml_problem(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + _FIRST_LINE}: {error.problem or error.context}"
    return " ".join(str(error).split())


def _place(location: tuple[int | str, ...]) -> str:
    """Entries are counted from 1, as their labels are."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in location) or "sources"
