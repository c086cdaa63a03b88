"""Which of our languages a browser asks for."""

from assistant.types import Language

_FALLBACK = Language.FRENCH  # the congress is in France


def preferred_language(accept_language: str) -> Language:
    """Read an ``Accept-Language`` header (RFC 9110, 12.5.4); French where it names neither of our languages."""
    weights = {language: _weight(accept_language, language) for language in Language}
    best = max(weights, key=lambda language: (weights[language], language is _FALLBACK))
    return best if weights[best] > 0 else _FALLBACK


def known_language(code: object) -> Language | None:
    """Name the language of an ISO 639-1 code that came from outside; None where it is not one of ours."""
    return next((language for language in Language if language.value == code), None)


def _weight(accept_language: str, language: Language) -> float:
    weights = [
        _quality(parameters)
        for tag, _, parameters in (entry.partition(";") for entry in accept_language.split(","))
        if tag.strip().lower().split("-")[0] == language.value
    ]
    return max(weights, default=0.0)


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
