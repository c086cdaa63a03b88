"""The staff's glossary: terms of the field with their other names, in both languages."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ConfigurationError
from assistant.terms import stems
from assistant.types import Language

FILE_NAME = "glossary.tsv"
_COLUMNS = {
    Language.FRENCH: ("french", "french_variants"),
    Language.ENGLISH: ("english", "english_variants"),
}
_VARIANT_SEPARATOR = "|"

Phrase = tuple[str, ...]
"""The stems of one name, in order."""


@dataclass(frozen=True, slots=True)
class Term:
    """One concept of the field: its names in each language, as stems of that language."""

    names: dict[Language, tuple[Phrase, ...]]


class Glossary:
    """Finds the terms that a question uses, by any of their names."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._by_phrase: dict[Language, dict[Phrase, list[Term]]] = {language: {} for language in Language}
        for term in terms:
            for language, phrases in term.names.items():
                for phrase in phrases:
                    self._by_phrase[language].setdefault(phrase, []).append(term)
        lengths = [len(phrase) for phrases in self._by_phrase.values() for phrase in phrases]
        self._longest = max(lengths, default=0)

    def find(self, question: Sequence[str], language: Language, start: int) -> tuple[int, list[Term]]:
        """The terms with the longest name that the stems of a question hold at ``start``, and its length in stems."""
        for length in range(min(self._longest, len(question) - start), 0, -1):
            if found := self._by_phrase[language].get(tuple(question[start : start + length])):
                return length, found
        return 0, []


def load(path: Path) -> Glossary:
    """Read a glossary; an absent file is an empty one.

    Raises:
        ConfigurationError: it is not UTF-8, or a column is missing; the message names it.
    """
    if not path.is_file():
        return Glossary()
    try:
        written = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8. Save it as tab-separated text in UTF-8.") from error
    rows = csv.DictReader(written.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = {column for pair in _COLUMNS.values() for column in pair} - set(rows.fieldnames or ())
    if missing:
        raise ConfigurationError(f"{path}: no column {', '.join(sorted(missing))}. Its first line names the columns.")
    return Glossary([_term(row) for row in rows])


def _term(row: dict[str, str]) -> Term:
    return Term({language: tuple(_names(row, columns, language)) for language, columns in _COLUMNS.items()})


def _names(row: dict[str, str], columns: tuple[str, str], language: Language) -> Iterable[Phrase]:
    main, variants = columns
    written = [row[main] or "", *(row[variants] or "").split(_VARIANT_SEPARATOR)]
    return dict.fromkeys(phrase for name in written if (phrase := tuple(stems(name, language))))
