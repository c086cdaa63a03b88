"""What a visitor says of the language of the answer: "in English please", "réponds en anglais : …".

A question about a language is left alone: "Les conférences sont-elles en anglais ?" asks for no other answer.
"""

import re
from dataclasses import dataclass

from assistant.terms import fold, fold_in_place
from assistant.types import Language

_NAMED = {
    Language.FRENCH: "francais|francaise|francai|french|frensh",
    Language.ENGLISH: "anglais|anglaise|anglai|english|englsh|inglish|enlgish",
}
_LANGUAGE_OF = {name: language for language, names in _NAMED.items() for name in names.split("|")}
_OTHERS = frozenset(
    "espagnol allemand italien portugais chinois arabe japonais russe neerlandais spanish german italian portuguese "
    "chinese arabic japanese russian dutch espanol deutsch italiano".split()
)
# A message of these words and the name of a language asks for the answer in it.
_REQUEST_WORDS = frozenset(
    """
    et ok oui non mais alors maintenant plutot peux tu pouvez vous pourriez pourrais est ce que je veux voudrais
    prefere aimerais la le l les meme reponse question chose ca cela moi me m nous repete repetez repeter reponds
    repond repondez repondre redis redites dis dites dire redire traduis traduisez traduire traduit traduction
    reformule reformuler ecris ecrire parle parles parler parlez continue passe passez en svp stp s il te plait
    version peut on avoir possible c donne donnez donner bonjour merci desole ne n pas comprends comprend aussi
    uniquement seulement
    and yes no but now can could would you u i want d like prefer the same answer question thing it that this
    me repeat say tell reply respond write speak talk translate translated translation again switch change give
    show have get in into to please pls plz rather instead sorry only hello hi thanks do don t dont not understand
    back auf bitte por favor
    """.split()
)
_NEGATED = re.compile(r"\b(?:not|dont|don t|ne|n|pas)\b")
_BARE_LENGTH = 2  # words: "English please"; more need a verb or a preposition
_VERBS = frozenset(
    """
    repete repetez repeter reponds repond repondez repondre redis redites dis dites dire redire traduis traduisez
    traduire traduit traduction reformule reformuler ecris ecrire parle parles parler parlez comprends comprend
    version en in into to repeat say tell reply respond write speak talk translate translated translation switch
    change understand auf
    """.split()
)

_NAME = "|".join(_LANGUAGE_OF)
_PLEASE = r"(?:please|pls|plz|svp|stp|s['’ ]il (?:te|vous) plait|merci|thanks)"
_ASKED = (
    r"(?:(?:please|can you|could you|peux[- ]tu|pouvez[- ]vous|merci de)[ ,]+)?"
    r"(?:answer|reply|respond|reponds|repondez|repond|repondre)(?:[- ](?:moi|me|it))?"
)
_TO_WHAT = r"(?: (?:a|to) (?:cette|la|this|the|my|ma)(?: following)? question(?: suivante)?)?"
_LEADING = (
    re.compile(rf"^\W*{_ASKED} (?:in|en) (?P<name>{_NAME})\b{_TO_WHAT}(?:[ ,]+{_PLEASE})?\s*[:,;.!?–—-]*\s*"),
    re.compile(rf"^\W*(?:in|en) (?P<name>{_NAME})(?:[ ,]+{_PLEASE})?\s*[:,;!]\s*"),
)
_TRAILING = (
    re.compile(rf"[\s(\[,;.!?–—-]+(?:and |et )?{_ASKED} (?:in|en) (?P<name>{_NAME})\b(?:[ ,]+{_PLEASE})?[\s)\].!?]*$"),
    re.compile(rf"\s*(?:[(\[.!?–—]|\s-)\s*(?:in|en) (?P<name>{_NAME})(?:[ ,]+{_PLEASE})?[\s)\].!?]*$"),
    re.compile(rf"[\s,]+(?:in|en) (?P<name>{_NAME})[ ,]+{_PLEASE}[\s)\].!?]*$"),
)


@dataclass(frozen=True, slots=True)
class LanguageRequest:
    """The language asked for, None if none is, and what else the message says: nothing where it says no more."""

    rest: str
    language: Language | None = None
    unknown: bool = False  # a language that the assistant does not answer in


def find(message: str) -> LanguageRequest:
    """What a message says of the language of its answer."""
    words = re.findall(r"[^\W_]+", fold(message))
    named = [word for word in words if word in _LANGUAGE_OF]
    others = [word for word in words if word not in _LANGUAGE_OF]
    if named and set(others) <= _REQUEST_WORDS and (len(words) <= _BARE_LENGTH or _VERBS & set(others)):
        return LanguageRequest("", _wanted(words, named))
    if not named and set(words) & _OTHERS and set(words) - _OTHERS <= _REQUEST_WORDS and _VERBS & set(words):
        return LanguageRequest("", unknown=True)
    return _within(message)


def _wanted(words: list[str], named: list[str]) -> Language:
    """Of the languages named, the one that is not refused: "not in French" asks for English."""
    first = _LANGUAGE_OF[named[0]]
    refused = _NEGATED.search(" ".join(words))
    if not refused:
        return first
    if len({_LANGUAGE_OF[name] for name in named}) == 1:
        return first.other
    is_before = refused.start() < " ".join(words).index(named[0])
    return _LANGUAGE_OF[named[-1]] if is_before else first


def _within(message: str) -> LanguageRequest:
    folded = fold_in_place(message)
    for pattern in _LEADING:
        if (match := pattern.match(folded)) and re.search(r"\w", message[match.end() :]):
            return LanguageRequest(message[match.end() :], _LANGUAGE_OF[match["name"]])
    for pattern in _TRAILING:
        if (match := pattern.search(folded)) and re.search(r"\w", message[: match.start()]):
            mark = " ?" if "?" in match[0] else ""
            return LanguageRequest(message[: match.start()] + mark, _LANGUAGE_OF[match["name"]])
    return LanguageRequest(message)
