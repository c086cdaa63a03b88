"""The table of an answer: values side by side, each with its source and date."""

from assistant.texts import WEB_TEXTS
from assistant.types import Answer, AnswerRow, Citation, Language
from assistant.web.calls import render_calls
from assistant.web.clipboard import source_name
from assistant.web.markup import escape
from assistant.written_dates import written


def render_table(answer: Answer, interface_language: Language) -> str:
    """A row for each value that is word for word in the quote it cites; nothing where there are none.

    Its words are in the language of the question; the source page that its numbers lead to is in the interface's.
    """
    cited = {citation.number: citation for citation in answer.citations}
    rows = [
        (row, citation)
        for row in answer.table
        if (citation := cited.get(row.citation)) is not None and row.value in citation.quote.text
    ]
    if not rows:
        return ""
    texts = WEB_TEXTS[answer.language]
    has_labels = any(row.label for row, _ in rows)
    caption, shown = (texts.several_values, "visually-hidden") if has_labels else (texts.differing_values, "kicker")
    columns = [*([texts.subject] if has_labels else []), texts.value, texts.dated_source]
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        _row(row, citation, answer.language, interface_language, has_labels=has_labels) for row, citation in rows
    )
    return (
        f'<table class="values" lang="{answer.language}"><caption class="{shown}">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(
    row: AnswerRow, citation: Citation, language: Language, interface_language: Language, *, has_labels: bool
) -> str:
    label = f'<th scope="row">{escape(row.label)}</th>' if has_labels else ""
    calls = render_calls([citation], interface_language)
    source = escape(citation.publisher or source_name(citation))
    if citation.as_of:
        date = escape(written(citation.as_of, language))
        source += f' <span class="date">({date})</span>'
    value = f'<td class="value"><span lang="{citation.language}">{escape(row.value)}</span>{calls}</td>'
    return f'<tr>{label}{value}<td class="origin">{source}</td></tr>'
