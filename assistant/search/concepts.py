"""What a question is about, as lexical search sees it: concepts, each with the words that would express it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.search.glossary import Glossary, Phrase
from assistant.terms import content_words, stem, stems
from assistant.types import Language

# A word that no passage holds is taken for a slip of the nearest word that some passage does.
_MIN_SLIP_CHARACTERS, _MIN_SLIP_SIMILARITY = 5, 0.8


@dataclass(frozen=True, slots=True)
class Concept:
    """Something a question is about. Any one of ``alternatives``, all its stems together, expresses it.

    ``weight`` says how telling it is among the passages of the language that the stems are of; ``words`` are those of
    the question, folded.
    """

    alternatives: tuple[frozenset[str], ...]
    weight: float
    words: tuple[str, ...] = ()

    def is_in(self, held: frozenset[str]) -> bool:
        return any(alternative <= held for alternative in self.alternatives)


class Words(Protocol):
    """What is known of the words of the passages; see ``library.reader``."""

    def inverse_frequencies(self, language: Language, stems: Sequence[str]) -> Mapping[str, float]: ...
    def vocabulary(self, language: Language) -> frozenset[str]: ...


def find(question: str, asked_in: Language, searched: Language, *, glossary: Glossary, words: Words) -> list[Concept]:
    """The concepts of a question as passages in ``searched`` would express them.

    A glossary term stands for all its names in ``searched``; any other word for its stem there, or, if no passage
    holds that, for the word that it looks like a slip of.
    """
    written = [
        (typed, _mended(group, words.vocabulary(searched)))
        for typed, group in _groups(question, asked_in, searched, glossary)
    ]
    frequencies = words.inverse_frequencies(
        searched, sorted({stem for _, group in written for phrase in group for stem in phrase})
    )
    return [
        Concept(
            alternatives=tuple(frozenset(phrase) for phrase in group),
            weight=min(sum(frequencies.get(stem, 0.0) for stem in phrase) / len(phrase) for phrase in group),
            words=typed,
        )
        for typed, group in written
    ]


def coverage(concepts: Sequence[Concept], held: frozenset[str]) -> float:
    """The share, by weight, of the concepts that a text with these stems expresses: from 0 to 1."""
    total = sum(concept.weight for concept in concepts)
    return sum(concept.weight for concept in concepts if concept.is_in(held)) / total if total else 0.0


def _groups(
    question: str, asked_in: Language, searched: Language, glossary: Glossary
) -> Iterator[tuple[tuple[str, ...], list[Phrase]]]:
    """The words and the alternatives of each concept of the question, in its order, without repetition."""
    asked = stems(question, asked_in)
    written = content_words(question)
    seen: set[tuple[Phrase, ...]] = set()
    position = 0
    while position < len(asked):
        length, terms = glossary.find(asked, asked_in, position)
        step = max(length, 1)
        typed = tuple(written[position : position + step])
        own = tuple(stem(word, searched) for word in typed)
        names = [phrase for term in terms for phrase in term.names[searched]]
        group = tuple(dict.fromkeys([own, *names]))
        if group not in seen:
            seen.add(group)
            yield typed, list(group)
        position += step


def _mended(group: list[Phrase], vocabulary: frozenset[str]) -> list[Phrase]:
    """The alternatives, with one more where a single word alone stands for the concept and no passage holds it."""
    (own, *names) = group
    if names or len(own) != 1 or own[0] in vocabulary or len(own[0]) < _MIN_SLIP_CHARACTERS or not own[0].isalpha():
        return group
    similar = process.extract(
        own[0],
        vocabulary,
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=_MIN_SLIP_SIMILARITY,
        limit=None,
    )
    # Among equals the first of the alphabet: a set has another order in each process.
    nearest = min(((-similarity, word) for word, similarity, _ in similar), default=None)
    return [own, (nearest[1],)] if nearest else group
