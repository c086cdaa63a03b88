"""The nouns of the assistant: frozen values that every layer shares.

Offsets are Python string offsets (code points) into the stored text of a document, end exclusive.
A passage that was retrieved is a ``langchain_core.documents.Document``; see ``library.catalogue``
for its metadata.
"""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages that the assistant reads and answers in, as ISO 639-1 codes."""

    FRENCH = "fr"
    ENGLISH = "en"

    @property
    def other(self) -> "Language":
        return Language.ENGLISH if self is Language.FRENCH else Language.FRENCH


class BlockKind(StrEnum):
    """What a block of a document's text is, as far as splitting into passages cares."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


class AnswerStatus(StrEnum):
    """How far the documents answer a question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    REPLY = "reply"  # nothing was asked of them: a greeting, thanks, "who are you?"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One structural unit of a document's text: ``text[start:end]`` holds no line break.

    ``level`` is 1 to 6 for a heading and 0 otherwise; ``page`` counts from 1 where the format has pages.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement of a document comes from: one entry of its front matter's ``sources``.

    ``label`` is that of the note that points to it in the text (``[^3]`` has label ``"3"``); ``as_of`` is an
    ISO 8601 date, possibly cut to the month or the year, or two years as ``2016/2017``.
    """

    label: str
    publisher: str
    title: str
    url: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class SourceMark:
    """A note call: the source ``label`` vouches for the text that ends at ``position``."""

    position: int
    label: str


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A file as read: its plain text with structure, and what it says of itself.

    ``text`` is the only thing that quotations are cut from. Blocks are in order, do not overlap and are
    separated by one or two line breaks. Dates are ISO 8601, possibly cut to the month or the year.
    """

    title: str
    text: str
    blocks: tuple[Block, ...]
    language: Language
    kind: str = "document"
    translation_of: str | None = None
    published: str | None = None
    as_of: str | None = None
    publisher: str | None = None
    url: str | None = None
    sources: tuple[Source, ...] = ()
    marks: tuple[SourceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One to three paragraphs, a list or some table rows under one heading, with their sentences.

    ``section`` is the path of headings below the title, joined by `` › ``, and is empty before the first.
    """

    start: int
    end: int
    section: str
    page: int | None
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document of the catalogue.

    ``id`` is its path below the corpus folder with forward slashes; ``sha256`` that of the file's bytes.
    """

    id: str
    title: str
    kind: str
    language: Language
    translation_of: str | None
    published: str | None
    as_of: str | None
    publisher: str | None
    url: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the catalogue with its text and structure, as a source page shows it."""

    record: DocumentRecord
    content: ParsedDocument


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document: ``text`` equals ``stored_text[start:end]`` of ``document_id``."""

    document_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote with all that a reader needs to judge and to find it.

    ``title`` is the document's; ``publisher``, ``source_title``, ``url`` and ``as_of`` are those of the note that
    the quoted sentence carries, else the document's own.
    """

    number: int
    quote: Quote
    title: str
    language: Language
    section: str = ""
    page: int | None = None
    publisher: str | None = None
    source_title: str | None = None
    url: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Restatement:
    """A figure of a quoted sentence as the question's language writes it: ``text`` says what ``span`` holds."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer; ``emphasis`` are the spans of ``text`` that hold the value asked for.

    ``restated`` are figures that a quotation in the other language writes otherwise; they are no part of ``text``.
    """

    text: str
    citations: tuple[int, ...] = ()
    emphasis: tuple[Span, ...] = ()
    restated: tuple[Restatement, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of an answer's table: a ``value``, word for word as the quote of ``citation`` has it.

    ``label`` says what it is the value of, in the question's words; it is empty where all rows are values of the
    one thing asked about, which sources give differently.
    """

    label: str
    value: str
    citation: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant replies: sentences, the citations they point to, and notes of the frame around them.

    ``notes`` are sentences of ours, such as which language the sources are in. ``nearest`` are the documents
    to look at when the status is ``NOT_FOUND``, or some of those held when it is a ``REPLY`` to "what can you answer?".
    ``suggestions`` are questions to try. ``table`` puts values of the cited sentences side by side, where several were
    asked for or sources differ. ``written_by_model`` tells sentences that a language model wrote, each checked, from
    quoted ones. ``seconds`` is the time from question to answer.
    """

    question: str
    language: Language
    status: AnswerStatus
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    nearest: tuple[DocumentRecord, ...] = ()
    seconds: float = 0.0
    table: tuple[AnswerRow, ...] = ()
    written_by_model: bool = False
    suggestions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join([*(sentence.text for sentence in self.sentences), *self.notes])


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be taken in, and why, in words for the staff."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one synchronisation did. Members are document ids, sorted; ``embedded`` counts texts embedded anew."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[FailedFile, ...] = ()
    embedded: int = 0
    seconds: float = 0.0
