"""Sentences of a paragraph in French or English, as spans.

``sentencex`` finds where sentences may end; its wrong cuts, mostly after abbreviations, are undone here.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from assistant.types import Language, Span

# Always stand before what they belong to. Case counts: "M. Dupont", but "5 m. Le mur".
_BEFORE_NAME = re.compile(
    r"(?:\b(?:MM?|Mmes?|Mlles?|Mgr|Me|Drs?|Prs?|Profs?|Mr|Mrs|Ms|Ste?|Cf|cf|[Ee]nv|[Aa]pprox|i\.e|e\.g|p\.\s?ex|vs|[Cc]a)"
    r"|\b[JGLM]-[A-Z])\.$"
)
# Stand before a number, and otherwise may end a sentence: "The answer is no."
_BEFORE_NUMBER = re.compile(
    r"\b(?:pp?|arts?|al|n[°o]s?|nos?|vol|fig|figs|chap|sect|tél|tel|éd|ed|réf|ref|ann|max|min|janv|févr|avr|juil"
    r"|sept|oct|nov|déc|jan|feb|mar|apr|jun|jul|aug|dec)\.$|[°]\.$",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?:^|[\s(«“-])[A-ZÀ-Ý]\.$")
_SENTENCE_OPENERS = frozenset(
    """
    le la les l un une des du de ce cet cette ces il elle ils elles on nous vous je c s en à au aux dans pour par sur
    avec selon si the a an it this that these those they he she we you in on at for by with if and but however mais et
    """.split()
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_CLOSERS = re.compile(r"\s*[»”)\]]+")
_LETTER = re.compile(r"[^\W\d_]")
_LEFT_CHARS, _RIGHT_CHARS = 200, 40  # enough for an abbreviation before a cut and a word after it
_WINDOW_CHARS = 10_000
_LAST_LIKELY_END = re.compile(r".*[.!?…]\s", re.DOTALL)
_MISSED = re.compile(r"…[\s»”)]*(?=\s[«“]?\s?[A-ZÀ-Ý])")  # the library does not take "…" for an end


def sentence_spans(text: str, language: Language) -> tuple[Span, ...]:
    """Cut a text without line breaks into sentences: stripped, in order, all of its words covered."""
    cuts = [0]
    for cut in _candidates(text, language):
        end = _after_closers(text, cut)
        if end > cuts[-1] and not _is_wrong(text, cuts[-1], end):
            cuts.append(end)
    cuts.append(len(text))
    return tuple(_stripped(text, start, end) for start, end in pairwise(cuts) if text[start:end].strip())


def _candidates(text: str, language: Language) -> list[int]:
    cuts = {match.end() for match in _MISSED.finditer(text)}
    for window in _windows(text):
        found = get_sentence_boundaries(language.value, text[window.start : window.end])
        cuts |= {window.start + int(sentence["end_index"]) for sentence in found}
    return sorted(cuts)


def _windows(text: str) -> Iterator[Span]:
    """Cut a very long text at likely sentence ends: the library's time grows with the square of the length."""
    start = 0
    while start < len(text):
        likely_end = _LAST_LIKELY_END.match(text, start, start + _WINDOW_CHARS)
        end = likely_end.end() if likely_end and start + _WINDOW_CHARS < len(text) else start + _WINDOW_CHARS
        yield Span(start, min(end, len(text)))
        start = end


def _after_closers(text: str, cut: int) -> int:
    closers = _CLOSERS.match(text, cut)
    return closers.end() if closers else cut


def _is_wrong(text: str, start: int, cut: int) -> bool:
    # windows, so that a text where every cut is wrong takes no longer than another
    left, right = text[max(start, cut - _LEFT_CHARS) : cut].rstrip(), text[cut : cut + _RIGHT_CHARS].lstrip()
    if not right:
        return True
    if not (text[cut - 1].isspace() or text[cut].isspace()):
        return True  # within "v1.Beta" or an address
    if right[0].islower() or right[0] in ",;)]}»”" or not _LETTER.search(left):
        return True
    tail = left[-12:]
    if _BEFORE_NAME.search(tail) or (right[0].isdigit() and _BEFORE_NUMBER.search(tail)):
        return True
    word = _FIRST_WORD.match(right)
    return bool(_INITIAL.search(tail) and word and word[0].casefold() not in _SENTENCE_OPENERS)


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))
