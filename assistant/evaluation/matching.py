"""Whether a text holds an answer, however either is typed."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from assistant import figures
from assistant.terms import fold
from assistant.types import Language

# Quotation marks go: « x », “x” and "x" are the same words.
_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "«": " ", "»": " ", "“": " ",
     "”": " ", '"': " ", "\u00ad": None, "\u200b": None, "ẞ": "ss"}
)  # fmt: skip
_SPACES = re.compile(r"\s+")

# A number with its separators is one token, so that 50 is not found in 1 500.
_NUMBER = r"(?<!\w)(?:\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d{1,3}(?:[,.]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?!\w)"
# With its scale too, so that neither is 1.5 found in 1.5 million.
_SCALES = {"thousand": 3, "mille": 3, "millier": 3, "million": 6, "milliard": 9, "billion": 9}
_SCALE = rf"(?: (?P<scale>{'|'.join(_SCALES)})s?(?!\w))?"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER}){_SCALE}|[^\W_]+|[%€$£]")

# Beside a figure these say that it is rounded, or join it to the sentence; none of them changes its value.
_BESIDE_FIGURES = frozenset(
    """
    environ pres de d du des plus quelque quelques autour a au en le la les l un une et about around nearly
    almost approximately roughly some more than over an the in on of and
    """.split()
)


def normalise(text: str) -> str:
    """Lower case without accents or quotation marks, with plain apostrophes and dashes, and single spaces."""
    compatible = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))  # m² becomes m2, … becomes three dots
    return _SPACES.sub(" ", fold(compatible).translate(_TYPOGRAPHY)).strip()


def holds_evidence(passage: str, evidence: str) -> bool:
    """Whether the words of ``evidence`` stand in a passage, as whole words."""
    wanted = normalise(evidence)
    return bool(wanted) and bool(_whole_words(wanted).search(normalise(passage)))


def holds_answer(texts: Sequence[tuple[str, Language]], answers: Iterable[str]) -> bool:
    """Whether any of ``answers`` is in any of ``texts``, word for word or as the same figure.

    The language of a text settles what its ``1,500`` means; an answer is read in both languages, since whoever wrote
    the question may have typed it as the document does.
    """
    written = [_joined(_tokens(text, language)) for text, language in texts]
    valued = [_joined(_figure_tokens(text, language)) for text, language in texts]
    for answer in answers:
        for language in Language:
            if _is_within(_tokens(answer, language), written):
                return True
            if figures.find(answer, language) and _is_within(_figure_tokens(answer, language), valued):
                return True
    return False


@cache
def _whole_words(wanted: str) -> re.Pattern[str]:
    before, after = (r"(?<!\w)" if wanted[0].isalnum() else ""), (r"(?!\w)" if wanted[-1].isalnum() else "")
    return re.compile(before + re.escape(wanted) + after)


def _is_within(tokens: Sequence[str], texts: Iterable[str]) -> bool:
    wanted = _joined(tokens)
    return bool(tokens) and any(wanted in text for text in texts)


def _joined(tokens: Sequence[str]) -> str:
    return f" {' '.join(tokens)} "


def _tokens(text: str, language: Language) -> list[str]:
    """The words and numbers of a text, numbers as plain decimals."""
    tokens = []
    for match in _TOKEN.finditer(normalise(text)):
        if match["number"]:
            value = figures.parse_number(match["number"], language) * 10 ** _SCALES.get(match["scale"] or "", 0)
            tokens.append(f"{value.normalize():f}")
        else:
            tokens.append(match[0])
    return tokens


def _figure_tokens(text: str, language: Language) -> list[str]:
    """The tokens of a text with each figure as one of them: ``86 M€`` and ``€86 million`` give the same."""
    tokens: list[str] = []
    position = 0
    for figure in figures.find(text, language):
        tokens += _tokens(text[position : figure.start], language)
        tokens.append("/".join(figure.key).replace(" ", "_"))
        position = figure.end
    tokens += _tokens(text[position:], language)
    return [token for token in tokens if token not in _BESIDE_FIGURES]
