import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import dates, figures
from assistant.figures import FigureKind
from assistant.types import Language

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH

READ: list[tuple[str, Language, list[str]]] = [
    ("le 19 mars 2025", FRENCH, ["2025-03-19"]),
    ("le 1er mars 2025", FRENCH, ["2025-03-01"]),
    ("les 19 et 20 mars 2025", FRENCH, ["2025-03-19/2025-03-20"]),
    ("les 18, 19 et 20 mars 2025", FRENCH, ["2025-03-18/2025-03-20"]),
    ("du 17 au 23 juin", FRENCH, ["--06-17/--06-23"]),
    ("du 31 mars au 2 avril 2025", FRENCH, ["2025-03-31/2025-04-02"]),
    ("le 3 mars et le 5 avril 2025", FRENCH, ["--03-03", "2025-04-05"]),
    ("19 & 20 MARS 2025", FRENCH, ["2025-03-19/2025-03-20"]),
    ("19\u00a0mars\u202f2025", FRENCH, ["2025-03-19"]),
    ("le 12 févr. 2024", FRENCH, ["2024-02-12"]),
    ("Août 2021", FRENCH, ["2021-08"]),
    ("en mars 20 personnes", FRENCH, []),
    ("19/03/2025, 19.03.2025, 03/2025", FRENCH, ["2025-03-19", "2025-03-19", "2025-03"]),
    ("2025-03-19T10:00 et 2025-03", FRENCH, ["2025-03-19", "2025-03"]),
    ("second semestre 2025, 1er semestre de 2024", FRENCH, ["2025-H2", "2024-H1"]),
    ("T3 2025, 3e trimestre 2025", FRENCH, ["2025-Q3", "2025-Q3"]),
    ("de mars à juin 2025, janv.-mars 2024", FRENCH, ["2025-03/2025-06", "2024-01/2024-03"]),
    ("mars et juin 2025", FRENCH, ["2025-06"]),
    ("1ᵉʳ semestre 2025, 3ᵉ trimestre 2025", FRENCH, ["2025-H1", "2025-Q3"]),
    ("mi-2024, fin 2025, France 2030", FRENCH, ["2024", "2025", "2030"]),
    ("2016-2017, 2020-21, 2023/24", FRENCH, ["2016", "2017", "2020", "2021", "2023", "2024"]),
    ("les années 1990", FRENCH, ["1990"]),
    ("2000 emplois mais en 2020 emplois et plus de 2000", FRENCH, ["2020"]),
    ("de 9h à 9h30, à 14 h 05", FRENCH, ["T09:30", "T14:05"]),
    ("March 19, 2025", ENGLISH, ["2025-03-19"]),
    ("March 19-20, 2025", ENGLISH, ["2025-03-19/2025-03-20"]),
    ("the 17th and 18th of March", ENGLISH, ["--03-17/--03-18"]),
    ("March 31 – April 2, 2025", ENGLISH, ["2025-03-31/2025-04-02"]),
    ("March to June 2025", ENGLISH, ["2025-03/2025-06"]),
    ("Sept. 2025", ENGLISH, ["2025-09"]),
    ("03/19/2025", ENGLISH, ["2025-03-19"]),
    ("the 1990s", ENGLISH, ["1990"]),
    ("H1 2025, third quarter of 2025", ENGLISH, ["2025-H1", "2025-Q3"]),
    ("all 5 may come on 5 May", ENGLISH, ["--05-05"]),
    ("in March 20 % of, March 5 million", ENGLISH, []),
    ("9:30 am, 12 a.m., 12 pm, 2 pm", ENGLISH, ["T09:30", "T00:00", "T12:00", "T14:00"]),
    ("1925.5 or 12025 or A2025 or 2025b", ENGLISH, []),
]
FRENCH_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
ENGLISH_MONTHS = "January February March April May June July August September October November December".split()
FORMS = {
    FRENCH: ["{d}_{fr}_{y}", "{d:02d}/{m:02d}/{y}", "{d:02d}.{m:02d}.{y}", "{y}-{m:02d}-{d:02d}"],
    ENGLISH: ["{d} {en}_{y}", "{en} {d},_{y}", "{d}th of {en} {y}", "{en} {d}th, {y}", "{d} {en:.3}. {y}",
              "{en:.3} {d}, {y}", "{y}-{m:02d}-{d:02d}"],
}  # fmt: skip
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))


def printed(day: datetime.date, form: str, space: str) -> str:
    names = {"fr": FRENCH_MONTHS[day.month - 1], "en": ENGLISH_MONTHS[day.month - 1]}
    return form.replace("_", space).format(d=day.day, m=day.month, y=day.year, **names)


@pytest.mark.parametrize(("text", "language", "values"), READ)
def test_dates_are_read_as_iso_8601(text: str, language: Language, values: list[str]) -> None:
    assert [date.value for date in dates.find(text, language)] == values


@given(st.data(), DAYS, st.sampled_from(Language), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_a_day_is_read_back_as_printed(data: st.DataObject, day: datetime.date, language: Language, space: str) -> None:
    text = printed(day, data.draw(st.sampled_from(FORMS[language])), space)
    (figure,) = figures.find(f"Ouvert le {text}, à Tours.", language)
    assert (figure.kind, figure.value, figure.text) == (FigureKind.DATE, day.isoformat(), text)


@given(DAYS, st.integers(1, 10))
def test_days_in_a_row_are_one_date_in_both_languages(first: datetime.date, more: int) -> None:
    last = first + datetime.timedelta(days=more)
    if last.year != first.year:
        return
    months = [(FRENCH_MONTHS[day.month - 1], ENGLISH_MONTHS[day.month - 1]) for day in (first, last)]
    (french_first, english_first), (french_last, english_last) = months
    if first.month == last.month:
        french = f"du {first.day} au {last.day} {french_last} {last.year}"
        english = f"{english_last} {first.day}-{last.day}, {last.year}"
    else:
        french = f"du {first.day} {french_first} au {last.day} {french_last} {last.year}"
        english = f"{english_first} {first.day} to {english_last} {last.day}, {last.year}"
    expected = [f"{first.isoformat()}/{last.isoformat()}"]
    assert [date.value for date in dates.find(french, FRENCH)] == expected
    assert [date.value for date in dates.find(english, ENGLISH)] == expected


@given(st.integers(1900, 2099), st.integers(0, 11))
def test_a_month_is_the_same_in_both_languages(year: int, month: int) -> None:
    expected = [f"{year}-{month + 1:02d}"]
    assert [date.value for date in dates.find(f"en {FRENCH_MONTHS[month]} {year}", FRENCH)] == expected
    assert [date.value for date in dates.find(f"in {ENGLISH_MONTHS[month]} {year}", ENGLISH)] == expected


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_is_the_same_in_both_languages(hour: int, minute: int) -> None:
    english = f"{hour % 12 or 12}:{minute:02d} {'pm' if hour >= 12 else 'am'}"
    for text, language in ((f"{hour}h{minute:02d}", FRENCH), (english, ENGLISH)):
        assert [date.value for date in dates.find(text, language)] == [f"T{hour:02d}:{minute:02d}"]


@given(
    st.text(alphabet="0123456789 .,/-:hmp")
    | st.lists(st.sampled_from("19 mars 2025 et au , - may H1 20".split())).map(" ".join),
    st.sampled_from(Language),
)
def test_dates_are_in_order_and_apart(text: str, language: Language) -> None:
    end = 0
    for date in dates.find(text, language):
        assert end <= date.start < date.end <= len(text)
        end = date.end
