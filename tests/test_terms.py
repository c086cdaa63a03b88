import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.numerals import number_words, without_addresses
from assistant.terms import content_words, fold, fold_in_place, stem, stems, words
from assistant.types import Language

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Bio-Région Œuvre", "bio-region oeuvre"),
        ("ÉÈÊËÀÂÎÏÔÛÜÇ", "eeeeaaiiouuc"),
        ("Æquo Straße STRAẞE", "aequo strasse strasse"),
        ("ef\ufb01cace", "efficace"),
        ("\u01e3quitas", "aequitas"),
        ("e\u0301tude", "etude"),
        ("10\u202f000 m²", "10\u202f000 m²"),
    ],
)
def test_folding_takes_case_accents_and_ligatures_away(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_does_not_care_how_accents_are_encoded(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_folding_in_place_keeps_every_offset(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)
    for character, folded in zip(text, fold_in_place(text), strict=True):
        assert folded in {fold(character), character}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'unité d’Évry, qu'il faut jusqu’en mai", ["unite", "evry", "il", "faut", "en", "mai"]),
        ("Servier's plant and the company’s staff", ["servier", "plant", "and", "the", "company", "staff"]),
        ("10\u00a0000 ou 1,200,000 ou 1\u202f234,5", ["10000", "ou", "1200000", "ou", "1234", "5"]),
        ("en 2024 150 personnes, puis 2024 1500", ["en", "2024", "150", "personnes", "puis", "2024", "1500"]),
        ("Neuville-sur-Saône, CAR-T, J.POD", ["neuville", "sur", "saone", "car", "t", "j", "pod"]),
        ("cœur et œuvre", ["coeur", "et", "oeuvre"]),
        ("12\n345", ["12", "345"]),
        ("", []),
    ],
)
def test_words_are_cut_at_elisions_possessives_and_hyphens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_words_are_folded_and_whole(text: str) -> None:
    for word in words(text):
        assert fold(word) == word
        assert words(word) == [word]


@given(st.text())
def test_content_words_are_words_in_their_order_and_stay_so(text: str) -> None:
    remaining = iter(words(text))
    assert all(word in remaining for word in content_words(text))
    assert all(content_words(word) == [word] for word in content_words(text))


def test_content_words_leave_the_grammar_of_both_languages_out() -> None:
    assert content_words("Quel est le budget de l'État ?") == ["budget", "etat"]
    assert content_words("What is the budget of the State?") == ["budget", "state"]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("investissement", "INVESTISSEMENTS", FRENCH),
        ("l'usine", "des usines", FRENCH),
        ("thérapie génique", "therapies geniques", FRENCH),
        ("plant", "the plants", ENGLISH),
        ("manufacturing", "manufactured", ENGLISH),
        ("10 000", "10,000", FRENCH),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str, language: Language) -> None:
    assert stems(one, language) == stems(other, language)


@given(st.integers(min_value=0).map(str), st.sampled_from(Language))
def test_numbers_are_their_own_stems(number: str, language: Language) -> None:
    assert stem(number, language) == number


UNITS = {
    FRENCH: "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    ENGLISH: "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
TENS = {
    FRENCH: ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt"],
    ENGLISH: ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
}
TENS[FRENCH].append("quatre-vingt")


def spelled(number: int, language: Language) -> str:
    """A number below a million in words, as schools teach it."""
    units = UNITS[language].split()
    if number >= 1000:
        before = "" if number < 2000 and language is FRENCH else f"{spelled(number // 1000, language)} "
        after = f" {spelled(number % 1000, language)}" if number % 1000 else ""
        return f"{before}{'mille' if language is FRENCH else 'thousand'}{after}"
    if number >= 100:
        before = "" if number < 200 and language is FRENCH else f"{units[number // 100 - 1]} "
        link, rest = (" and " if language is ENGLISH else " "), number % 100
        plural = "s" if language is FRENCH and number >= 200 and not rest else ""
        hundred = "cent" if language is FRENCH else "hundred"
        return f"{before}{hundred}{plural}{link + spelled(rest, language) if rest else ''}"
    if number <= len(units):
        return units[number - 1]
    tens, rest = divmod(number, 10)
    if language is FRENCH and tens in {7, 9}:
        rest += 10
    if not rest:
        return TENS[language][tens] + ("s" if number == 80 and language is FRENCH else "")
    has_et = language is FRENCH and rest in {1, 11} and tens < 8
    return TENS[language][tens] + (" et " if has_et else "-") + spelled(rest, language)


@given(st.integers(2, 999_999), st.sampled_from(Language))
def test_a_number_in_words_is_read_as_its_value(number: int, language: Language) -> None:
    words_of_number = spelled(number, language)
    text = f"soit {words_of_number} sites"
    assert list(number_words(text, language)) == [(5, 5 + len(words_of_number), number)]


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("une vingtaine, une centaine, un millier", FRENCH, [20, 100, 1000]),
        ("deux douzaines et deux cents", FRENCH, [2, 200]),
        ("plusieurs centaines, quelques milliers, des dizaines", FRENCH, []),
        ("un batiment neuf de trois etages", FRENCH, [1, 3]),
        ("neuf grands sites", FRENCH, [9]),
        ("trente pour cent", FRENCH, [30]),
        ("entre deux et trois", FRENCH, [2, 3]),
        ("sixieme, troisieme", FRENCH, []),
        ("six, ten", FRENCH, [6]),
        ("a hundred, a dozen, two dozen", ENGLISH, [100, 12, 24]),
        ("several hundred, hundreds, a plant, half a million", ENGLISH, []),
        ("two three", ENGLISH, []),
        ("in sept., dix", ENGLISH, []),
    ],
)
def test_words_that_count_are_told_from_those_that_do_not(text: str, language: Language, values: list[int]) -> None:
    assert [value for _, _, value in number_words(text, language)] == values


@given(st.text(alphabet="a.b-@/:w0123456789 +"))
def test_blanking_addresses_keeps_every_offset(text: str) -> None:
    visible = without_addresses(text)
    assert len(visible) == len(text)
    assert all(kept in {"\0", original} for kept, original in zip(visible, text, strict=True))
