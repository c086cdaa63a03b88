"""How long a visitor waits, in a real Chromium: from pressing Enter to the first word of the answer, and to all of it.

    python -m benchmarks.screen

The application runs as its users start it, on the shipped corpus. One visitor asks alone, then several at once,
each in a window of their own. Needs Debian's ``chromium``.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from playwright.sync_api import Page, sync_playwright

from assistant.evaluation.gold import read_questions, select
from assistant.settings import load_settings
from assistant.wiring import Wiring
from benchmarks.speed import serving, tell
from tests.chromium import EXECUTABLE, FLAGS

_WARM_UP = 3
_PATIENCE_MS = 30_000
_BETWEEN_MS = 500  # the page takes no question while the event of the last one is still closing
# The page's own clock: from Enter to the first frame in which the new turn holds words of an answer, and to its last.
_WATCH = """() => document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const asked = event.target.value.trim();
    const started = performance.now();
    const times = (window.times = {});
    const watch = () => {
        const last = [...document.querySelectorAll('.turn')].at(-1);
        const turn = last && last.querySelector('.question').textContent.trim().endsWith(asked) && last;
        const answered = turn && turn.children.length > 1 && !turn.querySelector('.searching');
        const busy = document.querySelector('.conversation').getAttribute('aria-busy') === 'true';
        if (turn) times.noticed ||= performance.now() - started;
        if (answered) times.first ||= performance.now() - started;
        if (answered && !busy) times.whole = performance.now() - started;
        else requestAnimationFrame(watch);
    };
    watch();
}, true)"""
_BOX = "#question textarea"
_NAMES = {"noticed": "question on screen", "first": "first words of the answer", "whole": "whole answer"}


def main(
    questions: Annotated[Path, typer.Option(help="The gold questions.")] = Path("evaluation/gold.jsonl"),
    limit: Annotated[int, typer.Option(help="How many of them each visitor asks.")] = 20,
    visitors: Annotated[int, typer.Option(help="How many ask at once, after the one who asks alone.")] = 4,
) -> None:
    """Print the median of each wait, and how far it spreads."""
    asked = [question.question for question in select(read_questions(questions), limit=limit)]
    with tempfile.TemporaryDirectory(prefix="screen-") as folder:
        wiring = Wiring(load_settings(data_dir=Path(folder)))
        wiring.librarian.sync()
        wiring.library.close()
        with serving(Path(folder)) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=FLAGS)
            windows = [browser.new_context(locale="fr-FR").new_page() for _ in range(visitors)]
            for window in windows:
                window.goto(url)
                window.wait_for_selector(_BOX)
                window.evaluate(_WATCH)
            _ask(windows[:1], asked[:_WARM_UP])
            for at_once in dict.fromkeys((1, visitors)):
                times = _ask(windows[:at_once], asked)
                for name, title in _NAMES.items():
                    tell(f"{at_once} at once, {title}", [time[name] for time in times], "ms")
            browser.close()


def _ask(windows: Sequence[Page], questions: Sequence[str]) -> list[dict[str, float]]:
    """The times of each question, in milliseconds, asked in every window at the same time."""
    found = []
    for place in range(len(questions)):
        for number, window in enumerate(windows):
            # Not the same question in each: the second would find everything at hand.
            window.locator(_BOX).fill(questions[(place + number) % len(questions)])
        for window in windows:
            window.locator(_BOX).press("Enter")
        for window in windows:
            window.wait_for_function("window.times.whole", timeout=_PATIENCE_MS)
            found.append(window.evaluate("window.times"))
        windows[0].wait_for_timeout(_BETWEEN_MS)
    return found


if __name__ == "__main__":
    typer.run(main)
