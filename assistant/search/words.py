"""How near words are in meaning, within a language and across: ``salariés`` to ``employees``.

The vectors are the retriever's table of word pieces, read as they are: no pass through the model, no sentence around
them. They cost microseconds, and tell what a question asks for that a text does not speak of.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.errors import ConfigurationError
from assistant.once import Once

_WEIGHTS, _TOKENIZER = "model.safetensors", "tokenizer.json"
_TABLE = "embeddings.word_embeddings.weight"
_MOST_KEPT = 20_000  # words: 30 MB
_UNRELATED, _SAME = 0.1, 0.6  # cosines: by chance, and between words that translate each other


@runtime_checkable
class Likeness(Protocol):
    """Compares words."""

    def between(self, words: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
        """For each pair a value from 0, unrelated, to 1, the same; shape ``(len(words), len(others))``."""
        ...


class WordVectors:
    """A ``Likeness`` by the retriever's word embeddings, loaded when first needed."""

    def __init__(self, load: Callable[[], tuple[NDArray[np.float16], Tokenizer]]) -> None:
        """``load`` gives a table, shape ``(pieces, dimension)``, and its tokenizer, as ``load_words`` does."""
        self._loaded = Once(lambda: _centred(*load()))
        self._kept: dict[str, NDArray[np.float32]] = {}

    def between(self, words: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
        """For each pair a value from 0, unrelated, to 1, the same; numbers and single letters are like none."""
        if not words or not others:
            return np.zeros((len(words), len(others)), dtype=np.float32)
        cosines = np.stack([self._vector(word) for word in words]) @ np.stack([self._vector(word) for word in others]).T
        likeness: NDArray[np.float32] = np.clip((cosines - _UNRELATED) / (_SAME - _UNRELATED), 0.0, 1.0)
        return likeness

    def _vector(self, word: str) -> NDArray[np.float32]:
        """The mean of the word's pieces at unit length; zero where likeness means nothing."""
        if (kept := self._kept.get(word)) is not None:
            return kept
        table, centre, tokenizer = self._loaded()
        if len(word) < 2 or any(character.isdigit() for character in word):
            vector = np.zeros_like(centre)
        else:
            vector = table[tokenizer.encode(word, add_special_tokens=False).ids].mean(axis=0, dtype=np.float32) - centre
            vector /= max(float(np.linalg.norm(vector)), 1e-6)
        if len(self._kept) >= _MOST_KEPT:
            self._kept = {}  # a new one, so that no other thread sees it change under its feet
        self._kept[word] = vector
        return vector


def _centred(
    table: NDArray[np.float16], tokenizer: Tokenizer
) -> tuple[NDArray[np.float16], NDArray[np.float32], Tokenizer]:
    """A table with the mean of its rows, which all words share and which says nothing of any."""
    return table, table.mean(axis=0, dtype=np.float32), tokenizer


def load_words(retriever: Path) -> tuple[NDArray[np.float16], Tokenizer]:
    """The table of word pieces of a retriever, in half precision as it is stored, and its tokenizer.

    Raises:
        ConfigurationError: the folder holds none; the message names it.
    """
    from safetensors import SafetensorError, safe_open  # noqa: PLC0415 — most commands compare no words

    try:
        with safe_open(retriever / _WEIGHTS, framework="numpy") as weights:
            table = np.asarray(weights.get_tensor(_TABLE), dtype=np.float16)
        tokenizer = Tokenizer.from_file(str(retriever / _TOKENIZER))
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ConfigurationError(f"{retriever}: no word embeddings ({error}). Restore the folder.") from error
    tokenizer.no_padding()
    return table, tokenizer
