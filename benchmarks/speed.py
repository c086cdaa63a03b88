"""How long a warm question takes, and how long a start takes until the port listens.

    python -m benchmarks.speed

The index is built first, in a temporary folder, from the corpus of the settings. Figures are medians; the machine's
noise is in the spread beside it. Questions are timed in process, as the web server asks them.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.evaluation.gold import read_questions, select
from assistant.settings import load_settings
from assistant.wiring import Wiring

_WARM_UP = 5
_START_SECONDS = 120


def main(
    questions: Annotated[Path, typer.Option(help="The gold set, as JSON lines.")] = Path("evaluation/gold.jsonl"),
    limit: Annotated[int, typer.Option(help="How many of its questions to ask.")] = 100,
    starts: Annotated[int, typer.Option(help="How often to start the server.")] = 5,
) -> None:
    """Time warm questions in process, and starts of the server."""
    asked = [question.question for question in select(read_questions(questions), limit=limit)]
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        settings = load_settings(data_dir=Path(folder))
        wiring = Wiring(settings)
        report = wiring.librarian.sync()
        print(f"first sync: {len(report.added)} documents, {report.embedded} texts, {report.seconds:.1f} s")
        print(f"sync with nothing new: {wiring.librarian.sync().seconds:.2f} s")
        tell("warm question", [seconds * 1000 for seconds in _ask(wiring, asked)], "ms")
        wiring.library.close()
        tell("start until the port answers", [_start(settings.data_dir) for _ in range(starts)], "s")


def _ask(wiring: Wiring, questions: Sequence[str]) -> list[float]:
    for question in questions[:_WARM_UP]:
        wiring.assistant.ask(question)
    return [wiring.assistant.ask(question).seconds for question in questions]


def _start(data_dir: Path) -> float:
    started = time.perf_counter()
    with serving(data_dir):
        return time.perf_counter() - started


@contextmanager
def serving(data_dir: Path) -> Iterator[str]:
    """Start ``app.py`` as its users do; the address of the page, once its health check answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"ASSISTANT_DATA_DIR": str(data_dir)}
    deadline = time.monotonic() + _START_SECONDS
    with subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            while not _listens(port):
                if time.monotonic() > deadline:
                    sys.exit("the server did not start")
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _listens(port: int) -> bool:
    request = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(request)
            return b" 200 " in connection.recv(64)
    except OSError:
        return False


def tell(name: str, figures: Sequence[float], unit: str) -> None:
    """Print the median of some times, and how far they spread."""
    ordered = sorted(figures)
    p95 = ordered[min(round(0.95 * len(ordered)), len(ordered) - 1)]
    print(
        f"{name}: median {statistics.median(ordered):.1f} {unit}, p95 {p95:.1f} {unit}, "
        f"min {ordered[0]:.1f}, max {ordered[-1]:.1f}, n={len(ordered)}"
    )


if __name__ == "__main__":
    typer.run(main)
