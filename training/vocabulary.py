"""Find the French word pieces that a WordPiece tokenizer lacks, and add them to it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, trainers

Ids = NDArray[np.int64]

_TRAINED_SIZE = 55_000  # enough for 20,000 pieces that are new and pass the selection
_SELECTION_ROUNDS = 3  # dropping a piece changes what texts are cut into: later rounds drop the few left unused
_FRENCH_SHARE = 0.75
_UNKNOWN = "[UNK]"
_CONTINUATION = "##"
_BATCH = 10_000


def is_word(piece: str) -> bool:
    """Whether a piece is made of letters only, as a word or the rest of one."""
    return piece.removeprefix(_CONTINUATION).isalpha()


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterator[Ids]:
    """Yield the piece ids of each text, special tokens left out."""
    for start in range(0, len(texts), _BATCH):
        for encoding in tokenizer.encode_batch(list(texts[start : start + _BATCH]), add_special_tokens=False):
            yield np.asarray(encoding.ids, dtype=np.int64)


def load(path: Path) -> Tokenizer:
    """Load a ``tokenizer.json`` that neither pads nor cuts."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def extend(tokenizer: Tokenizer, pieces: Sequence[str]) -> Tokenizer:
    """Return a copy that also knows ``pieces``, numbered after those it knew: no old id changes."""
    description = json.loads(tokenizer.to_str())
    vocabulary = description["model"]["vocab"]
    vocabulary.update({piece: len(vocabulary) + index for index, piece in enumerate(pieces)})
    return Tokenizer.from_str(json.dumps(description, ensure_ascii=False))


def missing_pieces(base: Tokenizer, french: Sequence[str], english: Sequence[str], *, count: int) -> list[str]:
    """Return about ``count`` pieces that WordPiece training on the French texts finds and ``base`` lacks.

    Left out are numbers and signs, since a figure must be cut the same way in both languages, and whatever English
    texts use too, such as names and code: both languages then go on sharing the pieces that the base model knows.
    """
    known = base.get_vocab()
    pieces = [piece for piece in _train(base, french) if piece not in known and is_word(piece)]
    for _ in range(_SELECTION_ROUNDS):
        tokenizer = extend(base, pieces)
        of_french, of_english = (_usage(tokenizer, side)[len(known) :] for side in (french, english))
        # Unused ones too: training builds words from pieces that nothing is cut into any more once the word is known.
        kept = (of_french > 0) & (of_french >= _FRENCH_SHARE * (of_french + of_english))
        pieces = [pieces[index] for index in np.flatnonzero(kept)[:count]]
    return pieces


def _usage(tokenizer: Tokenizer, texts: Sequence[str]) -> Ids:
    return np.bincount(np.concatenate(list(encode(tokenizer, texts))), minlength=tokenizer.get_vocab_size())


def _train(base: Tokenizer, texts: Sequence[str]) -> list[str]:
    learner = Tokenizer(models.WordPiece(unk_token=_UNKNOWN))
    learner.normalizer = base.normalizer
    learner.pre_tokenizer = base.pre_tokenizer
    letters = sorted(set().union(*map(base.normalizer.normalize_str, texts)) - {" "})
    trainer = trainers.WordPieceTrainer(
        vocab_size=_TRAINED_SIZE,
        min_frequency=2,
        # The trainer numbers letters in the random order of a hash table, and breaks ties between pieces by number.
        # Declared as special they are numbered as given here, so that two runs find the same pieces.
        special_tokens=[_UNKNOWN, *letters, *(_CONTINUATION + letter for letter in letters)],
        continuing_subword_prefix=_CONTINUATION,
        show_progress=False,
    )
    learner.train_from_iterator(texts, trainer, length=len(texts))
    vocabulary = learner.get_vocab()
    return sorted(vocabulary, key=vocabulary.__getitem__)
