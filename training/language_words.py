"""List the words that tell French from English, as counted in sentence pairs.

python -m training.language_words DATA
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.language import words_file
from assistant.terms import fold
from assistant.types import Language
from training import pairs

_LEAST = 10  # uses in the pairs: of rarer words some are slips, or names without their capital
_RATIO = 20  # times as many as in the other language, which quotes, and shares many words
_WORD = re.compile(r"[^\W\d_]{3,}")
_SEED = 0


def telling(own: Sequence[str], other: Sequence[str]) -> list[str]:
    """The words, folded and sorted, that texts in one language use and those in the other hardly ever do."""
    ours, theirs = count(own), count(other)
    return sorted(word for word, uses in ours.items() if uses >= max(_LEAST, _RATIO * theirs[word]))


def count(texts: Sequence[str]) -> Counter[str]:
    """Uses of each word, folded. Those with a capital are left out: they may be names."""
    return Counter(fold(word) for text in texts for word in _WORD.findall(text) if word.islower())


def main(
    data: Annotated[Path, typer.Argument(help="Folder that holds parallel/.")],
) -> None:
    """Write the list of each language, in a minute."""
    french, english = pairs.sample(data / "parallel", seed=_SEED)
    for language, own, other in ((Language.FRENCH, french, english), (Language.ENGLISH, english, french)):
        found = telling(own, other)
        words_file(language).write_text("\n".join(found) + "\n", encoding="utf-8")
        print(f"{language}: {len(found):,} words")


if __name__ == "__main__":
    typer.run(main)
