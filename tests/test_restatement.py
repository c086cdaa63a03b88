"""The figures of a quotation, written again in the language of the question."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import figures
from assistant.answering.restatement import restate
from assistant.types import Language, Span
from assistant.wiring import Wiring
from tests.test_figures import FOUND, SAME, TEXTS

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH


def restated(sentence: str, language: Language, emphasised: str = "") -> dict[str, str]:
    """What is restated of a sentence in ``language``, with plain spaces."""
    start = sentence.index(emphasised)
    emphasis = [Span(start, start + len(emphasised))] if emphasised else []
    made = restate(sentence, emphasis, written_in=language, asked_in=language.other)
    return {sentence[m.span.start : m.span.end]: m.text.replace("\u00a0", " ").replace("\u202f", " ") for m in made}


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("Servier a investi 86 millions d'euros.", FRENCH, {"86 millions d'euros": "€86 million"}),
        ("Plus de 1,2 Md€ d'ici 2030.", FRENCH, {"1,2 Md€": "more than €1.2 billion"}),
        ("L'unité emploie une soixantaine de personnes.", FRENCH, {"une soixantaine": "about 60"}),
        ("Les 19 et 20 mars 2025.", FRENCH, {"19 et 20 mars 2025": "19–20 March 2025"}),
        ("Entre 250 et 280 M€ sur 5 à 6 ans.", FRENCH,
         {"250 et 280 M€": "€250 million to €280 million", "5 à 6 ans": "5 to 6 years"}),
        ("Le 9ᵉ congrès ouvre à 9 h 30.", FRENCH, {"9ᵉ": "9th", "9 h 30": "9:30 am"}),
        ("It cost €5–10m and took 18 months.", ENGLISH, {"€5–10m": "5 à 10 millions d’euros", "18 months": "18 mois"}),
        ("It has 1,500 m² and opened in H2 2025.", ENGLISH,
         {"1,500 m²": "1 500 m²", "H2 2025": "second semestre 2025"}),
        # These read alike in both languages.
        ("En 2025, 80 sites, 3000 emplois, 34 % sur 63 hectares et 500 m², à −80 °C.", FRENCH, {}),
        ("Aucun chiffre.", FRENCH, {}),
        # A French trillion is another number, and "about" would not be "more than".
        ("It is worth more than €1.5 trillion.", ENGLISH, {}),
        # Of two figures of one unit that are no range, each is restated with it.
        ("Il faut 5 ou 6 ans.", FRENCH, {"5": "5 years", "6 ans": "6 years"}),
        # The same figure twice is restated once.
        ("86 M€, soit 86 millions d'euros.", FRENCH, {"86 M€": "€86 million"}),
    ],
)  # fmt: skip
def test_figures_that_the_other_language_writes_otherwise_are_restated(
    sentence: str, language: Language, expected: dict[str, str]
) -> None:
    assert restated(sentence, language) == expected


def test_a_quotation_in_the_language_of_the_question_is_not_restated() -> None:
    assert restate("86 millions d'euros", (), written_in=FRENCH, asked_in=FRENCH) == ()


def test_the_figures_asked_for_come_first_where_there_are_too_many() -> None:
    sentence = "Le 9e congrès compte 1 500 experts, 40 M€ de projets, 12 k€ de prix et 86 M€ d'aides."
    assert list(restated(sentence, FRENCH)) == ["9e", "1 500", "40 M€"]
    assert list(restated(sentence, FRENCH, "86 M€")) == ["9e", "1 500", "86 M€"]


SENTENCES = TEXTS | st.lists(st.sampled_from([row[0] for row in FOUND] + [form for pair in SAME for form in pair])).map(
    " ; ".join
)


@given(SENTENCES, st.sampled_from(Language))
def test_every_restatement_is_the_figure_of_its_span_and_no_more_precise(sentence: str, language: Language) -> None:
    quoted = figures.find(sentence, language)
    for made in restate(sentence, (), written_in=language, asked_in=language.other):
        held = [f for f in quoted if made.span.start <= f.start and f.end <= made.span.end]
        again = figures.find(made.text, language.other)
        assert [figure.key for figure in again] == [figure.key for figure in held]
        assert all(new.precision >= old.precision for new, old in zip(again, held, strict=True))


def test_an_answer_quoted_in_the_other_language_restates_its_figures(wiring: Wiring, corpus_dir: Path) -> None:
    (corpus_dir / "servier.en.md").unlink()
    wiring.librarian.sync()
    answer = wiring.assistant.ask("How much did Servier invest in Gidy, in euros, unit Bio-S?")
    first = answer.sentences[0]
    assert [made.text for made in first.restated] == ["€86\u00a0million"]
    span = first.restated[0].span
    assert first.text[span.start : span.end] == "86 millions d'euros"
    assert first.text == answer.citations[0].quote.text


def test_an_answer_quoted_in_its_own_language_restates_nothing(wiring: Wiring) -> None:
    wiring.librarian.sync()
    answer = wiring.assistant.ask("Combien Servier a-t-il investi à Gidy ?")
    assert [sentence.restated for sentence in answer.sentences] == [()] * len(answer.sentences)
