"""Pages made up for training, each in both languages, with questions that they answer and questions that they do not.

``training/pages/*.txt`` are plain text. A line's first characters say what it holds::

    === slug of the page
    T> French title || English title
    --- French heading || English heading
    fr> a passage in Markdown, on one line or several
    en> the same passage in English
    q> question in French || in English || its answer, word for word, in the French passage || in the English one
    n> question in French || in English, which no passage of the page answers
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.types import Language

LANGUAGES = (Language.FRENCH, Language.ENGLISH)
_SEPARATOR = "||"
_HELD_OUT = 5  # one page in so many is never trained on


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in both languages. ``answers`` are words of the two passages; empty where there is no answer."""

    wordings: Mapping[Language, str]
    answers: Mapping[Language, str]


@dataclass(slots=True)
class Section:
    """A passage of a page under its heading, in both languages, and what is asked of it."""

    headings: Mapping[Language, str]
    texts: dict[Language, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """A page in both languages."""

    slug: str
    titles: Mapping[Language, str] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)

    @property
    def held_out(self) -> bool:
        """Whether no model is trained on the page; told by its name, so that further pages move none."""
        return self._draw % _HELD_OUT == 0

    @property
    def for_calibration(self) -> bool:
        """Whether the answers are fitted on the page: on every second of those held out. The others only measure."""
        return self.held_out and self._draw // _HELD_OUT % 2 == 0

    @property
    def _draw(self) -> int:
        return zlib.crc32(self.slug.encode())


def read(folder: Path) -> list[Page]:
    """All pages of a folder, by the names of their files.

    Raises:
        ValueError: a line has not the form that its first characters announce; the message names it.
    """
    return [page for path in sorted(folder.glob("*.txt")) for page in _pages(path)]


def _pages(path: Path) -> Iterator[Page]:
    page: Page | None = None
    open_text: Language | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        mark, _, rest = line.partition(" ")
        if mark == "===":
            if page:
                yield page
            page, open_text = Page(rest.strip()), None
            continue
        if page is None:
            raise ValueError(f"{path}:{number}: a page begins with ===")
        try:
            open_text = _add(page, mark, rest, line, open_text)
        except (ValueError, IndexError) as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    if page:
        yield page


def _add(page: Page, mark: str, rest: str, line: str, open_text: Language | None) -> Language | None:
    """Take one line in; the language of the passage that is still open after it."""
    if mark == "T>":
        page.titles = _both(_parts(rest, 2))
    elif mark == "---" and _SEPARATOR in rest:
        page.sections.append(Section(_both(_parts(rest, 2))))
    elif mark in ("fr>", "en>"):
        language = Language(mark[:2])
        page.sections[-1].texts[language] = rest
        return language
    elif mark == "q>":
        page.sections[-1].asked.append(_answered(page.sections[-1], _parts(rest, 4)))
    elif mark == "n>":
        page.sections[-1].asked.append(Asked(_both(_parts(rest, 2)), {}))
    elif open_text:
        page.sections[-1].texts[open_text] += f"\n{line}"
        return open_text
    elif line.strip():
        raise ValueError(f"a line that begins with none of the marks: {line[:40]!r}")
    return None


def _answered(section: Section, parts: list[str]) -> Asked:
    answers = _both(parts[2:])
    for language, answer in answers.items():
        if section.texts[language].count(answer) != 1:
            raise ValueError(f"{answer!r} must stand once in the passage")
    return Asked(_both(parts[:2]), answers)


def _parts(text: str, number: int) -> list[str]:
    parts = [part.strip() for part in text.split(_SEPARATOR)]
    if len(parts) != number or not all(parts):
        raise ValueError(f"{number} parts are wanted between {_SEPARATOR}, not {len(parts)}")
    return parts


def _both(parts: Iterable[str]) -> dict[Language, str]:
    return dict(zip(LANGUAGES, parts, strict=True))
