import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import detect, words_file
from assistant.types import Language

FRENCH_QUESTIONS = (
    "C'est quand le congrès 2025 ?",
    "C’EST OÙ LE CONGRÈS ?",
    "prix du billet",
    "date congres",
    "Où ?",
    "combien emplois",
    "thé vert",
    "qui est didier veron",
    "OU SE TIENT LE CONGRES",
    "Quel budget l'Etat a-t-il mobilise",
    "sanofi neuville-sur-saone combien millions",
    "Qui préside le Congrès France Bioproduction ?",
    "capacité MabDesign",
    "inscription tarif",
    "Pouvez-vous parler de l'usine Evotec ?",
    "A quoi sert France Biolead",
    "Puis-je venir",
    "recettes Vandermoere 2023",
    "longueur mur anti bruit Malmedy",
    "montant prime arrivée Cantaussel",
)
ENGLISH_QUESTIONS = (
    "servier invest gidy how much",
    "When is the 2025 congress?",
    "Who is Didier Véron?",
    "ticket price",
    "how many jobs",
    "WHERE DOES THE CONGRÈS FRANCE BIOPRODUCTION TAKE PLACE",
    "What's the budget of France 2030?",
    "Sanofi Neuville-sur-Saône investment",
    "tell me about La French Care",
    "congress 2026 dates venue",
    "is there a CDMO in Tours",
    "companies making monoclonal antibodies",
    "Lepelaar units sold 2023",
    "Corrigane cheapest room weekly rent",
    "Pharmavenir grant deadline",
)
SAYS_NOTHING = ("", "CDMO Tours?", "2025", "Lonza", "evotec toulouse", "?!", "budget France 2030", "€ 800 M")


@pytest.mark.parametrize("default", Language)
@pytest.mark.parametrize("question", FRENCH_QUESTIONS)
def test_a_french_question_is_french_whatever_the_default(question: str, default: Language) -> None:
    assert detect(question, default=default) is Language.FRENCH


@pytest.mark.parametrize("default", Language)
@pytest.mark.parametrize("question", ENGLISH_QUESTIONS)
def test_an_english_question_is_english_whatever_the_default(question: str, default: Language) -> None:
    assert detect(question, default=default) is Language.ENGLISH


@pytest.mark.parametrize("default", Language)
@pytest.mark.parametrize("question", SAYS_NOTHING)
def test_names_and_numbers_alone_leave_the_default(question: str, default: Language) -> None:
    assert detect(question, default=default) is default


def test_a_document_with_words_of_the_other_language_keeps_its_own() -> None:
    french = "Le groupe a présenté « The Future of Biomanufacturing » à Tours. Il recrute vingt personnes cette année."
    english = "The Congrès France Bioproduction is held at the Palais des Congrès de Tours, in the Centre-Val de Loire."
    assert detect(french, default=Language.ENGLISH) is Language.FRENCH
    assert detect(english, default=Language.FRENCH) is Language.ENGLISH


@given(st.text(max_size=200), st.sampled_from(Language))
def test_any_text_has_one_language_and_case_does_not_change_it(text: str, default: Language) -> None:
    found = detect(text, default=default)
    assert found in Language
    if text.isascii():
        assert detect(text.upper(), default=default) is found


def test_a_question_takes_less_than_a_millisecond() -> None:
    rounds = 200
    started = time.process_time()
    for _ in range(rounds):
        detect("Quel budget l'État a-t-il mobilisé pour la filière bioproduction ?", default=Language.ENGLISH)
    assert (time.process_time() - started) / rounds < 0.001


def test_no_word_is_listed_for_both_languages() -> None:
    french, english = (set(words_file(language).read_text(encoding="utf-8").split()) for language in Language)
    assert min(len(french), len(english)) > 5000
    assert not french & english
