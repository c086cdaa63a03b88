"""What speaks for a sentence as an answer, as numbers: the input of the two small models that choose and abstain."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import zip_longest

from langchain_core.documents import Document

from assistant.answering import values
from assistant.answering.leaning import is_question
from assistant.answering.questions import Question, years_in
from assistant.answering.topic import Topic
from assistant.reading.blocks import ROW_SEPARATOR
from assistant.search import fusion
from assistant.search.concepts import Concept, coverage
from assistant.search.retriever import excerpt
from assistant.search.words import Likeness
from assistant.terms import content_words, stem
from assistant.types import Language, Quote, Span

_LONG = 300  # characters from which a sentence is as long as it gets
_MOST_EMPHASISED = 0.6  # share of a sentence: emphasis on nearly all of it says nothing


@dataclass(frozen=True, slots=True)
class Features:
    """Each is between 0 and 1, but for ``passage_score`` and the cosine ``similarity``, which are of that order."""

    passage_score: float  # of search
    similarity: float  # cosine of the sentence
    asked: float  # the same without the question's names: what is asked, of whomever
    sentence_coverage: float  # share of the question's concepts that the sentence expresses
    context_coverage: float  # and the sentence with its title and headings
    passage_coverage: float  # and the whole passage with them
    topic_coverage: float  # like context_coverage, without the question's names and numbers; 1 if nothing is left
    topic_in_passage: float  # and the whole passage
    value: float  # a value of the kind sought is there; 1 where none is sought
    counted: float  # right beside a word of the question
    counts_alike: float  # how like the words beside it are to the things whose number is asked for; 1 if none are
    spoken_of: float  # share of the topic that the sentence and its headings speak of, in like words too
    least_spoken_of: float  # and of the part of the topic that they speak of least
    least_in_passage: float  # and in the whole passage
    dates_agree: float  # the question's years are in the sentence or its headings
    dates_differ: float  # other years are, and not those of the question
    names: float  # share of the question's names in the passage and its headings
    lead: float  # the passage opens its document
    row: float  # the sentence is a table row
    length: float
    same_language: float
    certainty: float  # of the reader that the sentence holds the answer; 0 where it was not read
    lead_certainty: float  # by how much this exceeds that of every other sentence, of all passages; below 0 if less

    def values(self) -> tuple[float, ...]:
        return astuple(self)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage. ``spans`` hold the value that the question seeks, in offsets of the quote's text."""

    passage: Document
    quote: Quote
    features: Features
    spans: tuple[Span, ...]


def candidates(
    question: Question,
    passages: Sequence[Document],
    concepts: Mapping[Language, Sequence[Concept]],
    likeness: Likeness,
) -> Iterator[Candidate]:
    """The sentences of passages as candidates; ``concepts`` are the question's, by language of the passages."""
    margins = sorted((reading.margin for passage in passages for reading in passage.metadata["readings"]), reverse=True)
    certainties = _Certainties(*map(fusion.certainty, margins[:2]))
    for passage in passages:
        yield from _of_passage(question, passage, concepts[passage.metadata["language"]], certainties, likeness)


@dataclass(frozen=True, slots=True)
class _Certainties:
    """The highest certainties of the reader over all sentences."""

    best: float = 0.0
    second: float = 0.0

    def lead(self, certainty: float) -> float:
        """How far one of them is ahead of every other."""
        return certainty - (self.second if certainty >= self.best else self.best)


def _of_passage(
    question: Question, passage: Document, concepts: Sequence[Concept], certainties: _Certainties, likeness: Likeness
) -> Iterator[Candidate]:
    metadata = passage.metadata
    language: Language = metadata["language"]
    crumb = f"{metadata['title']} {metadata['section']}"
    crumb_words, passage_words = content_words(crumb), content_words(passage.page_content)
    context = _stemmed(crumb_words, language)
    whole = context | _stemmed(passage_words, language)
    spoken = Topic(question, concepts, language, likeness, [*crumb_words, *passage_words])
    least_in_passage = spoken.of([*crumb_words, *passage_words]).least
    question_names = question.names | metadata["names"]
    names = _share_of_names(question, question_names, whole, language)
    topic = _topic(question, question_names, concepts, language)
    for (start, end, similarity), asked, reading in zip_longest(
        metadata["sentences"], metadata["asked"], metadata["readings"]
    ):
        text = excerpt(passage, start, end)
        if is_question(text):
            continue
        words = content_words(text)
        stemmed = _stemmed(words, language)
        spoken_of = spoken.of([*crumb_words, *words])
        found = values.find(question, text, language)
        agree, differ = _years_agree(question, text, crumb, language)
        certainty = fusion.certainty(reading.margin) if reading else 0.0
        features = Features(
            passage_score=metadata["score"],
            similarity=similarity,
            asked=asked,
            sentence_coverage=coverage(concepts, stemmed),
            context_coverage=coverage(concepts, stemmed | context),
            passage_coverage=metadata["coverage"],
            topic_coverage=coverage(topic, stemmed | context) if topic else 1.0,
            topic_in_passage=coverage(topic, whole) if topic else 1.0,
            value=float(bool(found.spans) or not values.seeks_value(question)),
            counted=float(found.beside_a_word),
            counts_alike=spoken.counts_alike(text, found.spans),
            spoken_of=spoken_of.share,
            least_spoken_of=spoken_of.least,
            least_in_passage=least_in_passage,
            dates_agree=agree,
            dates_differ=differ,
            names=names,
            lead=float(metadata["section"] == ""),
            row=float(ROW_SEPARATOR in text),
            length=min(len(text) / _LONG, 1.0),
            same_language=float(language is question.wording),
            certainty=certainty,
            lead_certainty=certainties.lead(certainty),
        )
        spans = found.spans
        if reading and reading.margin > 0:
            before = start - metadata["start"]
            spans = _emphasised(spans, Span(reading.span.start - before, reading.span.end - before), text)
        yield Candidate(passage, Quote(metadata["document_id"], start, end, text), features, spans)


def _emphasised(values_found: tuple[Span, ...], read: Span, text: str) -> tuple[Span, ...]:
    """Of several values of the kind sought, those that the reader points at; without any, what it points at itself."""
    if values_found:
        return tuple(span for span in values_found if span.start < read.end and read.start < span.end) or values_found
    return (read,) if read.end - read.start <= _MOST_EMPHASISED * len(text) else ()


def _years_agree(question: Question, text: str, crumb: str, language: Language) -> tuple[float, float]:
    """``dates_agree`` and ``dates_differ``; most questions name no year, and then nothing is read for it."""
    if not question.years:
        return 0.0, 0.0
    own, around = years_in(text, language), years_in(crumb, language)
    if question.years <= own:
        return 1.0, 0.0
    if question.years <= own | around:  # what a heading says of all its sentences, one of them may say otherwise
        return 0.6, float(bool(own - around))
    return 0.0, float(bool(own | around))


def _topic(question: Question, names: frozenset[str], concepts: Sequence[Concept], language: Language) -> list[Concept]:
    """What is asked of the things named: the ``price`` of "price of the Servier plant in Gidy"."""
    named = {stem(word, language) for word in question.words if word in names or word.isdigit()}
    return [concept for concept in concepts if not concept.alternatives[0] <= named]


def _share_of_names(question: Question, names: frozenset[str], held: frozenset[str], language: Language) -> float:
    """The share of the question's names and numbers among the stems of a passage; 1 where it has none."""
    asked = names | {word for word in question.words if word.isdigit()}
    if not asked:
        return 1.0
    return sum(stem(name, language) in held for name in asked) / len(asked)


def _stemmed(words: Iterable[str], language: Language) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words)
