"""Full-text search over stems, inside the catalogue's own transactions (SQLite FTS5, one table a language)."""

import math
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

from assistant.types import Language

# Title and headings say what a passage is about; the passage itself what it says.
_BREADCRUMB_WEIGHT, _BODY_WEIGHT = 0.6, 1.0


def create(connection: Connection) -> None:
    """Create the full-text tables where they do not exist."""
    for language in Language:
        table = _table(language)
        connection.execute(
            text(f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5(breadcrumb, body, tokenize='ascii')")
        )
        connection.execute(text(f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_terms USING fts5vocab('{table}', 'row')"))


def insert(
    connection: Connection, language: Language, *, number: int, breadcrumb: Sequence[str], body: Sequence[str]
) -> None:
    """Index the stems of passage ``number``."""
    connection.execute(
        text(f"INSERT INTO {_table(language)} (rowid, breadcrumb, body) VALUES (:number, :breadcrumb, :body)"),
        {"number": number, "breadcrumb": " ".join(breadcrumb), "body": " ".join(body)},
    )


def delete(connection: Connection, language: Language, numbers: Iterable[int]) -> None:
    """Forget passages."""
    rows = [{"number": number} for number in numbers]
    if rows:
        connection.execute(text(f"DELETE FROM {_table(language)} WHERE rowid = :number"), rows)


def search(connection: Connection, language: Language, stems: Iterable[str], *, limit: int) -> list[tuple[int, float]]:
    """The passages that hold any of the stems: ``(number, BM25)``, best first; higher is better, never negative."""
    terms = sorted(set(stems))
    if not terms:
        return []
    table = _table(language)
    query = " OR ".join(f'"{term}"' for term in terms)
    score = f"-bm25({table}, {_BREADCRUMB_WEIGHT}, {_BODY_WEIGHT})"
    rows = connection.execute(
        text(f"SELECT rowid, {score} AS score FROM {table} WHERE {table} MATCH :q ORDER BY score DESC, rowid LIMIT :n"),
        {"q": query, "n": limit},
    )
    return [(int(number), max(float(score), 0.0)) for number, score in rows]


def stems_of(connection: Connection, language: Language, numbers: Iterable[int]) -> dict[int, frozenset[str]]:
    """The stems of passages and of their breadcrumbs, by passage number."""
    held = text(f"SELECT breadcrumb, body FROM {_table(language)} WHERE rowid = :number")
    found = {}
    for number in numbers:
        row = connection.execute(held, {"number": number}).one_or_none()
        if row is not None:
            found[number] = frozenset(row.breadcrumb.split()) | frozenset(row.body.split())
    return found


def inverse_frequencies(connection: Connection, language: Language, stems: Iterable[str]) -> dict[str, float]:
    """How telling each stem is in a language's passages: BM25's idf, largest for a stem that no passage holds."""
    table = _table(language)
    total = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    held = text(f"SELECT doc FROM {table}_terms WHERE term = :term")
    result = {}
    for stem in set(stems):
        count = connection.execute(held, {"term": stem}).scalar() or 0
        result[stem] = math.log(1.0 + (total - count + 0.5) / (count + 0.5))
    return result


def vocabulary(connection: Connection, language: Language) -> frozenset[str]:
    """Every stem that is indexed for a language."""
    return frozenset(connection.execute(text(f"SELECT term FROM {_table(language)}_terms")).scalars())


def _table(language: Language) -> str:
    return f"lexical_{language.value}"
