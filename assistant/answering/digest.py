"""Answers "résume X" and "tell me about X" with a few sentences on it, in order, each of them quoted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant import figures
from assistant.answering.drafts import Draft, speaks_of, stems_of
from assistant.answering.extractive import Ranked
from assistant.answering.features import Candidate
from assistant.reading.blocks import ROW_SEPARATOR
from assistant.terms import content_words, words

_MOST_SENTENCES, _LEAST_SENTENCES = 6, 2
_MOST_WORDS = 120
_MOST_WORDS_EACH = 42  # a longer sentence would take the place of two
_MOST_OF_ONE_SECTION = 2
_ALIKE = 0.6  # share of the shorter one's words from which two sentences say the same
_ALIKE_WITH_FIGURES = 0.35  # and where they also have all figures in common

_ASKS = re.compile(
    r"^(?:s'il (?:te|vous) pla[iî]t,? |please,? |peux-tu |pouvez-vous |tu peux |can you |could you |bonjour,? )*"
    r"(?:(?:me |nous )?(?:résum|resum)(?:e[rz]?|é)(?:-moi|-nous)?|(?:un |le )?résumé (?:de|du|des|d'|sur)|"
    r"(?:me |nous )?(?:présente|presente)[rz]?(?:[- ](?:moi|nous))?|"
    r"(?:me |nous )?parle[rz]?(?:[- ](?:moi|nous))? (?:de|du|des|d')|"
    r"(?:qu'est-ce qu'on sait|que sait[- ]on|que savez-vous|que sais-tu) (?:de|du|des|d'|sur|à propos de)|"
    r"(?:dis|dites)[- ]moi tout (?:de|sur)|"
    r"tell me (?:more |all |everything )?about|summari[sz]e|sum up|"
    r"(?:give me )?(?:a |an |the )?(?:short |brief |quick )?(?:summary|overview) of|what do (?:we|you) know about)"
    r"\s*(?:l'|le |la |les |the |what (?:we|you) know about )?(?P<subject>.+)$",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"(?:il|elle|ils|elles|on|ce|c['’]|cela|cel(?:ui|le)|ceu?x|ces|cette|cet|son|sa|ses|leurs?|mais|et|or|it|its|he|she|they|"
    r"their|this|these|those|that|but|and)(?!\w)",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:est (?:un|une|le|la|l['’])|sont (?:des|les)|désigne|is (?:a|an|the)|are (?:the|a)|brings together)\b"
)


def subject(text: str) -> str:
    """The thing that a digest is asked of, as it is typed; empty where none is asked for."""
    match = _ASKS.match(text.strip().replace("’", "'"))
    found = match["subject"].strip(' ?.!»«"') if match else ""
    return found if content_words(found) else ""


def draft(asked: str, ranked: Ranked) -> Draft | None:
    """Up to six sentences on the thing asked about, what it is first; None where there are not even two."""
    about = [candidate for candidate, _ in ranked if speaks_of(candidate, asked) and _is_prose(candidate)]
    if not about:
        return None
    first = _opening(asked, about)
    chosen = list(_diverse([first, *(each for each in about if each is not first)]))
    if len(chosen) < _LEAST_SENTENCES:
        return None
    return Draft(tuple(replace(each, spans=()) for each in _ordered(chosen)))  # no value was asked for


def _is_prose(candidate: Candidate) -> bool:
    """Whether a sentence can stand among others of elsewhere: no table row, no pronoun for something said before."""
    text = candidate.quote.text
    is_whole = text[-1:] in ".!?…»”" and ROW_SEPARATOR not in text
    return is_whole and not _LEANS.match(text) and len(words(text)) <= _MOST_WORDS_EACH


def _opening(asked: str, about: Sequence[Candidate]) -> Candidate:
    """The sentence that says what the thing is, else one that opens a document about it, else the best."""
    naming = [each for each in about if speaks_of(each, asked, headings=False)] or list(about)
    titled = [each for each in naming if _is_titled(asked, each)] or naming
    leading = [each for each in titled if each.features.lead]
    defining = [each for each in leading or titled if _DEFINES.search(each.quote.text)]
    return min(defining or leading or titled[:1], key=lambda each: (each.quote.document_id, each.quote.start))


def _is_titled(asked: str, candidate: Candidate) -> bool:
    """Whether the title of its document names the thing."""
    title = set(content_words(candidate.passage.metadata["title"]))
    return set(content_words(asked)) <= title


def _diverse(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The first few that each say something new and keep within the words of a digest."""
    chosen: list[Candidate] = []
    left = _MOST_WORDS
    for candidate in candidates:
        length = len(words(candidate.quote.text))
        section = [each for each in chosen if _section(each) == _section(candidate)]
        if length > left or len(section) >= _MOST_OF_ONE_SECTION or any(_alike(candidate, each) for each in chosen):
            continue
        left -= length
        chosen.append(candidate)
        yield candidate
        if len(chosen) == _MOST_SENTENCES:
            return


def _section(candidate: Candidate) -> tuple[str, str]:
    return candidate.quote.document_id, candidate.passage.metadata["section"]


def _alike(one: Candidate, other: Candidate) -> bool:
    left, right = stems_of(one, headings=False), stems_of(other, headings=False)
    shared = len(left & right) / max(min(len(left), len(right)), 1)
    keys = [
        {found.key for found in figures.find(each.quote.text, each.passage.metadata["language"])}
        for each in (one, other)
    ]
    return shared >= _ALIKE or bool(keys[0] and keys[0] == keys[1] and shared >= _ALIKE_WITH_FIGURES)


def _ordered(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The first stays first; the others follow document by document, each in its own order."""
    documents = list(dict.fromkeys(each.quote.document_id for each in chosen))
    first, *others = chosen
    return [first, *sorted(others, key=lambda each: (documents.index(each.quote.document_id), each.quote.start))]
