"""An installation as its staff have it: eight subjects of the corpus, the shipped model, commands as processes."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

SUBJECTS = (
    "congress-2025",
    "congress-overview",
    "congress-2026",
    "servier-gidy",
    "sanofi-modulus",
    "france-2030-bioproduction",
    "france-biolead",
    "campus-biotech-digital",
)
_LONGEST_SECONDS = 300


@dataclass(frozen=True)
class Installation:
    """Runs the project's commands over folders of its own."""

    folder: Path

    @property
    def corpus_dir(self) -> Path:
        return self.folder / "corpus"

    @property
    def environment(self) -> dict[str, str]:
        own = {"ASSISTANT_CORPUS_DIR": str(self.corpus_dir), "ASSISTANT_DATA_DIR": str(self.folder / "data")}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
        return kept | own | {"COLUMNS": "200"}

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run ``python ARGUMENTS`` from the repository, as the README has it."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )

    def ask(self, question: str) -> dict[str, Any]:
        """The object that ``ask --json`` prints."""
        done = self.run("-m", "assistant", "ask", question, "--json")
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


def install(folder: Path) -> Installation:
    """Copy the eight subjects with the glossary and the examples, and build the index."""
    installation = Installation(folder)
    for path in sorted((ROOT / "corpus").glob("*/*.md")):
        if path.name.split(".")[0] in SUBJECTS:
            copy = installation.corpus_dir / path.relative_to(ROOT / "corpus")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    for name in ("glossary.tsv", "examples.tsv"):
        shutil.copy(ROOT / "corpus" / name, installation.corpus_dir / name)
    done = installation.run("ingest.py")
    assert done.returncode == 0, done.stdout + done.stderr
    return installation
