"""Questions as visitors type them on a phone: without apostrophes or question mark, with a slip, or in fewest words.

Accents and capitals are left as they are, since the tokenizer of the models reads over both.
"""

import random
import re

_MARK = re.compile(r"\s*[?.!]+\s*$")
_JOINERS = re.compile(r"['’-]")
_WORD = re.compile(r"[^\W\d_]{5,}")  # a slip in a shorter word makes another word of it
# Words that a question can be understood without; none of them says what is asked for.
_SMALL = re.compile(
    r"\b(?:the|an?|is|are|was|were|do|does|did|has|have|of|to|le|la|les|un|une|des|du|de|est|sont|ont)\b[ ]*",
    re.IGNORECASE,
)
_UNMARKED, _UNJOINED, _SLIPPED, _SHORT = 0.8, 0.5, 0.6, 0.3  # how often each befalls a question


def as_typed(question: str, chooser: random.Random) -> str:
    """The question with some of what haste does to it; never without a word."""
    typed = question
    if chooser.random() < _UNMARKED:
        typed = _MARK.sub("", typed)
    if chooser.random() < _SHORT:
        typed = _SMALL.sub("", typed)
    if chooser.random() < _UNJOINED:
        typed = _JOINERS.sub(chooser.choice(("", " ")), typed)
    if chooser.random() < _SLIPPED:
        typed = _with_a_slip(typed, chooser)
    return typed.strip() or question


def _with_a_slip(text: str, chooser: random.Random) -> str:
    """One letter within one word left out, doubled, or in the place of its neighbour."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = chooser.choice(words)
    place = chooser.randrange(word.start() + 1, word.end() - 1)
    one, next_one = text[place], text[place + 1]
    return text[:place] + chooser.choice((next_one, one * 2 + next_one, next_one + one)) + text[place + 2 :]
