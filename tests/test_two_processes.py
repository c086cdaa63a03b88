"""The app runs; staff add and withdraw from another process; the next answer in the browser knows it."""

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.chromium import EXECUTABLE, FLAGS, WHY_ABSENT
from tests.installation import ROOT, Installation

pytestmark = [pytest.mark.browser, pytest.mark.skipif(EXECUTABLE is None, reason=WHY_ABSENT)]

_START_SECONDS = 60
_PATIENCE_MS = 30_000
NEWS = """---
title: "Vestiaire du congrès"
language: fr
---
# Vestiaire du congrès

Le vestiaire du congrès accueille 742 manteaux au sous-sol.
"""
QUESTION = "Combien de manteaux au vestiaire ?"


@pytest.fixture(scope="module")
def app_url(installation: Installation) -> Iterator[str]:
    """The address of ``python app.py``, running as a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "app.py", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=installation.environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        deadline = time.monotonic() + _START_SECONDS
        while not _is_up(url):
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)
        yield url
        server.terminate()


@pytest.fixture
def page(app_url: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=EXECUTABLE, args=FLAGS)
        page = chromium.new_page(locale="fr-FR")
        page.set_default_timeout(_PATIENCE_MS)
        expect.set_options(timeout=_PATIENCE_MS)
        page.goto(app_url)
        yield page
        chromium.close()


def test_a_question_in_each_language_and_a_citation_that_opens(page: Page) -> None:
    ask(page, "C'est quand le congrès 2025 ?")
    expect(last_answer(page)).to_contain_text("19 et 20 mars 2025")
    ask(page, "How much did Servier invest in Gidy?")
    expect(last_answer(page)).to_contain_text("€86 million")
    with page.context.expect_page() as opened:
        last_answer(page).locator("a[href*='source/']").first.click()
    source = opened.value
    expect(source.locator("mark")).to_contain_text("€86 million")
    expect(source.get_by_role("heading", level=1)).to_contain_text(re.compile("Servier|Congrès"))


def test_what_another_process_adds_and_withdraws_shows_in_the_next_answer(
    page: Page, installation: Installation, tmp_path: Path
) -> None:
    ask(page, QUESTION)
    expect(last_answer(page)).not_to_contain_text("742")
    news = tmp_path / "vestiaire.fr.md"
    news.write_text(NEWS, encoding="utf-8")
    assert installation.run("ingest.py", "add", str(news)).returncode == 0
    ask(page, QUESTION)
    expect(last_answer(page)).to_contain_text("742")
    assert installation.run("ingest.py", "remove", "vestiaire.fr.md").returncode == 0
    ask(page, QUESTION)
    expect(last_answer(page)).not_to_contain_text("742")


def ask(page: Page, question: str) -> None:
    """Type a question and wait until its answer is whole."""
    before = page.locator(".answer").count()
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".answer")).to_have_count(before + 1)


def last_answer(page: Page) -> Locator:
    return page.locator(".answer").last


def _is_up(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=1) as response:
            return bool(response.status == 200)
    except OSError:
        return False
