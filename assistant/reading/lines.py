"""Printed lines → paragraphs: what a page layout broke up is put together again. Pure: no PDF library here.

Not done: tables and columns. A line that stands alone stays alone.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from assistant.reading.blocks import Content, ContentBuilder, clean
from assistant.reading.plain import bullet
from assistant.types import BlockKind

_MIN_PAGES_FOR_RUNNING_LINES = 3
_RUNNING_DEPTH = 3  # a running head or foot has at most that many lines
_PAGE_NUMBER = re.compile(r"[^\w#]*#(?:[^\w#]*#)?[^\w#]*")  # "12", "- 12 -", "12/40"
_SHORT = 0.6  # of a full line: shorter without a full stop is a heading or a cell
_NEARLY_FULL = 0.8  # of a full line: shorter with a full stop ends its paragraph
_SENTENCE_END = re.compile(r"[.!?…:;]\s*[»”\")\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-‐]$")
_LONGEST_WORD = 60
# French words that keep the hyphen before them: "celles-ci", "peut-être", "a-t-il".
_AFTER_HYPHEN = frozenset("ci là il ils elle elles on être même mêmes vous nous je tu t moi toi".split())


def without_running_lines(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Drop blank edges, and the first and last lines that most pages share, their digits aside."""
    trimmed = [_stripped(page) for page in pages]
    if len(trimmed) < _MIN_PAGES_FOR_RUNNING_LINES:
        return trimmed
    for edge in (0, -1):
        for _ in range(_RUNNING_DEPTH):
            running = _running_lines(trimmed, edge)
            for page in trimmed:
                if page and _pattern(page[edge]) in running:
                    page.pop(edge)
            trimmed = [_stripped(page) for page in trimmed]
    return trimmed


def join(pages: Sequence[Sequence[str]], *, headings: Mapping[str, int]) -> Content:
    """Make paragraphs and list items of the lines of pages; page numbers count from 1.

    ``headings`` are lines known to be headings, cleaned and case-folded, with their levels.
    """
    words = frozenset(word.casefold() for page in pages for line in page for word in _WORD.findall(line))
    builder = ContentBuilder()
    for paragraph in _paragraphs(pages, headings):
        text = _joined(paragraph.lines, words)
        builder.add(paragraph.kind, bullet(text) or text, level=paragraph.level, page=paragraph.page)
    return builder.build()


def _stripped(page: Sequence[str]) -> list[str]:
    filled = [number for number, line in enumerate(page) if line.strip()]
    return list(page[filled[0] : filled[-1] + 1]) if filled else []


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "#", clean(line).casefold())


def _running_lines(pages: Sequence[Sequence[str]], edge: int) -> set[str]:
    """Line patterns on more than half of the pages, or on a third of them: left and right pages may differ."""
    filled = [page for page in pages if page]
    counts = Counter(_pattern(page[edge]) for page in filled)
    return {
        pattern
        for pattern, count in counts.items()
        if (2 * count > len(filled) or (count > 2 and 3 * count >= len(filled)))
        and count > 1
        # rows of figures look alike without being a running line
        and (_WORD.search(pattern) or _PAGE_NUMBER.fullmatch(pattern))
    }


@dataclass(slots=True)
class _Paragraph:
    kind: BlockKind
    page: int
    lines: list[str]
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    full_width: float  # of the page, in characters
    after_blank: bool


def _lines(pages: Sequence[Sequence[str]]) -> Iterator[_Line]:
    for number, page in enumerate(pages, start=1):
        lengths = [len(line.strip()) for line in page if line.strip()]
        full_width = quantiles(lengths, n=10)[-1] if len(lengths) > 1 else float(sum(lengths))
        after_blank, owed = False, ""
        for line in page:
            bare = line.rstrip()
            text = clean(f"{bare[:-1]}-" if bare.endswith("\u00ad") else bare)
            if bullet(f"{text} x") == "x":  # a bullet that its text follows on the next line
                owed = f"{text} "
            elif text:
                yield _Line(owed + text, number, full_width, after_blank)
                owed = ""
            after_blank = not text


def _paragraphs(pages: Sequence[Sequence[str]], headings: Mapping[str, int]) -> Iterator[_Paragraph]:
    current: _Paragraph | None = None
    previous: _Line | None = None
    for line in _lines(pages):
        level = headings.get(line.text.casefold(), 0)
        if current and previous and not level and not current.level and _continues(previous, line):
            current.lines.append(line.text)
        else:
            if current:
                yield current
            kind = BlockKind.HEADING if level else BlockKind.LIST_ITEM if bullet(line.text) else BlockKind.PARAGRAPH
            current = _Paragraph(kind, line.page, [line.text], level)
        previous = line
    if current:
        yield current


def _continues(previous: _Line, line: _Line) -> bool:
    width = len(previous.text) / max(previous.full_width, 1)
    ended = bool(_SENTENCE_END.search(previous.text))
    if bullet(line.text) and (ended or width < _NEARLY_FULL or not line.text[0].isdigit()):
        return False
    if _word_before_hyphen(previous.text):
        return True
    if line.text[0].islower() and not ended:
        return not line.after_blank or width >= _SHORT
    if line.after_blank or (ended and line.page != previous.page):
        return False
    return width >= (_NEARLY_FULL if ended else _SHORT)


def _joined(lines: Sequence[str], words: Collection[str]) -> str:
    parts = [lines[0]]
    for line in lines[1:]:
        left = _word_before_hyphen(parts[-1])
        if left is None:
            parts.append(" ")
        elif _is_word_cut(left, line, words):
            parts[-1] = parts[-1][:-1]
        parts.append(line)
    return "".join(parts)


def _word_before_hyphen(line: str) -> str | None:
    match = _CUT_WORD.search(line[-_LONGEST_WORD:])
    return match[1] if match else None


def _is_word_cut(left: str, line: str, words: Collection[str]) -> bool:
    """Whether a hyphen at a line's end is the printer's; one that the document has elsewhere is the writer's."""
    match = _WORD.match(line)
    if match is None or not line[0].islower():
        return False
    right = match[0].casefold()
    compound, whole = f"{left.casefold()}-{right}", f"{left.casefold()}{right}"
    if compound in words and whole not in words:
        return False
    return right.split("-")[0] not in _AFTER_HYPHEN or whole in words
