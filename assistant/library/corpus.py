"""The corpus folder: which of its files are documents, and how one is put in or taken out.

It is the truth, so a file enters by one atomic rename and leaves into ``.withdrawn/``, never by deletion.
"""

import hashlib
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import ConfigurationError, UnknownDocument

WITHDRAWN = ".withdrawn"

# Beside the documents lie data about them: the glossary, example questions, sourced facts.
_NOT_DOCUMENTS = frozenset({".tsv", ".csv", ".yaml", ".yml", ".json", ".jsonl"})


def documents(corpus_dir: Path) -> dict[str, Path]:
    """The files that are meant as documents, by id: the path below the folder, in normal form C.

    Hidden files and folders, data files and links that lead out of the folder are passed over.

    Raises:
        ConfigurationError: the folder does not exist. An empty one is fine: it says that nothing is held.
    """
    if not corpus_dir.is_dir():
        raise ConfigurationError(
            f"ASSISTANT_CORPUS_DIR={str(corpus_dir)!r}: no such folder. "
            "Create it, or point the setting to the documents."
        )
    root = corpus_dir.resolve()
    return {
        document_id(path, corpus_dir): path
        for path in sorted(_visible(corpus_dir))
        if path.resolve().is_relative_to(root)
    }


def document_id(path: Path, corpus_dir: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(corpus_dir).as_posix())


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put(source: Path, corpus_dir: Path, folder: str = "") -> str:
    """Copy a file into the folder, whole or not at all, replacing one of the same name. Returns its id."""
    destination = corpus_dir / folder / source.name
    destination.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".incoming-", dir=destination.parent)
    incoming = Path(name)
    try:
        with os.fdopen(handle, "wb") as copy, source.open("rb") as original:
            shutil.copyfileobj(original, copy)
            copy.flush()
            os.fsync(copy.fileno())
        incoming.chmod(0o644)  # mkstemp's is readable by its owner alone
        incoming.replace(destination)
    except BaseException:
        incoming.unlink(missing_ok=True)
        raise
    return document_id(destination, corpus_dir)


def find(name: str, corpus_dir: Path) -> str:
    """The id of the document that ``name`` means: an id, or a path that leads to the file.

    Raises:
        UnknownDocument: no such document is in the folder.
    """
    held = documents(corpus_dir)
    if name in held:
        return name
    for key, path in held.items():
        if path.resolve() == Path(name).resolve():
            return key
    raise UnknownDocument(f"{name}: no such document in {corpus_dir}. `python ingest.py status` lists their ids.")


def withdraw(document_id: str, corpus_dir: Path) -> None:
    """Move a document into ``.withdrawn/``, under the time of its withdrawal, from where it can be put back."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    destination = corpus_dir / WITHDRAWN / stamp / document_id
    destination.parent.mkdir(parents=True, exist_ok=True)
    documents(corpus_dir)[document_id].rename(destination)


def _visible(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _visible(path)
        elif path.is_file() and path.suffix.lower() not in _NOT_DOCUMENTS:
            yield path
