"""Answers as HTML: the quoted sentences, then one card for each source. Pure; every text is escaped."""

import re

from assistant.texts import ANSWER_TEXTS, WEB_TEXTS
from assistant.types import Answer, AnswerSentence, AnswerStatus, Citation, DocumentRecord, Language
from assistant.web import clipboard, dates, links
from assistant.web.answer_table import render_table
from assistant.web.calls import render_calls
from assistant.web.markup import escape, highlight, joined, typeset

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def render_answer(answer: Answer, interface_language: Language, *, contact: str = "", finished: bool = True) -> str:
    """One answer. Until it is ``finished`` it offers nothing to copy, for it may still grow."""
    if answer.status is AnswerStatus.NOT_FOUND:
        return _not_found(answer, interface_language, contact)
    if answer.status is AnswerStatus.REPLY:
        return _reply(answer, interface_language)
    texts, frame = WEB_TEXTS[interface_language], WEB_TEXTS[answer.language]
    label = frame.answer_partial if answer.status is AnswerStatus.PARTIAL else frame.answered
    body = [
        f'<p class="kicker" lang="{answer.language}">{escape(label)}{_author(answer, frame.written_by_model)}</p>',
        render_table(answer, interface_language),
        _sentences(answer, interface_language),
        _notes(answer),
        _sources(answer, interface_language),
    ]
    if finished:
        copied = clipboard.answer_text(answer)
        body.append(f'<p class="answer-actions">{_copy_button(texts.copy_answer, copied, interface_language)}</p>')
    return f'<article class="answer" data-status="{answer.status}">{"".join(body)}</article>'


def _author(answer: Answer, written_by_model: str) -> str:
    return f' <span class="written">{escape(written_by_model)}</span>' if answer.written_by_model else ""


def _reply(answer: Answer, interface_language: Language) -> str:
    """A reply to small talk: neither an answer nor a refusal, so without their frames."""
    texts = WEB_TEXTS[answer.language]
    said = " ".join(sentence.text for sentence in answer.sentences)
    asked = "".join(f"<li>{escape(question)}</li>" for question in answer.suggestions)
    body = [
        f'<p class="statement">{escape(said)}</p>',
        f'<p class="kicker">{escape(texts.examples)}</p><ul class="suggestions">{asked}</ul>' if asked else "",
        _documents(answer.nearest, texts.some_documents, interface_language),
    ]
    words = "".join(body)
    return f'<article class="answer reply" data-status="{answer.status}" lang="{answer.language}">{words}</article>'


def _sentences(answer: Answer, interface_language: Language) -> str:
    citations = {citation.number: citation for citation in answer.citations}
    paragraphs = [
        f"<p>{_sentence(sentence, citations, answer.language)}{_calls(sentence, citations, interface_language)}</p>"
        f"{_restated(sentence, answer.language)}"
        for sentence in answer.sentences
    ]
    return f'<div class="sentences">{"".join(paragraphs)}</div>'


def _restated(sentence: AnswerSentence, answer_language: Language) -> str:
    """The figures of the quotation as the question's language writes them, outside its quotation marks."""
    if not sentence.restated:
        return ""
    figures = " · ".join(f"<b>{escape(restated.text)}</b>" for restated in sentence.restated)
    words = escape(ANSWER_TEXTS[answer_language].restated).format(figures=figures)
    return f'<p class="restated" lang="{answer_language}">{words}</p>'


def _sentence(sentence: AnswerSentence, citations: dict[int, Citation], answer_language: Language) -> str:
    words = highlight(sentence.text, sentence.emphasis)
    cited = [citations[number] for number in sentence.citations if number in citations]
    source = next((citation for citation in cited if sentence.text in citation.quote.text), None)
    if source is None:  # a sentence that is not a quotation does not get quotation marks
        return f'<span lang="{answer_language}">{words}</span>'
    return f'<q lang="{source.language}">{words}</q>'


def _calls(sentence: AnswerSentence, citations: dict[int, Citation], interface_language: Language) -> str:
    return render_calls([citations[number] for number in sentence.citations if number in citations], interface_language)


def _notes(answer: Answer) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in answer.notes)
    return f'<ul class="notes" lang="{answer.language}">{items}</ul>' if items else ""


def _sources(answer: Answer, interface_language: Language) -> str:
    if not answer.citations:
        return ""
    shown = {sentence.text for sentence in answer.sentences}
    cards = [_card(citation, answer.language, interface_language, shown=shown) for citation in answer.citations]
    title = escape(WEB_TEXTS[interface_language].sources)
    return f'<p class="kicker sources-title">{title}</p><ol class="sources">{"".join(cards)}</ol>'


def _card(citation: Citation, answer_language: Language, interface_language: Language, *, shown: set[str]) -> str:
    texts = WEB_TEXTS[interface_language]
    page = texts.page.format(page=citation.page) if citation.page is not None else None
    place = joined([citation.section, page])
    origin = _origin(citation, answer_language, interface_language)
    badge = ""
    if citation.language is not answer_language:
        words = WEB_TEXTS[answer_language].source_of[citation.language]
        badge = f'<span class="badge" lang="{answer_language}">{escape(words)}</span>'
    quoted = "" if citation.quote.text in shown else _quotation(citation)  # never the same words twice
    return (
        f'<li class="card"><span class="number" aria-hidden="true">{citation.number}</span><div class="card-body">'
        f'<p class="card-title" lang="{citation.language}">{typeset(citation.title)}</p>'
        + (f'<p class="card-place" lang="{citation.language}">{place}</p>' if place else "")
        + (f'<p class="card-origin">{origin}</p>' if origin else "")
        + badge
        + quoted
        + f'<p class="card-actions">{_card_actions(citation, answer_language, interface_language)}</p></div></li>'
    )


def _origin(citation: Citation, answer_language: Language, interface_language: Language) -> str:
    """Who says it where, and as of when in the language of the question."""
    origin = joined([citation.publisher, citation.source_title])
    if not citation.as_of:
        return origin
    date = escape(dates.as_of(citation.as_of, answer_language))
    if answer_language is not interface_language:
        date = f'<span lang="{answer_language}">{date}</span>'
    return f"{origin} · {date}" if origin else date


def _quotation(citation: Citation) -> str:
    return f'<blockquote lang="{citation.language}"><q>{escape(citation.quote.text)}</q></blockquote>'


def _card_actions(citation: Citation, answer_language: Language, interface_language: Language) -> str:
    texts = WEB_TEXTS[interface_language]
    actions = [_link(links.passage_address(citation.quote, interface_language), texts.open_source, texts.new_tab)]
    actions.append(_copy_button(texts.copy, clipboard.citation_text(citation, answer_language), interface_language))
    if original := links.outside_address(citation.url):
        actions.append(_link(original, texts.original, texts.new_tab, outside=True))
    return "".join(actions)


def _link(address: str, label: str, new_tab: str, *, outside: bool = False) -> str:
    relation, css_class = ("noopener noreferrer", "action outside") if outside else ("noopener", "action")
    return (
        f'<a class="{css_class}" href="{escape(address)}" target="_blank" rel="{relation}">{escape(label)}'
        f'<span class="visually-hidden"> ({escape(new_tab)})</span></a>'
    )


def _copy_button(label: str, copied: str, interface_language: Language) -> str:
    done = WEB_TEXTS[interface_language].copied
    return (
        f'<button type="button" class="action copy" data-copy="{escape(copied)}" data-done="{escape(done)}">'
        f"{escape(label)}</button>"
    )


def _not_found(answer: Answer, interface_language: Language, contact: str) -> str:
    """All in the language of the question; the pages that it leads to are in the interface's."""
    texts = WEB_TEXTS[answer.language]
    statements = [sentence.text for sentence in answer.sentences] or [ANSWER_TEXTS[answer.language].not_found]
    advice = [escape(texts.rephrase)]
    if contact:
        advice.append(escape(texts.contact).format(contact=_contact(contact)))
    body = [
        f'<p class="kicker">{escape(texts.answer_not_found)}</p>',
        "".join(f'<p class="statement">{escape(text)}</p>' for text in statements),
        _notes(answer),
        _documents(answer.nearest, texts.nearest, interface_language),
        f'<p class="kicker">{escape(texts.next_steps)}</p>',
        "".join(f'<p class="advice">{sentence}</p>' for sentence in advice),
    ]
    words = "".join(body)
    return f'<article class="answer not-found" data-status="{answer.status}" lang="{answer.language}">{words}</article>'


def _contact(contact: str) -> str:
    words = escape(contact)
    return f'<a href="mailto:{words}">{words}</a>' if _EMAIL.fullmatch(contact) else words


def _documents(documents: tuple[DocumentRecord, ...], title: str, interface_language: Language) -> str:
    if not documents:
        return ""
    texts = WEB_TEXTS[interface_language]
    items = "".join(
        f'<li lang="{document.language}">'
        f"{_link(links.document_address(document.id, interface_language), document.title, texts.new_tab)}</li>"
        for document in documents
    )
    return f'<p class="kicker">{escape(title)}</p><ul class="nearest">{items}</ul>'
