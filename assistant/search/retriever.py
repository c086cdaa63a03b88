"""From a question to passages: by meaning and by words, in both languages, the question's own version first."""

from collections.abc import Iterable, Sequence

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.language import detect
from assistant.library.reader import Library
from assistant.reading.passages import SECTION_SEPARATOR
from assistant.search import fusion
from assistant.search.concepts import Concept
from assistant.search.concepts import coverage as concept_coverage
from assistant.search.concepts import find as find_concepts
from assistant.search.fusion import FusionWeights
from assistant.search.glossary import Glossary
from assistant.search.names import names_among, without
from assistant.search.reader import Readable, Reader
from assistant.types import DocumentRecord, Language, Span

# Vectors and passages looked at before scoring; the scores are exact, so this only bounds the work.
_NEAREST_VECTORS, _LEXICAL_PASSAGES = 150, 40


class HybridRetriever(BaseRetriever):
    """A LangChain retriever over the library.

    To the metadata that ``library.catalogue`` documents it adds, for each passage found: ``score``, by which they are
    ordered; ``similarity`` (cosine, combined) and ``coverage`` (share of the question's telling words held, 0 to 1);
    ``sentences``, a tuple of ``(start, end, cosine)`` in document offsets; and ``readings``, what the reader makes of
    each sentence, in offsets of the passage: empty where it was not read. ``names`` are the words of the question that
    are names in the passages found, and ``asked`` the cosine of each sentence to the question without them.

    A document that exists in the question's language hides its translation, since what they say is the same.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    library: Library
    embeddings: Embeddings
    glossary: Glossary = Glossary()
    weights: FusionWeights = FusionWeights()
    reader: Reader | None = None
    limit: int = 20
    read_limit: int = 5  # some 25 ms each on two cores, and the right passage is seldom below

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        language: Language | None = None,
        preferred: Language | None = None,
    ) -> list[Document]:
        """The best passages for a question, best first; its ``language`` is detected unless given.

        Of a document in two languages the version in the ``preferred`` one is found, by default the question's.
        """
        del run_manager  # nothing here runs callbacks of its own
        asked_in = language or detect(query, default=Language.FRENCH)
        embedding = np.asarray(self.embeddings.embed_query(query), dtype=np.float32)
        hidden = hidden_translations(self.library.records(), preferred or asked_in)
        found: list[Document] = []
        for searched in Language:
            concepts = self.concepts(query, asked_in, searched)
            found += self._search(concepts, embedding, searched, hidden, same_language=searched is asked_in)
        found.sort(key=_best_first)
        self._read(query, found[: self.read_limit])
        best = sorted(found, key=_best_first)[: self.limit]
        self._compare_what_is_asked(query, embedding, best)
        return best

    def _compare_what_is_asked(self, query: str, embedding: np.ndarray, passages: Sequence[Document]) -> None:
        """A sentence about the right thing is near a question about it, whatever is asked: compare without names."""
        names = names_among(query, (f"{heading(passage)} ; {passage.page_content}" for passage in passages))
        asked = without(query, names)
        if asked and asked != query:  # where nothing is taken away, the question's own embedding serves
            embedding = np.asarray(self.embeddings.embed_query(asked), dtype=np.float32)
        vectors = self.library.vectors_of([passage.id or "" for passage in passages])
        for passage in passages:
            held = vectors.get(passage.id or "")
            compared = (0.0,) * len(passage.metadata["sentences"])
            if asked and held is not None:
                compared = fusion.similarity(held, embedding).sentences
            passage.metadata |= {"names": names, "asked": compared}

    def _read(self, query: str, passages: Sequence[Document]) -> None:
        """Let the reader look for the answer in the best passages, and raise the score of those that hold one."""
        if self.reader is None:
            return
        for passage, readings in zip(passages, self.reader.read(query, list(map(readable, passages))), strict=True):
            margin = max((reading.margin for reading in readings), default=None)
            passage.metadata["readings"] = readings
            if margin is not None:
                passage.metadata["score"] += self.weights.reader * fusion.certainty(margin)

    def concepts(self, query: str, asked_in: Language, searched: Language) -> list[Concept]:
        """What the question is about, in the words of the passages in ``searched``."""
        return find_concepts(query, asked_in, searched, glossary=self.glossary, words=self.library)

    def _search(
        self,
        concepts: Sequence[Concept],
        embedding: np.ndarray,
        searched: Language,
        hidden: frozenset[str],
        *,
        same_language: bool,
    ) -> list[Document]:
        terms = {stem for concept in concepts for alternative in concept.alternatives for stem in alternative}
        # Hits in hidden documents are wasted, so where there are any, more are asked for.
        breadth = 1 if same_language or not hidden else 4
        nearest = self.library.nearest(searched, embedding, limit=_NEAREST_VECTORS * breadth)
        lexical = self.library.search_stems(searched, terms, limit=_LEXICAL_PASSAGES * breadth)
        passages = self.library.passages([*nearest, *lexical])
        visible = {key: passage for key, passage in passages.items() if passage.metadata["document_id"] not in hidden}
        vectors = self.library.vectors_of(visible)
        held = self.library.stems_of(searched, visible)
        for key, passage in visible.items():
            if key not in vectors:  # replaced or withdrawn between two look-ups
                continue
            similarity = fusion.similarity(vectors[key], embedding)
            dense = similarity.combined(self.weights.best_sentence)
            coverage = concept_coverage(concepts, held.get(key, frozenset()))
            spans = ((sentence.start, sentence.end) for sentence in vectors[key].sentences)
            passage.metadata |= {
                "score": fusion.fuse(dense, coverage, same_language=same_language, weights=self.weights),
                "similarity": dense,
                "coverage": coverage,
                "sentences": tuple((*span, cosine) for span, cosine in zip(spans, similarity.sentences, strict=True)),
                "readings": (),
            }
        return [passage for key, passage in visible.items() if key in vectors]


def readable(passage: Document) -> Readable:
    """A passage as the reader takes it, under the title of its document and its own heading."""
    metadata = passage.metadata
    spans = (Span(start - metadata["start"], end - metadata["start"]) for start, end, _ in metadata["sentences"])
    return Readable(passage.page_content, heading(passage), tuple(spans))


def heading(passage: Document) -> str:
    """The path of titles that leads to a passage: its document's, then those of its section."""
    return SECTION_SEPARATOR.join(filter(None, (passage.metadata["title"], passage.metadata["section"])))


def excerpt(passage: Document, start: int, end: int) -> str:
    """The text of a passage between two offsets of its document, as those of its sentences are."""
    offset = passage.metadata["start"]
    return passage.page_content[start - offset : end - offset]


def _best_first(passage: Document) -> tuple[float, str]:
    return -passage.metadata["score"], passage.id or ""


def hidden_translations(records: Iterable[DocumentRecord], language: Language) -> frozenset[str]:
    """The documents that are not in ``language`` and of which a version in ``language`` is held."""
    by_id = {record.id: record for record in records}
    hidden = set()
    for record in by_id.values():
        original = _translated_from(record)
        if original in by_id and by_id[original].language is not record.language:
            hidden.add(original if record.language is language else record.id)
    return frozenset(hidden)


def _translated_from(record: DocumentRecord) -> str:
    """The id of the document that this one names as its other version: a name is relative to its folder."""
    folder, _, _ = record.id.rpartition("/")
    name = record.translation_of or ""
    return f"{folder}/{name}" if folder and "/" not in name else name
