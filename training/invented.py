"""Questions on invented pages: as examples to train and measure the reader with, and as a library to ask."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.evaluation.gold import GoldQuestion
from assistant.reading.markdown import read_markdown
from assistant.reading.passages import SECTION_SEPARATOR, split
from assistant.types import Language, ParsedDocument
from training import bm25, unanswerable
from training.page_files import LANGUAGES, Asked, Page
from training.questions import Example

_ELSEWHERE = 0.08  # share of the questions put to another passage of their page
_IN_ANOTHER_PAGE, _LIKELIEST = 0.14, 5  # and to one of so many of other pages
_CUT_OUT = 0.08  # and to their own passage, without the sentence that answers


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

    Some are put to another passage of their page instead, to one of the likeliest of the other pages, or to what is
    left of their own without the sentence that answers: most of what search finds is such.
    """
    held = {language: [_passages(page, language) for page in pages] for language in LANGUAGES}
    likeliest = {language: _likeliest(pages, held[language], language) for language in LANGUAGES}
    found: list[Example] = []
    for place, page in enumerate(pages):
        for number, section in enumerate(page.sections):
            for asked in section.asked:
                one, other = chooser.sample(LANGUAGES, len(LANGUAGES))
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
                        made = chooser.choice(own).example(asked.wordings[of_question], answer)
                        cut = drawn > 1.0 - _CUT_OUT and made.answer and unanswerable.cut_out(made)
                        found.append(cut or made)
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


def write(pages: Iterable[Page], folder: Path) -> list[GoldQuestion]:
    """Write each page in one of the languages, as a document for a library, and give its questions in both."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, page in enumerate(pages):
        language = LANGUAGES[number % len(LANGUAGES)]
        parts = [f"# {page.titles[language]}"]
        for section in page.sections:
            parts += [f"## {section.headings[language]}", section.texts[language].strip()]
        (folder / f"{page.slug}.{language}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
        asked = [asked for section in page.sections for asked in section.asked]
        found += [
            _gold(f"{page.slug}-{place}", one, of_question, language)
            for place, one in enumerate(asked)
            for of_question in LANGUAGES
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
