"""Which English pieces a French piece translates to, counted in sentence pairs; and its embedding made of theirs.

No gradient step. Dice's coefficient of two pieces says how often they occur in the same pairs. It is then sharpened: in
each pair, every French piece shares one vote among the English pieces in proportion to the scores so far, and the other
way round; Dice's coefficient of those votes is the next score. So "the", which is everywhere, loses to the right word.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_SHARPENING_ROUNDS = 3  # the first brings most of the gain, the last ones a little more for English to French
_MOST_TRANSLATIONS = 4


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The distinct pieces of each sentence, one sentence after another: sentence i is starts[i] to starts[i + 1]."""

    pieces: Integers
    starts: Integers

    def frequencies(self, size: int) -> Integers:
        """In how many sentences each piece of a vocabulary of ``size`` occurs."""
        return np.bincount(self.pieces, minlength=size)


@dataclass(frozen=True, slots=True)
class Scores:
    """Scored couples of pieces, ordered by French piece."""

    french: Integers
    english: Integers
    score: Floats


def occurrences(encoded: Iterable[Integers]) -> Occurrences:
    """Keep each piece once in each sentence."""
    distinct = [np.unique(ids) for ids in encoded]
    starts = np.concatenate([[0], np.cumsum([len(ids) for ids in distinct])])
    return Occurrences(np.concatenate(distinct), starts.astype(np.int64))


def align(french: Occurrences, english: Occurrences, *, french_size: int, english_size: int) -> Scores:
    """Score every couple of pieces that meets in a pair: squared Dice coefficients, sharpened."""
    of_french, of_english = _links(french, english)
    codes = french.pieces[of_french] * english_size + english.pieces[of_english]
    couples, couple_of = np.unique(codes, return_inverse=True)
    del codes  # tens of millions of links: memory is the limit here
    couple_of = couple_of.astype(np.int32)
    french_piece, english_piece = np.divmod(couples, english_size)
    total = (french.frequencies(french_size)[french_piece] + english.frequencies(english_size)[english_piece]).astype(
        np.float32
    )
    votes = np.bincount(couple_of).astype(np.float32)
    for _ in range(_SHARPENING_ROUNDS):
        link = ((2 * votes / total) ** 2)[couple_of]
        share = np.sqrt(_share(link, of_french) * _share(link, of_english))
        votes = np.bincount(couple_of, weights=share, minlength=len(couples)).astype(np.float32)
    return Scores(french_piece, english_piece, (2 * votes / total) ** 2)


def embed(scores: Scores, english: Floats, pieces: Iterable[int]) -> Floats:
    """Return a row for each French piece: the mean of its best English pieces, weighted by score.

    A row has the typical length of an English embedding, because a mean of several is shorter than each of them. It
    is zero when the piece occurs in no pair.
    """
    typical_length = float(np.linalg.norm(english, axis=1).mean())
    wanted = np.fromiter(pieces, dtype=np.int64)
    firsts, lasts = (np.searchsorted(scores.french, wanted, side=side) for side in ("left", "right"))
    rows = np.zeros((len(wanted), english.shape[1]), dtype=np.float32)
    for row, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        best = first + np.argsort(-scores.score[first:last], kind="stable")[:_MOST_TRANSLATIONS]
        rows[row] = scores.score[best] @ english[scores.english[best]]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    np.divide(rows * typical_length, lengths, out=rows, where=lengths > 0)
    return rows


def _links(french: Occurrences, english: Occurrences) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Every couple of a French and an English occurrence in the same pair, as two columns of occurrence numbers."""
    english_counts = np.diff(english.starts)
    pair_of = np.repeat(np.arange(len(english_counts)), np.diff(french.starts))
    lengths = english_counts[pair_of]
    of_french = np.repeat(np.arange(len(pair_of), dtype=np.int32), lengths)
    shift = english.starts[pair_of] - (np.cumsum(lengths) - lengths)
    of_english = np.arange(lengths.sum()) + np.repeat(shift, lengths)
    return of_french, of_english.astype(np.int32)


def _share(link: Floats, owner: NDArray[np.int32]) -> Floats:
    """Scale the links of each occurrence so that they sum to one."""
    totals = np.bincount(owner, weights=link).astype(np.float32)
    return link / totals[owner]
