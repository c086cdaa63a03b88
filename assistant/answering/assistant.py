"""The assistant: a question goes in, a checked answer comes out."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from langchain_core.documents import Document
from langsmith import tracing_context

from assistant.answering import extractive, grounding, replies
from assistant.answering.calibration import Calibration
from assistant.answering.composition import Composer
from assistant.answering.conversation import Reply, Rewriter, Standalone, understand
from assistant.answering.drafts import Draft
from assistant.answering.extractive import Ranked
from assistant.answering.features import Candidate
from assistant.answering.generation.generated import GroundedGenerator, instead_of_generated
from assistant.answering.questions import MAX_QUESTION_CHARACTERS, Question, analyse
from assistant.answering.replies import Introduction
from assistant.answering.restatement import restate
from assistant.answering.spelling import CorpusSpelling
from assistant.errors import GenerationFailed, InvalidQuestion
from assistant.library.reader import Library
from assistant.search.retriever import HybridRetriever
from assistant.search.words import Likeness
from assistant.texts import ANSWER_TEXTS
from assistant.types import Answer, AnswerRow, AnswerSentence, AnswerStatus, Citation, DocumentRecord, Language

_NEAREST_DOCUMENTS = 3


class Assistant:
    """Answers from the library by quoting it, or in the words of a ``generator`` where there is one."""

    def __init__(
        self,
        retriever: HybridRetriever,
        library: Library,
        calibration: Calibration,
        likeness: Likeness,
        *,
        generator: GroundedGenerator | None = None,
        introduction: Introduction | None = None,
        rewriter: Rewriter | None = None,
    ) -> None:
        """``introduction`` is what it says of itself; ``rewriter`` words follow-ups in the place of our own rules."""
        self._introduction = introduction or Introduction()
        self._rewriter = rewriter
        self._likeness = likeness
        self._retriever = retriever
        self._library = library
        self._calibration = calibration
        self._generator = generator
        self._composer = Composer(self.weigh, calibration, self._citation)

    def ask(
        self, question: str, *, history: Sequence[str] = (), interface_language: Language = Language.FRENCH
    ) -> Answer:
        """Answer in the language asked for, else in the question's.

        A question of few words that could be in either is in that of the question before it, or the interface's.
        ``history`` are the messages sent before in the same conversation, oldest first.

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
        heard = understand(
            text,
            history,
            interface_language=interface_language,
            spelling=CorpusSpelling(self._library),
            rewriter=self._rewriter,
        )
        if isinstance(heard, Reply):
            answers = iter([replies.reply(text, heard, self._introduction, self._library.records())])
        else:
            answers = self._answers_to(heard)
        for answer in answers:
            yield replace(answer, question=text, seconds=time.perf_counter() - started)

    def _answers_to(self, asked: Standalone) -> Iterator[Answer]:
        understood = replace(analyse(asked.text, asked.wording), language=asked.language)
        passages, draft = self._composer.compose(understood)
        quoted = (draft and self._answer(understood, draft)) or self._not_found(understood, passages)
        yield from self._worded(understood, passages, quoted)

    def _worded(self, question: Question, passages: Sequence[Document], quoted: Answer) -> Iterator[Answer]:
        """The answer of the model where there is one and it holds, else the quoted one.

        A model never decides whether there is an answer, nor is asked to reword what is in another language or what
        stands side by side.
        """
        is_plain = quoted.status is AnswerStatus.ANSWERED and not quoted.table
        is_same_language = any(citation.language is question.language for citation in quoted.citations)
        if self._generator and is_plain and is_same_language:
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
        with tracing_context(enabled=False):  # LangChain would send the question to a host if its environment says so
            passages = self._retriever.invoke(question.text, language=question.wording, preferred=question.language)
        return passages, self.rank(question, passages)

    def rank(self, question: Question, passages: Sequence[Document]) -> Ranked:
        """The sentences of passages that were found for a question as candidates, best first."""
        concepts = {
            language: self._retriever.concepts(question.text, question.wording, language) for language in Language
        }
        return extractive.rank(question, passages, concepts, self._calibration, self._likeness)

    def _answer(self, question: Question, draft: Draft) -> Answer | None:
        """What of a draft passes the last check, or None if nothing does."""
        cited = self._cite(draft.chosen)
        if not cited:
            return None
        citations = tuple(citation for citation, _ in cited)
        numbers = {citation.quote: citation.number for citation in citations}
        cells = [(cell, cell.candidate.quote) for cell in draft.cells if cell.candidate.quote in numbers]
        rows = tuple(
            AnswerRow(cell.label, quote.text[cell.span.start : cell.span.end], numbers[quote]) for cell, quote in cells
        )
        return Answer(
            question=question.text,
            language=question.language,
            status=draft.status,
            sentences=tuple(
                AnswerSentence(
                    citation.quote.text,
                    (citation.number,),
                    candidate.spans,
                    restate(
                        citation.quote.text,
                        candidate.spans,
                        written_in=citation.language,
                        asked_in=question.language,
                    ),
                )
                for citation, candidate in cited
            ),
            citations=citations,
            notes=(*draft.notes, *_notes(question.language, citations)),
            table=rows if len(rows) > 1 else (),
        )

    def _cite(self, chosen: Sequence[Candidate]) -> list[tuple[Citation, Candidate]]:
        """The chosen sentences with their citations, numbered from 1; one that does not check is left out."""
        cited: list[tuple[Citation, Candidate]] = []
        for candidate in chosen:
            if citation := self._citation(candidate, number=len(cited) + 1):
                cited.append((citation, candidate))
        return cited

    def _citation(self, candidate: Candidate, number: int = 1) -> Citation | None:
        """The citation of a sentence, or None if its document is no longer held or no longer says so."""
        document = grounding.find(candidate.quote.document_id, self._library.get)
        if document is None:
            return None
        metadata = candidate.passage.metadata
        return grounding.cite(
            candidate.quote,
            number=number,
            section=metadata["section"],
            page=metadata["page"],
            document=document,
        )

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


def _growing(whole: Answer) -> Iterator[Answer]:
    """An answer sentence by sentence, with what belongs to all of it only at the end."""
    answer = replace(whole, notes=(), nearest=(), suggestions=())
    for count in range(1, len(answer.sentences)):
        sentences = answer.sentences[:count]
        numbers = {number for sentence in sentences for number in sentence.citations}
        citations = tuple(citation for citation in answer.citations if citation.number in numbers)
        table = tuple(row for row in answer.table if row.citation in numbers)
        yield replace(answer, sentences=sentences, citations=citations, table=table)
    yield whole


def _notes(language: Language, citations: Sequence[Citation]) -> tuple[str, ...]:
    foreign = any(citation.language is not language for citation in citations)
    return (ANSWER_TEXTS[language].source_language,) if foreign else ()


def _known(ids: Mapping[str, None], records: Mapping[str, DocumentRecord]) -> tuple[DocumentRecord, ...]:
    return tuple(records[identifier] for identifier in ids if identifier in records)
