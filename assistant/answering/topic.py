"""How far a text speaks of what a question asks about, in its own words, in like ones, or in the other language."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.questions import Question
from assistant.search.concepts import Concept
from assistant.search.words import Likeness
from assistant.terms import content_words, stem
from assistant.types import Language, Span

_NEAR = 40  # characters between a figure and what it counts
_BEHIND = re.compile(r"\s*(?:(?:de|of)\s+|d['’])?(?P<word>[^\W\d_]+)")
_BEFORE_ANOTHER = 0.5  # worth of the words in front of a figure that has its own behind it: "métiers et 330 formations"


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """What share of a topic a text speaks of, by weight, and how far of the part that it speaks of least: 0 to 1."""

    share: float
    least: float


class Topic:
    """The topic of a question, beside the words of one passage."""

    def __init__(
        self,
        question: Question,
        concepts: Sequence[Concept],
        language: Language,
        likeness: Likeness,
        words: Iterable[str],
    ) -> None:
        """``words`` are the folded content words of the passage and its headings; ``concepts`` are in its language."""
        self._counted = question.counted
        self._language = language
        telling = frozenset(question.topic)
        self._concepts = [concept for concept in concepts if telling.intersection(concept.words)]
        self._weights = np.array([concept.weight for concept in self._concepts])
        self._columns = {word: column for column, word in enumerate(dict.fromkeys(words))}
        held = list(self._columns)
        self._likeness = [likeness.between(concept.words, held) for concept in self._concepts]
        self._counted_likeness = [likeness.between(words, held) for words in self._counted]

    def of(self, words: Sequence[str]) -> SpokenOf:
        """How far a part of the passage, by its words, speaks of the topic; wholly where there is none."""
        if not self._concepts:
            return SpokenOf(1.0, 1.0)
        held = frozenset(stem(word, self._language) for word in words)
        columns = [self._columns[word] for word in words if word in self._columns]
        spoken = np.array(
            [
                1.0 if concept.is_in(held) else float(likeness[:, columns].max(axis=1).mean()) if columns else 0.0
                for concept, likeness in zip(self._concepts, self._likeness, strict=True)
            ]
        )
        total = self._weights.sum()
        return SpokenOf(float(spoken @ self._weights / total) if total else 1.0, float(spoken.min()))

    def counts_alike(self, sentence: str, figures: Sequence[Span]) -> float:
        """How like the words beside any of the ``figures`` of a sentence are to the things counted; 1 if none are.

        What a figure counts stands behind it, or in front of it where nothing does: "effectifs : 330 en 2023".
        """
        if not self._counted:
            return 1.0
        best = 0.0
        for figure in figures:
            before = sentence[max(0, figure.start - _NEAR) : figure.start]
            behind = sentence[figure.end : figure.end + _NEAR]
            own = _BEHIND.match(behind)
            worth = 1.0
            if own and content_words(own["word"]):
                worth = max(_BEFORE_ANOTHER, self._alike(content_words(behind), heads_only=True))
            best = max(best, worth * self._alike(content_words(f"{before} {behind}")))
        return best

    def _alike(self, beside: Sequence[str], *, heads_only: bool = False) -> float:
        """How like some words are to the things counted, or to the first word of what each is called."""
        columns = [self._columns[word] for word in beside if word in self._columns]
        exact = {stem(word, self._language) for word in beside}
        best = 0.0
        for words, likeness in zip(self._counted, self._counted_likeness, strict=True):
            compared = 1 if heads_only else len(words)
            if all(stem(word, self._language) in exact for word in words[:compared]):
                return 1.0
            if columns:
                best = max(best, float(likeness[:compared, columns].max(axis=1).mean()))
        return best
