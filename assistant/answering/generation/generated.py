"""Answers worded by a language model, of which nothing is shown before it is checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant import prompts
from assistant.answering import grounding
from assistant.answering.generation import evidence, verification
from assistant.answering.generation.bounded import BoundedStream
from assistant.answering.generation.drafts import SentenceCutter
from assistant.answering.generation.evidence import Evidence
from assistant.answering.grounding import Lookup
from assistant.answering.questions import Question
from assistant.errors import GenerationFailed
from assistant.prompts import PromptDocument
from assistant.texts import ANSWER_TEXTS
from assistant.types import Answer, AnswerSentence, AnswerStatus, Citation, Language, Quote

_PASSAGES = 6  # what a small model still reads well, and as many as the reader has looked at


class GroundedGenerator:
    """Lets a chat model answer from passages and gives back what of it holds."""

    def __init__(self, model: BaseChatModel, *, time_limit_seconds: float) -> None:
        self._model = model
        self._time_limit_seconds = time_limit_seconds

    def stream(self, question: Question, passages: Sequence[Document], lookup: Lookup) -> Iterator[Answer]:
        """The answer growing sentence by sentence, each checked before; the last one has the notes.

        Only passages in the question's language are given to the model: words of two languages cannot be compared.

        Raises:
            GenerationFailed: nothing the model wrote may be shown, or it did not answer in time. Nothing was yielded.
        """
        given = evidence.numbered(passages, question.language, limit=_PASSAGES)
        if not given:
            raise GenerationFailed("No passage could be given to the model.")
        written = _Written(question, given, lookup)
        stream = BoundedStream(self._model, _messages(question, given), self._time_limit_seconds)
        cutter = SentenceCutter(question.language)
        for piece in stream:
            for sentence in cutter.feed(piece):
                if written.add(sentence):
                    yield written.answer()
        for sentence in cutter.close(is_cut=stream.is_cut):
            if written.add(sentence):
                yield written.answer()
        if not written.sentences:
            reason = stream.failure or "The model wrote nothing that the documents confirm."
            raise GenerationFailed(reason, withdrawn=written.withdrawn)
        yield replace(written.answer(), notes=written.notes(is_cut=stream.is_cut))


@dataclass(slots=True)
class _Written:
    """What has been written so far and passed."""

    question: Question
    given: Sequence[Evidence]
    lookup: Lookup
    sentences: list[AnswerSentence] = field(default_factory=list)
    citations: dict[Quote, Citation] = field(default_factory=dict)
    withdrawn: int = 0

    def add(self, sentence: str) -> bool:
        """Take the sentence if it passes, or count it."""
        if sentence.strip(" .*`") == prompts.DECLINED:
            return False
        language = self.question.language
        verdict = verification.verify(sentence, self.given, language, calculated=ANSWER_TEXTS[language].calculated)
        cited = self._cite(verdict.quotes)
        if verdict.failure or not cited:
            self.withdrawn += 1
            return False
        if any(verdict.text == known.text for known in self.sentences):
            return False  # said twice
        self.citations |= {citation.quote: citation for citation in cited}
        self.sentences.append(AnswerSentence(verdict.text, tuple(citation.number for citation in cited)))
        return True

    def answer(self) -> Answer:
        return Answer(
            question=self.question.text,
            language=self.question.language,
            status=AnswerStatus.ANSWERED,
            sentences=tuple(self.sentences),
            citations=tuple(self.citations.values()),
            written_by_model=True,
        )

    def notes(self, *, is_cut: bool) -> tuple[str, ...]:
        language = self.question.language
        broken = (ANSWER_TEXTS[language].interrupted,) if is_cut else ()
        return (ANSWER_TEXTS[language].written, *withdrawal_notes(self.withdrawn, language), *broken)

    def _cite(self, quotes: Sequence[tuple[Evidence, Quote]]) -> list[Citation]:
        """The citations of all quotes, or none if one does not check: its document may be gone by now."""
        cited: list[Citation] = []
        new = len(self.citations)
        for item, quote in quotes:
            known = self.citations.get(quote)
            new += known is None
            metadata = item.passage.metadata
            document = grounding.find(quote.document_id, self.lookup)
            if document is None:
                return []
            number = known.number if known else new
            section, page = metadata["section"], metadata["page"]
            citation = grounding.cite(quote, number=number, section=section, page=page, document=document)
            if citation is None:
                return []
            cited.append(citation)
        return cited


def withdrawal_notes(count: int, language: Language) -> tuple[str, ...]:
    """Say how many sentences were withdrawn; nothing where none was."""
    texts = ANSWER_TEXTS[language]
    if not count:
        return ()
    return (texts.one_withdrawn if count == 1 else texts.withdrawn.format(count=count),)


def instead_of_generated(quoted: Answer, failure: GenerationFailed) -> Answer:
    """The quoted answer, with a note that the model could not answer and how much of it was withdrawn."""
    texts = ANSWER_TEXTS[quoted.language]
    added = (texts.model_unusable, *withdrawal_notes(failure.withdrawn, quoted.language))
    return replace(quoted, notes=(*quoted.notes, *added))


def _messages(question: Question, given: Sequence[Evidence]) -> list[BaseMessage]:
    documents = [PromptDocument(item.number, item.heading, item.passage.page_content) for item in given]
    system, request = prompts.compose(question.text, documents, question.language)
    return [SystemMessage(system), HumanMessage(request)]
