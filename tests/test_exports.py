import subprocess
import sys
from pathlib import Path

import assistant
from assistant import errors

ROOT = Path(__file__).parents[1]
HEAVY = ("chromadb", "gradio", "langchain_core", "sentence_transformers", "torch")


def test_the_public_names_are_sorted() -> None:
    assert assistant.__all__ == sorted(assistant.__all__)


def test_every_public_name_can_be_imported_and_has_a_docstring() -> None:
    for name in assistant.__all__:
        assert getattr(assistant, name).__doc__, name


def test_every_error_is_public() -> None:
    defined = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert defined <= set(assistant.__all__)


def test_every_error_can_be_caught_as_one() -> None:
    for name in set(assistant.__all__) & set(vars(errors)):
        assert issubclass(getattr(assistant, name), assistant.AssistantError), name


def test_to_import_the_package_loads_nothing_heavy() -> None:
    program = f"import assistant, sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert found.stdout.strip() == ""
