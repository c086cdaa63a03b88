"""The assistant: a question goes in, a checked answer comes out."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from langchain_core.documents import Document

from assistant.answering import extractive, grounding
from assistant.answering.calibration import Calibration
from assistant.answering.conversation import standalone
from assistant.answering.extractive import Ranked
from assistant.answering.features import Candidate
from assistant.answering.generation.generated import GroundedGenerator, instead_of_generated
from assistant.answering.questions import MAX_QUESTION_CHARACTERS, Question, analyse
from assistant.errors import GenerationFailed, InvalidQuestion
from assistant.language import detect
from assistant.library.reader import Library
from assistant.search.retriever import HybridRetriever
from assistant.texts import ANSWER_TEXTS
from assistant.types import Answer, AnswerSentence, AnswerStatus, Citation, DocumentRecord, Language

_NEAREST_DOCUMENTS = 3
_TURNS_REMEMBERED = 4  # a follow-up rarely reaches further back, and an old topic should not return


class Assistant:
    """Answers from the library by quoting it, or in the words of a ``generator`` where there is one."""

    def __init__(
        self,
        retriever: HybridRetriever,
        library: Library,
        calibration: Calibration,
        *,
        generator: GroundedGenerator | None = None,
    ) -> None:
        self._retriever = retriever
        self._library = library
        self._calibration = calibration
        self._generator = generator

    def ask(
        self, question: str, *, history: Sequence[str] = (), interface_language: Language = Language.FRENCH
    ) -> Answer:
        """Answer in the question's language, or in the interface's where a question of few words could be either.

        ``history`` are the questions asked before in the same conversation, oldest first.

        Raises:
            InvalidQuestion: it is empty or too long.
        """
        *_, answer = self.stream(question, history=history, interface_language=interface_language)
        return answer

    def stream(
        self, question: str, *, history: Sequence[str] = (), interface_language: Language = Language.FRENCH
    ) -> Iterator[Answer]:
        """The same answer, growing sentence by sentence; the last one is whole. Each part has passed its checks."""
        started = time.perf_counter()
        text = " ".join(question.split())
        if not text or len(text) > MAX_QUESTION_CHARACTERS:
            raise InvalidQuestion(
                f"A question has between 1 and {MAX_QUESTION_CHARACTERS} characters; this one has {len(text)}."
            )
        language = detect(text, default=interface_language)
        understood = analyse(standalone(text, history[-_TURNS_REMEMBERED:], language), language)
        passages, ranked = self.weigh(understood)
        quoted = self._answer(understood, ranked) or self._not_found(understood, passages)
        for answer in self._worded(understood, passages, quoted):
            yield replace(answer, question=text, seconds=time.perf_counter() - started)

    def _worded(self, question: Question, passages: Sequence[Document], quoted: Answer) -> Iterator[Answer]:
        """The answer of the model where there is one and it holds, else the quoted one.

        A model never decides whether there is an answer, nor is asked to reword what is in another language.
        """
        if self._generator and any(citation.language is question.language for citation in quoted.citations):
            try:
                yield from self._generator.stream(question, passages, self._library.get)
            except GenerationFailed as failure:
                logging.warning("The quoted answer is shown instead of the model's. %s", failure)
                quoted = instead_of_generated(quoted, failure)
            else:
                return
        yield from _growing(quoted)

    def weigh(self, question: Question) -> tuple[list[Document], Ranked]:
        """The passages found for a question, and their sentences as candidates, best first."""
        passages = self._retriever.invoke(question.text, language=question.language)
        concepts = {
            language: self._retriever.concepts(question.text, question.language, language) for language in Language
        }
        return passages, extractive.rank(question, passages, concepts, self._calibration)

    def _answer(self, question: Question, ranked: Ranked) -> Answer | None:
        """The sentences that answer, or None if none does well enough."""
        if not ranked:
            return None
        best, _ = ranked[0]
        if not self._calibration.answers(best.features):
            return None
        cited = self._cite(extractive.choose(question, ranked))
        if not cited:
            return None
        citations = tuple(citation for citation, _ in cited)
        return Answer(
            question=question.text,
            language=question.language,
            status=AnswerStatus.ANSWERED,
            sentences=tuple(
                AnswerSentence(citation.quote.text, (citation.number,), candidate.spans)
                for citation, candidate in cited
            ),
            citations=citations,
            notes=_notes(question.language, citations),
        )

    def _cite(self, chosen: Sequence[Candidate]) -> list[tuple[Citation, Candidate]]:
        """The chosen sentences with their citations, numbered from 1; one that does not check is left out."""
        cited: list[tuple[Citation, Candidate]] = []
        for candidate in chosen:
            document = grounding.find(candidate.quote.document_id, self._library.get)
            metadata = candidate.passage.metadata
            citation = document and grounding.cite(
                candidate.quote,
                number=len(cited) + 1,
                section=metadata["section"],
                page=metadata["page"],
                document=document,
            )
            if citation:
                cited.append((citation, candidate))
        return cited

    def _not_found(self, question: Question, passages: Sequence[Document]) -> Answer:
        """An honest refusal with the documents nearest to the question."""
        records = {record.id: record for record in self._library.records()}
        nearest = dict.fromkeys(passage.metadata["document_id"] for passage in passages)
        return Answer(
            question=question.text,
            language=question.language,
            status=AnswerStatus.NOT_FOUND,
            sentences=(AnswerSentence(ANSWER_TEXTS[question.language].not_found),),
            nearest=_known(nearest, records)[:_NEAREST_DOCUMENTS],
        )


def _growing(answer: Answer) -> Iterator[Answer]:
    for count in range(1, len(answer.sentences)):
        sentences = answer.sentences[:count]
        numbers = {number for sentence in sentences for number in sentence.citations}
        citations = tuple(citation for citation in answer.citations if citation.number in numbers)
        yield replace(answer, sentences=sentences, citations=citations, notes=(), nearest=())
    yield answer


def _notes(language: Language, citations: Sequence[Citation]) -> tuple[str, ...]:
    foreign = any(citation.language is not language for citation in citations)
    return (ANSWER_TEXTS[language].source_language,) if foreign else ()


def _known(ids: Mapping[str, None], records: Mapping[str, DocumentRecord]) -> tuple[DocumentRecord, ...]:
    return tuple(records[identifier] for identifier in ids if identifier in records)
