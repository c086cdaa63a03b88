"""The figures of an evaluation as a table on the terminal."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from assistant.evaluation.metrics import Metrics, Outcome, aggregate, by_group

COLUMNS = {
    "count": "n", "hit_at_1": "@1", "hit_at_5": "@5", "mrr": "MRR", "answer_accuracy": "answer",
    "quote_validity": "quote", "orphan_figures": "orph", "abstention_precision": "ref P", "abstention_recall": "ref R",
    "language_right": "lang", "latency_p50_ms": "p50", "latency_p95_ms": "p95",
}  # fmt: skip
CAPTION = (
    "n: questions; @1, @5, MRR: evidence in the passages retrieved; answer: right answers to answerable questions; "
    "quote: quotations that are verbatim; orph: figures without a source; ref P, ref R: precision and recall of "
    "refusals; lang: answers in the question's language; p50, p95: milliseconds to an answer."
)
_GROUPS = {"lang": "language", "crosslingual": "cross-lingual", "type": "type"}


def rows(outcomes: Sequence[Outcome]) -> list[tuple[str, str, Metrics]]:
    """``(name of the group, label, figures)``, the total first."""
    grouped = by_group(outcomes)
    return [
        ("", "total", aggregate(outcomes)),
        *((_GROUPS[name], value, metrics) for name, groups in grouped.items() for value, metrics in groups.items()),
    ]


def cell(name: str, metrics: Metrics) -> str:
    """A figure as both the terminal and the report show it; a dash where nothing was measured."""
    value: float | None = getattr(metrics, name)
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    return f"{value:.0f}" if name.endswith("_ms") else f"{value:.3f}".lstrip("0") if value < 1 else "1"


def as_table(outcomes: Sequence[Outcome]) -> Table:
    """The figures in total and by group; it fits 80 columns."""
    table = Table("", box=None, pad_edge=False, padding=(0, 1, 0, 0), caption=CAPTION, caption_justify="left")
    for title in COLUMNS.values():
        table.add_column(title, justify="right", no_wrap=True)
    previous = ""
    for group, label, metrics in rows(outcomes):
        if group != previous:
            table.add_row(f"[dim]{group}[/dim]")
        previous = group
        table.add_row(escape(label), *(cell(name, metrics) for name in COLUMNS))
    return table
