"""Compares what a sentence says with what its sources say: figures, names, words. Pure."""

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.answering.generation.evidence import Content, Measured, read
from assistant.answering.generation.nuances import Nuance
from assistant.figures import Figure, FigureKind
from assistant.terms import fold, stem
from assistant.types import Language

# Words that place or introduce a fact and are none.
_NEUTRAL = frozenset(
    """
    environ ainsi egalement aussi notamment selon document documents source sources passage total totale totaux somme
    soit ensemble respectivement precise indique mentionne situe situee situes situees trouve trouvent lieu tient tenu
    tiendra tiendront compte comptent comprend comprennent eleve elevent calcule difference
    approximately about around also namely according sum altogether respectively states mentions located situated
    place held takes take took includes include amounts calculated
    """.split()
)
_NEUTRAL_STEMS = frozenset(stem(fold(word), language) for word in _NEUTRAL for language in Language)
_PLAIN = frozenset(".,;:!?…'’‘\"«»“”()[]/%€$£¥°&@-–—‑ \u00a0\u202f\u2009")
_LEAST_COMMON, _COMMON_SHARE = 5, 0.75  # of two stems of one family: "emploi" and "employ", not "annul" and "annuel"


def agrees(written: Content, source: Content) -> bool:
    """Whether a source denies, doubts and foresees as much, and has its names and like figures in the same order."""
    names = [name for name in written.names if name in source.names and name not in written.places]
    one_sided = written.nuances ^ source.nuances
    if len(names) < 2:
        one_sided -= {Nuance.DONE_BY}
    kinds = {(measured.figure.kind, measured.figure.unit) for measured in written.figures}
    return (
        not one_sided
        and _in_order(names, source.names)
        and all(_in_order(_values(written, kind), _values(source, kind)) for kind in kinds - {(FigureKind.DATE, "")})
    )


def _in_order(some: Sequence[str], of_all: Sequence[str]) -> bool:
    rest = iter(of_all)
    return all(one in rest for one in some)


def _values(content: Content, kind: tuple[FigureKind, str]) -> list[str]:
    figures = (measured.figure for measured in content.figures)
    return [figure.value for figure in figures if (figure.kind, figure.unit) == kind]


def has_figure(written: Measured, source: Content) -> bool:
    """Whether a source has the figure, with the same unit and qualifier, and of the same thing where it counts one."""
    return any(
        _same_value(written.figure, measured.figure)
        and written.qualifier == measured.qualifier
        and (source.is_row or _same_thing(written, measured))
        for measured in source.figures
    )


def _same_value(written: Figure, source: Figure) -> bool:
    """Whether two figures are equal, or a date is the other one said less exactly: ``mars 2025`` for a day of it."""
    if written.key == source.key:
        return True
    if written.kind is not FigureKind.DATE or source.kind is not FigureKind.DATE:
        return False
    return any(
        day.startswith(f"{written.value}-") or (written.value.startswith("--") and day.endswith(written.value[1:]))
        for day in source.value.split("/")
    )


def _same_thing(written: Measured, source: Measured) -> bool:
    if written.figure.kind not in {FigureKind.NUMBER, FigureKind.ORDINAL}:
        return True
    counted = next((word for word in written.counted if word not in _NEUTRAL_STEMS), None)
    return counted is None or any(_is_family(counted, word) for word in source.counted)


def has_words(content: Content, sources: Sequence[Content]) -> bool:
    """Whether every telling word, every run of names and every unusual sign stands in one of the sources."""
    for place, (word, is_capitalised) in enumerate(content.terms):
        is_name = is_capitalised and place > 0
        if not any(_has_word(word, content.language, source, exact=is_capitalised, name=is_name) for source in sources):
            return False
    runs = _runs_of_names(content)
    signs = {character for character in content.text if not character.isalnum()} - _PLAIN
    return all(any(run in source.sequence for source in sources) for run in runs) and all(
        any(sign in source.text for source in sources) for sign in signs if not sign.isspace()
    )


def _has_word(word: str, language: Language, source: Content, *, exact: bool, name: bool) -> bool:
    if word in source.words:
        return True
    if name:
        return False
    if word in _NEUTRAL:
        return True
    root = stem(word, language)
    return root in source.stems or (not exact and any(_is_family(root, other) for other in source.common))


def _is_family(stem_of_one: str, stem_of_other: str) -> bool:
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(stem_of_one, stem_of_other, strict=False)))
    longer = max(len(stem_of_one), len(stem_of_other))
    return stem_of_one == stem_of_other or shared >= max(_LEAST_COMMON, _COMMON_SHARE * longer)


def _runs_of_names(content: Content) -> list[str]:
    """Names of several words: they must stand together in a source, as "Didier Véron" does."""
    runs = re.findall(r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+ ){1,4}[A-ZÀ-ÖØ-Þ][\w'’-]+", content.text)
    return [sequence for run in runs if (sequence := read(run, content.language).sequence).strip()]
