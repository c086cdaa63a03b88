"""From a question to an answer: what is asked for, which words are quoted, and the last check before they leave."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_core.documents import Document

from assistant import figures
from assistant.answering import calibration, extractive, grounding, values
from assistant.answering.calibration import Calibration
from assistant.answering.features import Candidate, Features
from assistant.answering.questions import analyse
from assistant.answering.sought import Sought
from assistant.errors import InvalidQuestion
from assistant.texts import ANSWER_TEXTS
from assistant.types import AnswerStatus, Language, Quote
from assistant.wiring import Wiring
from tests.conftest import SERVIER_FR

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH


@pytest.mark.parametrize(
    ("question", "language", "sought"),
    [
        ("C'est quand le congrès 2025 ?", FRENCH, Sought.DATE),
        ("date du congres", FRENCH, Sought.DATE),
        ("When is the congress?", ENGLISH, Sought.DATE),
        ("How much did Servier invest in Gidy?", ENGLISH, Sought.MONEY),
        ("Quel est le prix du billet ?", FRENCH, Sought.MONEY),
        ("combien a coute l'usine", FRENCH, Sought.MONEY),
        ("Combien d'emplois à Gidy ?", FRENCH, Sought.NUMBER),
        ("how many experts were expected", ENGLISH, Sought.NUMBER),
        ("Quelle part des biomédicaments est importée ?", FRENCH, Sought.SHARE),
        ("ou se passe le congres 2026", FRENCH, Sought.PLACE),
        ("Where is Modulus?", ENGLISH, Sought.PLACE),
        ("qui préside l'édition 2026 ?", FRENCH, Sought.PERSON),
        ("who chairs it", ENGLISH, Sought.PERSON),
        ("Pourquoi Modulus ?", FRENCH, Sought.REASON),
        ("quels sont les membres fondateurs de France BioLead", FRENCH, Sought.LIST),
        ("What is France BioLead?", ENGLISH, Sought.DEFINITION),
        ("Sanofi Modulus", ENGLISH, Sought.ANYTHING),
        ("what tasks did the cluster take on when it started", ENGLISH, Sought.ANYTHING),
        ("le congrès ouvre à quelle heure ?", FRENCH, Sought.TIME),
        ("phone number of the plant", ENGLISH, Sought.CONTACT),
        ("what is the e-mail of the organisers?", ENGLISH, Sought.CONTACT),
        ("chiffre d'affaires de Servier en 2023", FRENCH, Sought.MONEY),
        ("price of a stand", ENGLISH, Sought.MONEY),
        ("how much is a badge", ENGLISH, Sought.MONEY),
        ("how much has the cluster grown", ENGLISH, Sought.QUANTITY),
        ("la production augmente de combien", FRENCH, Sought.QUANTITY),
        ("combien de temps dure la formation", FRENCH, Sought.QUANTITY),
        ("effectif de l'usine", FRENCH, Sought.NUMBER),
        ("qui a racheté l'usine", FRENCH, Sought.WHO),
        ("quelle entreprise fournit les cuves", FRENCH, Sought.ORGANISATION),
        ("which institute trains operators", ENGLISH, Sought.ORGANISATION),
        ("le PDG de Servier", FRENCH, Sought.PERSON),
        ("in which town is the plant", ENGLISH, Sought.PLACE),
        ("le directeur ou la directrice de l'usine", FRENCH, Sought.PERSON),
        ("Quelle est la hauteur de la tour ?", FRENCH, Sought.QUANTITY),
        ("At what temperature is it kept?", ENGLISH, Sought.QUANTITY),
        ("how deep is the tank", ENGLISH, Sought.QUANTITY),
        ("puissance de la chaudière", FRENCH, Sought.QUANTITY),
        ("What mass spectrometer does it use?", ENGLISH, Sought.ANYTHING),
        ("mass spectrometry platform", ENGLISH, Sought.ANYTHING),
        ("marulu female weight", ENGLISH, Sought.QUANTITY),
        ("delai autorisation essai clinique", FRENCH, Sought.QUANTITY),
        ("what fixes the price of the weight they lose", ENGLISH, Sought.MONEY),
        ("Comment s'appelle l'infirmier de la clinique ?", FRENCH, Sought.NAME),
        ("What is the plant's first line called?", ENGLISH, Sought.NAME),
        ("What is the name of the town?", ENGLISH, Sought.NAME),
        ("deadline for applications", ENGLISH, Sought.DATE),
        ("Quel fabricant vendait les poches ?", FRENCH, Sought.ORGANISATION),
        ("which town is the woman who runs it from", ENGLISH, Sought.PLACE),
        ("Que recommande-t-elle à ceux qui commencent ?", FRENCH, Sought.ANYTHING),
        ("Polepharma, qui en est membre ?", FRENCH, Sought.WHO),
        ("Est-ce que tu sais qui a racheté l'usine ?", FRENCH, Sought.WHO),
    ],
)
def test_a_question_says_what_kind_of_value_it_seeks(question: str, language: Language, sought: Sought) -> None:
    assert analyse(question, language).sought is sought


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("C'est quand ?", "Le congrès a lieu les 19 et 20 mars 2025 à Tours.", ["19 et 20 mars 2025"]),
        ("C'est quand le congrès 2025 ?", "Plus de 600 experts étaient attendus en 2025.", []),
        ("C'est quand en 2026 ?", "Après Tours en 2023, le congrès a lieu le 15 avril 2026.", ["15 avril 2026"]),
        ("Combien a investi Servier ?", "Servier a investi 86 millions d'euros en 2024.", ["86 millions d'euros"]),
        ("Combien d'emplois ?", "Le site de 63 hectares crée 60 emplois.", ["60"]),
        ("Qui préside ?", "Didier Véron préside le congrès.", ["Didier Véron"]),
        ("Où est l'usine Modulus ?", "L'usine Modulus est à Neuville-sur-Saône.", ["Neuville-sur-Saône"]),
        ("Où à Gidy ?", "L'unité est à Gidy.", []),
        ("Quelle est la durée de la formation ?", "En 12 semaines, 30 élèves rangent 40 kg à 4 °C.", ["12 semaines"]),
        ("À quelle température ?", "En 12 semaines, 30 élèves rangent 40 kg à 4 °C.", ["4 °C"]),
        ("Quel poids ?", "En 12 semaines, 30 élèves rangent 40 kg à 4 °C.", ["40 kg"]),
        ("Quelle est la hauteur du hall ?", "Le hall de 112 mètres accueille 300 visiteurs.", ["112"]),
        ("Quelle est la longueur du film ?", "Le film dure 2 minutes et coûte 300 euros.", ["2 minutes"]),
        ("Quel est le chiffre d'affaires ?", "Servier investit 86 millions d'euros.", []),
        ("Quel est le chiffre d'affaires ?", "Les ventes sont de 86 millions d'euros.", ["86 millions d'euros"]),
        ("Quel bénéfice en 2023 ?", "Servier investit 86 millions d'euros, fait 2 M€ de ventes.", []),
        ("À quel âge part-on ?", "On part à 52 ans, ou à 57 avec 3 enfants.", ["52 ans", "57", "3"]),
        ("Quelle est la hauteur du hall ?", "Hall = nord | Hauteur = 12 | Prix = 300 €", ["12"]),
        ("Comment s'appelle l'usine ?", "Une première unité, Bio-S, est à Gidy.", ["Bio-S", "Gidy"]),
        ("Le PDG de Servier ?", "Servier a investi à Gidy, selon Salles Propres.", []),
        ("Qui dirige Servier ?", "Servier a pour président Olivier Laureau.", ["Olivier Laureau"]),
        ("Qui a racheté l'usine ?", "L’usine a été reprise par AstraZeneca en mai.", ["AstraZeneca"]),
        ("Quelle entreprise a repris l'usine ?", "L’usine a été fermée.", []),
        ("Le téléphone de l'usine ?", "L’usine de 63 hectares répond au +33 2 38 00 00 00.", ["+33 2 38 00 00 00"]),
        ("Le téléphone de l'usine ?", "L’usine a coûté 86 millions d'euros en 2024.", []),
        ("Pourquoi ?", "Le congrès a lieu le 19 mars 2025.", []),
    ],
)
def test_the_value_sought_is_found_in_a_sentence(question: str, sentence: str, found: list[str]) -> None:
    spans = values.find(analyse(question, FRENCH), sentence, FRENCH).spans
    assert [sentence[span.start : span.end] for span in spans] == found


def test_an_answer_is_quoted_emphasised_and_cited_with_the_source_of_its_note(wiring: Wiring) -> None:
    wiring.librarian.sync()
    answer = wiring.assistant.ask("Combien Servier a-t-il investi à Gidy ?")
    assert (answer.status, answer.language) == (AnswerStatus.ANSWERED, FRENCH)
    first = answer.sentences[0]
    assert first.text == "Servier a investi 86 millions d'euros dans son unité Bio-S de Gidy."
    assert [first.text[span.start : span.end] for span in first.emphasis] == ["86 millions d'euros"]
    citation = answer.citations[first.citations[0] - 1]
    assert citation.quote.document_id == "servier.fr.md"
    assert (citation.publisher, citation.url, citation.as_of) == (
        "Salles Propres",
        "https://example.org/servier",
        "2024-11",
    )


def test_the_version_in_the_language_of_the_question_is_quoted(wiring: Wiring) -> None:
    wiring.librarian.sync()
    answer = wiring.assistant.ask("How much did Servier invest in Gidy?")
    assert {citation.quote.document_id for citation in answer.citations} == {"servier.en.md"}
    assert answer.notes == ()


def test_a_source_in_the_other_language_is_named_as_such(wiring: Wiring, corpus_dir: Path) -> None:
    (corpus_dir / "servier.en.md").unlink()
    wiring.librarian.sync()
    answer = wiring.assistant.ask("How much did Servier invest in Gidy, in euros, unit Bio-S?")
    assert answer.language is ENGLISH
    assert {citation.language for citation in answer.citations} == {FRENCH}
    assert answer.notes == (ANSWER_TEXTS[ENGLISH].source_language,)
    assert answer.text.endswith("The source is in French.")


@pytest.mark.parametrize(("question", "language"), [("recette de la tarte ?", FRENCH), ("who won the cup?", ENGLISH)])
def test_what_is_not_there_is_said_in_the_language_of_the_question(
    wiring: Wiring, question: str, language: Language
) -> None:
    wiring.librarian.sync()
    answer = wiring.assistant.ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.text == ANSWER_TEXTS[language].not_found
    assert answer.citations == ()
    assert answer.nearest


def test_a_question_that_could_be_either_is_answered_in_the_language_of_the_interface(wiring: Wiring) -> None:
    wiring.librarian.sync()
    for language in Language:
        assert wiring.assistant.ask("Servier Gidy", interface_language=language).language is language


@pytest.mark.parametrize("question", ["", "  \n ", "x" * 1001])
def test_an_empty_or_endless_question_is_refused(wiring: Wiring, question: str) -> None:
    with pytest.raises(InvalidQuestion, match="1000 characters"):
        wiring.assistant.ask(question)


def test_an_answer_streams_as_growing_parts_of_itself(wiring: Wiring) -> None:
    wiring.librarian.sync()
    question = "Que fait Servier à Gidy ?"
    parts = list(wiring.assistant.stream(question))
    whole = wiring.assistant.ask(question)
    assert [part.sentences for part in parts] == [
        whole.sentences[: count + 1] for count in range(max(len(whole.sentences), 1))
    ]
    for part in parts:
        cited = {number for sentence in part.sentences for number in sentence.citations}
        assert cited == {citation.number for citation in part.citations}


def test_a_quote_that_the_document_does_not_hold_is_never_cited(wiring: Wiring) -> None:
    wiring.librarian.sync()
    document = wiring.library.get("servier.fr.md")
    start = document.content.text.index("86 millions")
    held = Quote("servier.fr.md", start, start + 11, "86 millions")
    for quote in (
        Quote("servier.fr.md", start, start + 11, "87 millions"),
        Quote("servier.fr.md", start + 1, start + 12, "86 millions"),
        Quote("other.md", start, start + 11, "86 millions"),
    ):
        assert grounding.cite(quote, number=1, section="", page=None, document=document) is None
    assert grounding.cite(held, number=1, section="", page=None, document=document) is not None


def test_a_calibration_for_features_that_do_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no such feature: mood"):
        Calibration(selection={"mood": 1.0}, confidence={}, confidence_bias=0.0, threshold=0.5)


def test_the_threshold_lies_on_the_curve_that_is_stored_beside_it() -> None:
    shipped = calibration.shipped()
    assert shipped.threshold in {point.threshold for point in shipped.curve}
    refused = [point.refused_unanswerable for point in shipped.curve]
    assert refused == sorted(refused)


def test_a_follow_up_is_answered_about_what_was_said_before(wiring: Wiring) -> None:
    wiring.librarian.sync()
    question = "Et combien de personnes y travaillent ?"
    answer = wiring.assistant.ask(question, history=["Combien Servier a-t-il investi dans l'unité Bio-S à Gidy ?"])
    assert answer.question == question
    assert "soixantaine de personnes" in answer.text


def test_a_sentence_that_is_near_to_nothing_asked_is_no_answer_unless_the_reader_takes_it_for_one(
    wiring: Wiring,
) -> None:
    wiring.librarian.sync()
    _, ranked = wiring.assistant.weigh(analyse("Combien Servier a-t-il investi à Gidy ?", FRENCH))
    features = ranked[0][0].features
    easy = Calibration(selection={}, confidence={}, confidence_bias=0.0, threshold=0.1)
    assert easy.answers(features)
    strict = easy.model_copy(update={"least_similarity": features.similarity + 0.01})
    assert not strict.answers(replace(features, certainty=0.49))
    assert strict.answers(replace(features, certainty=0.5))


# Invariants over questions made of the documents' own words and of others

_WORDS = sorted({word for word in SERVIER_FR.split() if word.isalnum()} | {"how", "much", "2025", "prix", "who", "?"})
_QUESTIONS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8).map(" ".join)
_GIVEN = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_GIVEN
@given(question=_QUESTIONS)
def test_every_quotation_is_verbatim_and_no_figure_is_an_orphan(wiring: Wiring, question: str) -> None:
    if not wiring.library.count():
        wiring.librarian.sync()
    answer = wiring.assistant.ask(question)
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    known = set()
    for citation in answer.citations:
        quote = citation.quote
        assert wiring.library.get(quote.document_id).content.text[quote.start : quote.end] == quote.text
        known |= {figure.key for figure in figures.find(quote.text, citation.language)}
    for sentence in answer.sentences:
        for number in sentence.citations:
            language = answer.citations[number - 1].language
            assert {figure.key for figure in figures.find(sentence.text, language)} <= known


def test_once_withdrawn_a_document_is_never_cited_or_named_again(
    wiring: Wiring, make_wiring: Callable[[], Wiring]
) -> None:
    wiring.librarian.sync()
    reader = make_wiring().assistant
    question = "Combien Servier a-t-il investi à Gidy ?"
    assert reader.ask(question).citations
    wiring.librarian.remove(["servier.fr.md", "servier.en.md"])
    answer = reader.ask(question)
    assert answer.citations == ()
    assert "servier" not in " ".join(record.id for record in answer.nearest)


def test_how_things_are_now_is_answered_by_the_newest_of_equal_sentences(wiring: Wiring, corpus_dir: Path) -> None:
    (corpus_dir / "jobs.fr.md").write_text(
        "---\ntitle: Emplois de Bioluz\nlanguage: fr\n---\n# Emplois de Bioluz\n\n"
        "En 2021, Bioluz comptait 45 salariés à Pau. En 2024, Bioluz comptait 72 salariés à Pau. "
        "En 2019, Bioluz comptait 12 salariés à Pau.\n",
        encoding="utf-8",
    )
    wiring.librarian.sync()
    for question in ("Combien Bioluz compte de salariés actuellement ?", "How many salariés has Bioluz got now?"):
        texts = [sentence.text for sentence in wiring.assistant.ask(question).sentences]
        assert "En 2024, Bioluz comptait 72 salariés à Pau." in texts


@pytest.mark.parametrize(
    "question",
    [
        "Combien de personnes travaillent chez Bioluz à Pau ?",
        "combien de gens bossent chez bioluz a pau",
        "How many people does Bioluz employ in Pau?",
        "What is the headcount of Bioluz in Pau?",
    ],
)
def test_people_at_work_are_counted_in_whatever_word(wiring: Wiring, corpus_dir: Path, question: str) -> None:
    (corpus_dir / "bioluz.fr.md").write_text(
        "---\ntitle: Bioluz à Pau\nlanguage: fr\n---\n# Bioluz à Pau\n\n"
        "Bioluz est présente à Pau avec 330 formations. Les effectifs de Bioluz à Pau sont de 72.\n",
        encoding="utf-8",
    )
    wiring.librarian.sync()
    answer = wiring.assistant.ask(question)
    assert answer.sentences[0].text == "Les effectifs de Bioluz à Pau sont de 72."


@pytest.mark.parametrize(("behind", "first"), [(1.5, "10 000 emplois."), (2.5, "330 formations.")])
def test_what_counts_the_things_asked_for_comes_before_what_counts_others_a_little_likelier(
    behind: float, first: str
) -> None:
    def counting(text: str, *, counts_alike: float) -> Candidate:
        nothing = Features(*[0.0 for _ in fields(Features)])
        features = replace(nothing, value=1.0, names=1.0, counts_alike=counts_alike)
        return Candidate(Document(text), Quote("a.fr.md", 0, len(text), text), features, ())

    ranked = [
        (counting("330 formations.", counts_alike=0.04), 10.0),
        (counting("10 000 emplois.", counts_alike=1.0), 10.0 - behind),
    ]
    question = analyse("Combien d’emplois dans la filière ?", Language.FRENCH)
    assert extractive.choose(question, ranked)[0].quote.text == first


def test_the_best_sentence_comes_first_and_further_ones_have_a_value_of_the_things_counted(
    wiring: Wiring, corpus_dir: Path
) -> None:
    (corpus_dir / "bioluz.fr.md").write_text(
        "---\ntitle: Bioluz à Pau\nlanguage: fr\n---\n# Bioluz à Pau\n\n"
        "L'usine Bioluz de Pau compte 12 bioréacteurs. L'usine Bioluz de Pau compte une salle de réunion. "
        "L'usine Bioluz de Pau compte 72 salariés.\n",
        encoding="utf-8",
    )
    wiring.librarian.sync()
    answer = wiring.assistant.ask("Combien de salariés compte l'usine Bioluz de Pau ?")
    assert [sentence.text for sentence in answer.sentences] == ["L'usine Bioluz de Pau compte 72 salariés."]


def test_a_sentence_that_asks_is_no_answer_and_nothing_before_it_is_what_the_next_one_leans_on(
    wiring: Wiring, corpus_dir: Path
) -> None:
    (corpus_dir / "foire.fr.md").write_text(
        "---\ntitle: Foire de Pau\nlanguage: fr\n---\n# Foire de Pau\n\n"
        "La grue est louée avec son conducteur. Qu'est-ce que le droit de levage ? "
        "C'est la somme due à la foire de Pau pour toute machine posée à la grue. Elle est due le premier jour.\n",
        encoding="utf-8",
    )
    wiring.librarian.sync()
    question = analyse("Qu'est-ce que le droit de levage à la foire de Pau ?", FRENCH)
    _, ranked = wiring.assistant.weigh(question)
    told = {candidate.quote.text[:5]: (candidate, score) for candidate, score in ranked}
    assert set(told) >= {"La gr", "C'est", "Elle "}
    assert not any(candidate.quote.text.endswith("?") for candidate, _ in ranked)
    rest = [pair for pair in ranked if pair not in told.values()]
    assert extractive.choose(question, [told["C'est"], *rest, told["La gr"]])[0] is told["C'est"][0]
    assert extractive.choose(question, [told["Elle "], *rest, told["C'est"]])[:2] == [
        told["C'est"][0],
        told["Elle "][0],
    ]
