"""The outcome of an evaluation as one HTML page, which needs nothing beside itself."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from assistant.evaluation.metrics import Outcome, Verdict, worst_first
from assistant.evaluation.table import COLUMNS, cell, rows

_TITLES = {
    "count": "questions", "hit_at_1": "hit@1", "hit_at_5": "hit@5", "mrr": "MRR", "answer_accuracy": "right answers",
    "quote_validity": "verbatim quotes", "orphan_figures": "orphan figures",
    "abstention_precision": "refusal precision", "abstention_recall": "refusal recall",
    "language_right": "right language", "latency_p50_ms": "median ms", "latency_p95_ms": "p95 ms",
}  # fmt: skip

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --bad: #c0392b; --good: #2e7d32; --quiet: #777; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .875rem; }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
thead th { vertical-align: bottom; } tbody th { font-weight: 600; color: var(--quiet); padding-top: 1rem; }
article { border: 1px solid var(--line); border-left: .3rem solid var(--bad); border-radius: .3rem;
  padding: .6rem 1rem; margin: .8rem 0; }
article.right { border-left-color: var(--good); }
article h3 { font-size: 1rem; margin: 0; } .meta { color: var(--quiet); font-size: .8rem; }
dl { display: grid; grid-template-columns: 7rem 1fr; gap: .2rem 1rem; margin: .5rem 0 0; font-size: .9rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; } .broken { color: var(--bad); font-weight: 600; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } }
"""


def as_html(outcomes: Sequence[Outcome], *, title: str) -> str:
    """The figures, then each question with what came back and why it failed, worst first."""
    questions = "".join(
        _section(kept_promises, verdict, list(group))
        for (kept_promises, verdict), group in groupby(
            worst_first(outcomes), key=lambda outcome: (outcome.keeps_promises, outcome.verdict)
        )
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{_totals(outcomes)}{questions}</body></html>\n"
    )


def _totals(outcomes: Sequence[Outcome]) -> str:
    head = "".join(f'<th scope="col">{_TITLES[name]}</th>' for name in COLUMNS)
    body = []
    previous = ""
    for group, label, metrics in rows(outcomes):
        if group != previous:
            body.append(f'<tr><th scope="rowgroup" colspan="{len(COLUMNS) + 1}">{escape(group)}</th></tr>')
        previous = group
        cells = "".join(f"<td>{cell(name, metrics)}</td>" for name in COLUMNS)
        body.append(f"<tr><td>{escape(label)}</td>{cells}</tr>")
    table = f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    return f'<div class="scroll">{table}</div>'


def _section(kept_promises: bool, verdict: Verdict, outcomes: Sequence[Outcome]) -> str:  # noqa: FBT001 — a group's key
    heading = verdict.value if kept_promises else f"{verdict.value}, with a false quotation or an orphan figure"
    articles = "".join(_article(outcome) for outcome in outcomes)
    count = f"{len(outcomes)} {'question' if len(outcomes) == 1 else 'questions'}"
    if verdict is Verdict.RIGHT and kept_promises:  # nothing to look into, so out of the way
        articles = f"<details><summary>Show them</summary>{articles}</details>"
    return f"<section><h2>{escape(heading.capitalize())}: {count}</h2>{articles}</section>"


def _article(outcome: Outcome) -> str:
    question = outcome.question
    properties = (
        question.id,
        question.lang.value,
        question.type,
        question.split or "",
        f"{outcome.milliseconds:.0f} ms",
    )
    meta = " · ".join(filter(None, (*properties, "cross-lingual" if question.crosslingual else "")))
    entries = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in _entries(outcome))
    css = "right" if outcome.right and outcome.keeps_promises else "wrong"
    return (
        f'<article class="{css}"><h3 lang="{question.lang.value}">{escape(question.question)}</h3>'
        f'<div class="meta">{escape(meta)}</div><dl>{entries}</dl></article>'
    )


def _entries(outcome: Outcome) -> list[tuple[str, str]]:
    """What is shown of a question, as ``(name, HTML)``."""
    question, answer = outcome.question, outcome.answer
    entries = [("Why", escape(outcome.verdict.value))] if not outcome.right else []
    if question.history:
        entries.append(("Asked before", escape(" › ".join(turn.question for turn in question.history))))
    entries.append(("Answer", escape(answer.text)))
    cited = dict.fromkeys(citation.quote.document_id for citation in answer.citations)
    if cited:
        entries.append(("From", escape(", ".join(cited))))
    entries.append(("Right answer", escape(" | ".join(question.answers)) or "<em>none in the documents</em>"))
    if question.evidence:
        rank = f"retrieved at rank {outcome.rank}" if outcome.rank else "not retrieved"
        entries.append(("Evidence", f"{escape(question.evidence)} <em>({rank})</em>"))
    if question.document:
        entries.append(("In", escape(question.document)))
    broken = [f"orphan figure {figure}" for figure in outcome.orphans]
    if outcome.valid_quotes < len(answer.citations):
        broken.append(f"{len(answer.citations) - outcome.valid_quotes} quotations that are not verbatim")
    if broken:
        entries.append(("Broken", f'<span class="broken">{escape("; ".join(broken))}</span>'))
    return entries
