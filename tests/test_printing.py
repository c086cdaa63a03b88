import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import figures, printing
from assistant.figures import Figure, FigureKind
from assistant.hedges import Hedge
from assistant.types import Language
from assistant.units import CURRENCIES, UNITS

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH

# One figure as each language writes it; _ is a no-break space and . a narrow one in French.
PAIRS = [
    ("86_millions d’euros", "€86_million"),
    ("1,2_milliard d’euros", "€1.2_billion"),
    ("2,5_milliards de dollars", "$2.5_billion"),
    ("500_000_€", "€500,000"),
    ("10_k€", "€10k"),
    ("0,5_million d’euros", "€0.5_million"),
    ("0,05_milliard d’euros", "€0.05_billion"),
    ("800_millions de dollars de Singapour", "S$800_million"),
    ("5_millions de livres sterling", "£5_million"),
    ("1_livre sterling", "£1"),
    ("5_millions de francs suisses", "CHF_5_million"),
    ("500_yens", "¥500"),
    ("−5_€", "−5_euros"),
    ("34_%", "34%"),
    ("1,20_%", "1.20%"),
    ("1_500", "1,500"),
    ("0,125", "0.125"),
    ("1_234,567", "1,234.567"),
    ("3_milliards", "3_billion"),
    ("10_milliers", "10_thousand"),
    ("63_hectares", "63_hectares"),
    ("1,5_hectare", "1.5_hectares"),
    ("500_m²", "500_m²"),
    ("2_000_litres", "2,000_litres"),
    ("2_millions de litres", "2_million litres"),
    ("2_millions d’années", "2_million years"),
    ("2_millions d’hectares", "2_million hectares"),
    ("−80_°C", "−80_°C"),
    ("3_ans", "3_years"),
    ("1_an", "1_year"),
    ("1er", "1st"),
    ("9ᵉ", "9th"),
    ("22ᵉ", "22nd"),
    ("111ᵉ", "111th"),
    ("environ 20", "about 20"),
    ("environ 1_500", "about 1,500"),
    ("environ 100_millions", "about 100_million"),
    ("plus de 86_millions d’euros", "more than €86_million"),
    ("près de 60", "nearly 60"),
    ("au moins 18_mois", "at least 18_months"),
    ("moins de 5_%", "less than 5%"),
    ("jusqu’à 2_000_litres", "up to 2,000_litres"),
    ("2025", "2025"),
    ("mars_2025", "March_2025"),
    ("19_mars_2025", "19_March_2025"),
    ("1er_mars_2025", "1_March_2025"),
    ("5_mai", "5_May"),
    ("19 et 20_mars_2025", "19–20_March_2025"),
    ("1er et 2_mars_2025", "1–2_March_2025"),
    ("17 au 23_juin", "17–23_June"),
    ("31_mars au 2_avril_2025", "31_March – 2_April_2025"),
    ("mars à juin_2025", "March–June_2025"),
    ("1er semestre 2025", "first half of 2025"),
    ("second semestre 2025", "second half of 2025"),
    ("3ᵉ trimestre 2025", "third quarter of 2025"),
    ("9_h_30", "9:30_am"),
    ("14_h_00", "2:00_pm"),
    ("0_h_05", "12:05_am"),
]  # fmt: skip
RANGES = [
    ("250 à 280 M€", "€250_million to €280_million", "250 à 280_millions d’euros"),
    ("500 000 à 1 million d'euros", "€500,000 to €1_million", "500_000_€ à 1_million d’euros"),
    ("8 à 12 %", "8 to 12%", "8 à 12_%"),
    ("environ 5 à 6 ans", "about 5 to 6_years", "environ 5 à 6_ans"),
    ("de 500 à 2 000 l", "500 to 2,000_litres", "500 à 2_000_litres"),
    ("de −80 à −20 °C", "−80_°C to −20_°C", "−80_°C à −20_°C"),
]


def shown(text: str) -> str:
    """With every kind of no-break space as ``_``."""
    return text.replace("\u00a0", "_").replace("\u202f", "_")


def only(text: str, language: Language) -> Figure:
    (figure,) = figures.find(text, language)
    return figure


@pytest.mark.parametrize(("french", "english"), PAIRS)
def test_a_figure_is_written_as_the_language_does(french: str, english: str) -> None:
    for text, language in ((french, FRENCH), (english, ENGLISH)):
        figure = only(text.replace("_", "\u00a0"), language)
        assert shown(printing.written(figure, FRENCH)) == french
        assert shown(printing.written(figure, ENGLISH)) == english


def test_french_thousands_are_parted_by_narrow_spaces_and_units_by_wide_ones() -> None:
    assert printing.written(only("€1,234.50", ENGLISH), FRENCH) == "1\u202f234,50\u00a0€"


@pytest.mark.parametrize(("source", "english", "french"), RANGES)
def test_the_ends_of_a_range_are_written_together(source: str, english: str, french: str) -> None:
    first, last = ends = figures.find(source, FRENCH)
    for language, expected in ((ENGLISH, english), (FRENCH, french)):
        text = printing.written_range(first, last, language)
        assert shown(text) == expected
        assert [figure.key for figure in figures.find(text, language)] == [figure.key for figure in ends]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("€1.5 trillion", "environ 1_500_milliards d’euros"),  # a French trillion is another number
        ("une vingtaine", "environ 20"),
        ("un millier", "environ 1_000"),
    ],
)
def test_zeros_that_are_not_meant_are_said_to_be_about(text: str, written: str) -> None:
    language = ENGLISH if "€" in text else FRENCH
    assert shown(printing.written(only(text, language), FRENCH)) == written


# Print, read back


DIGITS = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent), st.integers(1, 99_999), st.integers(-3, 9)
)
HEDGES = st.sampled_from(list(Hedge))


def made(kind: FigureKind, value: str, unit: str = "", precision: int = 0, hedge: Hedge = Hedge.NONE) -> Figure:
    return Figure(kind, value, unit, 0, 0, "", precision, hedge)


def counted(kind: FigureKind, number: Decimal, unit: str, hedge: Hedge) -> Figure:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if hedge is Hedge.ABOUT:
        exponent = len(str(number.normalize())) and int(number.normalize().as_tuple().exponent)
    return made(kind, f"{number.normalize():f}", unit, exponent, hedge)


AMOUNTS = st.builds(
    counted, st.just(FigureKind.MONEY), DIGITS, st.sampled_from(sorted(set(CURRENCIES.values()))), HEDGES
)
SHARES = st.builds(counted, st.just(FigureKind.SHARE), DIGITS, st.just("%"), HEDGES)
NUMBERS = st.builds(counted, st.just(FigureKind.NUMBER), DIGITS, st.just(""), HEDGES)
MEASURES = st.builds(
    counted,
    st.just(FigureKind.MEASURE),
    DIGITS,
    st.sampled_from(sorted(set(UNITS.values()) - set(CURRENCIES.values()) - {"%"})),
    HEDGES,
)
COUNTED = AMOUNTS | SHARES | NUMBERS | MEASURES
ORDINALS = st.integers(1, 99_999).map(lambda number: made(FigureKind.ORDINAL, str(number)))
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
MONTHS = st.builds("{}-{:02d}".format, st.integers(1900, 2099), st.integers(1, 12))


@st.composite
def day_ranges(draw: st.DrawFn) -> str:
    first = draw(DAYS.filter(lambda day: day.month < 12))
    last = first + datetime.timedelta(days=draw(st.integers(1, 30)))
    return f"{first.isoformat()}/{last.isoformat()}"


@st.composite
def month_ranges(draw: st.DrawFn) -> str:
    first = draw(st.integers(1, 11))
    year = draw(st.integers(1900, 2099))
    return f"{year}-{first:02d}/{year}-{draw(st.integers(first + 1, 12)):02d}"


DATES = (
    DAYS.map(datetime.date.isoformat)
    | DAYS.map(lambda day: f"--{day:%m-%d}")
    | MONTHS
    | st.integers(1900, 2099).map(str)
    | st.builds("{}-{}".format, st.integers(1900, 2099), st.sampled_from(["H1", "H2", "Q1", "Q2", "Q3", "Q4"]))
    | day_ranges()
    | month_ranges()
).map(lambda value: made(FigureKind.DATE, value))
TIMES = st.times().map(lambda time: made(FigureKind.TIME, f"T{time:%H:%M}"))


@given(COUNTED | ORDINALS | DATES | TIMES, st.sampled_from(Language))
def test_what_is_written_is_read_back_as_the_same_figure(figure: Figure, language: Language) -> None:
    text = printing.written(figure, language)
    again = only(f"Valeur : {text}." if language is FRENCH else f"It is {text}.", language)
    assert again.key == figure.key
    assert text.endswith(again.text)


@given(COUNTED, st.sampled_from(Language))
def test_what_is_written_is_never_more_precise(figure: Figure, language: Language) -> None:
    again = only(printing.written(figure, language), language)
    assert again.precision >= figure.precision
    assert again.hedge is figure.hedge or again.hedge is Hedge.ABOUT


@given(COUNTED, st.sampled_from(Language))
def test_what_was_read_from_print_is_printed_the_same(figure: Figure, language: Language) -> None:
    text = printing.written(figure, language)
    assert printing.written(only(text, language), language) == text


@given(COUNTED, st.sampled_from(Language))
def test_a_translation_and_back_changes_nothing(figure: Figure, language: Language) -> None:
    there = only(printing.written(figure, language), language)
    back = only(printing.written(there, language.other), language.other)
    assert back.key == figure.key
    assert replace(back, hedge=Hedge.NONE, precision=0).key == there.key
