from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import figures
from assistant.figures import Figure, FigureKind
from assistant.hedges import Hedge
from assistant.types import Language

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH
SPACES = (" ", "\u00a0", "\u202f", "\u2009")

# text, language, and what is found: (as written, kind, value, unit)
FOUND: list[tuple[str, Language, list[tuple[str, str, str, str]]]] = [
    ("1 234,5", FRENCH, [("1 234,5", "number", "1234.5", "")]),
    ("1,234.5", ENGLISH, [("1,234.5", "number", "1234.5", "")]),
    ("1'234 m²", FRENCH, [("1'234 m²", "measure", "1234", "m²")]),
    ("86 M€", FRENCH, [("86 M€", "money", "86000000", "EUR")]),
    ("86M\u202f€", FRENCH, [("86M\u202f€", "money", "86000000", "EUR")]),
    ("12 k€ et 3 K€", FRENCH, [("12 k€", "money", "12000", "EUR"), ("3 K€", "money", "3000", "EUR")]),
    ("« 600 Md€ »", FRENCH, [("600 Md€", "money", "600000000000", "EUR")]),
    ("2 Mds d’euros", FRENCH, [("2 Mds d’euros", "money", "2000000000", "EUR")]),
    ("€1.2bn", ENGLISH, [("€1.2bn", "money", "1200000000", "EUR")]),
    ("EUR 86 million", ENGLISH, [("EUR 86 million", "money", "86000000", "EUR")]),
    ("a 595-million-dollar plant", ENGLISH, [("595-million-dollar", "money", "595000000", "USD")]),
    ("a $595-million plant", ENGLISH, [("$595-million", "money", "595000000", "USD")]),
    ("US$5 million", ENGLISH, [("US$5 million", "money", "5000000", "USD")]),
    ("S$800 million", ENGLISH, [("S$800 million", "money", "800000000", "SGD")]),
    ("800 M de dollars de Singapour", FRENCH, [("800 M de dollars de Singapour", "money", "800000000", "SGD")]),
    ("150 € 30 personnes", FRENCH, [("150 €", "money", "150", "EUR"), ("30", "number", "30", "")]),
    ("une dizaine de millions d'euros", FRENCH, [("une dizaine de millions d'euros", "money", "10000000", "EUR")]),
    ("une cinquantaine de postes", FRENCH, [("une cinquantaine", "number", "50", "")]),
    ("a hundred people", ENGLISH, [("a hundred", "number", "100", "")]),
    ("5 de € 3", FRENCH, [("5 de €", "money", "5", "EUR"), ("3", "number", "3", "")]),
    ("3,5 milliards", FRENCH, [("3,5 milliards", "number", "3500000000", "")]),
    ("10k emplois", FRENCH, [("10k", "number", "10000", "")]),
    ("20,24 %", FRENCH, [("20,24 %", "share", "20.24", "%")]),
    ("5% of its", ENGLISH, [("5%", "share", "5", "%")]),
    ("2000L", FRENCH, [("2000L", "measure", "2000", "l")]),
    ("more than 25 years’ experience", ENGLISH, [("25 years", "measure", "25", "year")]),
    ("a two-year plan", ENGLISH, [("two-year", "measure", "2", "year")]),
    ("stocké à -80 °C", FRENCH, [("-80 °C", "measure", "-80", "°C")]),
    ("(−20 °C)", FRENCH, [("−20 °C", "measure", "-20", "°C")]),
    ("le 9e Congrès, la 1re", FRENCH, [("9e", "ordinal", "9", ""), ("1re", "ordinal", "1", "")]),
    ("the 9th, the 22nd", ENGLISH, [("9th", "ordinal", "9", ""), ("22nd", "ordinal", "22", "")]),
    ("ouvert à 9h30", FRENCH, [("9h30", "time", "T09:30", "")]),
    # A lone letter beside no currency is no scale.
    ("500 M", FRENCH, [("500", "number", "500", "")]),
    ("500 m de long", FRENCH, [("500", "number", "500", "")]),
    # An elision is no unit, and a year no measure.
    ("a fait en 2018 l'acquisition", FRENCH, [("2018", "date", "2018", "")]),
    ("En 2024 150 personnes", FRENCH, [("2024", "date", "2024", ""), ("150", "number", "150", "")]),
    ("since 2024 $5m", ENGLISH, [("2024", "date", "2024", ""), ("$5m", "money", "5000000", "USD")]),
    ("2016-2017", FRENCH, [("2016", "date", "2016", ""), ("2017", "date", "2017", "")]),
    # But a number that counts something is no year.
    ("2000 litres", FRENCH, [("2000 litres", "measure", "2000", "l")]),
    ("2000 salariés", FRENCH, [("2000", "number", "2000", "")]),
    ("plus de 2000", FRENCH, [("2000", "number", "2000", "")]),
    ("€2020", ENGLISH, [("€2020", "money", "2020", "EUR")]),
    # The ends of a range share scale and unit.
    (
        "entre 250 et 280 millions d'euros",
        FRENCH,
        [("250", "money", "250000000", "EUR"), ("280 millions d'euros", "money", "280000000", "EUR")],
    ),
    (
        "€250–280 million",
        ENGLISH,
        [("€250", "money", "250000000", "EUR"), ("280 million", "money", "280000000", "EUR")],
    ),
    ("de 500 à 2 000 l", FRENCH, [("500", "measure", "500", "l"), ("2 000 l", "measure", "2000", "l")]),
    ("8 to 9%", ENGLISH, [("8", "share", "8", "%"), ("9%", "share", "9", "%")]),
    (
        "de 500 000 à 1 million d'euros",
        FRENCH,
        [("500 000", "money", "500000", "EUR"), ("1 million d'euros", "money", "1000000", "EUR")],
    ),
    ("passe de 5 sites à 9 %", FRENCH, [("5", "number", "5", ""), ("9 %", "share", "9", "%")]),
    (
        "Entre 250 et 280 M€",
        FRENCH,
        [("250", "money", "250000000", "EUR"), ("280 M€", "money", "280000000", "EUR")],
    ),
    ("$5-10m", ENGLISH, [("$5", "money", "5000000", "USD"), ("10m", "money", "10000000", "USD")]),
    ("le lot 3 a 5 ans", FRENCH, [("3", "number", "3", ""), ("5 ans", "measure", "5", "year")]),
    ("de 2020 à 300 M€", FRENCH, [("2020", "date", "2020", ""), ("300 M€", "money", "300000000", "EUR")]),
]

# French and English forms of one figure
SAME = [
    ("86 millions d'euros", "€86 million"),
    ("86 M€", "€86m"),
    ("1,2 milliard d’euros", "€1.2bn"),
    ("1,2 Md€", "1.2 billion euros"),
    ("un million d'euros", "a million euros"),
    ("595 millions de dollars américains", "US$595 million"),
    ("10\u202f000 m²", "10,000 square metres"),
    ("20,24 %", "20.24 per cent"),
    ("trente pour cent", "thirty percent"),
    ("vingt-cinq ans", "25 years"),
    ("une soixantaine", "sixty"),
    ("une centaine", "a hundred"),
    ("deux cent cinquante", "two hundred and fifty"),
    ("9e", "9th"),
    ("1er", "1st"),
    ("19 et 20 mars 2025", "March 19-20, 2025"),
    ("1er mars 2025", "1 March 2025"),
    ("second semestre 2025", "the second half of 2025"),
    ("14h30", "2:30 pm"),
    ("2 000 l", "2,000-litre"),
    ("18 mois", "eighteen months"),
    ("de 5 à 10 %", "5 to 10%"),
    ("deux ans et demi", "two and a half years"),
    ("2 ans et demi", "2.5 years"),
    ("un million et demi d’euros", "one and a half million euros"),
    ("un an et demi", "1.5 years"),
    ("9ᵉ", "9th"),
    ("1ᵉʳ", "1st"),
    ("30 secondes", "30 seconds"),
    ("5 000 m3", "5,000 cubic metres"),
    ("20 000-30 000 €", "€20,000–30,000"),
    ("mars à juin 2025", "March–June 2025"),
    ("3ᵉ trimestre 2025", "Q3 2025"),
]

NO_FIGURE = [
    "CAR-T", "H1N1", "Bio-S", "J.POD", "B2B", "COVID-19", "Covid‑19", "IL-6", "SARS-CoV-2", "3D", "5G", "416Sanofi",
    "589ffc6b", "10⁶ cellules", "10^6", "1.2.3", "1,234.567.890", "Deux-Sèvres", "un site", "une usine neuve",
    "un bâtiment neuf dans la zone", "plusieurs centaines de millions", "half a million", "l'un des sites",
    "02 47 12 34 56", "02.47.12.34.56", "0247123456", "+33 2 47 12 34 56", "+33 (0)2 47 12 34 56",
    "https://example.org/2024/09/10/2943876-12?p=5", "www.example.org/86-m", "example.org/article/138144/x",
    "contact2025@example.org", "règlement 1394/2007", "Act 2025/0406(COD)", "978-2-1234-5680-3",
    "deux tiers des lots", "two thirds of them", "trois quarts",
]  # fmt: skip


def found(text: str, language: Language) -> list[tuple[str, str, str, str]]:
    return [(figure.text, figure.kind.value, figure.value, figure.unit) for figure in figures.find(text, language)]


@pytest.mark.parametrize(("text", "language", "expected"), FOUND)
def test_a_figure_is_found_with_its_value_and_unit(
    text: str, language: Language, expected: list[tuple[str, str, str, str]]
) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(("french", "english"), SAME)
def test_forms_of_the_two_languages_are_the_same_figure(french: str, english: str) -> None:
    keys = [figure.key for figure in figures.find(french, FRENCH)]
    assert keys == [figure.key for figure in figures.find(english, ENGLISH)]
    assert keys


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", NO_FIGURE)
def test_names_addresses_and_telephone_numbers_hold_no_figure(text: str, language: Language) -> None:
    assert found(f"Voir {text}.", language) == []


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("1,500", FRENCH, "1.5"),
        ("1,500", ENGLISH, "1500"),
        ("1.500", FRENCH, "1500"),
        ("1.500", ENGLISH, "1.5"),
        ("0.125", FRENCH, "0.125"),
        ("0,125", ENGLISH, "0.125"),
        ("1.234,5", ENGLISH, "1234.5"),
        ("1,234.5", FRENCH, "1234.5"),
        ("1.234.567", ENGLISH, "1234567"),
        ("1 234,567", ENGLISH, "1234.567"),
        ("12,5", ENGLISH, "12.5"),
    ],
)
def test_a_separator_is_read_as_the_number_shows_or_as_the_language_does(
    written: str, language: Language, value: str
) -> None:
    assert figures.parse_number(written, language) == Decimal(value)


@given(
    st.from_regex(r"[0-9]{1,3}([ .,\u202f][0-9]{3}){0,4}([.,][0-9]{1,3})?", fullmatch=True), st.sampled_from(Language)
)
def test_every_grouped_number_has_a_value(written: str, language: Language) -> None:
    assert figures.parse_number(written, language) >= 0


@pytest.mark.parametrize(
    ("text", "language", "precision", "hedge"),
    [
        ("86 millions", FRENCH, 6, Hedge.NONE),
        ("1,2 milliard", FRENCH, 8, Hedge.NONE),
        ("€1.20bn", ENGLISH, 7, Hedge.NONE),
        ("10k", ENGLISH, 3, Hedge.NONE),
        ("1 500", FRENCH, 0, Hedge.NONE),
        ("20,20 %", FRENCH, -2, Hedge.NONE),
        ("environ 1 500", FRENCH, 2, Hedge.ABOUT),
        ("some 10,000", ENGLISH, 4, Hedge.ABOUT),
        ("une vingtaine", FRENCH, 1, Hedge.ABOUT),
        ("une centaine de millions", FRENCH, 8, Hedge.ABOUT),
        ("a dozen", ENGLISH, 0, Hedge.ABOUT),
        ("deux semaines", FRENCH, 0, Hedge.NONE),
        ("plus d’une centaine", FRENCH, 0, Hedge.MORE_THAN),
        ("Près\u00a0de 60", FRENCH, 0, Hedge.NEARLY),
        ("nearly €86m", ENGLISH, 6, Hedge.NEARLY),
        ("at least 18 months", ENGLISH, 0, Hedge.AT_LEAST),
        ("fewer than 20", ENGLISH, 0, Hedge.LESS_THAN),
        ("jusqu'à 2 000 l", FRENCH, 0, Hedge.UP_TO),
        ("invested over 5 years", ENGLISH, 0, Hedge.NONE),
        ("pas moins de 60", FRENCH, 0, Hedge.NONE),
        ("no more than 60", ENGLISH, 0, Hedge.NONE),
        ("en plus de 60", FRENCH, 0, Hedge.NONE),
        ("en moins de 60", FRENCH, 0, Hedge.LESS_THAN),
        ("plus loin, 60", FRENCH, 0, Hedge.NONE),
    ],
)
def test_a_figure_knows_its_last_digit_and_how_exactly_it_is_meant(
    text: str, language: Language, precision: int, hedge: Hedge
) -> None:
    (figure,) = figures.find(text, language)
    assert (figure.precision, figure.hedge) == (precision, hedge)


# Print, read back


def grouped(number: Decimal, language: Language, separator: str) -> str:
    written = f"{number:,}"
    if language is ENGLISH:
        return written
    return written.replace(",", separator).replace(".", ",")


# Two decimals at most: three after a lone separator are thousands in one of the languages.
NUMBERS = st.builds(
    lambda whole, cents: Decimal(whole) + Decimal(cents) / 100, st.integers(1, 999_999_999), st.integers(0, 99)
).map(lambda number: number.normalize() + 0)
AMOUNTS = {
    FRENCH: {
        1: ["{n}_€", "{n}_euros"],
        10**3: ["{n}_k€", "{n}_mille_euros"],
        10**6: ["{n}_M€", "{n}M€", "{n}_millions_d'euros", "{n}_M d’euros"],
        10**9: ["{n}_Md€", "{n}_milliards_d’euros", "{n}_Mds_€"],
    },
    ENGLISH: {
        1: ["€{n}", "EUR {n}", "{n} euros"],
        10**3: ["€{n}k", "{n} thousand euros"],
        10**6: ["€{n}m", "€{n}_million", "{n} million euros", "€{n}-million", "{n}-million-euro"],
        10**9: ["€{n}bn", "€{n}b", "€{n} billion"],
    },
}
SHARES = {FRENCH: ["{n}_%", "{n}%", "{n}_pour_cent"], ENGLISH: ["{n}%", "{n} per cent", "{n}_percent"]}
SENTENCES = ["{}", "Le total atteint {}, dit-on.", "({})", "Soit : {} !", "Valeur = {} | Site = Tours"]


@st.composite
def written(draw: st.DrawFn, forms: list[str], language: Language) -> tuple[str, Decimal]:
    number, space = draw(NUMBERS), draw(st.sampled_from(SPACES))
    form = draw(st.sampled_from(forms)).replace("_", space)
    return form.format(n=grouped(number, language, draw(st.sampled_from(SPACES)))), number


def only(text: str, sentence: str, language: Language) -> Figure:
    """The one figure of a sentence, which must be all of ``text``."""
    (figure,) = figures.find(sentence.format(text), language)
    assert figure.text == text
    return figure


@given(st.data(), st.sampled_from(Language), st.sampled_from(SENTENCES))
def test_an_amount_is_read_back_as_printed(data: st.DataObject, language: Language, sentence: str) -> None:
    scale = data.draw(st.sampled_from(sorted(AMOUNTS[language])))
    text, number = data.draw(written(AMOUNTS[language][scale], language))
    figure = only(text, sentence, language)
    assert (figure.kind, Decimal(figure.value), figure.unit) == (FigureKind.MONEY, number * scale, "EUR")


@given(st.data(), st.sampled_from(Language), st.sampled_from(SENTENCES))
def test_a_share_is_read_back_as_printed(data: st.DataObject, language: Language, sentence: str) -> None:
    text, number = data.draw(written(SHARES[language], language))
    figure = only(text, sentence, language)
    assert (figure.kind, Decimal(figure.value), figure.unit) == (FigureKind.SHARE, number, "%")


@given(st.data(), st.sampled_from(Language), st.sampled_from(SENTENCES))
def test_a_number_is_read_back_as_printed(data: st.DataObject, language: Language, sentence: str) -> None:
    text, number = data.draw(written(["{n}"], language))
    figure = only(text, sentence, language)
    assert (figure.kind, Decimal(figure.value), figure.unit) == (FigureKind.NUMBER, number, "")


@given(NUMBERS, st.sampled_from(SPACES), st.sampled_from(SPACES))
def test_a_value_has_one_key_in_both_languages(number: Decimal, one: str, other: str) -> None:
    french = only(f"{grouped(number, FRENCH, one)}{other}M€", "{}", FRENCH)
    english = only(f"€{grouped(number, ENGLISH, one)} million", "{}", ENGLISH)
    assert french.key == english.key
    assert "E" not in french.value


# What holds of every text

TEXTS = st.text(alphabet="0123456789 .,/-–€$%MmdkKbBnhl°²é'’:()+@^x\u00a0\u202f", max_size=60) | st.lists(
    st.sampled_from(
        "1 12 50 1500 2025 mars March 19 et and to à de entre € M€ million d'euros % l m² deux cent a hundred 9e 1er "
        "http://a.b/1 - – , . 1,5 10 000 second semestre H1 pm 9h30 +33 Covid-19".split(" ")
    )
).map(" ".join)


@given(TEXTS, st.sampled_from(Language))
def test_spans_are_exact_in_order_and_apart(text: str, language: Language) -> None:
    end = 0
    for figure in figures.find(text, language):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        end = figure.end


@given(TEXTS, st.sampled_from(Language))
def test_no_figure_is_a_part_of_a_longer_number_or_word(text: str, language: Language) -> None:
    for figure in figures.find(text, language):
        around = text[max(figure.start - 1, 0) : figure.start], text[figure.end : figure.end + 1]
        assert not any(character.isalnum() for character in around if figure.text[0].isalnum() or character.isdigit())


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(SPACES), st.sampled_from(Language))
def test_the_groups_of_a_number_are_not_found_alone(first: int, rest: int, space: str, language: Language) -> None:
    text = f"{first}{space}{rest:03d}"
    assert [figure.value for figure in figures.find(text, language)] == [str(1000 * first + rest)]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "text",
    [
        "1" * 30_000,
        "123 " * 10_000,
        "123 456 789.1.1 " * 2_000,
        "1,234" * 8_000,
        "1-1-1-" * 8_000,
        "2020 " * 10_000,
        "a.b-" * 10_000,
        "www." * 10_000,
        "a@" * 20_000,
        "x" * 40_000 + "@",
        "+33 1 " * 8_000,
        "deux cent " * 5_000,
        "vingt-et-" * 5_000,
        "one hundred and " * 3_000,
        "19, 20, 21, " * 4_000,
        "1 à 2 à " * 5_000,
        "\u202f" * 40_000,
        "1" + " " * 40_000 + "€",
        "€" * 40_000,
        "12 mars et " * 4_000,
    ],
)
def test_no_text_takes_long(text: str, language: Language) -> None:
    figures.find(text, language)  # hangs where a pattern backtracks without bound
