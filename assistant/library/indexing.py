"""From a parsed document to what the index stores: passages with ids, stems and embeddings."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.library.indexed import IndexedPassage, IndexedVector
from assistant.reading.passages import breadcrumb, split
from assistant.terms import stems
from assistant.types import DocumentRecord, ParsedDocument, Passage, Span

# Texts embedded at a time: the progress bar moves, and a long document does not hold all its texts as tensors.
_BATCH_SIZE = 128

Lookup = Callable[[list[str]], dict[str, np.ndarray]]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text to embed, and the part of which passage it stands for."""

    passage: int
    whole: bool
    span: Span
    text: str
    key: str


class Indexer:
    """Prepares documents for the catalogue. ``embedded`` counts the texts that no earlier version held."""

    def __init__(self, embeddings: Embeddings, identity: str, *, known: Lookup) -> None:
        """``known`` gives the embeddings stored before, by content key; ``identity`` is the embedder's."""
        self._embeddings = embeddings
        self._identity = identity
        self._known = known
        self.embedded = 0

    def prepare(self, record: DocumentRecord, content: ParsedDocument) -> list[IndexedPassage]:
        """The passages of a document, ready to store."""
        passages = split(content)
        crumbs = [
            breadcrumb(content.title, passage.section, content.as_of or content.published) for passage in passages
        ]
        texts = list(self._texts(content, passages, crumbs))
        embeddings = self._embed(texts)
        by_passage: dict[int, list[_Text]] = {}
        for text in texts:
            by_passage.setdefault(text.passage, []).append(text)
        indexed = []
        for number, (passage, crumb) in enumerate(zip(passages, crumbs, strict=True)):
            identifier = _hash(self._identity, record.id, record.sha256, str(passage.start), str(passage.end))
            vectors = [
                IndexedVector(
                    id=_hash(identifier, str(text.whole), str(text.span.start), str(text.span.end)),
                    whole=text.whole,
                    start=text.span.start,
                    end=text.span.end,
                    content_key=text.key,
                    embedding=embeddings[text.key],
                )
                for text in by_passage[number]
            ]
            words = stems(content.text[passage.start : passage.end], content.language)
            indexed.append(IndexedPassage(identifier, passage, stems(crumb, content.language), words, vectors))
        return indexed

    def _texts(self, content: ParsedDocument, passages: Sequence[Passage], crumbs: Sequence[str]) -> list[_Text]:
        texts = []
        for number, (passage, crumb) in enumerate(zip(passages, crumbs, strict=True)):
            spans = [(True, Span(passage.start, passage.end)), *((False, span) for span in passage.sentences)]
            for whole, span in spans:
                own = content.text[span.start : span.end]
                text = f"{crumb}\n{own}" if whole else f"{content.title}: {own}"
                texts.append(_Text(number, whole, span, text, _hash(self._identity, text)))
        return texts

    def _embed(self, texts: Sequence[_Text]) -> dict[str, np.ndarray]:
        found = self._known([text.key for text in texts])
        missing = {text.key: text.text for text in texts if text.key not in found}
        keys = list(missing)
        for start in range(0, len(keys), _BATCH_SIZE):
            batch = keys[start : start + _BATCH_SIZE]
            vectors = self._embeddings.embed_documents([missing[key] for key in batch])
            found |= {key: np.asarray(vector, dtype=np.float32) for key, vector in zip(batch, vectors, strict=True)}
        self.embedded += len(missing)
        return found


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
