"""Makes the index say what the corpus folder says.

The order of writes makes a crash at any instant harmless: vectors of new passages go into Chroma first, where
nothing refers to them; one SQL transaction then makes the new passages visible and the old ones invisible, which
is the moment of change; the vectors of the old ones leave Chroma last. What a crash leaves behind in Chroma is
invisible, and the next synchronisation sweeps it.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from assistant.errors import ConfigurationError, LibraryDamaged, UnreadableDocument
from assistant.library import corpus
from assistant.library.catalogue import Catalogue
from assistant.library.embeddings import IdentifiedEmbeddings
from assistant.library.folder import CATALOGUE, VECTORS, DataFolder
from assistant.library.indexing import Indexer, Lookup
from assistant.library.schema import SCHEMA_VERSION
from assistant.library.vectors import VectorIndex
from assistant.reading.formats import read
from assistant.reading.passages import CHUNKING_VERSION
from assistant.types import DocumentRecord, FailedFile, Language, SyncReport

# A graph index keeps deleted vectors as dead ends: past this many, and more than the living, it is built afresh.
_MIN_DELETED = 20_000

Progress = Callable[[int, int, str], None]
"""Called before each file with its number from 0, how many there are, and its id."""


def _unwatched(_done: int, _total: int, _name: str) -> None:
    """The progress that nobody watches."""


@dataclass(slots=True)
class _Tally:
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[FailedFile] = field(default_factory=list)

    def report(self, *, embedded: int, seconds: float) -> SyncReport:
        return SyncReport(
            added=tuple(sorted(self.added)),
            replaced=tuple(sorted(self.replaced)),
            removed=tuple(sorted(self.removed)),
            unchanged=tuple(sorted(self.unchanged)),
            failed=tuple(self.failed),
            embedded=embedded,
            seconds=seconds,
        )


class Librarian:
    """The only writer of the library: one at a time on a data folder, whatever the process."""

    def __init__(
        self,
        corpus_dir: Path,
        data: DataFolder,
        *,
        embeddings: IdentifiedEmbeddings,
        max_bytes: int,
        lock_timeout_seconds: float,
    ) -> None:
        self._corpus_dir = corpus_dir
        self._data = data
        self._embeddings = embeddings
        self._max_bytes = max_bytes
        self._lock_timeout_seconds = lock_timeout_seconds

    def sync(self, progress: Progress = _unwatched) -> SyncReport:
        """Take in new and changed files and forget those that are gone. Unchanged files cost a hash.

        Raises:
            ConfigurationError: no corpus folder, or the index was built with other settings.
            LibraryBusy: another process is writing.
            LibraryDamaged: the index is broken; the message names the command that builds it anew.
        """
        with self._data.writing(timeout_seconds=self._lock_timeout_seconds):
            return self._sync(progress)

    def rebuild(self, progress: Progress = _unwatched) -> SyncReport:
        """Build the index anew beside the old one, which serves until the new one replaces it."""
        with self._data.writing(timeout_seconds=self._lock_timeout_seconds):
            return self._build_aside(progress, known=lambda _keys: {})

    def add(self, files: Iterable[Path], *, folder: str = "", progress: Progress = _unwatched) -> SyncReport:
        """Copy files into the corpus, replacing those of the same name, and take them in.

        A file that cannot be read is reported and does not enter the corpus.
        """
        with self._data.writing(timeout_seconds=self._lock_timeout_seconds):
            refused = [failure for file in files if (failure := self._put(file, folder)) is not None]
            report = self._sync(progress)
        return replace(report, failed=(*refused, *report.failed))

    def remove(self, names: Iterable[str], progress: Progress = _unwatched) -> SyncReport:
        """Withdraw documents by id or path. Once this returns no process cites them again.

        Raises:
            UnknownDocument: one of them is not in the corpus; none of them is withdrawn then.
        """
        with self._data.writing(timeout_seconds=self._lock_timeout_seconds):
            held = corpus.documents(self._corpus_dir)
            found = [corpus.find(name, held) for name in names]
            for document_id in dict.fromkeys(found):
                corpus.withdraw(held[document_id], self._corpus_dir)
            return self._sync(progress)

    def _put(self, file: Path, folder: str) -> FailedFile | None:
        try:
            read(file, max_bytes=self._max_bytes)
            corpus.put(file, self._corpus_dir, folder)
        except UnreadableDocument as error:
            return FailedFile(str(file), error.reason)
        except OSError as error:
            return FailedFile(str(file), f"{error.strerror}.")
        return None

    def _sync(self, progress: Progress) -> SyncReport:
        files = corpus.documents(self._corpus_dir)
        folder = self._data.current()
        if folder is None:
            folder = self._data.create()
            with closing(Catalogue(folder / CATALOGUE)) as catalogue:
                catalogue.set_state(**self._identity())
            self._data.switch(folder)
        self._data.discard_unused()
        with closing(Catalogue(folder / CATALOGUE)) as catalogue:
            self._check_identity(catalogue)
            report = self._fill(folder, catalogue, files, progress, known=catalogue.embeddings)
            deleted = int(catalogue.state("deleted") or 0)
            if deleted > max(_MIN_DELETED, len(catalogue.vector_ids())):
                self._build_aside(progress, known=catalogue.embeddings)
        return report

    def _build_aside(self, progress: Progress, *, known: Lookup) -> SyncReport:
        files = corpus.documents(self._corpus_dir)
        folder = self._data.create()
        with closing(Catalogue(folder / CATALOGUE)) as catalogue:
            catalogue.set_state(**self._identity())
            report = self._fill(folder, catalogue, files, progress, known=known)
        self._data.switch(folder)
        return report

    def _fill(
        self, folder: Path, catalogue: Catalogue, files: dict[str, Path], progress: Progress, *, known: Lookup
    ) -> SyncReport:
        started = time.perf_counter()
        tally = _Tally()
        indexer = Indexer(self._embeddings, self._embeddings.identity(), known=known)
        with closing(VectorIndex(folder / VECTORS)) as index:
            writer = _Writer(catalogue, index, indexer, tally, max_bytes=self._max_bytes)
            held = {record.id: record for record in catalogue.records()}
            for document_id in sorted(held.keys() - files.keys()):
                writer.forget(held[document_id])
                tally.removed.append(document_id)
            for number, (document_id, path) in enumerate(files.items()):
                progress(number, len(files), document_id)
                writer.take_in(document_id, path, held.get(document_id))
            writer.sweep()
        return tally.report(embedded=indexer.embedded, seconds=time.perf_counter() - started)

    def _identity(self) -> dict[str, str]:
        return {"embedder": self._embeddings.identity(), "chunking": CHUNKING_VERSION, "schema": SCHEMA_VERSION}

    def _check_identity(self, catalogue: Catalogue) -> None:
        for key, wanted in self._identity().items():
            if (found := catalogue.state(key)) != wanted:
                raise ConfigurationError(
                    f"{self._data.path}: the index was built with {key} {found}, and this is {wanted}. "
                    "Run `python ingest.py rebuild`, or undo the change of settings."
                )


class _Writer:
    """Writes one file after another into an open index, in the order that survives a crash."""

    def __init__(
        self, catalogue: Catalogue, index: VectorIndex, indexer: Indexer, tally: _Tally, *, max_bytes: int
    ) -> None:
        self._catalogue = catalogue
        self._index = index
        self._indexer = indexer
        self._tally = tally
        self._max_bytes = max_bytes

    def take_in(self, document_id: str, path: Path, held: DocumentRecord | None) -> None:
        """Index a file if it is new or changed; one that cannot be read is forgotten and reported."""
        try:
            digest = corpus.sha256(path)
            if held is not None and held.sha256 == digest:
                self._tally.unchanged.append(document_id)
                return
            content = read(path, max_bytes=self._max_bytes)
        except UnreadableDocument as error:
            self._fail(document_id, error.reason, held)
            return
        except OSError as error:
            self._fail(document_id, f"{error.strerror}.", held)
            return
        record = DocumentRecord(
            document_id, content.title, content.kind, content.language, content.translation_of,
            content.published, content.as_of, content.publisher, content.url, digest,
        )  # fmt: skip
        indexed = self._indexer.prepare(record, content)
        vectors = [vector for passage in indexed for vector in passage.vectors]
        if vectors:
            embeddings = np.stack([vector.embedding for vector in vectors])
            self._index.add(record.language, [vector.id for vector in vectors], embeddings)
        stale = self._catalogue.vector_ids(document_id=document_id)
        self._catalogue.replace(record, content, indexed)
        if held is not None:
            self._discard(held.language, stale)
        (self._tally.added if held is None else self._tally.replaced).append(document_id)

    def forget(self, held: DocumentRecord) -> None:
        """Make a document invisible, then free its vectors."""
        stale = self._catalogue.vector_ids(document_id=held.id)
        self._catalogue.remove(held.id)
        self._discard(held.language, stale)

    def sweep(self) -> None:
        """Make Chroma hold exactly the vectors of the catalogue, in case an earlier run was cut short."""
        for language in Language:
            wanted = set(self._catalogue.vector_ids(language=language))
            if self._index.count(language) == len(wanted):
                continue
            self._discard(language, sorted(self._index.ids(language) - wanted))
            if self._index.count(language) != len(wanted):
                raise LibraryDamaged(self._catalogue.path, "vectors are missing")

    def _fail(self, document_id: str, reason: str, held: DocumentRecord | None) -> None:
        if held is not None:  # what the folder holds now cannot be read, and what it held before is gone
            self.forget(held)
        self._tally.failed.append(FailedFile(document_id, reason))

    def _discard(self, language: Language, stale: list[str]) -> None:
        if stale:
            self._index.delete(language, stale)
            deleted = int(self._catalogue.state("deleted") or 0) + len(stale)
            self._catalogue.set_state(deleted=str(deleted))
