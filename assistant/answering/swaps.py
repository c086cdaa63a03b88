"""Other names, places and years put where the earlier ones stood: "et Polepharma ?", "and in 2026?"."""

import re
from collections.abc import Iterable

from assistant.answering.sought import Sought
from assistant.answering.wording import GENERIC, Chunk, Wording, plain, tokens
from assistant.terms import content_words
from assistant.types import Span

# What may stand between "et" and a name without saying anything: "et pour Polepharma ?", "et celui de 2026 ?"
_LINK = re.compile(
    r"^(?:(?:celui|celle|ceux|celles|that|those|the ones?) )?(?:de\b|du\b|d['’]|pour\b|chez\b|of\b|for\b|about\b|"
    r"with\b|avec\b|in\b(?= \d)|en\b(?= \d)|au sujet de\b)\s*(?:l['’]|la |le |les |the )?",
    re.IGNORECASE,
)
_DETERMINERS = frozenset("le la les l un une du des the an this cette cet son sa ses its their leur leurs".split())


def is_swap(own: Wording, earlier: Wording) -> bool:
    """Whether a question only puts other names or years in the place of the earlier ones."""
    if not (own.chunks or own.figures) or own.sought not in (Sought.ANYTHING, earlier.sought):
        return False
    shared = set(earlier.question.words) | (GENERIC if own.sought is Sought.ANYTHING else set())
    return own.topic <= shared and own.attributes <= shared


def swapped(earlier: Wording, own: Wording) -> str:
    """The earlier question with the new names and years where the old ones stood."""
    replaced: list[tuple[Span, str]] = []
    added: list[str] = []

    def put(new: str, old: tuple[Span, ...]) -> None:
        if not old:
            added.append(new)
        for number, span in enumerate(old):
            replaced.append((span, "" if number else new))

    if own.subjects:
        subjects = tuple(chunk.span for chunk in earlier.subjects)
        places = () if own.places else tuple(chunk.span for chunk in earlier.places)
        put(_phrase(own), (*subjects, *places) or _noun_phrase(earlier))
    if own.places:
        put(" ".join(chunk.text for chunk in own.places), tuple(chunk.span for chunk in earlier.places))
    if own.figures and not _within(own.figures[0], own.subjects):
        figure = own.figures[0]
        if earlier.figures:
            put(own.text[figure.start : figure.end], earlier.figures)
        else:
            added.append(own.text.rstrip(" ?") if not own.chunks else own.text[figure.start : figure.end])
    text = earlier.text.rstrip(" ?")
    for span, new in sorted(replaced, key=lambda item: item[0].start, reverse=True):
        before = text[: span.start] if new else _without_link(text[: span.start])
        text = f"{before}{new}{text[span.end :]}"
    return " ".join([*text.split(), *added]).rstrip(" ?") + " ?"


def _phrase(own: Wording) -> str:
    """The names of a question with the words around them, but not what links them to the earlier question."""
    text = own.text.rstrip(" ?")
    text = text[: min((chunk.span.start for chunk in own.places), default=len(text))].strip() or text
    if own.sought is not Sought.ANYTHING:
        first, last = own.subjects[0], own.subjects[-1]
        return own.text[first.span.start : last.span.end]
    for figure in own.figures:
        if not _within(figure, own.subjects):
            text = _without_link(text[: figure.start])
    return _LINK.sub("", text).strip(" ,")


def _within(span: Span, chunks: Iterable[Chunk]) -> bool:
    return any(chunk.span.start <= span.start < chunk.span.end for chunk in chunks)


def _without_link(text: str) -> str:
    return re.sub(r"(?:\b(?:en|in|de|du|of|for|pour|by|since|depuis|à|au|chez|the)|d['’])\s*$", "", text, flags=re.I)


def _noun_phrase(earlier: Wording) -> tuple[Span, ...]:
    """Where the earlier question names its thing by a noun: "le congrès 2025"; nothing if it does not."""
    found = tokens(earlier.text)
    for place, token in enumerate(found[1:], 1):
        if plain(found[place - 1]) in _DETERMINERS and set(content_words(token[0])) & earlier.telling:
            end = token.end()
            for following in found[place + 1 :]:
                words = content_words(following[0])
                if not words or not (words[0].isdigit() or set(words) & earlier.telling):
                    break
                end = following.end()
            return (Span(found[place - 1].start(), end),)
    return ()


def without(earlier: Wording, spans: tuple[Span, ...]) -> str:
    """The earlier question without some of its words and what linked them to the rest."""
    text = earlier.text.rstrip(" ?")
    for span in reversed(spans):
        text = _without_link(text[: span.start]) + text[span.end :]
    return " ".join(text.split())
