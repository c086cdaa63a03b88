"""Who may import whom: the table of the design, from the top of the house to its ground."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A row imports the rows below it, and its own members as far as they are in one package.
ROWS: tuple[tuple[str, ...], ...] = (
    ("app", "ingest", "assistant.__main__"),
    ("assistant.evaluation",),
    ("assistant.wiring",),
    ("assistant.web",),
    ("assistant.answering", "assistant.press"),
    ("assistant.search",),
    ("assistant.library",),
    ("assistant.reading",),
    ("assistant",),  # the package's own names: never needed below
    (
        "assistant.language", "assistant.figures", "assistant.dates", "assistant.numerals", "assistant.terms",
        "assistant.texts", "assistant.prompts", "assistant.units", "assistant.hedges", "assistant.comparing",
        "assistant.printing", "assistant.written_dates",
    ),
    ("assistant.settings",),
    ("assistant.types", "assistant.errors", "assistant.once"),
)  # fmt: skip
WITHIN_A_ROW = {
    ("app", "assistant.__main__"),
    ("assistant.language", "assistant.terms"),
    ("assistant.figures", "assistant.dates"),
    ("assistant.figures", "assistant.numerals"),
    ("assistant.figures", "assistant.terms"),
    ("assistant.figures", "assistant.hedges"),
    ("assistant.figures", "assistant.units"),
    ("assistant.comparing", "assistant.figures"),
    ("assistant.hedges", "assistant.terms"),
    ("assistant.printing", "assistant.figures"),
    ("assistant.printing", "assistant.hedges"),
    ("assistant.printing", "assistant.written_dates"),
    ("assistant.units", "assistant.terms"),
    ("assistant.written_dates", "assistant.texts"),
    ("assistant.dates", "assistant.numerals"),
    ("assistant.dates", "assistant.terms"),
    ("assistant.numerals", "assistant.terms"),
}
# Products, and the only places that know them.
ONLY_IN = {
    "gradio": ("assistant.web",),
    "chromadb": ("assistant.library.vectors",),
    "sentence_transformers": ("assistant.library.embeddings",),
    "torch": ("assistant.library.embeddings", "assistant.search.reader"),
}
MACHINE_PATH = re.compile(r"(?<![\w./])/(?:root|home|Users|work|mnt)/\w|\b[A-Z]:\\Users\\")
OUTSIDE = {"tests", "training", "benchmarks"}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name_of(path): path for path in (ROOT / "app.py", ROOT / "ingest.py", *sorted((ROOT / "assistant").rglob("*.py")))
}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports_of(module: str) -> Iterator[str]:
    """The modules that a module imports anywhere in it, functions included."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import. Write the whole name."
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in MODULES else str(node.module)


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def place_of(module: str) -> tuple[int, str]:
    """The row of a module, and which of its members it belongs to."""
    places = [(row, member) for row, members in enumerate(ROWS) for member in members if is_within(module, member)]
    found = max(places, key=lambda place: len(place[1]), default=(-1, ""))
    is_known = found[1] and (found[1] != "assistant" or module == "assistant")
    assert is_known, f"{module} is in no row: add it to the table of the design and to this one."
    return found


def is_ours(module: str) -> bool:
    return module in MODULES


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_what_is_below_it(module: str) -> None:
    row, member = place_of(module)
    for imported in filter(is_ours, imports_of(module)):
        other_row, other_member = place_of(imported)
        is_allowed = other_row > row or member == other_member or (member, other_member) in WITHIN_A_ROW
        assert is_allowed, f"{module} imports {imported}"


def test_every_import_of_our_own_is_of_a_module_that_exists() -> None:
    for module in MODULES:
        for imported in imports_of(module):
            assert imported.split(".")[0] not in {"assistant", "app", "ingest"} or is_ours(imported), imported


@pytest.mark.parametrize(("product", "places"), ONLY_IN.items())
def test_a_product_is_known_in_its_place_alone(product: str, places: tuple[str, ...]) -> None:
    users = {module for module in MODULES for name in imports_of(module) if is_within(name, product)}
    assert users
    assert all(any(is_within(user, place) for place in places) for user in users), users


def test_only_the_wiring_makes_the_embeddings() -> None:
    makers = {
        module
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
        and "SentenceEmbeddings" in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}
    }
    assert makers == {"assistant.wiring"}


def test_nothing_that_is_shipped_imports_tests_training_or_benchmarks() -> None:
    for module in MODULES:
        assert not {name.split(".")[0] for name in imports_of(module)} & OUTSIDE, module


def test_no_path_of_a_machine_is_written_down() -> None:
    patterns = ["*.py", "*.toml", "*.md", "*.yml", "*.yaml", "*.tsv", "*.txt", "Makefile"]
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, check=False, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is no checkout: git does not list its files")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file()}
    assert not [path for path, text in texts.items() if MACHINE_PATH.search(text)]


def test_no_pattern_needs_what_early_releases_of_python_3_11_do_not_do_right() -> None:
    """Possessive quantifiers and atomic groups loop for ever in the ``re`` of 3.11.2, which Debian 12 ships."""
    for module in MODULES:
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "(?" in node.value:
                pattern = re.sub(r"\\.|\[\^?\]?[^\]]*\]", "x", node.value)  # neither escapes nor sets of characters
                assert not re.search(r"[*+?}]\+|\(\?>", pattern), f"{module}: {node.value}"
