"""The visitor's chat in a real Chromium: asking, citations, the language switch, small screens.

``app_url`` says which application is under test. Everything below asks only the two questions named here.
"""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.texts import ANSWER_TEXTS, WEB_TEXTS
from assistant.types import Language
from tests.chromium import EXECUTABLE, FLAGS, WHY_ABSENT
from tests.fake_site import (
    BROKEN_QUESTION,
    EXAMPLES,
    HOSTILE_TEXT,
    UNANSWERED_QUESTION,
    FakeAsker,
    FakeLibrary,
    fake_app,
)

pytestmark = [pytest.mark.browser, pytest.mark.skipif(EXECUTABLE is None, reason=WHY_ABSENT)]

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH
LOCALES = {FRENCH: "fr-FR", ENGLISH: "en-GB"}
ASKED = {FRENCH: "Combien a coûté l’unité Bio-S de Servier ?", ENGLISH: "When is the congress held?"}
EXPECTED = {FRENCH: "86 millions d’euros", ENGLISH: "19–20 March 2025"}
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 360, "height": 640}
PATIENCE_MS = 20_000
_START_SECONDS = 30


def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free loopback port for as long as the generator lives."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + _START_SECONDS
        while not server.started:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="module")
def app_url() -> Iterator[str]:
    yield from served(fake_app(asker=FakeAsker(pause_seconds=0.05)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=EXECUTABLE, args=FLAGS)
        yield chromium
        chromium.close()


class Visit:
    """One visitor's window; it remembers what went wrong and whom the page talked to."""

    def __init__(self, browser: Browser, url: str, language: Language, *, viewport: Any = None) -> None:
        self.context = browser.new_context(locale=LOCALES[language], viewport=viewport, permissions=["clipboard-read"])
        self.context.set_default_timeout(PATIENCE_MS)
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.context.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.context.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page: Page = self.context.new_page()
        self.page.goto(url)
        self.wait_for_words(language)

    def wait_for_words(self, language: Language) -> None:
        expect(self.page.get_by_placeholder(WEB_TEXTS[language].placeholder)).to_be_visible(timeout=PATIENCE_MS)

    def ask(self, question: str) -> None:
        box = self.page.locator("#question textarea")
        box.fill(question)
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while box.input_value() and time.monotonic() < deadline:
            box.press("Enter")  # dropped while the event before it is still closing, so a visitor presses again
            self.page.wait_for_timeout(300)
        self.wait_for_answer(question)

    def wait_for_answer(self, question: str) -> None:
        expect(self.page.locator(".turn .question").last).to_contain_text(question, timeout=PATIENCE_MS)
        expect(self.page.locator(".conversation")).to_have_attribute("aria-busy", "false", timeout=PATIENCE_MS)

    def switch_to(self, language: Language) -> None:
        self.page.locator("#language label", has_text=language.value.upper()).click()
        self.wait_for_words(language)

    def overflow(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.fixture
def visit(browser: Browser, app_url: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A fresh window in French, or in the language of the test's parameter, which talked to nobody else."""
    visitor = Visit(browser, app_url, getattr(request, "param", FRENCH))
    yield visitor
    visitor.context.close()
    assert visitor.errors == []
    assert visitor.hosts - {""} == {urlsplit(app_url).netloc}


@pytest.mark.parametrize(("visit", "language"), [(FRENCH, FRENCH), (ENGLISH, ENGLISH)], indirect=["visit"])
def test_an_answer_is_quoted_and_its_citation_opens_highlighted(visit: Visit, language: Language) -> None:
    visit.ask(ASKED[language])
    answer = visit.page.locator(".answer")
    expect(answer.locator("mark").first).to_have_text(EXPECTED[language])
    quoted = answer.locator(".sentences q").first.inner_text()
    with visit.context.expect_page() as opened:
        answer.locator(".call").first.click()
    highlight = opened.value.locator("mark#quote")
    expect(highlight).to_be_in_viewport()
    assert highlight.inner_text().strip("«»“”\u00a0 ") == quoted.strip("«»“”\u00a0 ")


@pytest.mark.parametrize("visit", [ENGLISH], indirect=True)
def test_the_chosen_language_is_applied_everywhere_and_remembered(visit: Visit) -> None:
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    visit.switch_to(FRENCH)
    for position, question in enumerate(EXAMPLES[FRENCH]):
        expect(visit.page.locator("#examples button").nth(position)).to_have_text(question)
    expect(visit.page.locator("html")).to_have_attribute("lang", "fr")
    expect(visit.page.locator(".notice")).to_have_text(WEB_TEXTS[FRENCH].notice)
    visit.page.reload()
    visit.wait_for_words(FRENCH)
    expect(visit.page.locator("html")).to_have_attribute("lang", "fr")
    expect(visit.page.locator("#send")).to_have_text(WEB_TEXTS[FRENCH].send)


def test_a_conversation_survives_the_switch_of_language_and_can_be_left(visit: Visit) -> None:
    visit.ask(ASKED[FRENCH])
    visit.switch_to(ENGLISH)
    expect(visit.page.locator(".answer .action").first).to_contain_text(WEB_TEXTS[ENGLISH].open_source)
    visit.ask(ASKED[ENGLISH])
    expect(visit.page.locator(".turn")).to_have_count(2)
    visit.page.get_by_role("button", name=WEB_TEXTS[ENGLISH].new_conversation).click()
    expect(visit.page.locator(".turn")).to_have_count(0)
    expect(visit.page.locator("#examples button").first).to_have_text(EXAMPLES[ENGLISH][0])


def test_a_tapped_example_is_asked(visit: Visit) -> None:
    question = EXAMPLES[FRENCH][0]
    visit.page.get_by_role("button", name=question).click()
    visit.wait_for_answer(question)
    expect(visit.page.locator("#welcome")).to_have_count(0)


def test_an_empty_question_cannot_be_sent_and_the_box_keeps_the_focus(visit: Visit) -> None:
    send, box = visit.page.locator("#send"), visit.page.locator("#question textarea")
    expect(send).to_be_disabled()
    box.fill("   ")
    expect(send).to_be_disabled()
    box.press("Enter")
    expect(visit.page.locator(".turn")).to_have_count(0)
    visit.ask(ASKED[FRENCH])
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    expect(send).to_be_disabled()


def test_a_question_that_is_too_long_stays_in_the_box(visit: Visit) -> None:
    box = visit.page.locator("#question textarea")
    box.fill("x" * 1_200)
    box.press("Enter")
    expect(visit.page.get_by_role("alert")).to_contain_text("1200")
    expect(box).to_have_value("x" * 1_200)
    visit.ask(ASKED[FRENCH])
    expect(visit.page.locator(".problem")).to_have_count(0)


def test_a_citation_is_copied_as_plain_text(visit: Visit) -> None:
    visit.ask(ASKED[FRENCH])
    visit.page.get_by_role("button", name=WEB_TEXTS[FRENCH].copy).first.click()
    expect(visit.page.locator("[data-copied]")).to_have_text(WEB_TEXTS[FRENCH].copied)
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert EXPECTED[FRENCH] in copied
    assert "données de mars" in copied


def test_what_is_not_found_is_said_with_the_nearest_documents(visit: Visit) -> None:
    visit.ask(UNANSWERED_QUESTION)
    card = visit.page.locator(".answer.not-found")
    expect(card).to_contain_text(ANSWER_TEXTS[FRENCH].not_found)
    expect(card.locator(".nearest a").first).to_be_visible()


def test_a_failure_is_calm_and_the_next_question_works(visit: Visit) -> None:
    visit.ask(BROKEN_QUESTION)
    expect(visit.page.locator(".failure")).to_have_text(WEB_TEXTS[FRENCH].failure)
    visit.ask(ASKED[FRENCH])
    expect(visit.page.locator(".answer mark").first).to_have_text(EXPECTED[FRENCH])


def test_a_document_with_markup_is_shown_literally(visit: Visit) -> None:
    visit.ask("hostile")
    expect(visit.page.locator(".sentences q")).to_have_text(HOSTILE_TEXT)
    expect(visit.page.locator(".sentences img, .sentences script, .sentences a:not(.call)")).to_have_count(0)


@pytest.mark.parametrize("viewport", [PHONE, SMALL_PHONE], ids=["390", "360"])
def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, app_url: str, viewport: dict[str, int]) -> None:
    visitor = Visit(browser, app_url, FRENCH, viewport=viewport)
    assert visitor.overflow() == 0
    for question in (ASKED[FRENCH], UNANSWERED_QUESTION, "x" * 300):
        visitor.ask(question)
        assert visitor.overflow() == 0
    for control in visitor.page.locator("button:visible, #language label:visible, .action:visible").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 40
    with visitor.context.expect_page() as opened:
        visitor.page.locator(".call").first.click()
    expect(opened.value.locator("mark#quote")).to_be_in_viewport()
    assert opened.value.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0
    visitor.context.close()


def test_an_empty_corpus_is_explained_in_the_page(browser: Browser) -> None:
    for url in served(fake_app(library=FakeLibrary(()))):
        page = browser.new_page(locale=LOCALES[ENGLISH])
        page.goto(url)
        expect(page.get_by_text(WEB_TEXTS[ENGLISH].empty_corpus)).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_text("python ingest.py add FILE")).to_be_visible()
        expect(page.locator("#examples button")).to_have_count(0)
        expect(page.locator("#question textarea")).to_have_count(0)
        page.close()
