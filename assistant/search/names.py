"""Which words of a question are names, as the passages found for it write them: visitors type without capitals."""

import re
from collections.abc import Iterable

from assistant.terms import content_words

_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w&]*(?:-\w+)*"
# Not at the beginning of a sentence, where every word is capitalised.
_NAME = re.compile(rf"(?:(?<=[\w,;:)] )(?:[ldLD]['’])?|(?<=['’(«“]))({_CAPITALISED})")
_COMMON = re.compile(r"\b[a-zà-öø-ÿ][\w]+")


def names_among(question: str, texts: Iterable[str]) -> frozenset[str]:
    """The folded words of a question that some of the texts write with a capital, and none without."""
    asked = frozenset(content_words(question))
    names: set[str] = set()
    common: set[str] = set()
    for text in texts:
        names.update(*(content_words(match[1]) for match in _NAME.finditer(text)))
        common.update(*(content_words(match[0]) for match in _COMMON.finditer(text)))
    return frozenset(asked & names - common)


def without(question: str, names: frozenset[str]) -> str:
    """The question without some of its words, and without numbers: what is asked, of whomever."""
    kept = (word for word in question.split() if not any(w in names or w.isdigit() for w in content_words(word)))
    return " ".join(kept)
