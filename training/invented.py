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

import random
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.evaluation.gold import GoldQuestion
from assistant.reading.markdown import read_markdown
from assistant.reading.passages import SECTION_SEPARATOR, split
from assistant.types import Language, ParsedDocument
from training import bm25
from training.questions import Example

_SEPARATOR = "||"
_HELD_OUT = 5  # one page in so many is measured on, never trained on
_LANGUAGES = (Language.FRENCH, Language.ENGLISH)
_ELSEWHERE = 0.1  # share of the questions put to another passage of their page
_IN_ANOTHER_PAGE, _LIKELIEST = 0.2, 5  # and to one of so many of other pages


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
        """Whether the page is measured on; told by its name, so that further pages move none."""
        return zlib.crc32(self.slug.encode()) % _HELD_OUT == 0


def read(folder: Path) -> list[Page]:
    """All pages of a folder, by the names of their files.

    Raises:
        ValueError: a line has not the form that its first characters announce; the message names it.
    """
    return [page for path in sorted(folder.glob("*.txt")) for page in _pages(path)]


def put(pages: Iterable[Page], of_question: Language, of_text: Language) -> Iterator[Example]:
    """Each question in one language, put to the passage it was written for, in the same language or the other."""
    for page in pages:
        passages = _passages(page, of_text)
        for number, section in enumerate(page.sections):
            own = [passage for passage in passages if passage.section == number]
            for asked in section.asked:
                answer = asked.answers.get(of_text, "")
                found = next((passage for passage in own if answer in passage.text), None)
                if found:  # tables are read as rows: an answer over two cells is none
                    yield found.example(asked.wordings[of_question], answer)


def examples(pages: Sequence[Page], chooser: random.Random) -> list[Example]:
    """What the reader learns from: each question put once within a language and once across.

    Some are put to another passage of their page instead, or to one of the likeliest of the other pages: most of what
    search finds is such.
    """
    held = {language: [_passages(page, language) for page in pages] for language in _LANGUAGES}
    likeliest = {language: _likeliest(pages, held[language], language) for language in _LANGUAGES}
    found: list[Example] = []
    for place, page in enumerate(pages):
        for number, section in enumerate(page.sections):
            for asked in section.asked:
                one, other = chooser.sample(_LANGUAGES, len(_LANGUAGES))
                for of_question, of_text in ((one, one), chooser.choice(((one, other), (other, one)))):
                    answer = asked.answers.get(of_text, "")
                    page_passages = held[of_text][place]
                    own = [p for p in page_passages if p.section == number and answer in p.text]
                    drawn = chooser.random()
                    if not own or drawn < _ELSEWHERE:
                        own = [p for p in page_passages if p.section != number and not (answer and answer in p.text)]
                        answer = ""
                    elif drawn < _ELSEWHERE + _IN_ANOTHER_PAGE:
                        own, answer = likeliest[of_text][asked.wordings[of_text]], ""
                    if own:
                        found.append(chooser.choice(own).example(asked.wordings[of_question], answer))
    return found


@dataclass(frozen=True, slots=True)
class _Passage:
    language: Language
    section: int
    title: str
    text: str

    def example(self, question: str, answer: str) -> Example:
        start = self.text.index(answer)
        span = (start, start + len(answer)) if answer else None
        return Example(self.language, question, self.text, self.title, span, bool(answer), in_both=True)


def _likeliest(
    pages: Sequence[Page], held: Sequence[Sequence[_Passage]], language: Language
) -> dict[str, list[_Passage]]:
    """By question, the passages of other pages that share most of its words."""
    passages = [passage for of_page in held for passage in of_page]
    page_of = np.repeat(np.arange(len(pages)), [len(of_page) for of_page in held])
    asked = [
        (place, one.wordings[language])
        for place, page in enumerate(pages)
        for section in page.sections
        for one in section.asked
    ]
    scores = bm25.scores([wording for _, wording in asked], [passage.text for passage in passages], language)
    found = {}
    for (place, wording), own in zip(asked, scores, strict=True):
        own[page_of == place] = -1.0
        best = np.argpartition(-own, min(_LIKELIEST, len(own) - 1))[:_LIKELIEST]
        found[wording] = [passages[number] for number in best if page_of[number] != place]
    return found


def _passages(page: Page, language: Language) -> list[_Passage]:
    """The page's passages as the library would hold them: tables as rows of names and values, lists as items."""
    found = []
    for number, section in enumerate(page.sections):
        content = read_markdown(section.texts[language]).content
        document = ParsedDocument("", content.text, content.blocks, language, "page")
        title = SECTION_SEPARATOR.join((page.titles[language], section.headings[language]))
        found += [
            _Passage(language, number, title, document.text[passage.start : passage.end]) for passage in split(document)
        ]
    return found


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
    return dict(zip(_LANGUAGES, parts, strict=True))


def write(pages: Iterable[Page], folder: Path) -> list[GoldQuestion]:
    """Write each page in one of the languages, as a document for a library, and give its questions in both."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, page in enumerate(pages):
        language = _LANGUAGES[number % len(_LANGUAGES)]
        parts = [f"# {page.titles[language]}"]
        for section in page.sections:
            parts += [f"## {section.headings[language]}", section.texts[language].strip()]
        (folder / f"{page.slug}.{language}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
        asked = [asked for section in page.sections for asked in section.asked]
        found += [
            _gold(f"{page.slug}-{place}", one, of_question, language)
            for place, one in enumerate(asked)
            for of_question in _LANGUAGES
        ]
    return found


def _gold(name: str, asked: Asked, language: Language, of_text: Language) -> GoldQuestion:
    answers = tuple(dict.fromkeys(asked.answers.values()))
    return GoldQuestion(
        id=f"{name}-{language}",
        lang=language,
        question=asked.wordings[language],
        answer=answers[0] if answers else None,
        answer_aliases=answers[1:],
        crosslingual=language is not of_text,
    )
