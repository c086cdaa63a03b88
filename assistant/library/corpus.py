"""The corpus folder: which of its files are documents, and how one is put in or taken out.

It is the truth, so a file enters by one atomic rename and leaves into ``.withdrawn/``, never by deletion.
"""

import hashlib
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import ConfigurationError, UnknownDocument, UnreadableDocument

_WITHDRAWN = ".withdrawn"

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
    """Copy a file into the folder, whole or not at all. Returns its id.

    One of the same name is replaced; what it held before is kept in ``.withdrawn/``.

    Raises:
        UnreadableDocument: a file of that name would not be a document.
        ConfigurationError: ``folder`` is not inside the corpus folder.
    """
    destination = corpus_dir / folder / source.name
    if not destination.parent.resolve().is_relative_to(corpus_dir.resolve()):
        raise ConfigurationError(f"{folder}: not inside {corpus_dir}. Name a folder of the corpus.")
    if not _is_document_name(destination):
        raise UnreadableDocument("hidden files and data files are no documents; rename it and add it again.")
    destination.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".incoming-", dir=destination.parent)
    incoming = Path(name)
    try:
        with os.fdopen(handle, "wb") as copy, source.open("rb") as original:
            shutil.copyfileobj(original, copy)
            copy.flush()
            os.fsync(copy.fileno())
        incoming.chmod(0o644)  # mkstemp's is readable by its owner alone
        if destination.exists() and sha256(destination) != sha256(incoming):
            shutil.copy2(destination, _withdrawn_place(destination, corpus_dir))
        incoming.replace(destination)
    except BaseException:
        incoming.unlink(missing_ok=True)
        raise
    return document_id(destination, corpus_dir)


def find(name: str, held: Mapping[str, Path]) -> str:
    """The id of the document that ``name`` means, among those ``held``: an id, or a path that leads to the file.

    Raises:
        UnknownDocument: there is no such document.
    """
    if name in held:
        return name
    for key, path in held.items():
        if path.resolve() == Path(name).resolve():
            return key
    raise UnknownDocument(f"{name}: no such document in the corpus. `python ingest.py status` lists their ids.")


def withdraw(path: Path, corpus_dir: Path) -> None:
    """Move a document into ``.withdrawn/``, under the time of its withdrawal, from where it can be put back."""
    path.rename(_withdrawn_place(path, corpus_dir))


def _withdrawn_place(path: Path, corpus_dir: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    place = corpus_dir / _WITHDRAWN / stamp / path.relative_to(corpus_dir)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _is_document_name(path: Path) -> bool:
    return not path.name.startswith(".") and path.suffix.lower() not in _NOT_DOCUMENTS


def _visible(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if not path.name.startswith(".") and not path.is_symlink():
                yield from _visible(path)
        elif path.is_file() and _is_document_name(path):
            yield path
