"""Makes a follow-up question stand alone, from the questions before it and without a model.

"et en 2026 ?" after "C'est quand le congrès 2025 ?" is the same question about another year; "how many jobs?" after
"How much did Servier invest in Gidy?" is another question about the same things. A question that names its own
things, and neither leans on others nor continues a sentence, is a change of subject and stays as it is.
"""

import re
from collections.abc import Sequence
from functools import reduce

from assistant.answering.questions import Question, analyse
from assistant.answering.sought import Sought
from assistant.terms import fold
from assistant.types import Language

_CONTINUES = re.compile(
    r"^(?:et|puis|ou alors|alors|mais|and|but|then|also|what about|how about|same for|qu'en est-il|idem)\b[\s,]*"
    r"(?:(?:de|d'|pour|chez|of|for|about|with)\b\s*)?",
    re.IGNORECASE,
)
# Folded words that stand for something said before. French "le" and "la" are articles far more often.
_LEANS = re.compile(
    r"\b(?:il|elle|ils|elles|ca|cela|celui|celle|ceux|celles|lui|leur|eux|y|la-bas|la-dedans|"
    r"it|its|he|she|his|her|him|they|their|them|there|(?:does|is|was|of|about) (?:that|this))\b"
)
_EXISTS = re.compile(
    r"\b(?:il y (?:a|aura|avait)|y a(?:[ -]t[ -]il)?|(?:is|are|was|were|will) there|there (?:is|are))\b"
)
# Words that say what is asked of a thing, and are no thing themselves.
_ATTRIBUTES = frozenset(
    "budget montant cout couts prix date dates lieu ville adresse nom cost costs price amount place city name total "
    "president directeur directrice pdg ceo boss patron ensuite apres then next exactly exactement precisement".split()
)


def standalone(question: str, history: Sequence[str], language: Language) -> str:
    """The question as it would be asked by someone who said nothing before; ``history`` has the oldest first.

    ``language`` is the question's; it decides how its figures are read.
    """
    return reduce(lambda before, now: _joined(before, now, language), [*history, question])


def _joined(before: str, now: str, language: Language) -> str:
    continued = _CONTINUES.match(now.strip())
    rest = now.strip()[continued.end() :] if continued else now.strip()
    earlier, own = analyse(before, language), analyse(rest, language)
    if not continued and not _leans(own):
        return now
    if own.sought is Sought.ANYTHING and (own.names or own.figures):
        return f"{_without_replaced(earlier, own)} {rest}"
    return " ".join([rest.rstrip(" ?"), *_things(earlier, own)])


def _leans(question: Question) -> bool:
    """Whether a question is about what was said before: it names nothing, and stands for something or has no topic."""
    if question.names:
        return False
    if _LEANS.search(_EXISTS.sub("", fold(question.text))):
        return True
    topic = set(question.words) - _ATTRIBUTES
    counted = 1 if question.sought is Sought.NUMBER else 0  # "how many jobs" is no topic either
    return len(topic) <= counted and not question.figures


def _without_replaced(earlier: Question, own: Question) -> str:
    """The earlier question without what the new one gives anew: its names for names, its years for years."""
    text = earlier.text.rstrip(" ?")
    if own.figures:
        for figure in reversed(earlier.figures):
            text = text[: figure.start] + text[figure.end :]
    if own.names:
        text = " ".join(
            word for word in text.split() if not earlier.names & {fold(part) for part in re.findall(r"\w+", word)}
        )
    return " ".join(text.split())


def _things(earlier: Question, own: Question) -> list[str]:
    """What the earlier question was about, as it was typed: its names, else its telling words, but no year again."""
    wanted = earlier.names or frozenset(earlier.words)
    known = set(own.words)
    typed = re.findall(r"[\w&-]+", earlier.text)
    return [
        word
        for word in dict.fromkeys(typed)
        if {fold(part) for part in re.findall(r"\w+", word)} & wanted - known and not (word.isdigit() and own.figures)
    ]
