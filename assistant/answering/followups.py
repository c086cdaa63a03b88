"""One question after another: what the second is about, where it says only what is new.

"et en 2026 ?" and "et Polepharma ?" put something else in the place of what was asked of; "how many jobs?" and
"son budget ?" ask something else of it. A question that names its own things, and neither leans on others nor
continues a sentence, is a change of subject and stays as it is.
"""

import re

from assistant.answering import swaps
from assistant.answering.sought import Sought
from assistant.answering.spelling import Spelling
from assistant.answering.wording import (
    ATTRIBUTES,
    GENERIC,
    LIGHT,
    Wording,
    plain,
    read,
    tokens,
    without_question_words,
)
from assistant.terms import content_words, fold
from assistant.types import Language

_CONTINUES = re.compile(
    r"^(?:(?:et|puis|ou alors|alors|mais|donc|and|but|then|also|so|what about|how about|qu['’ ]?en est[- ]il|idem|"
    r"pareil|same(?: question| thing)?|(?:la )?m[eê]me (?:chose|question))\b[\s,]*)+",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"^(?:de\b|d['’]|of\b)", re.IGNORECASE)
_ADJUNCT = re.compile(
    r"^(?:a|au|aux|en|dans|in|at|near|pour|for|avec|with|avant|apres|before|after|depuis|since|sur|on|par|by|vers|"
    r"pendant|during|chez|from|hors|outside|within|d'ici)\b"
)
_INDEFINITE = re.compile(r"\b(?:un|une|an|a (?=\w)|on|t-on)\b")

# Folded words that stand for something said before. French "le" and "la" are articles far more often.
_LEANS = re.compile(
    r"\b(?:il|elle|ils|elles|ca|cela|celui|celle|ceux|celles|lui|leur|leurs|eux|y|la-bas|la-dedans|"
    r"son|sa|ses|it|its|he|she|his|her|him|they|their|them|there|"
    r"(?:does|is|was|of|about|did|do) (?:that|this|those|these)|qui (?:le|la|les|l)|l['’ ](?:a|ont|avait|aura)|"
    r"en (?:fait|font|est|sont|a|ont|sera|etait|fera)|(?:d['’ ])?ou en)\b|"
    r"\b(?:cet|cette|ces|ce|this|these|those)(?= \w)"
    r"(?! (?:que|qui|qu|sont|annee|year|mois|month|semaine|week|jour|moment))"
)
_ENOUGH_TO_POINT_AT = 3  # telling words: "treefrog yearly cell goal for its factory"
_STANDS_FOR_NOTHING = re.compile(
    r"\b(?:il y (?:a|aura|avait)|y a[ -]t[ -]il|^y a|(?:is|are|was|were|will) there|there (?:is|are)|"
    r"(?:faut|fait|s['’ ]agit|reste)[- ]il|il (?:faut|fait|s['’ ]agit|est (?:possible|prevu))|"
    r"est[- ]il (?:possible|prevu)|(?:is it|it is) (?:possible|planned)|est[- ]ce|qu['’ ]est|c['’ ]est)\b"
)
_ASKS = re.compile(r"\b(?:quoi|what|which|lesquels|lesquelles|lequel|laquelle)\b")
# A question or a sentence already, which needs no question word before it: "il préside quoi ?"
_IS_WHOLE = re.compile(rf"{_ASKS.pattern}|\b(?:il|elle|ils|elles|it|they|he|she|is|are|does|do|did|can|est-ce)\b")
_POINTS_AT_A_PLACE = re.compile(r"\b(?:la-bas|la-dedans|there|y)\b")
_OVER_THERE = re.compile(r"\bl[àa][- ]bas\b", re.IGNORECASE)
_ENDS_LEANING = re.compile(r"\b(?:it|them|that|ca|cela)\W*$")
_POINTS_BACK = re.compile(rf"\b(?:le|la|l|du|au|des|les|the|l')[ ']?(?:{'|'.join(sorted(GENERIC))})\b")
_WHO_DOES = re.compile(r"^(?:qui|who)(?: a| en| est)? \w+\W*$")
_REPEATS = re.compile(
    r"(?:repete|repetez|repeat(?: that| it)?(?: please)?|pardon|quoi|hein|what|sorry|say (?:that|it) again|"
    r"(?:tu es|es[- ]tu|vous etes|etes[- ]vous|t'es|t es) surs?|vraiment|really|are you sure|sure|"
    r"c'est (?:vrai|sur)|is (?:that|it) (?:true|right)|encore|again|once more)\W*"
)
_ASKS_FOR_MORE = frozenset(
    "plus more detail details info infos information informations precision precisions savoir explique expliquez "
    "explain elaborate developpe continue dis dites".split()
)
_PREFIXES = {
    Language.FRENCH: {Sought.DATE: "quand", Sought.PLACE: "où", Sought.NUMBER: "combien", Sought.ANYTHING: "quel est"},
    Language.ENGLISH: {
        Sought.DATE: "when is",
        Sought.PLACE: "where is",
        Sought.NUMBER: "how many",
        Sought.ANYTHING: "what is",
    },
}


def join(before: str, now: str, *, asked_in: Language, language: Language, spelling: Spelling) -> str:
    """The question ``now`` as someone would ask it who had not asked ``before``, which stands alone itself.

    ``asked_in`` is the language of the earlier question, ``language`` that of this one.
    """
    said = now.strip()
    continued = _CONTINUES.match(said)
    rest = said[continued.end() :] if continued else said
    if _REPEATS.fullmatch(fold(said)) or not re.search(r"\w", rest):
        return before
    earlier, own = read(before, asked_in, spelling), read(rest, language, spelling)
    if not continued and not _leans(own):
        return now
    if swaps.is_swap(own, earlier):
        return swaps.swapped(earlier, own)
    if own.names_its_subject:
        return _with_what_it_points_at(now, own, earlier, language)
    is_general = len(own.topic) > 2 and bool(_INDEFINITE.search(fold(rest))) and not _leans(own)
    return now if is_general else _extended(earlier, own) or _asked_of(earlier, own, language)


def _stands_for_something(folded: str, own: Wording) -> bool:
    """Whether a word stands for something said before, and not for what the question has spoken of itself by then."""
    leaning = _LEANS.search(folded)
    before = set(content_words(folded[: leaning.start()])) if leaning else set()
    return leaning is not None and len(before & own.telling) < _ENOUGH_TO_POINT_AT


def _extended(earlier: Wording, own: Wording) -> str | None:
    """The earlier question asked again or with something added, if the new one says no more than that."""
    if own.sought is not Sought.ANYTHING:
        return None
    if own.attributes and not own.topic and not own.chunks and own.attributes <= _ASKS_FOR_MORE:
        return _things(earlier, own) or earlier.text
    if not own.topic and not own.attributes and not own.figures and not _ASKS.search(fold(own.text)):
        return earlier.text  # "et eux ?"
    if _ADJUNCT.match(fold(own.text)):
        return f"{swaps.without(earlier, earlier.figures if own.figures else ())} {own.text}"
    return None


def _leans(own: Wording) -> bool:
    """Whether a question is about what was said before: it names nothing, and stands for something or has no topic."""
    folded = _STANDS_FOR_NOTHING.sub("", fold(own.text))
    if own.subjects:
        links = bool(_ADJUNCT.match(folded)) and own.sought is Sought.ANYTHING and not own.topic
        return links or bool(_POINTS_AT_A_PLACE.search(folded) or _ENDS_LEANING.search(folded))
    if own.sought is Sought.ANYTHING and (own.places or own.figures) and not own.topic and not own.attributes:
        return True  # "à Lyon ?", "en 2026 ?"
    if own.places:
        return _stands_for_something(folded, own)
    if own.names_its_subject:
        return False
    if _stands_for_something(folded, own) or _POINTS_BACK.search(folded) or _WHO_DOES.match(folded):
        return True
    counted = 1 if own.sought is Sought.NUMBER else 0  # "how many jobs" is no topic either
    return len(own.telling) <= counted and not (own.topic - LIGHT and own.figures)


def _with_what_it_points_at(now: str, own: Wording, earlier: Wording, language: Language) -> str:
    """A question that names its own subject, with the place or thing of the earlier one that it still points at."""
    rest = own.text
    folded = _STANDS_FOR_NOTHING.sub("", fold(own.text))
    if _POINTS_AT_A_PLACE.search(folded) and not own.places:
        things = [chunk.text for chunk in earlier.places or earlier.chunks]
        return " ".join([rest.rstrip(" ?"), *things])
    if _ENDS_LEANING.search(folded):
        return f"{rest.rstrip(' ?')} {_things(earlier, own)}".strip()
    if own.sought is Sought.ANYTHING and own.attributes:
        return f"{_PREFIXES[language][Sought.ANYTHING]} {rest}"
    return now


def _asked_of(earlier: Wording, own: Wording, language: Language) -> str:
    """What the new question asks, of the things of the earlier one."""
    bare = not own.topic and not own.attributes
    asked = _OVER_THERE.sub("", own.text.rstrip(" ?")).strip(" ,")
    if bare and own.sought is earlier.sought and not own.figures:
        return earlier.text
    if bare and (own.sought is not Sought.ANYTHING or _ASKS.search(fold(own.text))):
        swapped = swaps.without(earlier, earlier.figures) if own.figures else earlier.text.rstrip(" ?")
        return f"{asked} {without_question_words(swapped)}".strip()
    if own.sought is not Sought.ANYTHING or _IS_WHOLE.search(fold(own.text)):
        return f"{asked} {_things(earlier, own)}".strip()
    kind = _taken_over(earlier, own)
    is_instead = kind is Sought.PLACE and not (earlier.chunks or earlier.names_its_subject)  # "et les toilettes ?"
    return f"{_PREFIXES[language][kind]} {asked} {'' if is_instead else _things(earlier, own)}".strip()


def _taken_over(earlier: Wording, own: Wording) -> Sought:
    """The kind of value that a few words without a question word ask for, where it is that asked for before."""
    if _COUNTS.match(own.text) and earlier.sought is Sought.NUMBER:
        return Sought.NUMBER
    if own.topic and not own.attributes and earlier.sought in (Sought.DATE, Sought.PLACE):
        return earlier.sought
    return Sought.ANYTHING


def _things(earlier: Wording, own: Wording) -> str:
    """What the earlier question was about, as it was typed: its names, else its telling words, but nothing anew."""
    known = set(own.question.words)
    chunks = earlier.subjects if own.places else earlier.chunks
    named = [chunk.text for chunk in chunks if not set(content_words(chunk.text)) <= known]
    years = [] if own.figures else _dated(earlier)
    if earlier.chunks and (named or not earlier.telling):
        return " ".join(dict.fromkeys([*named, *years]))
    kept = [
        token[0]
        for token in tokens(earlier.text)
        if set(content_words(token[0])) & earlier.telling - known and not token[0].isdigit()
    ]
    return " ".join(dict.fromkeys([*kept, *(year for year in years if year not in kept)]))


def _dated(earlier: Wording) -> list[str]:
    """The years that tell which thing is meant, with their noun: "édition 2026", "2026 edition"; not "en 2026"."""
    found = tokens(earlier.text)
    dated: list[str] = []
    for place, token in enumerate(found):
        if not any(span.start == token.start() and span.end == token.end() for span in earlier.figures):
            continue
        before = plain(found[place - 1]) if place else ""
        after = found[place + 1] if place + 1 < len(found) else None
        if before in {"the", "this"} and after is not None:
            dated += [token[0], after[0]]
        elif set(content_words(before)) & (earlier.topic | set(content_words(before)) - ATTRIBUTES):
            inside = any(chunk.span.end == found[place - 1].end() for chunk in earlier.chunks)
            dated += [token[0]] if inside else [found[place - 1][0], token[0]]
    return dated
