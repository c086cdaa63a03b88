"""A small site to look at: two invented documents, an asker that knows them, and the application around both."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from fastapi import FastAPI

from assistant.answering.restatement import restate
from assistant.errors import LibraryBusy, UnknownDocument
from assistant.settings import Settings
from assistant.types import (
    Answer,
    AnswerSentence,
    AnswerStatus,
    Block,
    BlockKind,
    Citation,
    DocumentRecord,
    Language,
    ParsedDocument,
    Quote,
    Source,
    SourceMark,
    Span,
    StoredDocument,
)
from assistant.web.server import create_app

EXAMPLES = {
    Language.FRENCH: (
        "Combien a coûté l’unité Bio-S de Servier ?",
        "Où se tient le 9e Congrès France Bioproduction ?",
        "Quelles sont les dates du congrès ?",
        "Que produit l’usine de Gidy ?",
    ),
    Language.ENGLISH: (
        "How much did Servier’s Bio-S unit cost?",
        "Where is the 9th Congrès France Bioproduction held?",
        "When is the congress?",
        "What does the Gidy plant make?",
    ),
}
BUSY_QUESTION = "busy"
BROKEN_QUESTION = "broken"
UNANSWERED_QUESTION = "Who won the cup?"
HOSTILE_TEXT = '<script>alert("1")</script> **bold** <img src=x onerror=alert(2)> {{value}} ${value} [a](javascript:b)'

_SERVIER = (
    (BlockKind.HEADING, 1, "Bio-S, l’unité de bioproduction de Servier à Gidy"),
    (BlockKind.PARAGRAPH, 0, "Servier a inauguré à Gidy, près d’Orléans, son unité de bioproduction Bio-S."),
    (BlockKind.HEADING, 2, "Investissement"),
    (
        BlockKind.PARAGRAPH,
        0,
        "Le groupe y a investi 86 millions d’euros. L’unité produit des anticorps monoclonaux pour les essais "
        "cliniques, puis pour le marché.",
    ),
    (BlockKind.LIST_ITEM, 0, "culture cellulaire en usage unique"),
    (BlockKind.LIST_ITEM, 0, "purification"),
    (BlockKind.LIST_ITEM, 0, "répartition aseptique"),
    (BlockKind.HEADING, 2, "Chiffres clés"),
    (BlockKind.TABLE_ROW, 0, "Bio-S | Surface = 2 400 m² | Emplois = 40"),
    (BlockKind.TABLE_ROW, 0, "Site de Gidy | Surface = 32 000 m² | Emplois = 650"),
)
_CONGRESS = (
    (BlockKind.HEADING, 1, "9th Congrès France Bioproduction"),
    (
        BlockKind.PARAGRAPH,
        0,
        "The 9th Congrès France Bioproduction takes place on 19–20 March 2025 in Tours. "
        "It gathers the companies, laboratories and public bodies of French bioproduction.",
    ),
)
_HOSTILE = ((BlockKind.PARAGRAPH, 0, HOSTILE_TEXT),)


def document(
    document_id: str,
    title: str,
    language: Language,
    blocks: tuple[tuple[BlockKind, int, str], ...],
    *,
    kind: str = "dossier",
    sources: tuple[Source, ...] = (),
    noted: str = "",
) -> StoredDocument:
    """Assemble a stored document; the first source vouches for the sentence ``noted``."""
    text = "\n\n".join(words for _, _, words in blocks)
    placed, position = [], 0
    for block_kind, level, words in blocks:
        placed.append(Block(block_kind, position, position + len(words), level=level))
        position += len(words) + 2
    marks = (SourceMark(text.index(noted) + len(noted), sources[0].label),) if noted else ()
    content = ParsedDocument(
        title, text, tuple(placed), language, kind=kind, published="2025-03", publisher="Équipe du congrès",
        url="https://example.org/dossier", sources=sources, marks=marks,
    )  # fmt: skip
    record = DocumentRecord(
        document_id, title, kind, language, None, "2025-03", None, content.publisher, content.url, "0" * 64
    )
    return StoredDocument(record, content)


PRESS_RELEASE = Source("1", "Servier", "Inauguration de Bio-S", "https://example.org/bio-s", "2025-03")
SERVIER = document(
    "fr/servier bio-s.md", "Bio-S, l’unité de bioproduction de Servier à Gidy", Language.FRENCH, _SERVIER,
    sources=(PRESS_RELEASE,), noted="Le groupe y a investi 86 millions d’euros.",
)  # fmt: skip
CONGRESS = document("en/congress.md", "9th Congrès France Bioproduction", Language.ENGLISH, _CONGRESS, kind="programme")
HOSTILE = document("hostile.md", '<b>"Hostile"</b>', Language.ENGLISH, _HOSTILE)


def citation(stored: StoredDocument, words: str, number: int = 1) -> Citation:
    """Cite ``words`` of a document; the note it carries there, if any, is its source."""
    start = stored.content.text.index(words)
    quote = Quote(stored.record.id, start, start + len(words), words)
    source = stored.content.sources[0] if stored.content.sources else None
    return Citation(
        number,
        quote,
        stored.record.title,
        stored.content.language,
        section="Investissement" if source else "",
        publisher=source.publisher if source else stored.content.publisher,
        source_title=source.title if source else None,
        url=source.url if source else stored.content.url,
        as_of=source.as_of if source else "2025-03-19",
    )


def quoting(question: str, language: Language, stored: StoredDocument, *pairs: tuple[str, str]) -> Answer:
    """Answer with sentences of one document; the second of each pair is the value asked for."""
    sentences, citations = [], []
    for number, (words, value) in enumerate(pairs, start=1):
        at = words.index(value)
        spans = (Span(at, at + len(value)),) if value else ()
        restated = restate(words, spans, written_in=stored.content.language, asked_in=language)
        sentences.append(AnswerSentence(words, (number,), spans, restated))
        citations.append(citation(stored, words, number))
    return Answer(question, language, AnswerStatus.ANSWERED, tuple(sentences), tuple(citations))


def _bio_s(question: str, language: Language) -> Answer:
    cost = ("Le groupe y a investi 86 millions d’euros.", "86 millions d’euros")
    place = ("Servier a inauguré à Gidy, près d’Orléans, son unité de bioproduction Bio-S.", "")
    answer = quoting(question, language, SERVIER, cost, place)
    return answer if language is Language.FRENCH else replace(answer, notes=("The source is in French.",))


def _congress(question: str, language: Language) -> Answer:
    words = "The 9th Congrès France Bioproduction takes place on 19–20 March 2025 in Tours."
    return quoting(question, language, CONGRESS, (words, "19–20 March 2025"))


def not_found(question: str, language: Language) -> Answer:
    return Answer(question, language, AnswerStatus.NOT_FOUND, (), nearest=(SERVIER.record, CONGRESS.record))


@dataclass(slots=True)
class FakeAsker:
    """Knows Bio-S and the congress; grows its answers one sentence at a time."""

    pause_seconds: float = 0.0
    asked: list[tuple[str, Language]] = field(default_factory=list)
    histories: list[tuple[str, ...]] = field(default_factory=list)

    def stream(self, question: str, *, history: Sequence[str] = (), interface_language: Language) -> Iterator[Answer]:
        self.asked.append((question, interface_language))
        self.histories.append(tuple(history))
        time.sleep(self.pause_seconds)
        if question == BUSY_QUESTION:
            raise LibraryBusy("a secret of the machine room, told on purpose")
        if question == BROKEN_QUESTION:
            raise ZeroDivisionError("a secret of the machine room")
        complete = self._answer(question, interface_language)
        for known in range(1, len(complete.sentences)):
            yield replace(
                complete, sentences=complete.sentences[:known], citations=complete.citations[:known], notes=()
            )
            time.sleep(self.pause_seconds)
        yield complete

    def _answer(self, question: str, language: Language) -> Answer:
        lowered = question.lower()
        if "bio-s" in lowered or "gidy" in lowered:
            return _bio_s(question, language)
        if "congr" in lowered:
            return _congress(question, language)
        if "hostile" in lowered:
            return quoting(question, language, HOSTILE, (HOSTILE_TEXT, "**bold**"))
        return not_found(question, language)


@dataclass(frozen=True, slots=True)
class FakeLibrary:
    """Holds what it is given."""

    documents: tuple[StoredDocument, ...] = (SERVIER, CONGRESS, HOSTILE)

    def get(self, document_id: str) -> StoredDocument:
        for stored in self.documents:
            if stored.record.id == document_id:
                return stored
        raise UnknownDocument(f"{document_id}: not in the corpus.")

    def count(self) -> int:
        return len(self.documents)


def fake_app(
    *, asker: FakeAsker | None = None, library: FakeLibrary | None = None, contact: str = "accueil@example.org"
) -> FastAPI:
    settings = Settings(contact=contact, congress_name="Congrès France Bioproduction")
    return create_app(asker or FakeAsker(), library or FakeLibrary(), settings=settings, examples=EXAMPLES)
