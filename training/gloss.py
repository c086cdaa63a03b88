"""Questions turned into the other language word by word, so that the reader learns to cross without a translator.

"Combien de Juifs ont été assassinés" becomes "how of jews have been murdered": poor English, but the words that lead to
the answer are there.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from assistant.types import Language
from training import alignment, pairs, vocabulary

_LEAST_SCORE = 0.02  # squared Dice: below it, a couple is chance
_CONTINUATION = "##"
_SEED = 0

Gloss = Mapping[Language, Mapping[str, str]]
"""By the language to turn from: the likeliest translation of a word."""


def learn(tokenizer: Tokenizer, data: Path) -> Gloss:
    """Count in sentence pairs which whole-word piece translates which, both ways."""
    french_texts, english_texts = pairs.sample(data / "parallel", seed=_SEED)
    size = tokenizer.get_vocab_size()
    french, english = (
        alignment.occurrences(vocabulary.encode(tokenizer, texts)) for texts in (french_texts, english_texts)
    )
    scores = alignment.align(french, english, french_size=size, english_size=size)
    names = {number: name for name, number in tokenizer.get_vocab().items()}
    forth: dict[str, str] = {}
    back: dict[str, str] = {}
    for place in np.argsort(-scores.score, kind="stable"):
        if scores.score[place] < _LEAST_SCORE:
            break
        own, other = names[int(scores.french[place])], names[int(scores.english[place])]
        if vocabulary.is_word(own) and vocabulary.is_word(other) and not own.startswith(_CONTINUATION):
            if other.startswith(_CONTINUATION):
                continue
            forth.setdefault(own, other)
            back.setdefault(other, own)
    return {Language.FRENCH: forth, Language.ENGLISH: back}


def turn(question: str, words: Mapping[str, str], tokenizer: Tokenizer) -> str:
    """The question with each word that is one known piece replaced; others, such as names, stay."""
    turned = []
    encoding = tokenizer.encode(question, add_special_tokens=False)
    for piece, (start, end), word in zip(encoding.tokens, encoding.offsets, encoding.word_ids, strict=True):
        alone = encoding.word_ids.count(word) == 1
        text = words.get(piece, question[start:end]) if alone else question[start:end]
        turned.append(text if not piece.startswith(_CONTINUATION) else f"{_CONTINUATION}{text}")
    return " ".join(turned).replace(f" {_CONTINUATION}", "")
