"""The visitor's pages without a browser: what is written into them, and what the server answers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assistant.errors import LibraryBusy
from assistant.texts import WEB_TEXTS
from assistant.types import (
    Answer,
    AnswerRow,
    AnswerSentence,
    AnswerStatus,
    BlockKind,
    Language,
    ParsedDocument,
    Restatement,
    Source,
    Span,
    StoredDocument,
)
from assistant.web import clipboard, dates, dialogue, links
from assistant.web.conversation import Turn, render_conversation, render_introduction
from assistant.web.envelope import content_security_policy, dress_gradio
from assistant.web.evidence import render_answer
from assistant.web.markup import escape, highlight
from assistant.web.negotiation import known_language, preferred_language
from assistant.web.source_page import render_source, valid_quote
from assistant.written_dates import written
from tests.fake_site import (
    CONGRESS,
    EXAMPLES,
    HOSTILE,
    HOSTILE_TEXT,
    SERVIER,
    FakeAsker,
    FakeLibrary,
    citation,
    fake_app,
    quoting,
)
from tests.fake_site import not_found as not_found_answer

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH
COST = "Le groupe y a investi 86 millions d’euros."
ANSWER = quoting("Combien ?", FRENCH, SERVIER, (COST, "86 millions d’euros"))


PLACE = "Servier a inauguré à Gidy, près d’Orléans, son unité de bioproduction Bio-S."
TABLE = replace(
    quoting("Combien et où ?", FRENCH, SERVIER, (COST, ""), (PLACE, "")),
    table=(AnswerRow("Combien <b>", "86 millions d’euros", 1), AnswerRow("Où", "Gidy", 2)),
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(fake_app())


# Texts into HTML


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "a &lt; b"),
        ([Span(0, 1)], "<mark>a</mark> &lt; b"),
        ([Span(2, 3)], "a <mark>&lt;</mark> b"),
        ([Span(4, 99)], "a &lt; <mark>b</mark>"),
        ([Span(2, 5), Span(0, 3)], "<mark>a &lt;</mark><mark> b</mark>"),
        ([Span(9, 12), Span(3, 3)], "a &lt; b"),
    ],
)
def test_a_highlight_wraps_its_span_and_escapes_the_rest(spans: list[Span], expected: str) -> None:
    assert highlight("a < b", spans) == expected


def test_what_a_document_says_is_shown_and_never_run() -> None:
    answer = quoting("<b>q</b>", ENGLISH, HOSTILE, (HOSTILE_TEXT, ""))
    html = render_conversation((Turn("<b>q</b>", answer, finished=True),), ENGLISH)
    assert escape(HOSTILE_TEXT) in html
    for tag in ("<script", "<img", "<b>", "javascript:b)</"):
        assert tag not in html.replace(escape(HOSTILE_TEXT), "")
    assert "&lt;b&gt;q&lt;/b&gt;" in html


def test_the_value_asked_for_is_marked_inside_the_quotation() -> None:
    assert '<q lang="fr">Le groupe y a investi <mark>86 millions d’euros</mark>.</q>' in render_answer(ANSWER, FRENCH)


def test_only_words_of_the_source_stand_in_quotation_marks() -> None:
    reworded = replace(ANSWER, sentences=(AnswerSentence("86 millions.", (1,)),))
    html = render_answer(reworded, FRENCH)
    assert '<span lang="fr">86 millions.</span>' in html
    assert f"<q>{COST}</q></blockquote>" in html  # the card shows the exact words instead


def test_a_quote_already_read_is_not_repeated_in_its_card() -> None:
    assert "<blockquote" not in render_answer(ANSWER, FRENCH)


def test_every_number_leads_to_the_highlighted_passage_of_its_citation() -> None:
    first, second = COST, "Servier a inauguré à Gidy, près d’Orléans, son unité de bioproduction Bio-S."
    answer = quoting("?", FRENCH, SERVIER, (first, ""), (second, ""))
    html = render_answer(answer, FRENCH)
    for number, quoted in enumerate(answer.citations, start=1):
        assert escape(links.passage_address(quoted.quote, FRENCH)) in html
        assert f">{number}</a>" in html


def test_a_number_without_a_citation_is_not_shown() -> None:
    ghost = replace(ANSWER, sentences=(AnswerSentence(COST, (1, 7)),))
    assert ">7<" not in render_answer(ghost, FRENCH)


@pytest.mark.parametrize(
    ("answer_language", "interface", "badge"),
    [(ENGLISH, ENGLISH, "Source in French"), (ENGLISH, FRENCH, "Source in French"), (FRENCH, FRENCH, None)],
)
def test_a_badge_tells_when_the_source_is_in_the_other_language(
    answer_language: Language, interface: Language, badge: str | None
) -> None:
    html = render_answer(replace(ANSWER, language=answer_language), interface)
    assert ("badge" in html) is (badge is not None)
    assert badge is None or badge in html


def test_a_restated_figure_stands_under_the_quotation_in_the_language_of_the_question() -> None:
    answer = quoting("How much?", ENGLISH, SERVIER, (COST, "86 millions d’euros"))
    for interface in Language:
        html = render_answer(answer, interface)
        assert '<p class="restated" lang="en">Restated in English: <b>€86\u00a0million</b></p>' in html
        assert "€86" not in html.split("<q", 1)[1].split("</q>", 1)[0]
    assert "restated" not in render_answer(ANSWER, ENGLISH)


def test_a_restated_figure_is_copied_with_the_answer_but_never_with_the_quote() -> None:
    answer = quoting("Quand ?", FRENCH, CONGRESS, ("takes place on 19–20 March 2025 in Tours.", "19–20 March 2025"))
    copied = clipboard.answer_text(answer)
    assert "in Tours. [1]\n(Soit, en français\u00a0: 19 et 20\u00a0mars\u00a02025)\n" in copied
    assert "19 et 20" not in clipboard.citation_text(answer.citations[0], FRENCH)


def test_restated_words_are_escaped() -> None:
    sentence = replace(ANSWER.sentences[0], restated=(Restatement(Span(0, 2), "<b>1</b>"),))
    assert "<b>&lt;b&gt;1&lt;/b&gt;</b>" in render_answer(replace(ANSWER, sentences=(sentence,)), FRENCH)


def test_the_frame_is_in_the_language_of_the_question_whatever_that_of_the_page() -> None:
    answer = quoting("How much?", ENGLISH, SERVIER, (COST, ""))
    html = render_answer(answer, FRENCH)
    assert '<p class="kicker" lang="en">Answer</p>' in html
    assert '<span lang="en">as of March\u00a02025</span>' in html
    assert "Source: Servier, Inauguration de Bio-S (as of March\u00a02025)" in html
    assert "données de" not in html
    assert WEB_TEXTS[FRENCH].copy in html  # what the page offers is in its own language


def test_a_card_names_publisher_source_and_date() -> None:
    html = render_answer(ANSWER, FRENCH)
    assert "Servier · Inauguration de Bio-S · données de mars\u00a02025" in html
    assert 'href="https://example.org/bio-s" target="_blank" rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://", None, "http://["]
)
def test_only_web_addresses_are_linked(url: str | None) -> None:
    unsafe = replace(ANSWER, citations=(replace(citation(SERVIER, COST), url=url),))
    assert 'class="action outside"' not in render_answer(unsafe, FRENCH)


def test_a_copied_citation_is_ready_for_an_article() -> None:
    assert clipboard.citation_text(ANSWER.citations[0], FRENCH) == (
        f"«\u00a0{COST}\u00a0»\n"
        "Source\u00a0: Servier, Inauguration de Bio-S (données de mars\u00a02025)\n"
        "https://example.org/bio-s"
    )


def test_a_copied_answer_holds_its_numbered_sources() -> None:
    copied = clipboard.answer_text(ANSWER)
    assert copied.startswith(f"Combien ?\n\n{COST} [1]\n\n[1] «")
    assert escape(copied) in render_answer(ANSWER, FRENCH)


def test_an_unfinished_answer_cannot_be_copied_whole() -> None:
    copied = escape(WEB_TEXTS[FRENCH].copy_answer)
    assert copied in render_answer(ANSWER, FRENCH)
    assert copied not in render_answer(ANSWER, FRENCH, finished=False)


@pytest.mark.parametrize("interface_language", list(Language))
@pytest.mark.parametrize(
    ("language", "heads"),
    [(FRENCH, ("Sujet", "Valeur", "Source (date)")), (ENGLISH, ("Subject", "Value", "Source (date)"))],
)
def test_values_stand_in_a_table_with_their_sources_and_dates_in_the_language_of_the_question(
    language: Language, heads: tuple[str, ...], interface_language: Language
) -> None:
    html = render_answer(replace(TABLE, language=language), interface_language)
    for head in heads:
        assert f'<th scope="col">{head}</th>' in html
    assert f"{escape(WEB_TEXTS[language].several_values)}</caption>" in html
    assert '<th scope="row">Combien &lt;b&gt;</th>' in html
    assert '<span lang="fr">86 millions d’euros</span>' in html
    assert f'<span class="date">({written("2025-03", language)})</span>' in html
    address = escape(links.passage_address(TABLE.citations[0].quote, interface_language))
    assert html.count(address) >= 2  # of row and sentence


def test_values_of_one_thing_have_no_column_for_it() -> None:
    differing = replace(TABLE, table=tuple(replace(row, label="") for row in TABLE.table))
    html = render_answer(replace(differing, language=ENGLISH), FRENCH)
    assert "One value for each source</caption>" in html
    assert 'scope="row"' not in html
    assert "Subject" not in html


@pytest.mark.parametrize("row", [AnswerRow("Combien", "87 millions d’euros", 1), AnswerRow("Combien", "86", 9)])
def test_a_value_that_its_quote_does_not_hold_is_not_shown(row: AnswerRow) -> None:
    assert "<table" not in render_answer(replace(TABLE, table=(row,)), FRENCH)
    assert "<table" not in render_answer(ANSWER, FRENCH)


def test_a_copied_answer_holds_its_table() -> None:
    copied = clipboard.answer_text(TABLE)
    assert copied.startswith(
        f"Combien et où ?\n\nCombien <b>\u00a0: 86 millions d’euros [1]\nOù\u00a0: Gidy [2]\n\n{COST} [1]"
    )
    unlabelled = replace(TABLE, table=(replace(TABLE.table[0], label=""),))
    assert "\n86 millions d’euros [1]\n" in clipboard.answer_text(unlabelled)


def test_notes_and_partial_answers_are_told() -> None:
    html = render_answer(replace(ANSWER, status=AnswerStatus.PARTIAL, notes=("À suivre & fin.",)), FRENCH)
    assert "Réponse partielle" in html
    assert "<li>À suivre &amp; fin.</li>" in html


def test_an_answer_that_is_not_found_offers_the_nearest_documents_and_a_contact() -> None:
    html = render_answer(not_found_answer("?", ENGLISH), ENGLISH, contact="press@example.org")
    assert "The answer is not in the documents." in html
    assert "source/fr/servier%20bio-s.md?ui=en" in html
    assert '<a href="mailto:press@example.org">press@example.org</a>' in html
    assert "Hall <b>" not in render_answer(not_found_answer("?", ENGLISH), ENGLISH, contact="Hall <b>")


def test_a_reply_to_small_talk_is_neither_an_answer_nor_a_refusal() -> None:
    sentences = (AnswerSentence("Bonjour <b>!"), AnswerSentence("Posez votre question."))
    reply = Answer("slt", FRENCH, AnswerStatus.REPLY, sentences, suggestions=("Qui & quoi ?",))
    html = render_answer(reply, ENGLISH, contact="press@example.org")
    assert 'lang="fr"><p class="statement">Bonjour &lt;b&gt;! Posez votre question.</p>' in html
    assert "<li>Qui &amp; quoi ?</li>" in html
    texts = WEB_TEXTS[FRENCH]
    for frame in (texts.answered, texts.sources, texts.answer_not_found, texts.next_steps, texts.copy_answer, "press@"):
        assert frame not in html
    documents = render_answer(replace(reply, suggestions=(), nearest=(SERVIER.record,)), ENGLISH)
    assert texts.some_documents in documents
    assert "source/fr/servier%20bio-s.md?ui=en" in documents


def test_a_refusal_is_in_the_language_of_the_question_whatever_that_of_the_page() -> None:
    html = render_answer(not_found_answer("?", ENGLISH), FRENCH, contact="Accueil")
    for words in (WEB_TEXTS[FRENCH].nearest, WEB_TEXTS[FRENCH].rephrase, WEB_TEXTS[FRENCH].next_steps):
        assert escape(words) not in html
    assert escape(WEB_TEXTS[ENGLISH].rephrase) in html
    assert "?ui=fr" in html  # the pages it leads to are the interface's


@pytest.mark.parametrize("language", list(Language))
def test_what_is_not_found_says_what_to_try_and_whom_to_ask_if_that_is_known(language: Language) -> None:
    texts = WEB_TEXTS[language]
    html = render_answer(not_found_answer("?", language), language, contact="Accueil")
    assert escape(texts.rephrase) in html
    assert escape(texts.contact).format(contact="Accueil") in html
    alone = render_answer(not_found_answer("?", language), language)
    assert escape(texts.rephrase) in alone
    assert escape(texts.contact).split("{")[0] not in alone


@pytest.mark.parametrize("language", list(Language))
def test_an_empty_corpus_tells_staff_what_to_do(language: Language) -> None:
    assert "python ingest.py add FILE" in render_introduction(0, language)
    assert "python ingest.py add FILE" not in render_introduction(3, language)
    assert WEB_TEXTS[language].one_document in render_introduction(1, language)


def test_every_offered_question_exists_in_both_languages() -> None:
    assert {language: len(questions) for language, questions in EXAMPLES.items()} == {FRENCH: 4, ENGLISH: 4}


# Dates and languages


@pytest.mark.parametrize(
    ("iso", "french", "english"),
    [
        ("2025", "données de 2025", "as of 2025"),
        ("2025-03", "données de mars 2025", "as of March 2025"),
        ("2024-10", "données d’octobre 2024", "as of October 2024"),
        ("2025-03-19", "données du 19 mars 2025", "as of 19 March 2025"),
        ("2025-08-01", "données du 1er août 2025", "as of 1 August 2025"),
        ("2025-13", "données de 2025-13", "as of 2025-13"),
    ],
)
def test_a_date_is_written_in_the_language_of_the_interface(iso: str, french: str, english: str) -> None:
    assert dates.as_of(iso, FRENCH).replace("\u00a0", " ") == french
    assert dates.as_of(iso, ENGLISH).replace("\u00a0", " ") == english


def test_a_publication_date_takes_the_right_preposition() -> None:
    assert dates.published("2025-03-19", FRENCH) == "publié le 19\u00a0mars\u00a02025"
    assert dates.published("2025-03", FRENCH) == "publié en mars\u00a02025"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", FRENCH),
        ("de", FRENCH),
        ("en", ENGLISH),
        ("en-GB,en;q=0.9", ENGLISH),
        ("fr-CA,fr;q=0.9,en;q=0.8", FRENCH),
        ("de,en;q=0.7,fr;q=0.3", ENGLISH),
        ("en;q=0,fr;q=0.1", FRENCH),
        ("en;q=nonsense", FRENCH),
        ("EN-us", ENGLISH),
    ],
)
def test_the_first_language_is_the_one_the_browser_asks_for(header: str, language: Language) -> None:
    assert preferred_language(header) is language


def test_a_language_from_outside_is_known_or_none() -> None:
    assert [known_language(code) for code in ("fr", "en", "de", None, 3)] == [FRENCH, ENGLISH, None, None, None]


# One question


def test_a_question_is_followed_from_waiting_to_finished() -> None:
    turns = list(dialogue.follow(FakeAsker(), "Bio-S ?", FRENCH))
    assert [(len(turn.answer.sentences) if turn.answer else 0, turn.finished) for turn in turns] == [
        (0, False), (1, False), (2, False), (2, True),
    ]  # fmt: skip


def test_the_asker_is_told_what_was_asked_before() -> None:
    asker = FakeAsker()
    list(dialogue.follow(asker, "et en 2026 ?", FRENCH, history=["C'est quand le congrès 2025 ?"]))
    assert asker.histories == [("C'est quand le congrès 2025 ?",)]


@pytest.mark.parametrize("question", ["broken", "busy"])
def test_an_error_is_logged_and_keeps_its_secrets(caplog: pytest.LogCaptureFixture, question: str) -> None:
    *_, last = dialogue.follow(FakeAsker(), question, FRENCH)
    html = render_conversation((last,), FRENCH)
    assert escape(WEB_TEXTS[FRENCH].failure) in html
    assert "secret" not in html
    assert "a secret of the machine room" in caplog.text


def test_an_asker_that_says_nothing_has_failed() -> None:
    class Silent:
        def stream(self, *_question: str, **_context: object) -> Iterator[Answer]:
            return iter(())

    *_, last = dialogue.follow(Silent(), "?", FRENCH)
    assert (last.finished, last.failed) == (True, True)


def test_a_question_over_the_limit_is_refused_with_its_length() -> None:
    assert dialogue.problem_with("x" * 1_000, ENGLISH) == ""
    assert "1001 characters" in dialogue.problem_with("x" * 1_001, ENGLISH)


# Source pages


def source_html(quote: Span | None, *, document: ParsedDocument = SERVIER.content) -> str:
    return render_source(replace(SERVIER, content=document), FRENCH, quote=quote)


def test_the_quoted_words_are_highlighted_where_they_stand() -> None:
    quote = citation(SERVIER, COST).quote
    assert f'<p><mark id="quote">{COST}</mark><sup' in source_html(Span(quote.start, quote.end))


def test_a_quote_across_blocks_is_highlighted_in_each_and_anchored_once() -> None:
    html = source_html(Span(0, len(SERVIER.content.text)))
    assert html.count('id="quote"') == 1
    assert html.count("<mark") > len([block for block in SERVIER.content.blocks if block.kind is BlockKind.PARAGRAPH])


def test_a_note_call_leads_to_its_source() -> None:
    html = source_html(None)
    assert '<a href="#note-1" aria-label="Note 1">1</a>' in html
    assert '<div class="entry" id="note-1"><dt>1</dt><dd>Servier · Inauguration de Bio-S · données de mars' in html


def test_a_table_row_becomes_a_term_with_its_columns() -> None:
    html = source_html(None)
    assert (
        '<dt>Bio-S</dt><dd><span class="column">Surface</span> <span class="value">2 400 m²</span></dd>'
        '<dd><span class="column">Emplois</span> <span class="value">40</span></dd>'
    ) in html


def test_the_text_is_in_the_language_of_its_document() -> None:
    html = render_source(CONGRESS, FRENCH, quote=None)
    assert '<div class="text" lang="en">' in html
    assert "Programme · en anglais".lower() in html.lower()


def test_the_title_is_not_repeated_as_the_first_heading() -> None:
    assert source_html(None).count("Bio-S, l’unité de bioproduction de Servier à Gidy") == 1


def test_a_hostile_source_is_shown_literally(client: TestClient) -> None:
    page = client.get("/source/hostile.md").text
    assert escape(HOSTILE_TEXT) in page
    assert "<script" not in page
    assert "&lt;b&gt;&quot;Hostile&quot;&lt;/b&gt;" in page


def test_a_source_with_an_unsafe_address_is_not_linked() -> None:
    unsafe = replace(SERVIER.content, url=None, sources=(Source("1", "X", "Y", "javascript:alert(1)"),))
    assert 'href="javascript' not in source_html(None, document=unsafe)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("0", "5", Span(0, 5)),
        ("5", "5", None),
        ("7", "3", None),
        ("-1", "5", None),
        ("0", "999999", None),
        ("", "", None),
        ("x", "5", None),
        ("²", "5", None),
    ],
)
def test_a_bad_span_is_ignored(start: str, end: str, expected: Span | None) -> None:
    assert valid_quote(SERVIER.content, start, end) == expected


# The server


def test_a_citation_opens_its_passage(client: TestClient) -> None:
    address = links.passage_address(citation(SERVIER, COST).quote, ENGLISH)
    reply = client.get(f"/{address}")
    assert reply.status_code == 200
    assert f'<mark id="quote">{COST}</mark>' in reply.text
    assert '<html lang="en">' in reply.text


@pytest.mark.parametrize("query", ["start=9&end=x", "start=5", "ui=de", "start=99999&end=100000"])
def test_a_page_with_bad_parameters_is_still_shown(client: TestClient, query: str) -> None:
    reply = client.get(f"/source/en/congress.md?{query}")
    assert reply.status_code == 200
    assert "<mark" not in reply.text


@pytest.mark.parametrize("document_id", ["gone.md", "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "<script>"])
def test_an_unknown_document_says_so_and_what_next(client: TestClient, document_id: str) -> None:
    reply = client.get(f"/source/{document_id}", headers={"accept-language": "en"})
    assert reply.status_code == 404
    if "etc" not in document_id:  # a client may fold the dots before it asks
        assert WEB_TEXTS[ENGLISH].unknown_document in reply.text
        assert "<script" not in reply.text


def test_a_library_that_cannot_be_read_is_told_without_its_secrets() -> None:
    class Damaged(FakeLibrary):
        def get(self, document_id: str) -> StoredDocument:
            raise LibraryBusy(f"{document_id}: a secret of the machine room")

        def count(self) -> int:
            raise LibraryBusy("busy")

    client = TestClient(fake_app(library=Damaged()))
    reply = client.get("/source/en/congress.md", headers={"accept-language": "en"})
    assert reply.status_code == 503
    assert WEB_TEXTS[ENGLISH].failure in reply.text
    assert "secret" not in reply.text
    assert client.get("/health").status_code == 503


def test_health_tells_how_many_documents_are_held(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "documents": 3}


@pytest.mark.parametrize("path", ["/", "/source/en/congress.md", "/health", "/interface/style.css"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"accept": "text/html"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline'" not in headers["content-security-policy"]


def test_source_pages_allow_no_script_at_all(client: TestClient) -> None:
    assert "script-src" not in client.get("/source/en/congress.md").headers["content-security-policy"]


def test_the_policy_names_each_inline_script_by_its_hash() -> None:
    policy = content_security_policy("<script>a()</script><script src='x.js'></script><script>b()</script>")
    assert policy.count("'sha256-") == 2


def test_the_chat_page_is_ours_in_the_language_of_the_browser(client: TestClient) -> None:
    page = client.get("/", headers={"accept": "text/html", "accept-language": "en"}).text
    assert '<html lang="en"' in page
    assert "og:image" not in page
    assert "interface/style.css?v=" in page
    assert dress_gradio("<html></html>", language="fr", description="", head="") == "<html></html>"


def test_assets_are_ours_alone_and_uploads_are_refused(client: TestClient) -> None:
    assert client.get("/interface/page.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/interface/server.py").status_code == 404
    assert client.post("/gradio_api/upload", files={"files": ("a.txt", b"x")}).status_code == 404


def test_the_chat_offers_no_public_endpoint_and_no_footer(client: TestClient) -> None:
    config = client.get("/config").json()
    assert config["footer_links"] == []
    assert {dependency["api_visibility"] for dependency in config["dependencies"]} == {"private"}


def test_an_empty_library_is_healthy() -> None:
    assert TestClient(fake_app(library=FakeLibrary(()))).get("/health").json()["documents"] == 0
