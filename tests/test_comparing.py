import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import comparing, figures, printing
from assistant.figures import Figure
from assistant.types import Language
from tests.test_printing import COUNTED, DATES

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH


def only(text: str, language: Language) -> Figure:
    (figure,) = figures.find(text, language)
    return figure


@pytest.mark.parametrize(
    ("french", "english", "agree"),
    [
        ("86 M€", "€86.2 million", True),
        ("86 M€", "€86,499,999", True),
        ("86 M€", "€86.5 million", False),
        ("86 M€", "$86 million", False),
        ("86 M€", "86 million", False),
        ("1,2 Md€", "€1,234 million", True),
        ("une vingtaine", "22", True),
        ("une vingtaine", "26", False),
        ("environ 2 000", "2,034", True),
        ("2 000", "2,034", False),
        ("34 %", "33.7%", True),
        ("34,0 %", "33.7%", False),
        ("9e", "9th", True),
        ("9e", "10th", False),
        ("mars 2025", "19 March 2025", True),
        ("2025", "March 2025", True),
        ("second semestre 2025", "third quarter of 2025", True),
        ("second semestre 2025", "June 2025", False),
        ("T1 2024", "29 February 2024", True),
        ("19 et 20 mars 2025", "March 2025", True),
        ("19 et 20 mars 2025", "19 March 2025", True),
        ("19 mars", "19 March 2025", True),
        ("19 mars", "20 March 2025", False),
        ("mars à juin 2025", "30 June 2025", True),
        ("14 h 30", "2:30 pm", True),
        ("14 h 30", "2:31 pm", False),
    ],
)
def test_figures_agree_as_far_as_they_are_precise(french: str, english: str, *, agree: bool) -> None:
    one, other = only(french, FRENCH), only(english, ENGLISH)
    assert comparing.agree(one, other) is agree
    assert comparing.agree(other, one) is agree


@pytest.mark.parametrize(
    ("text", "precision", "value"),
    [("1 234", 2, "1200"), ("1 250", 2, "1300"), ("−1 250", 2, "-1300"), ("49", 2, "0"), ("12,5 %", 0, "13"),
     ("12,5 %", -3, "12.5"), ("86 millions", 3, "86000000"), ("19 mars 2025", 4, "2025-03-19"), ("9e", 1, "9")],
)  # fmt: skip
def test_a_figure_is_rounded_half_away_from_zero_and_only_where_it_is_more_precise(
    text: str, precision: int, value: str
) -> None:
    assert comparing.rounded(only(text, FRENCH), precision).value == value


@given(COUNTED | DATES, st.integers(-4, 12))
def test_rounding_never_adds_precision(figure: Figure, precision: int) -> None:
    rounded = comparing.rounded(figure, precision)
    assert rounded.precision >= figure.precision
    assert comparing.rounded(rounded, figure.precision) == rounded
    assert comparing.rounded(rounded, precision) == rounded


@given(COUNTED, st.integers(-3, 9), st.sampled_from(Language))
def test_what_is_rounded_agrees_and_is_printed_no_more_precisely(
    figure: Figure, precision: int, language: Language
) -> None:
    rounded = comparing.rounded(figure, precision)
    assert comparing.agree(rounded, figure)
    again = only(printing.written(rounded, language), language)
    assert again.key == rounded.key
    assert again.precision >= figure.precision or again.value == "0"  # zero has no digits to be precise with


@given(COUNTED | DATES, COUNTED | DATES)
def test_agreement_goes_both_ways_and_equal_figures_agree(one: Figure, other: Figure) -> None:
    assert comparing.agree(one, one)
    assert comparing.agree(one, other) is comparing.agree(other, one)
