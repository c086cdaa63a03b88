"""The assistant: a question goes in, a checked answer comes out."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from langchain_core.documents import Document

from assistant.answering import extractive, grounding, replies
from assistant.answering.calibration import Calibration
from assistant.answering.conversation import Reply, Rewriter, Standalone, understand
from assistant.answering.extractive import Ranked
from assistant.answering.features import Candidate
from assistant.answering.questions import MAX_QUESTION_CHARACTERS, Question, analyse
from assistant.answering.replies import Introduction
from assistant.answering.spelling import CorpusSpelling
from assistant.errors import InvalidQuestion
from assistant.library.reader import Library
from assistant.search.retriever import HybridRetriever
from assistant.texts import ANSWER_TEXTS
from assistant.types import Answer, AnswerSentence, AnswerStatus, Citation, DocumentRecord, Language

_NEAREST_DOCUMENTS = 3


class Assistant:
    """Answers from the library by quoting it."""

    def __init__(
        self,
        retriever: HybridRetriever,
        library: Library,
        calibration: Calibration,
        *,
        introduction: Introduction | None = None,
        rewriter: Rewriter | None = None,
    ) -> None:
        """``introduction`` is what it says of itself; ``rewriter`` words follow-ups in the place of our own rules."""
        self._introduction = introduction or Introduction()
        self._rewriter = rewriter
        self._retriever = retriever
        self._library = library
        self._calibration = calibration

    def ask(
        self, question: str, *, history: Sequence[str] = (), interface_language: Language = Language.FRENCH
    ) -> Answer:
        """Answer in the language asked for, else in the question's.

        A question of few words that could be in either is in that of the question before it, or the interface's.
        ``history`` are the messages sent before in the same conversation, oldest first.

        Raises:
            InvalidQuestion: it is empty or too long.
        """
        started = time.perf_counter()
        text = " ".join(question.split())
        if not text or len(text) > MAX_QUESTION_CHARACTERS:
            raise InvalidQuestion(
                f"A question has between 1 and {MAX_QUESTION_CHARACTERS} characters; this one has {len(text)}."
            )
        heard = understand(
            text,
            history,
            interface_language=interface_language,
            spelling=CorpusSpelling(self._library),
            rewriter=self._rewriter,
        )
        if isinstance(heard, Reply):
            answer = replies.reply(text, heard, self._introduction, self._library.records())
        else:
            answer = self._answer_to(heard)
        return replace(answer, question=text, seconds=time.perf_counter() - started)

    def _answer_to(self, asked: Standalone) -> Answer:
        understood = analyse(asked.text, asked.wording)
        framed = replace(understood, language=asked.language)
        passages, ranked = self.weigh(framed)
        answer = self._answer(framed, ranked)
        if answer is None and asked.wording is not asked.language:
            # Searched as a question in the other language, words find less: better the other version than none.
            answer = self._answer(framed, self.weigh(understood)[1])
        return answer or self._not_found(framed, passages)

    def stream(
        self, question: str, *, history: Sequence[str] = (), interface_language: Language = Language.FRENCH
    ) -> Iterator[Answer]:
        """The same answer, growing sentence by sentence; the last one is whole. Each part has passed its checks."""
        answer = self.ask(question, history=history, interface_language=interface_language)
        for count in range(1, len(answer.sentences)):
            sentences = answer.sentences[:count]
            numbers = {number for sentence in sentences for number in sentence.citations}
            citations = tuple(citation for citation in answer.citations if citation.number in numbers)
            yield replace(answer, sentences=sentences, citations=citations, notes=(), nearest=(), suggestions=())
        yield answer

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


def _notes(language: Language, citations: Sequence[Citation]) -> tuple[str, ...]:
    foreign = any(citation.language is not language for citation in citations)
    return (ANSWER_TEXTS[language].source_language,) if foreign else ()


def _known(ids: Mapping[str, None], records: Mapping[str, DocumentRecord]) -> tuple[DocumentRecord, ...]:
    return tuple(records[identifier] for identifier in ids if identifier in records)
