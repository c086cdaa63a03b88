"""The shapes of an answer: several answers in a table, sources that differ, digests, corrected premises."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document

from assistant import figures
from assistant.answering import calibration, digest
from assistant.answering.agreement import differ, says_so
from assistant.answering.comparison import is_one_name, parts
from assistant.answering.composition import Composer
from assistant.answering.extractive import Ranked
from assistant.answering.questions import Question, analyse
from assistant.types import Answer, AnswerRow, AnswerStatus, Language
from assistant.wiring import Wiring

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH

Ask = Callable[..., Answer]


@pytest.fixture
def ask(wiring: Wiring, corpus_dir: Path) -> Ask:
    """Asks over the documents given, by name and with front matter of their own, and nothing else."""

    def over(documents: dict[str, str], question: str) -> Answer:
        for path in corpus_dir.iterdir():
            path.unlink()
        for name, text in documents.items():
            (corpus_dir / name).write_text(text, encoding="utf-8")
        wiring.librarian.sync()
        return wiring.assistant.ask(question)

    return over


def document(title: str, *paragraphs: str, language: Language = FRENCH, publisher: str = "", as_of: str = "") -> str:
    lines = [f'title: "{title}"', f"language: {language}"]
    lines += [f'publisher: "{publisher}"'] if publisher else []
    lines += [f'as_of: "{as_of}"'] if as_of else []
    return "---\n" + "\n".join(lines) + f"\n---\n# {title}\n\n" + "\n\n".join(paragraphs) + "\n"


def cells(answer: Answer) -> list[tuple[str, str]]:
    return [(row.label, row.value) for row in answer.table]


def assert_values_are_verbatim(answer: Answer) -> None:
    quotes = {citation.number: citation.quote.text for citation in answer.citations}
    for row in answer.table:
        assert row.value
        assert row.value in quotes[row.citation]


# Taking a question apart


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        (
            "Combien ont investi Servier et Sanofi ?",
            FRENCH,
            {"Servier": "Combien ont investi Servier ?", "Sanofi": "Combien ont investi Sanofi ?"},
        ),
        (
            "Combien d'emplois à Gidy, à Tours et à Lyon ?",
            FRENCH,
            {lieu: f"Combien d'emplois à {lieu} ?" for lieu in ("Gidy", "Tours", "Lyon")},
        ),
        (
            "Combien ont investi Servier à Gidy et Sanofi à Neuville ?",
            FRENCH,
            {
                "Servier à Gidy": "Combien ont investi Servier à Gidy ?",
                "Sanofi à Neuville": "Combien ont investi Sanofi à Neuville ?",
            },
        ),
        (
            "Où est le congrès en 2024 et 2025 ?",
            FRENCH,
            {"2024": "Où est le congrès en 2024 ?", "2025": "Où est le congrès en 2025 ?"},
        ),
        (
            "What is Servier's and Sanofi's budget?",
            ENGLISH,
            {"Servier": "What is Servier's budget?", "Sanofi": "What is Sanofi's budget?"},
        ),
        ("budget servier vs sanofi", FRENCH, {"servier": "budget servier", "sanofi": "budget sanofi"}),
        ("Compare Servier and Sanofi", ENGLISH, {"Servier": "What is Servier?", "Sanofi": "What is Sanofi?"}),
        (
            "Quelle est la différence entre Polepharma et Medicen ?",
            FRENCH,
            {"Polepharma": "Qu'est-ce que Polepharma ?", "Medicen": "Qu'est-ce que Medicen ?"},
        ),
        (
            "Servier emploie-t-il plus de personnes que Sanofi ?",
            FRENCH,
            {
                "Servier": "Servier emploie-t-il combien de personnes ?",
                "Sanofi": "Sanofi emploie-t-il combien de personnes ?",
            },
        ),
        (
            "Did Servier invest more than Sanofi?",
            ENGLISH,
            {"Servier": "Did Servier invest how much?", "Sanofi": "Did Sanofi invest how much?"},
        ),
        (
            "Which company employs more people, Servier or Sanofi?",
            ENGLISH,
            {"Servier": "Servier employs how many people ?", "Sanofi": "Sanofi employs how many people ?"},
        ),
        (
            "Quand et où a lieu le congrès 2025 ?",
            FRENCH,
            {"Quand": "Quand a lieu le congrès 2025 ?", "Où": "où a lieu le congrès 2025 ?"},
        ),
        (
            "When and where is the congress?",
            ENGLISH,
            {"When": "When is the congress?", "Where": "where is the congress?"},
        ),
        (
            "le congrès 2025 c'est quand et ou ?",
            FRENCH,
            {"Quand": "le congrès 2025 c'est quand ?", "Où": "le congrès 2025 c'est où ?"},
        ),
        ("date et lieu du congrès", FRENCH, {"Date": "date du congrès", "Lieu": "lieu du congrès"}),
        (
            "Qui dirige Polepharma et combien d'adhérents compte-t-il ?",
            FRENCH,
            {
                "Qui dirige Polepharma": "Qui dirige Polepharma ?",
                "Combien d'adhérents compte-t-il": "combien d'adhérents compte-t-il Polepharma",
            },
        ),
    ],
)
def test_a_question_about_several_things_is_taken_apart(
    question: str, language: Language, expected: dict[str, str]
) -> None:
    assert {part.label: part.question for part in parts(question, language)} == expected


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Combien Servier a-t-il investi à Gidy ?", FRENCH),
        ("Qu'est-ce que Choose France ?", FRENCH),
        ("Quel budget pour la recherche et développement ?", FRENCH),
        ("Qui dirige Merck et Cie ?", FRENCH),
        ("Qui dirige Johnson and Johnson?", ENGLISH),
        ("le PEPR Biothérapies et bioproduction, quel budget ?", FRENCH),
        ("What is research and development in biotech?", ENGLISH),
        ("Quel accord entre Servier et Sanofi ?", FRENCH),
        ("Which agreement between Servier and Sanofi?", ENGLISH),
        ("Le congrès est-il à Tours ou à Lyon ?", FRENCH),
        ("entre 2020 et 2025 combien d'emplois ?", FRENCH),
        ("Les 19 et 20 mars 2025, c'est quel congrès ?", FRENCH),
        ("et en 2026 ?", FRENCH),
        ("Peut-on visiter l'usine Recipharm de Monts, et à quels horaires ?", FRENCH),
        ("which plant makes vaccines and viral vectors", ENGLISH),
    ],
)
def test_a_question_about_one_thing_stays_whole(question: str, language: Language) -> None:
    assert parts(question, language) == ()


def test_halves_that_never_stand_apart_are_one_name() -> None:
    found = parts("Qui dirige Dupont et Durand ?", FRENCH)
    assert [part.label for part in found] == ["Dupont", "Durand"]
    assert is_one_name(found, ["Le cabinet Dupont et Durand est à Tours.", "M. Dupont en est le fondateur."])
    assert not is_one_name(found, ["Dupont et Durand sont à Tours.", "Dupont est à Lyon.", "Durand est à Gidy."])


_ANY = st.lists(
    st.sampled_from("Servier Sanofi Gidy et and ou vs , à de plus que 2025 quand où combien compare ? A B l'".split()),
    max_size=30,
).map(" ".join)


@given(_ANY)
def test_parts_are_two_to_four_different_questions_or_none(question: str) -> None:
    found = parts(question, FRENCH)
    assert len(found) in {0, 2, 3, 4}
    assert len({part.question for part in found}) == len(found)
    assert all(part.label and part.question for part in found)


# Several answers

PLANTS = {
    "servier.md": document(
        "Servier à Gidy", "Servier a investi 86 millions d'euros à Gidy.", publisher="Salles Propres"
    ),
    "sanofi.md": document("Sanofi à Neuville", "Sanofi a investi 490 millions d'euros à Neuville."),
    "lfb.md": document("LFB à Arras", "LFB fabrique des médicaments dérivés du plasma à Arras."),
}


def test_two_subjects_get_a_row_each(ask: Ask) -> None:
    answer = ask(PLANTS, "Combien ont investi Servier et Sanofi ?")
    assert answer.status is AnswerStatus.ANSWERED
    assert cells(answer) == [("Servier", "86 millions d'euros"), ("Sanofi", "490 millions d'euros")]
    assert_values_are_verbatim(answer)
    cited = [answer.citations[row.citation - 1].quote.document_id for row in answer.table]
    assert cited == ["servier.md", "sanofi.md"]


def test_what_only_one_subject_has_is_a_partial_answer_that_names_the_other(ask: Ask) -> None:
    answer = ask(PLANTS, "Combien ont investi Servier et LFB ?")
    assert answer.status is AnswerStatus.PARTIAL
    assert answer.table == ()
    assert [sentence.text for sentence in answer.sentences] == ["Servier a investi 86 millions d'euros à Gidy."]
    assert answer.notes == (
        "Les documents répondent pour «\u00a0Servier\u00a0». Ils ne répondent pas pour «\u00a0LFB\u00a0».",
    )


def test_several_subjects_without_a_value_get_successive_sentences(ask: Ask) -> None:
    documents = {
        "a.md": document("Polepharma", "Polepharma is a cluster of pharmaceutical companies.", language=ENGLISH),
        "b.md": document("Medicen", "Medicen is a cluster of health companies.", language=ENGLISH),
    }
    answer = ask(documents, "What is the difference between Polepharma and Medicen?")
    assert [sentence.text for sentence in answer.sentences] == [
        "Polepharma is a cluster of pharmaceutical companies.",
        "Medicen is a cluster of health companies.",
    ]
    assert answer.table == ()


@pytest.mark.parametrize(
    ("question", "language", "sentence", "expected"),
    [
        (
            "Quand et où a lieu le congrès ?",
            FRENCH,
            "Le congrès a lieu le 19 mars 2025 à Tours.",
            [("Quand", "19 mars 2025"), ("Où", "Tours")],
        ),
        (
            "When and where is the congress?",
            ENGLISH,
            "The congress is on 19 March 2025 in Tours.",
            [("When", "19 March 2025"), ("Where", "Tours")],
        ),
    ],
)
def test_two_question_words_are_answered_from_one_sentence(
    ask: Ask, question: str, language: Language, sentence: str, expected: list[tuple[str, str]]
) -> None:
    answer = ask({"congress.md": document("Congress", sentence, language=language)}, question)
    assert cells(answer) == expected
    assert [each.text for each in answer.sentences] == [sentence]
    assert {row.citation for row in answer.table} == {1}


def test_one_sentence_about_both_is_shown_whole(ask: Ask) -> None:
    sentence = "Servier et Sanofi ont investi 500 millions d'euros à Gidy."
    answer = ask({"both.md": document("Gidy", sentence)}, "Combien ont investi Servier et Sanofi ?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.table == ()
    assert [each.text for each in answer.sentences] == [sentence]


def test_only_a_question_that_is_taken_apart_searches_again(wiring: Wiring) -> None:
    wiring.librarian.sync()
    searched: list[str] = []

    def weigh(question: Question) -> tuple[list[Document], Ranked]:
        searched.append(question.text)
        return wiring.assistant.weigh(question)

    composer = Composer(weigh, calibration.shipped(), lambda _: None)
    composer.compose(analyse("Combien Servier a-t-il investi à Gidy ?", FRENCH))
    assert searched == ["Combien Servier a-t-il investi à Gidy ?"]
    searched.clear()
    composer.compose(analyse("Combien ont investi Servier et Sanofi ?", FRENCH))
    assert searched == [
        "Combien ont investi Servier et Sanofi ?",
        "Combien ont investi Servier ?",
        "Combien ont investi Sanofi ?",
    ]


# Other years than asked for

ATTENDANCE = "Le congrès 2023 a réuni 534 participants à Tours."


@pytest.mark.parametrize(
    ("question", "note"),
    [
        (
            "Combien de participants au congrès 2024 à Tours ?",
            "Les documents ne le disent pas pour 2024\u00a0: ce qui est cité est d’une autre année.",
        ),
        (
            "How many participants were at the 2024 congress in Tours?",
            "The documents do not say this for 2024: what is quoted is from another year.",
        ),
    ],
)
@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Le congrès de Tours", ATTENDANCE),
        ("Le congrès de Tours en 2022, 2023 et 2024", ATTENDANCE),
        ("Le congrès de Tours", f"En 2023 puis en 2024, il a plu. {ATTENDANCE}"),
    ],
)
def test_a_figure_of_another_year_is_shown_as_such(ask: Ask, title: str, text: str, question: str, note: str) -> None:
    answer = ask({"congrès.md": document(title, text)}, question)
    assert answer.status is AnswerStatus.PARTIAL
    assert ATTENDANCE in [each.text for each in answer.sentences]
    assert note in answer.notes


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Le congrès de Tours", ATTENDANCE.replace("2023", "2024")),
        ("Le congrès de Tours", "Le congrès a réuni 534 participants à Tours."),
        ("Le congrès de Tours", "Le congrès 2024 a plu. Le congrès a réuni 534 participants à Tours, 480 en 2023."),
        ("Le congrès de Tours, édition 2024", "Le congrès créé en 2016 a réuni 534 participants à Tours."),
        ("Le congrès de Tours", "De 2022 à 2025, le congrès a réuni 534 participants chaque année à Tours."),
    ],
)
def test_an_answer_that_may_be_of_the_year_asked_is_a_whole_one(ask: Ask, title: str, text: str) -> None:
    answer = ask({"congrès.md": document(title, text)}, "Combien de participants au congrès 2024 à Tours ?")
    assert answer.status is AnswerStatus.ANSWERED
    assert not any("2024" in note for note in answer.notes)


# Sources that differ


def test_sources_that_differ_are_shown_side_by_side_with_their_dates(ask: Ask) -> None:
    documents = {
        "a.md": document(
            "Servier à Gidy",
            "Servier a investi 86 millions d'euros à Gidy.",
            publisher="Salles Propres",
            as_of="2024-11",
        ),
        "b.md": document(
            "Servier, Gidy", "Servier a investi 120 M€ à Gidy.", publisher="L'Usine Nouvelle", as_of="2024-12"
        ),
    }
    answer = ask(documents, "Combien Servier a-t-il investi à Gidy ?")
    assert sorted(cells(answer)) == [("", "120 M€"), ("", "86 millions d'euros")]
    assert_values_are_verbatim(answer)
    sources = {(citation.publisher, citation.as_of) for citation in answer.citations}
    assert sources == {("Salles Propres", "2024-11"), ("L'Usine Nouvelle", "2024-12")}
    assert answer.notes == ("Les sources diffèrent\u00a0: voici chaque valeur avec sa source.",)


def test_sources_that_differ_are_told_in_english(ask: Ask) -> None:
    documents = {
        "a.md": document("Jobs in Chartres", "Novo employs 1,900 people in Chartres.", language=ENGLISH, publisher="A"),
        "b.md": document("Novo in Chartres", "Novo employs 1,450 people in Chartres.", language=ENGLISH, publisher="B"),
    }
    answer = ask(documents, "How many people does Novo employ in Chartres?")
    assert sorted(value for _, value in cells(answer)) == ["1,450", "1,900"]
    assert answer.notes == ("Sources differ: here is each value with its source.",)


@pytest.mark.parametrize(
    "other",
    [
        "Servier a investi 86 M€ à Gidy.",  # the same
        "Servier a investi 85,8 millions d'euros à Gidy.",  # and rounded
        "Servier a investi plus de 80 millions d'euros à Gidy.",
        "Sanofi a investi 120 millions d'euros à Gidy.",
        "Servier a investi 120 millions d'euros à Tours.",
        "Servier a investi 120 millions de dollars à Gidy.",
        "Servier a investi 120 millions d'euros à Gidy en 2019.",
        "Servier a investi 30 millions d'euros à Gidy pour un centre de recherche en cancérologie.",
        "Servier à Gidy réalise un chiffre d'affaires de 120 millions d'euros.",
    ],
)
def test_what_is_no_other_value_of_the_same_thing_is_no_conflict(ask: Ask, other: str) -> None:
    documents = {
        "a.md": document("Unité A", "Servier a investi 86 millions d'euros à Gidy dans l'unité Bio-S.", publisher="A"),
        "b.md": document("Unité B", other, publisher="B"),
    }
    answer = ask(documents, "Combien Servier a-t-il investi à Gidy ?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.table == ()
    assert not any("diffèrent" in note for note in answer.notes)


def test_two_values_of_one_source_are_no_conflict(ask: Ask) -> None:
    sentences = ("Servier a investi 86 millions d'euros à Gidy.", "Servier a investi 120 millions d'euros à Gidy.")
    answer = ask({"a.md": document("Gidy", *sentences, publisher="A")}, "Combien Servier a-t-il investi à Gidy ?")
    assert answer.table == ()


@pytest.mark.parametrize(
    ("question", "language", "sentence", "values"),
    [
        (
            "MAbImprove compte combien d'équipes ?",
            FRENCH,
            "MAbImprove réunit 200 chercheurs, en 28 équipes selon l’Université de Tours ; "
            "une autre page parle de 30 équipes.",
            ["28", "30"],
        ),
        (
            "How many members has Medicen?",
            ENGLISH,
            "Medicen has 276 members according to one network; an older page mentions 170 members.",
            ["276", "170"],
        ),
    ],
)
def test_a_text_that_says_that_sources_differ_is_believed(
    ask: Ask, question: str, language: Language, sentence: str, values: list[str]
) -> None:
    answer = ask({"a.md": document("Research", sentence, language=language)}, question)
    (shown,) = answer.sentences
    assert [shown.text[span.start : span.end] for span in shown.emphasis] == values
    assert answer.table == ()  # the sentence says of each value where it comes from, a table could not
    assert ("diffèrent" if language is FRENCH else "differ") in answer.notes[0]


def test_a_value_that_is_said_to_be_of_another_source_gets_no_row(ask: Ask) -> None:
    sentences = (
        "Merck invested €50 million in Martillac.",
        "Ecomnews gives a different amount for Merck: €60 million in Martillac.",
    )
    text = document("Martillac", " ".join(sentences), language=ENGLISH, publisher="La Tribune")
    answer = ask({"a.md": text}, "How much did Merck invest in Martillac?")
    assert {sentence.text for sentence in answer.sentences} == set(sentences)
    assert answer.table == ()  # it would name La Tribune
    assert answer.notes == ("Sources differ, as the quoted passage says.",)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("86 M€", "86 millions d'euros", False),
        ("86,4 M€", "86 M€", False),
        ("86 M€", "90 M€", False),  # rounded to tens
        ("250 M€", "300 M€", True),
        ("86 M€", "120 M€", True),
        ("86 M€", "86 M$", False),  # not comparable, so no contradiction
        ("plus de 600 personnes", "650 personnes", False),
        ("plus de 600 personnes", "1 650 personnes", True),
        ("600 personnes", "650 personnes", True),
        ("10 %", "3 %", True),
        ("le 19 mars 2025", "mars 2025", False),
        ("les 19 et 20 mars 2025", "le 20 mars 2025", False),
        ("le 19 mars 2025", "le 21 mars 2025", True),
        ("le 19 mars 2025", "le 21 avril 2026", False),  # another year is another event
        ("2025", "le 19 mars 2025", False),
    ],
)
def test_figures_differ_only_where_both_cannot_be_right(one: str, other: str, *, expected: bool) -> None:
    first, second = figures.find(one, FRENCH)[0], figures.find(other, FRENCH)[0]
    before = {"before_one": one[: first.start], "before_other": other[: second.start]}
    assert differ(first, second, **before) is expected
    swapped = {"before_one": before["before_other"], "before_other": before["before_one"]}
    assert differ(second, first, **swapped) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Les sources diffèrent.", True),
        ("28 selon l’université, 30 selon la région.", True),
        ("D’autres sources en comptent 8.", True),
        ("Other sources put it at 8.", True),
        ("Sources also differ on the number of jobs.", True),
        ("Trois procédés différents coexistent.", False),
        ("Three different processes coexist.", False),
        ("60 emplois selon Servier.", False),
    ],
)
def test_a_sentence_says_that_sources_differ(sentence: str, *, expected: bool) -> None:
    assert says_so(sentence) is expected


# Digests


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Résume le congrès 2025", "congrès 2025"),
        ("resume moi Polepharma stp ?", "moi Polepharma stp"),
        ("Peux-tu me résumer l'unité Bio-S ?", "unité Bio-S"),
        ("parle-moi de TreeFrog", "TreeFrog"),
        ("Présente-moi France BioLead.", "France BioLead"),
        ("Que sait-on d’Yposkesi ?", "Yposkesi"),
        ("Tell me about Servier", "Servier"),
        ("Can you summarise the 2025 congress?", "2025 congress"),
        ("tell me", ""),
        ("Qui dirige Polepharma ?", ""),
        ("Could you tell me how large the unit is?", ""),
        ("Résume ?", ""),
    ],
)
def test_a_digest_is_asked_of_a_thing(question: str, subject: str) -> None:
    assert digest.subject(question) == subject


BIO_S = (
    "Bio-S est une unité de bioproduction que Servier a ouverte à Gidy.",
    "Bio-S a coûté 86 millions d'euros au groupe.",
    "Le montant investi dans Bio-S est de 86 millions d'euros, au total pour le groupe.",
    "Elle emploie une soixantaine de personnes.",
)


def test_a_digest_is_ordered_cited_and_says_nothing_twice(ask: Ask) -> None:
    text = document("Une unité de Servier", BIO_S[1], BIO_S[0], BIO_S[2], BIO_S[3]) + (
        "\n## Équipement\n\nLes bioréacteurs de Bio-S vont de 500 à 2 000 l.\n"
        "\n## Calendrier\n\nBio-S a été inaugurée le 27 novembre 2024.\n"
        "\n## Ailleurs\n\nLe campus de Lyon forme des techniciens.\n"
    )
    answer = ask({"bio-s.md": text}, "Parle-moi de Bio-S")
    shown = [sentence.text for sentence in answer.sentences]
    assert shown[0] == BIO_S[0]
    assert [each for each in shown if "86 millions" in each] == [BIO_S[1]] or BIO_S[1] not in shown
    assert BIO_S[3] not in shown  # "elle" would stand for nothing
    assert shown[-2:] == [
        "Les bioréacteurs de Bio-S vont de 500 à 2 000 l.",
        "Bio-S a été inaugurée le 27 novembre 2024.",
    ]
    assert [sentence.citations for sentence in answer.sentences] == [(n + 1,) for n in range(len(shown))]
    assert not any(sentence.emphasis for sentence in answer.sentences)


def test_a_digest_stays_short(ask: Ask) -> None:
    facts = [f"## Part {letter}\n\nBio-S {' '.join(f'{letter}{n}x' for n in range(20))}." for letter in "abcdefghij"]
    text = document("Bio-S", "Bio-S is a unit of Servier.", *facts, language=ENGLISH)
    answer = ask({"bio-s.md": text}, "Tell me about Bio-S")
    assert 4 <= len(answer.sentences) <= 6
    assert sum(len(sentence.text.split()) for sentence in answer.sentences) <= 120


def test_a_digest_of_what_no_document_speaks_of_is_refused(ask: Ask) -> None:
    assert ask(PLANTS, "Résume la pétanque").status is AnswerStatus.NOT_FOUND


# Premises

CONGRESS = {
    "congress.md": document("Congrès", "Le congrès 2025 a lieu le 19 mars 2025 au Palais des Congrès de Tours."),
}


def test_a_place_that_the_documents_give_otherwise_is_corrected(ask: Ask) -> None:
    answer = ask(CONGRESS, "Le congrès 2025 à Lyon c'est quel jour ?")
    assert answer.status is AnswerStatus.ANSWERED
    (note,) = answer.notes
    assert note == "Les documents disent «\u00a0Palais des Congrès de Tours\u00a0», et non Lyon."
    assert "Palais des Congrès de Tours" in answer.citations[0].quote.text


def test_a_place_is_corrected_in_english(ask: Ask) -> None:
    text = document("Congress", "The 2025 congress takes place on 19 March 2025 in Tours.", language=ENGLISH)
    answer = ask({"congress.md": text}, "What day is the 2025 congress in Lyon?")
    assert answer.notes == ("The documents say “Tours”, not Lyon.",)


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("Le congrès 2025 à Tours c'est quel jour ?", ""),
        ("Le congrès 2024 à Lyon c'est quel jour ?", ""),  # of which nothing is known
        ("Le congrès 2025 en France c'est quel jour ?", ""),
        ("Le congrès à Lyon c'est quel jour ?", ""),  # any congress
        ("Le congrès 2025 à Lyon c'est quel jour ?", "Un autre congrès 2025 se tient à Lyon."),
        ("Le congrès 2025 à Lyon c'est quel jour ?", "Le congrès 2025 se poursuit le soir à Amboise."),
    ],
)
def test_nothing_is_corrected_where_the_premise_may_be_right(ask: Ask, question: str, more: str) -> None:
    documents = CONGRESS | ({"more.md": document("Agenda", more)} if more else {})
    assert not any("et non" in note for note in ask(documents, question).notes)


# Invariants

_WORDS = (
    "Servier Sanofi LFB et ou vs Gidy Neuville combien quand où investi euros compare résume 2025 plus que ?".split()
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8).map(" ".join))
def test_every_value_of_a_table_is_verbatim_in_the_quote_it_cites(
    wiring: Wiring, corpus_dir: Path, question: str
) -> None:
    if wiring.library.count() != len(PLANTS):
        for path in corpus_dir.iterdir():
            path.unlink()
        for name, text in PLANTS.items():
            (corpus_dir / name).write_text(text, encoding="utf-8")
        wiring.librarian.sync()
    for answer in wiring.assistant.stream(question):
        assert_values_are_verbatim(answer)
        assert all(isinstance(row, AnswerRow) for row in answer.table)
        assert len(answer.table) != 1
