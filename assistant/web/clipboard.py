"""Answers and citations as plain text, ready to paste into an article."""

from assistant.texts import ANSWER_TEXTS, WEB_TEXTS
from assistant.types import Answer, AnswerRow, Citation, Language
from assistant.web import dates
from assistant.web.links import outside_address


def source_name(citation: Citation) -> str:
    """Name who says it and where: publisher and title of the source, or of the document where it names none."""
    return ", ".join(part for part in (citation.publisher, citation.source_title or citation.title) if part)


def citation_text(citation: Citation, answer_language: Language) -> str:
    """Write the exact quote, its source with its date, and its web address where it has one, one to a line."""
    texts = WEB_TEXTS[answer_language]
    source = source_name(citation)
    if citation.as_of:
        source += f" ({dates.as_of(citation.as_of, answer_language)})"
    lines = [
        texts.quoted.format(text=citation.quote.text),
        texts.source_line.format(source=source),
        outside_address(citation.url) or citation.quote.document_id,
    ]
    return "\n".join(lines)


def answer_text(answer: Answer) -> str:
    """Write the question, the table, the sentences, the notes, then every citation under its number.

    All that is ours is in the language of the question, whatever that of the page.
    """
    sentences: list[str] = []
    for sentence in answer.sentences:
        sentences.append(sentence.text + "".join(f" [{number}]" for number in sentence.citations))
        if figures := " · ".join(restated.text for restated in sentence.restated):
            sentences.append(f"({ANSWER_TEXTS[answer.language].restated.format(figures=figures)})")
    citations = [f"[{citation.number}] {citation_text(citation, answer.language)}" for citation in answer.citations]
    table = [_row(row, answer.language) for row in answer.table]
    parts = [answer.question, "\n".join(table), "\n".join(sentences), "\n".join(answer.notes), *citations]
    return "\n\n".join(part for part in parts if part)


def _row(row: AnswerRow, language: Language) -> str:
    labelled = WEB_TEXTS[language].labelled.format(label=row.label, value=row.value)
    return f"{labelled if row.label else row.value} [{row.citation}]"
