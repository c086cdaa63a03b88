"""Reads the corpus as its writers made it: documents with their statements, facts, and the figures of both.

A figure of a text is *traceable* to facts when one of them says it, in so many words or in one of the other ways of
writing that are listed here; nothing else counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from assistant import figures
from assistant.figures import Figure, FigureKind
from assistant.reading.formats import read
from assistant.reading.passages import split
from assistant.types import BlockKind, Language, ParsedDocument, Source

CORPUS = Path(__file__).parents[1] / "corpus"

Value = tuple[FigureKind, str, str]
"""A ``Figure.key``: kind, value, unit."""

# A list of amounts may write its scale once: "from 300 to 550, then 700 and finally 750 million euros".
_SCALES = {
    3: r"k|mille|milliers|thousand",
    6: r"M|m|mn|millions?",
    9: r"Mds?|milliards?|bn|billions?",
}
_LINKS = frozenset("à et ou de près puis enfin to and or nearly about from then almost finally".split())
# Words that say a number without being one.
_FACTORS = (
    (re.compile(r"(?<!\w)[x×](\d+)(?!\w)"), None),
    (re.compile(r"(?<!\w)(?:doubl|redoubl)\w*", re.IGNORECASE), "2"),
    (re.compile(r"(?<!\w)tripl\w*", re.IGNORECASE), "3"),
    (re.compile(r"(?<!\w)(?:second|deuxième)(?!\w)", re.IGNORECASE), "2"),
)
# "Two figures are in circulation": the text counts what it sets out itself.
_COUNTS_OF_THE_TEXT = frozenset({"deux", "two"})
_SHORT_MILLIONS = re.compile(r"(?<=\d)M(?![\w€]| €)")  # the facts' short notes write "70M to 100M"
_PERIOD = re.compile(r"-[HQ]\d")
_FIRST_MONTHS = {"-H1": 1, "-H2": 7, "-Q1": 1, "-Q2": 4, "-Q3": 7, "-Q4": 10}
_YEAR_OF_DAY = re.compile(r"\d{4}-(?=\d\d-\d\d)")


class Fact(BaseModel):
    """One sourced fact of a subject, as ``corpus/facts`` keeps it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    fact_en: str
    fact_fr: str
    figure: str = ""
    as_of: str
    source_title: str
    source_url: str
    publisher: str
    conflict: str = ""

    @property
    def source(self) -> tuple[str, str, str]:
        return self.publisher, self.source_title, self.source_url


class Subject(BaseModel):
    """The facts that one document and its translation are written from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title_fr: str
    title_en: str
    kind: str
    facts: tuple[Fact, ...]
    known_gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, list item, table row or heading of a document, with the sources that vouch for it."""

    text: str
    section: str
    sources: tuple[Source, ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A document of the corpus: the file as written, its front matter, and what is read from it."""

    path: Path
    raw: str
    head: dict[str, Any]
    parsed: ParsedDocument
    statements: tuple[Statement, ...]

    @property
    def subject(self) -> Subject:
        return subjects()[self.path.name.split(".")[0]]

    @property
    def language(self) -> Language:
        return self.parsed.language

    @property
    def body(self) -> str:
        return self.raw.split("\n---\n", maxsplit=1)[1]


def document_ids() -> list[str]:
    return sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*.md"))


@cache
def document(document_id: str) -> CorpusDocument:
    path = CORPUS / document_id
    raw = path.read_text(encoding="utf-8")
    parsed = read(path, max_bytes=1_000_000)
    return CorpusDocument(
        path=path,
        raw=raw,
        head=yaml.safe_load(raw.split("---\n")[1]),
        parsed=parsed,
        statements=tuple(_statements(parsed)),
    )


@cache
def subjects() -> dict[str, Subject]:
    files = sorted((CORPUS / "facts").glob("*.yaml"))
    return {path.stem: Subject.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in files}


def _statements(parsed: ParsedDocument) -> Iterator[Statement]:
    sources = {source.label: source for source in parsed.sources}
    for block in parsed.blocks:
        if block.kind is BlockKind.HEADING:
            yield Statement(parsed.text[block.start : block.end], "", (), is_heading=True)
    for passage in split(parsed):
        for span in passage.sentences:
            labels = [mark.label for mark in parsed.marks if span.start < mark.position <= span.end]
            text = parsed.text[span.start : span.end]
            yield Statement(text, passage.section, tuple(sources[label] for label in labels))


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure of a text: the words, and the values that they may stand for."""

    text: str
    values: frozenset[Value]

    @property
    def must_be_traceable(self) -> bool:
        return self.text.casefold() not in _COUNTS_OF_THE_TEXT


@cache
def mentions(text: str, language: Language) -> tuple[Mention, ...]:
    """The figures of a text; one in a list may also be read with the scale and the unit of its end."""
    found: list[Mention] = []
    following: Figure | None = None
    end_of_list = (FigureKind.NUMBER, 0, "")
    for figure in reversed(figures.find(text, language)):
        values = {figure.key}
        if following is not None and _goes_on(figure, text[figure.end : following.start]):
            kind, scale, unit = end_of_list
            values.add((kind, f"{(Decimal(figure.value) * 10**scale).normalize():f}", unit))
        else:
            end_of_list = (figure.kind, _scale(figure.text), figure.unit)
        found.append(Mention(figure.text, frozenset(values)))
        following = figure
    return tuple(reversed(found))


def _goes_on(figure: Figure, between: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", between))
    is_bare = figure.kind is not FigureKind.DATE and not _scale(figure.text)
    return is_bare and words <= _LINKS and not re.search(r"[.;:|]", between)


def _scale(text: str) -> int:
    found = (power for power, words in _SCALES.items() if re.search(rf"(?<![^\W_])\d*(?:{words})(?!\w)", text))
    return next(found, 0)


def known_values(texts: Iterable[tuple[str, Language]], *, years: Sequence[str] = ()) -> set[Value]:
    """All that these texts allow another to say: their figures, the parts of their dates, "double" for 2.

    ``years`` are those of a day that is written without one.
    """
    known: set[Value] = set()
    for text, language in texts:
        for mention in mentions(text, language):
            for value in mention.values:
                known |= _implied(value, years)
        for pattern, number in _FACTORS:
            known |= {(FigureKind.NUMBER, number or match[1], "") for match in pattern.finditer(text)}
    return known


@cache
def values_of_fact(fact: Fact) -> set[Value]:
    years = re.findall(r"\d{4}", fact.as_of)
    texts = [
        (fact.fact_fr, Language.FRENCH),
        (fact.source_title, Language.FRENCH),
        (fact.publisher, Language.FRENCH),
        (fact.publisher, Language.ENGLISH),
        (fact.fact_en, Language.ENGLISH),
        (_SHORT_MILLIONS.sub(" million", fact.figure), Language.ENGLISH),
        (fact.as_of.replace("–", "-"), Language.ENGLISH),
    ]
    return known_values(texts, years=years) | values_of_conflict(fact)


@cache
def values_of_conflict(fact: Fact) -> set[Value]:
    years = re.findall(r"\d{4}", fact.as_of)
    return known_values([(fact.conflict, Language.ENGLISH)], years=years)


def is_traceable(mention: Mention, known: set[Value]) -> bool:
    return any(_is_known(value, known) for value in mention.values)


def _is_known(value: Value, known: set[Value]) -> bool:
    """Said as such; for a range of dates, both of its ends; for a number, with or without its unit: 3,000 (m²)."""
    kind, written, unit = value
    if kind is FigureKind.DATE:
        return value in known or ("/" in written and all((kind, end, unit) in known for end in written.split("/")))
    return any(
        written == other
        and kind_of_other is not FigureKind.DATE
        and (unit == unit_of_other or not (unit and unit_of_other))
        for kind_of_other, other, unit_of_other in known
    )


def _implied(value: Value, years: Sequence[str]) -> set[Value]:
    """A date says its parts: each day of a range, the month, the year, the day without the year."""
    kind, written, unit = value
    if kind is not FigureKind.DATE:
        return {value}
    implied = {written, _YEAR_OF_DAY.sub("--", written)}
    if written.startswith("--"):
        implied |= {written.replace("--", f"{year}-") for year in years}
    for date in [part for form in implied for part in form.split("/")]:
        implied.add(date)
        if not date.startswith("-"):
            implied |= {date[:4], date[:7]}
    return {(kind, form, unit) for form in implied}


def shared_runs(statements: Sequence[tuple[str, str]], *, words: int) -> dict[str, set[str]]:
    """Runs of so many words that several subjects have, with these; ``statements`` are pairs of subject and text.

    What stands between quotation marks is passed over: a quotation is meant to be the same.
    """
    holders: dict[str, set[str]] = {}
    for subject, text in statements:
        for part in re.split(r"«[^»]*»|“[^”]*”", text):
            found = re.findall(r"[^\W_]+", part.casefold())
            runs = (" ".join(found[start : start + words]) for start in range(len(found) - words + 1))
            for run in runs:
                holders.setdefault(run, set()).add(subject)
    return {run: subjects for run, subjects in holders.items() if len(subjects) > 1}


def first_day(date: str) -> str:
    """The earliest day that an ISO date, or a year, half-year, quarter or month, may mean."""
    date = _PERIOD.sub(lambda period: f"-{_FIRST_MONTHS[period[0]]:02d}", date.partition("/")[0])
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date


def last_day(date: str) -> str:
    """A day that none of an ISO date, year, month or pair of years comes after."""
    date = date.rpartition("/")[2]
    return date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date
