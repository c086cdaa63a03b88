"""From a text to the terms that lexical search compares: folded, cut at elisions, stemmed in its language."""

import re
import unicodedata
from functools import cache, lru_cache

import snowballstemmer

from assistant.types import Language

SPACE = r"[ \u00a0\u202f\u2009]"
"""A pattern of the spaces that part the digits and the words of a number."""

# Cut before a vowel in French: l'unité, qu'il, jusqu'en; and after a word in English: Servier's.
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_THOUSANDS = re.compile(rf"(?<!\d)\d{{1,3}}(?:(?:{SPACE}|[,.])\d{{3}}(?!\d))+")
_NO_DIGIT = re.compile(r"\D")
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})
_STEMMERS = {Language.FRENCH: "french", Language.ENGLISH: "english"}

# Words that carry the grammar of a question and never its subject. Both lists apply to both languages:
# a question's language is a guess, and none of these words means something else in the other language.
_FUNCTION_WORDS = frozenset(
    """
    a au aux avec ce ceci cela celle celles celui ces cet cette ceux ci comme comment d dans de des du elle
    elles en est et etaient etait ete etes etre eu eux fait faire font il ils j je l la le les leur leurs lui m
    ma mais me mes moi mon n ne nos notre nous on ont ou par pas plus pour pourquoi qu quand que quel quelle
    quelles quels qui quoi s sa sans se sera seront ses si son sont sur t ta te tes toi ton tous tout toute
    toutes tu un une vers via voici vos votre vous y combien avait avaient avoir ai as avez avons dont donc ca
    cest y-a an and any are at be been being but by can could did do does doing for from had has have he her his
    how i if in into is it its many me much my no not of on or our she should so some such than that the their
    them there these they this those to us was we were what when where which who whom whose why will with would
    you your about tell please
    """.split()
)


def fold(text: str) -> str:
    """Lower case without accents or ligatures: ``"Bio-Région Œuvre"`` becomes ``"bio-region oeuvre"``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return bare.translate(_LIGATURES)


def fold_in_place(text: str) -> str:
    """The text folded character by character where that leaves one character, so that offsets stay."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class _FoldedCharacters(dict[int, str]):
    """Each character folded, computed when first met: ``str.translate`` looks it up by code point."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        return self.setdefault(code, folded if len(folded) == 1 else chr(code))


_FOLDED = _FoldedCharacters()


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, without elisions; ``"10 000"`` is one word, ``10000``."""
    text = _THOUSANDS.sub(lambda match: _NO_DIGIT.sub("", match[0]), text)
    text = _ELISION.sub(" ", text)
    return _WORD.findall(fold(_POSSESSIVE.sub("", text)))


def content_words(text: str) -> list[str]:
    """The words of a text that carry its subject: all but articles, pronouns, auxiliaries and question words."""
    return [word for word in words(text) if word not in _FUNCTION_WORDS]


def stems(text: str, language: Language) -> list[str]:
    """The terms of a text, in order and with repetitions, stemmed as words of ``language``."""
    return [stem(word, language) for word in content_words(text)]


@lru_cache(maxsize=65_536)
def stem(word: str, language: Language) -> str:
    """The Snowball stem of one folded word; numbers stay as they are."""
    if word.isdigit():
        return word
    return str(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: Language) -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer(_STEMMERS[language])
