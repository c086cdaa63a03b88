import json
import lzma
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from assistant.__main__ import main
from assistant.errors import ConfigurationError, InvalidQuestions, UnknownDocument
from assistant.evaluation import command, results
from assistant.evaluation.cache import KeptEmbeddings
from assistant.evaluation.command import Request
from assistant.evaluation.gold import GoldQuestion, read_questions, select
from assistant.evaluation.matching import holds_answer, holds_evidence, normalise
from assistant.evaluation.metrics import Metrics, Outcome, Verdict, aggregate, by_group, hit_rank, worst_first
from assistant.evaluation.report import as_html
from assistant.evaluation.run import ask_all, temporary_library
from assistant.reading.formats import read
from assistant.reading.passages import split
from assistant.types import (
    Answer,
    AnswerRow,
    AnswerSentence,
    AnswerStatus,
    Citation,
    DocumentRecord,
    Language,
    ParsedDocument,
    Quote,
    Restatement,
    Span,
    StoredDocument,
)
from assistant.wiring import Wiring
from evaluation.convert import convert
from tests.fakes import WordEmbeddings, WordReader
from tests.installation import ROOT

FR, EN = Language.FRENCH, Language.ENGLISH
NAMES = {
    "count", "hit_at_1", "hit_at_5", "mrr", "answer_accuracy", "quote_validity", "orphan_figures",
    "abstention_precision", "abstention_recall", "language_right", "latency_p50_ms", "latency_p95_ms",
}  # fmt: skip
TEXT = "Servier a investi 86 millions d'euros à Gidy."

# Any text of the two languages, with what the web and word processors put between the letters.
texts = st.text("abcdeéèêàçœÉÀ 0123456789.,-'’–«»“”€%\u00a0\u202f\u2009\n", max_size=60)


def gold(question: str = "Combien ?", answer: str | None = "86 M€", **fields: Any) -> GoldQuestion:
    evidence = None if answer is None else "86 millions d'euros"
    values = {"id": "q", "lang": FR, "evidence": evidence, "type": "figure"} | fields
    return GoldQuestion(question=question, answer=answer, **values)


def answered(*sentences: str, quote: str = TEXT, status: AnswerStatus = AnswerStatus.ANSWERED) -> Answer:
    citation = Citation(1, Quote("servier.fr.md", 0, len(quote), quote), "Servier", FR)
    return Answer("Combien ?", FR, status, tuple(AnswerSentence(text, (1,)) for text in sentences), (citation,))


def refused(status: AnswerStatus = AnswerStatus.NOT_FOUND) -> Answer:
    return Answer("Combien ?", FR, status, (AnswerSentence("La réponse n'est pas là."),))


def outcome(question: GoldQuestion, answer: Answer, *, rank: int | None = 1, right: bool = True) -> Outcome:
    return Outcome(question, answer, ("servier.fr.md",), rank, right, len(answer.citations), (), 10.0)


class Says:
    """An assistant that gives one answer to everything, true or not."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Answer:
        return replace(self._answer, question=" / ".join([*history, question]))


class Holds:
    """A library of one document."""

    def get(self, document_id: str) -> StoredDocument:
        if document_id != "servier.fr.md":
            raise UnknownDocument(document_id)
        record = DocumentRecord(document_id, "Servier", "company", FR, None, None, None, None, None, "0")
        return StoredDocument(record, ParsedDocument("Servier", TEXT, (), FR))


# Matching


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("Le site emploie 10 000 personnes.", FR, "10,000"),
        ("The site employs 10,000 people.", EN, "10 000"),
        ("Le site emploie 10\u202f000 personnes.", FR, "10000"),
        ("Servier a investi 86 millions d'euros.", FR, "86 M€"),
        ("Servier a investi 86\u00a0M€.", FR, "€86 million"),
        ("Servier invested €86m.", EN, "86 millions d'euros"),
        ("Servier a investi 86 millions d'euros.", FR, "86 millions"),
        ("Sanofi investit près de 500 millions d'euros.", FR, "about €500 million"),
        ("Plus de 85 % viennent d'ailleurs.", FR, "85%"),
        ("Le congrès a lieu les 15 et 16 avril 2026.", FR, "15–16 April 2026"),
        ("L'unité emploie une soixantaine de personnes.", FR, "60"),
        ("Le président était Didier Véron.", FR, "DIDIER VERON"),
        ("C’est l’unité Bio‑S de Gidy.", FR, "l'unite Bio-S"),
        ("Le nom se dit « bio cube ».", FR, "« bio cube »"),
        ("Un œuf.", FR, "oeuf"),
        ("Le réacteur contient 1,5 l.", FR, "1.5 litres"),
    ],
)
def test_an_answer_is_found_however_it_is_typed(text: str, language: Language, answer: str) -> None:
    assert holds_answer([(text, language)], ["something else", answer])


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("La cuve contient 1 500 l.", FR, "50"),
        ("La cuve contient 1 500 l.", FR, "500"),
        ("La cuve contient 1\u202f500 l.", FR, "1"),
        ("Le site emploie 50 personnes.", FR, "50 %"),
        ("Servier a investi 86 millions d'euros.", FR, "86 milliards d'euros"),
        ("Servier a investi 86 millions d'euros.", FR, "$86 million"),
        ("The plant cost 1.5 million euros.", EN, "1.5"),
        ("Le congrès a lieu les 15 et 16 avril 2026.", FR, "15 et 16 avril 2025"),
        ("Gidyen", FR, "Gidy"),
        ("Tours", FR, ""),
        ("Tours", FR, "?"),
        ("", FR, "Tours"),
    ],
)
def test_an_answer_is_not_found_in_part_of_a_number_or_word(text: str, language: Language, answer: str) -> None:
    assert not holds_answer([(text, language)], [answer])


def test_a_sentence_is_read_in_its_own_language() -> None:
    assert holds_answer([("Le débit est de 1,500 l.", FR)], ["1,5 l"])
    assert holds_answer([("The tank holds 1,500 l.", EN)], ["1 500 l"])
    assert not holds_answer([("The tank holds 1,500 l.", EN)], ["1,5 l"])


def test_evidence_is_found_whatever_its_typography() -> None:
    passage = "Les étapes : « bio cube » s’ouvre à\u00a0Gidy – 1\u202f500 m²…"
    assert holds_evidence(passage, "etapes : “Bio Cube” s'ouvre à Gidy - 1 500 m2")
    assert not holds_evidence(passage, "tapes")
    assert not holds_evidence(passage, "500 m")
    assert not holds_evidence(passage, " ")


@given(texts)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(texts)
def test_case_and_the_width_of_spaces_do_not_count(text: str) -> None:
    assert normalise(re.sub(r"[ \u00a0\u202f\u2009\n]+", "\u202f ", text.upper())) == normalise(text)


@given(texts)
def test_a_text_holds_itself_as_evidence(text: str) -> None:
    assert holds_evidence(f"Avant. {text} Après.", text) or not normalise(text)


@given(st.integers(0, 10**9), st.sampled_from([" ", "\u00a0", "\u202f", ","]))
def test_a_number_is_found_however_it_is_grouped(number: int, separator: str) -> None:
    grouped = f"{number:,}".replace(",", separator)
    language = EN if separator == "," else FR
    assert holds_answer([(f"Il y en a {grouped} !", language)], [str(number)])


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_number_is_not_found_in_another(number: int, other: int) -> None:
    assert holds_answer([(f"Il y en a {number:,}.", EN)], [str(other)]) == (number == other)


# Figures of an evaluation


def test_the_rank_is_that_of_the_first_passage_with_the_evidence() -> None:
    assert hit_rank("à Gidy", ["À Tours", "A GIDY", "à Gidy"]) == 2
    assert hit_rank("à Lyon", ["À Tours"]) is None


def test_each_figure_is_over_the_questions_that_it_concerns() -> None:
    unanswerable = gold(answer=None)
    metrics = aggregate(
        [
            outcome(gold(), answered(TEXT), rank=1),
            outcome(gold(), answered(TEXT), rank=4, right=False),
            outcome(gold(), refused(), rank=None, right=False),
            outcome(gold(evidence=None), answered(TEXT), rank=None),
            outcome(unanswerable, refused(), rank=None, right=False),
            outcome(unanswerable, refused(AnswerStatus.REPLY), rank=None, right=False),  # claims nothing either
            outcome(gold(answer=None, lang=EN), answered(TEXT), rank=None, right=False),
        ]
    )
    assert metrics == Metrics(
        count=7, hit_at_1=1 / 3, hit_at_5=2 / 3, mrr=(1 + 1 / 4) / 3, answer_accuracy=2 / 4, quote_validity=1.0,
        orphan_figures=0, abstention_precision=2 / 3, abstention_recall=2 / 3, language_right=6 / 7,
        latency_p50_ms=10.0, latency_p95_ms=10.0,
    )  # fmt: skip


def test_what_was_not_measured_is_not_a_zero() -> None:
    metrics = aggregate([outcome(gold(answer=None), answered(TEXT), rank=None, right=False)])
    assert (metrics.hit_at_1, metrics.answer_accuracy, metrics.abstention_precision) == (None, None, None)
    assert metrics.abstention_recall == 0.0
    assert aggregate([]).latency_p50_ms is None


def test_a_refusal_is_wrong_even_if_its_words_hold_the_answer() -> None:
    assert outcome(gold(), refused(), right=True).verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("question", "answer", "rank", "right", "verdict"),
    [
        (gold(), answered(TEXT), 3, True, Verdict.RIGHT),
        (gold(), answered(TEXT), 3, False, Verdict.OTHER_SENTENCE),
        (gold(), answered(TEXT), None, False, Verdict.NOT_RETRIEVED),
        (gold(), refused(), None, False, Verdict.NOT_RETRIEVED),
        (gold(), refused(), 2, False, Verdict.REFUSED),
        (gold(answer=None), refused(), None, False, Verdict.RIGHT),
        (gold(answer=None), answered(TEXT), None, False, Verdict.ANSWERED_UNANSWERABLE),
    ],
)
def test_a_failure_has_one_reason(
    question: GoldQuestion, answer: Answer, rank: int | None, *, right: bool, verdict: Verdict
) -> None:
    assert outcome(question, answer, rank=rank, right=right).verdict is verdict


def test_figures_are_grouped_by_language_direction_and_type() -> None:
    groups = by_group([outcome(gold(), answered(TEXT)), outcome(gold(lang=EN, crosslingual=True), refused())])
    assert {name: list(values) for name, values in groups.items()} == {
        "lang": ["en", "fr"], "crosslingual": ["false", "true"], "type": ["figure"],
    }  # fmt: skip
    assert groups["lang"]["fr"].count == 1


# Questions


def line(**fields: Any) -> str:
    return json.dumps({"id": "a", "lang": "fr", "question": "Où ?", "answer": None} | fields)


def test_unknown_fields_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"\ufeff{line(author='me')}\n\n{line(id='b', history=[{'question': 'Qui ?'}])}\n", encoding="utf-8")
    first, second = read_questions(path)
    assert (first.answer, first.evidence, first.document, first.answers) == (None, None, None, ())
    assert second.history[0].question == "Qui ?"


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("{", "Invalid JSON"),
        ("[]", "object"),
        (line(lang="de"), "lang: Input should be 'fr' or 'en'"),
        (line(question=""), "question: String should have at least 1 character"),
        (line(answer=50), "answer: Input should be a valid string"),
        (line(history=[{}]), "history.0.question: Field required"),
        ('{"id": "a", "lang": "fr", "question": "Où ?"}', "answer: Field required"),
    ],
)
def test_a_malformed_line_is_named_with_what_is_wrong(tmp_path: Path, written: str, complaint: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{line(id='first')}\n{written}\n", encoding="utf-8")
    with pytest.raises(InvalidQuestions, match=r"gold\.jsonl, line 2: ") as error:
        read_questions(path)
    assert complaint in str(error.value)


def test_a_file_without_questions_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    (tmp_path / "twice.jsonl").write_text(f"{line()}\n{line()}\n", encoding="utf-8")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    for name in ("empty.jsonl", "twice.jsonl", "binary.jsonl", "absent.jsonl"):
        with pytest.raises(InvalidQuestions, match=name):
            read_questions(tmp_path / name)


def test_a_sample_is_spread_over_the_file_and_always_the_same() -> None:
    questions = [gold(id=str(number), split="dev" if number % 2 else "test") for number in range(100)]
    assert [question.id for question in select(questions, limit=4)] == ["0", "25", "50", "75"]
    assert [question.id for question in select(questions, split="dev", limit=2)] == ["1", "51"]
    assert len(select(questions, limit=500)) == 100
    with pytest.raises(InvalidQuestions, match="'train'"):
        select(questions, split="train")


# Running


def test_a_restated_figure_that_no_cited_passage_holds_is_an_orphan() -> None:
    said = answered("Servier a investi 86 millions d'euros.")
    restated = tuple(Restatement(Span(18, 37), text) for text in ("€86 million", "€1,500"))
    sentence = replace(said.sentences[0], restated=restated)
    (found,) = ask_all(
        [gold()],
        Says(replace(said, language=EN, sentences=(sentence,))),
        Holds(),
        advance=lambda _done, _total: None,
    )
    assert found.orphans == ("€1,500",)


def test_an_invented_figure_is_an_orphan_and_an_altered_quotation_is_not_valid() -> None:
    said = answered("Servier a investi 86 M€, soit 50 % de plus.", quote=TEXT.replace("Gidy", "Tours"))
    (found,) = ask_all([gold()], Says(said), Holds(), advance=lambda _done, _total: None)
    assert found.orphans == ("50 %",)
    assert (found.valid_quotes, len(found.answer.citations), found.holds_answer) == (0, 1, True)
    assert worst_first([outcome(gold(), refused(), right=False), found])[0] is found


def test_a_value_of_a_table_that_no_quote_holds_is_an_orphan_and_a_figure_of_the_question_is_none() -> None:
    said = replace(
        answered("Servier a investi 86 M€.", quote=TEXT),
        notes=("Rien pour 2019, ni 2020.",),
        table=(AnswerRow("Servier", "87 M€", 1), AnswerRow("2019", "Servier", 1), AnswerRow("", "x", 2)),
    )
    (found,) = ask_all([gold("Combien en 2019 ?")], Says(said), Holds(), advance=lambda _done, _total: None)
    assert found.orphans == ("2020", "87 M€", "x")


@pytest.fixture
def questions_file(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    rows = [
        gold("Combien Servier a-t-il investi à Gidy ?", id="a"),
        gold("How much did Servier invest in Gidy?", id="b", lang=EN, answer="€86 million", evidence="€86 million"),
        gold("Qui préside le club de pétanque de <Mars> & Vénus ?", answer=None, id="c", type="unanswerable"),
    ]
    path.write_text("".join(f"{row.model_dump_json()}\n" for row in rows), encoding="utf-8")
    return path


def test_an_evaluation_prints_a_table_and_writes_its_files(
    wiring: Wiring, questions_file: Path, tmp_path: Path
) -> None:
    json_file, html_file = tmp_path / "out.json", tmp_path / "out.html"
    console = Console(record=True, width=80)
    command.evaluate(Request(questions_file, json=json_file, html=html_file), wiring, console)
    written = json.loads(json_file.read_text(encoding="utf-8"))
    assert set(written) == {"total", "by", "questions"}
    assert set(written["total"]) == NAMES
    assert (written["total"]["count"], written["total"]["hit_at_1"], written["total"]["hit_at_5"]) == (3, 1.0, 1.0)
    assert (written["total"]["quote_validity"], written["total"]["orphan_figures"]) == (1.0, 0)
    assert set(written["by"]["lang"]) == {"fr", "en"}
    assert [question["rank"] for question in written["questions"]] == [1, 1, None]
    table = console.export_text()
    assert "unanswerable" in table
    assert "…" not in table  # nothing is cut on a narrow terminal
    assert "&lt;Mars&gt; &amp; Vénus" in html_file.read_text(encoding="utf-8")


def test_two_runs_give_the_same_figures(make_wiring: Callable[[], Wiring], questions_file: Path) -> None:
    runs = []
    for _ in range(2):
        with temporary_library(
            make_wiring().settings,
            folders=[make_wiring().settings.corpus_dir],
            progress=lambda _done, _total, _name: None,
            embeddings=WordEmbeddings(),
            reader=WordReader(),
        ) as own:
            found = ask_all(
                read_questions(questions_file), own.assistant, own.library, advance=lambda _done, _total: None
            )
            runs.append(results.as_dict([replace(item, milliseconds=0.0) for item in found]))
    assert runs[0] == runs[1]


def test_an_evaluation_leaves_the_corpus_and_its_index_alone(wiring: Wiring, questions_file: Path) -> None:
    before = sorted(wiring.settings.corpus_dir.rglob("*"))
    command.evaluate(Request(questions_file), wiring, Console(quiet=True))
    assert sorted(wiring.settings.corpus_dir.rglob("*")) == before
    assert wiring.data.current() is None


def test_documents_are_searched_beside_the_corpus_or_instead(wiring: Wiring, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (wiring.settings.corpus_dir / "more").mkdir()  # the same name as the other folder
    (more / "novel.fr.md").write_text("# Roman\n\nLa capitaine Elvire Sorbet commande le navire.\n", encoding="utf-8")
    (more / ".hidden.md").write_text("# Caché\n", encoding="utf-8")
    corpus = wiring.settings.corpus_dir
    for folders, names in (([corpus, more], {"servier.fr.md", "more-/novel.fr.md"}), ([more], {"novel.fr.md"})):
        with temporary_library(
            wiring.settings,
            folders=folders,
            progress=lambda _done, _total, _name: None,
            embeddings=WordEmbeddings(),
            reader=WordReader(),
        ) as own:
            ids = {record.id for record in own.library.records()}
            assert names <= ids
            assert not any("hidden" in identifier for identifier in ids)


def test_nothing_to_search_is_said(wiring: Wiring, questions_file: Path, tmp_path: Path) -> None:
    for request in (Request(questions_file, corpus=False), Request(questions_file, documents=tmp_path / "absent")):
        with pytest.raises(ConfigurationError, match=r"--documents|absent: no such folder"):
            command.evaluate(request, wiring, Console(quiet=True))


def test_a_report_that_cannot_be_written_is_said_before_the_questions_are_asked(
    wiring: Wiring, embeddings: WordEmbeddings, questions_file: Path, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationError, match=r"absent.out\.html: cannot be written"):
        command.evaluate(Request(questions_file, html=tmp_path / "absent" / "out.html"), wiring, Console(quiet=True))
    assert embeddings.embedded == []


def test_a_malformed_file_is_one_line_on_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "bad.jsonl"])
    assert ended.value.code == 1
    assert "bad.jsonl, line 1: id: Field required" in capsys.readouterr().err


def test_unchanged_text_is_embedded_once(tmp_path: Path) -> None:
    model = WordEmbeddings()
    kept = KeptEmbeddings(model, tmp_path / "data" / "kept.sqlite")
    first = kept.embed_documents(["un", "deux", "un"])
    again = KeptEmbeddings(model, tmp_path / "data" / "kept.sqlite").embed_documents(["deux", "trois"])
    assert model.embedded == ["un", "deux", "trois"]
    assert first[0] == first[2]
    assert again[0] == pytest.approx(first[1])
    KeptEmbeddings(WordEmbeddings("others"), tmp_path / "data" / "kept.sqlite").embed_documents(["un"])
    assert kept.identity() == model.identity()


def test_another_model_does_not_get_the_vectors_of_the_first(tmp_path: Path) -> None:
    other = WordEmbeddings("others")
    KeptEmbeddings(WordEmbeddings(), tmp_path / "kept.sqlite").embed_documents(["un"])
    KeptEmbeddings(other, tmp_path / "kept.sqlite").embed_documents(["un"])
    assert other.embedded == ["un"]


# The report


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "link", "img"}
        assert not any(name in {"src", "href"} for name, _ in attrs)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "h2":
            self.headings.append(data)


def test_the_report_stands_alone_and_shows_the_worst_first() -> None:
    page = as_html(
        [
            outcome(gold("Juste ?"), answered(TEXT)),
            outcome(gold("Refusée ?", evidence="<b>86</b>"), refused(), rank=7, right=False),
            outcome(gold("<script>alert(1)</script>", answer=None), answered(TEXT), rank=None),
            replace(outcome(gold("Inventée ?"), answered(TEXT)), orphans=("50 %",)),
        ],
        title="Evaluation",
    )
    parsed = _Tags(page)
    assert parsed.open == []
    assert parsed.headings == [
        "Right, with a false quotation or an orphan figure: 1 question",
        "Answered though unanswerable: 1 question",
        "Refused though answerable: 1 question",
        "Right: 1 question",
    ]
    assert "&lt;b&gt;86&lt;/b&gt; <em>(retrieved at rank 7)</em>" in page
    assert "orphan figure 50 %" in page


# Public reading sets


def test_a_reading_set_becomes_documents_and_questions(tmp_path: Path) -> None:
    context = "Le *premier* fut <Jean>. Il naquit en 1871, à Lyon. Il mourut en 1940."
    row = {"lang": "fr", "context": context, "title": "Jean & fils", "is_impossible": False}
    rows = [
        row | {"question": "Quand est-il né ?", "answer": "1871", "answer_start": context.index("1871")},
        row | {"question": "Qui ?", "answer": "<Jean>", "answer_start": context.index("<Jean>"), "answers": ["Jean"]},
        row | {"question": "Combien ?", "answer": None, "answer_start": None, "is_impossible": True},
    ]
    source = tmp_path / "set.jsonl.xz"
    source.write_bytes(lzma.compress("\n".join(map(json.dumps, rows)).encode()))
    convert(source, tmp_path / "out", sample=None, seed=0)
    first, second, third = read_questions(tmp_path / "out" / "questions.jsonl")
    assert first.evidence == "Il naquit en 1871, à Lyon."
    assert second.answers == ("<Jean>", "Jean")
    assert (third.answer, third.evidence, third.document) == (None, None, None)
    (document,) = (tmp_path / "out" / "documents").iterdir()
    assert document.name == first.document
    parsed = read(document, max_bytes=10_000)
    assert (parsed.text, parsed.title, parsed.language) == (context, "Jean & fils", FR)
    with pytest.raises(ConfigurationError, match="not empty"):
        convert(source, tmp_path / "out", sample=None, seed=0)


def test_a_sample_of_a_reading_set_keeps_every_document(tmp_path: Path) -> None:
    rows = [
        {"lang": "en", "question": f"Q{n}?", "context": f"Text {n}.", "answer": str(n), "answer_start": 5}
        for n in range(20)
    ]
    source = tmp_path / "set.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        convert(source, tmp_path / name, sample=5, seed=seed)
    a, b, c = ((tmp_path / name / "questions.jsonl").read_text(encoding="utf-8") for name in "abc")
    assert a == b != c
    assert len(list((tmp_path / "a" / "documents").iterdir())) == 20


# The comparison of systems


def test_what_lies_beyond_the_fifth_passage_does_not_count() -> None:
    quality = pytest.importorskip("benchmarks.quality", reason="needs the benchmark extra")
    assert quality.score([1, 2, 6, None]) == quality.Score(hit_at_1=0.25, hit_at_5=0.5, mrr=0.375)


def test_the_comparison_is_a_table_and_a_chart() -> None:
    quality = pytest.importorskip("benchmarks.quality", reason="needs the benchmark extra")
    questions = [gold(split="test"), gold(lang=EN, crosslingual=True)]
    systems = {name: quality.scores(questions, ranks) for name, ranks in (("a < b", [1, None]), ("c", [2, 1]))}
    assert "| French, same language (1) | c | 0.000 | 1.000 | 0.500 |" in quality.table(systems)
    assert "English, same language" not in quality.table(systems)
    svg = ElementTree.fromstring(quality.chart(systems))  # noqa: S314 — our own
    assert [node.text for node in svg.iter("{http://www.w3.org/2000/svg}text")][:2] == ["a < b", "c"]


# The gold set itself


@cache
def _passages(document: str) -> tuple[Language, tuple[str, ...]]:
    path = next(path for folder in ("corpus", "evaluation/documents") if (path := ROOT / folder / document).is_file())
    content = read(path, max_bytes=1_000_000)
    return content.language, tuple(content.text[passage.start : passage.end] for passage in split(content))


def test_a_passage_of_its_document_holds_the_evidence_and_the_answer_of_each_gold_question() -> None:
    lost = []
    for question in read_questions(ROOT / "evaluation" / "gold.jsonl"):
        if question.evidence and question.document:
            language, passages = _passages(question.document)
            near = [passage for passage in passages if holds_evidence(passage, question.evidence)]
            if not holds_answer([(passage, language) for passage in near], question.answers):
                lost.append(question.id)
    assert lost == []
