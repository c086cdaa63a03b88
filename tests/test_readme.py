"""The README's commands and settings are those of the code, and CI runs the README's test command."""

import re
import shlex

import pytest
import typer

import ingest
from assistant import __main__ as readers
from assistant.library.embeddings import SentenceEmbeddings
from assistant.settings import SHIPPED_MODEL, Settings
from tests.installation import ROOT

READMES = ("README.md", "README.fr.md")


def commands(name: str) -> list[list[str]]:
    """The command lines of a README's shell blocks, in words, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    return [shlex.split(line, comments=True) for block in blocks for line in block.splitlines() if line.strip()]


def names(application: typer.Typer) -> set[str]:
    return {command.callback.__name__ for command in application.registered_commands if command.callback}


@pytest.mark.parametrize("name", READMES)
def test_every_command_of_the_readme_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    seen = 0
    for program, *arguments in commands(name):
        match [program.removeprefix(".venv/bin/"), *arguments]:
            case ["make", target]:
                assert target in targets
            case ["python", "ingest.py", command, *_]:
                assert command in names(ingest.cli)
            case ["python", "-m", "assistant", command, *_]:
                assert command in names(readers.cli)
            case ["python", path] | ["python", path, *_] if path.endswith(".py"):
                assert (ROOT / path).is_file()
            case ["python", "-m", "pytest"] | ["python3", "-m", "venv", ".venv"] | ["pip", "install", *_]:
                pass
            case unknown:
                pytest.fail(f"what is {unknown}?")
        seen += 1
    assert seen > 10


def test_both_readmes_install_the_same_way() -> None:
    installs = [[words for words in commands(name) if "install" in words] for name in READMES]
    assert installs[0] == installs[1]
    assert len(installs[0]) == 2


def test_the_makefile_installs_as_the_readme_says() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    first, _ = (words for words in commands("README.md") if "install" in words)
    for word in first[2:]:
        assert word in makefile


def test_the_table_of_settings_is_that_of_the_code() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(ASSISTANT_\w+)` \|(.*?)\| (.*) \|$", text, re.MULTILINE)
    fields = Settings.model_fields
    assert [name for name, _, _ in rows] == [f"ASSISTANT_{name.upper()}" for name in fields]
    for (_, default, meaning), field in zip(rows, fields.values(), strict=True):
        assert meaning == field.description
        written = "the model that ships" if field.default == str(SHIPPED_MODEL) else f"`{field.default}`"
        assert default.strip() in {written, written.replace("``", "")}


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert ["make", "test"] in commands("README.md")
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("\nmake test")


def test_the_shipped_model_is_small_and_loads_as_float32() -> None:
    assert sum(path.stat().st_size for path in SHIPPED_MODEL.rglob("*") if path.is_file()) <= 65_000_000
    model = SentenceEmbeddings(str(SHIPPED_MODEL)).load()
    assert {str(parameter.dtype) for parameter in model.parameters()} == {"torch.float32"}
    ids = model.tokenizer("Le congrès réunit les façonniers à Tours.")["input_ids"]
    assert ids.count(model.tokenizer.unk_token_id) == 0
