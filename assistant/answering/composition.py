"""Decides what shape an answer takes: one answer or several, a digest, values side by side, a corrected premise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from langchain_core.documents import Document

from assistant.answering import comparison, conflicts, digest, extractive, other_years, premise, values
from assistant.answering.calibration import Calibration
from assistant.answering.coordination import Part
from assistant.answering.drafts import Cell, Cite, Draft, Weigh, speaks_of, value_span
from assistant.answering.extractive import Ranked
from assistant.answering.features import Candidate
from assistant.answering.premise import Correction
from assistant.answering.questions import Question, reworded
from assistant.texts import ANSWER_TEXTS
from assistant.types import AnswerStatus, Language

_TRIED = 10  # best sentences of a part that are looked at for its subject and value
_ALL_CONCEPTS = 0.99  # of a question, in whichever words: a sentence with that many speaks of its subject
_FURTHER = 1.0  # by how much, in score, a sentence with the value may fall short of the best one
_NOT_CHOSEN = float("-inf")


@dataclass(frozen=True, slots=True)
class _Answered:
    part: Part
    question: Question
    candidate: Candidate
    ranked: Ranked


class Composer:
    """Makes drafts of answers. Only a question that asks several things costs more than one search."""

    def __init__(self, weigh: Weigh, calibration: Calibration, cite: Cite) -> None:
        self._weigh = weigh
        self._calibration = calibration
        self._cite = cite

    def compose(self, question: Question) -> tuple[list[Document], Draft | None]:
        """The passages found for a question, and what to answer; None where nothing does well enough."""
        if asked := digest.subject(question.text):
            passages, ranked = self._weigh(reworded(question, asked))
            if found := digest.draft(asked, ranked):
                return passages, found
        passages, ranked = self._weigh(question)
        found = self._of_parts(question, passages, ranked) or self._of_one(question, passages, ranked)
        return passages, found

    def _of_one(self, question: Question, passages: Sequence[Document], ranked: Ranked) -> Draft | None:
        chosen = extractive.choose(question, ranked) if self._answers(ranked) else []
        if correction := premise.find(question, passages, ranked):
            return _corrected(question, correction, chosen)
        if not chosen:
            return None
        if other_years.are_told(question, chosen):
            return _of_other_years(question, chosen)
        conflict = conflicts.find(question, chosen, ranked, self._cite)
        if conflict is None:
            return Draft(tuple(chosen))
        texts = ANSWER_TEXTS[question.language]
        note = texts.sources_differ if len(conflict.cells) > 1 else texts.document_says_differ
        return Draft(_once([*chosen, *conflict.sentences]), conflict.cells, (note,))

    def _of_parts(self, question: Question, passages: Sequence[Document], ranked: Ranked) -> Draft | None:
        """An answer to each part, or None where the question is better answered whole."""
        parts = comparison.parts(question.text, question.wording)
        if not parts or comparison.is_one_name(parts, [passage.page_content for passage in passages]):
            return None
        found = self._of_one_sentence(question, parts, ranked) or [
            answered for part in parts if (answered := self._part(part, question))
        ]
        quotes = {answered.candidate.quote for answered in found}
        is_one_fact = (
            len(found) > 1 and len(quotes) < 2 and parts[0].names
        )  # "l'unité de Servier et Sanofi": one sentence on both
        if not found or is_one_fact or len(found) < self._answered_whole(parts, question, ranked):
            return None
        return _side_by_side(question.language, parts, found)

    def _of_one_sentence(self, question: Question, parts: Sequence[Part], ranked: Ranked) -> list[_Answered]:
        """The best sentence that holds the values of all parts, when and where, with no further search."""
        asked = [reworded(question, part.question) for part in parts]
        if parts[0].names or not self._answers(ranked) or not all(map(values.seeks_value, asked)):
            return []
        named = [word for word in question.words if word in question.names or word.isdigit()]
        for candidate, _ in ranked[:_TRIED]:
            text, language = candidate.quote.text, candidate.passage.metadata["language"]
            spans = [values.find(each, text, language).spans for each in asked]
            if all(spans) and speaks_of(candidate, named):
                own = zip(parts, asked, spans, strict=True)
                return [_answered(part, each, replace(candidate, spans=found), ranked) for part, each, found in own]
        return []

    def _part(self, part: Part, whole: Question) -> _Answered | None:
        question = reworded(whole, part.question)
        _, ranked = self._weigh(question)
        answers = self._answers(ranked)
        for candidate, score in ranked[:_TRIED]:
            features = candidate.features
            is_good = answers and score >= ranked[0][1] - _FURTHER
            is_about = speaks_of(candidate, part.names) or features.context_coverage >= _ALL_CONCEPTS
            if is_about and features.value and (is_good or self._calibration.answers(features)):
                return _answered(part, question, candidate, ranked)
        return None

    def _answered_whole(self, parts: Sequence[Part], whole: Question, ranked: Ranked) -> int:
        """How many of the parts the best sentence for the whole question answers by itself."""
        if not self._answers(ranked):
            return 0
        best = ranked[0][0]
        held = best.passage.metadata["language"]
        return sum(
            speaks_of(best, part.names, headings=False)
            if part.names
            else bool(values.find(reworded(whole, part.question), best.quote.text, held).spans)
            for part in parts
        )

    def _answers(self, ranked: Ranked) -> bool:
        return bool(ranked) and self._calibration.answers(ranked[0][0].features)


def _answered(part: Part, question: Question, candidate: Candidate, ranked: Ranked) -> _Answered:
    """The candidate alone; what stands before it may still be needed to understand it."""
    others = [(each, _NOT_CHOSEN) for each, _ in ranked if each.quote != candidate.quote]
    return _Answered(part, question, candidate, [(candidate, 0.0), *others])


def _corrected(question: Question, correction: Correction, chosen: Sequence[Candidate]) -> Draft:
    """What the documents say of a place instead, then what answers the question, if anything does."""
    texts = ANSWER_TEXTS[question.language]
    note = texts.other_place.format(place=correction.place, asserted=correction.asserted)
    sentences = _once([correction.candidate, *chosen])
    answers = any(each.features.value for each in sentences)
    status = AnswerStatus.ANSWERED if answers else AnswerStatus.PARTIAL
    return Draft(sentences, notes=(note,), status=status)


def _of_other_years(question: Question, chosen: Sequence[Candidate]) -> Draft:
    """What the documents say of other years, with a note that they do not say it of the one asked for."""
    texts = ANSWER_TEXTS[question.language]
    note = texts.other_years.format(asked=texts.and_.join(sorted(question.years)))
    return Draft(tuple(chosen), notes=(note,), status=AnswerStatus.PARTIAL)


def _side_by_side(language: Language, parts: Sequence[Part], found: Sequence[_Answered]) -> Draft:
    """The answers to the parts, as a table too where each is a value; what is missing is named."""
    chosen = [each for answered in found for each in extractive.choose(answered.question, answered.ranked)]
    cells = [
        Cell(answered.part.label, answered.candidate, span)
        for answered in found
        if values.seeks_value(answered.question) and (span := value_span(answered.candidate))
    ]
    draft = Draft(_once(chosen), tuple(cells) if len(cells) == len(found) > 1 else ())
    missing = [part.label for part in parts if part not in [answered.part for answered in found]]
    if not missing:
        return draft
    texts = ANSWER_TEXTS[language]
    known = [answered.part.label for answered in found]
    named = (texts.and_.join(texts.named.format(name=name) for name in labels) for labels in (known, missing))
    note = texts.partial_without.format(found=next(named), missing=next(named))
    return replace(draft, notes=(note,), status=AnswerStatus.PARTIAL)


def _once(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates without those that quote what an earlier one quotes; all values of one sentence are emphasised."""
    by_quote: dict[tuple[str, int, int], Candidate] = {}
    for candidate in candidates:
        key = (candidate.quote.document_id, candidate.quote.start, candidate.quote.end)
        known = by_quote.setdefault(key, candidate)
        spans = tuple(sorted({*known.spans, *candidate.spans}, key=lambda span: span.start))
        by_quote[key] = replace(known, spans=spans)
    return tuple(by_quote.values())
