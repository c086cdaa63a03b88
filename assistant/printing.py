"""Writes figures in French or English, with that language's typography, so that ``figures.find`` reads them back.

``€86 million`` is ``86 millions d’euros``, ``1,500`` is ``1 500``. What is written has as many digits as are meant
and never more: ``86 millions`` does not become ``86,000,000``.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant import hedges, written_dates
from assistant.figures import Figure, FigureKind
from assistant.hedges import Hedge
from assistant.types import Language

_FRENCH, _ENGLISH = Language.FRENCH, Language.ENGLISH
_NO_BREAK, _NARROW, _MINUS = "\u00a0", "\u202f", "\u2212"
_SEPARATORS = {_FRENCH: (_NARROW, ","), _ENGLISH: (",", ".")}
# A French trillion is a million times the English one, and is not written.
_SCALES = {
    _FRENCH: {3: ("millier", "milliers"), 6: ("million", "millions"), 9: ("milliard", "milliards")},
    _ENGLISH: {3: ("thousand", "thousand"), 6: ("million", "million"), 9: ("billion", "billion"),
               12: ("trillion", "trillion")},
}  # fmt: skip
_CURRENCIES = {
    _FRENCH: {"USD": ("dollar", "dollars"), "SGD": ("dollar de Singapour", "dollars de Singapour"),
              "GBP": ("livre sterling", "livres sterling"), "JPY": ("yen", "yens"), "EUR": ("euro", "euros"),
              "CHF": ("franc suisse", "francs suisses")},
    _ENGLISH: {"USD": ("dollars",) * 2, "SGD": ("Singapore dollars",) * 2, "GBP": ("pounds",) * 2, "JPY": ("yen",) * 2,
               "EUR": ("euros",) * 2, "CHF": ("Swiss francs",) * 2},
}  # fmt: skip
_SYMBOLS = {"EUR": "€", "USD": "$", "SGD": "S$", "GBP": "£", "JPY": "¥", "CHF": f"CHF{_NO_BREAK}"}
# Units that have no name here are written with their symbol, which is the same in both languages.
_UNITS = {
    _FRENCH: {"ha": ("hectare", "hectares"), "l": ("litre", "litres"), "t": ("tonne", "tonnes"), "year": ("an", "ans"),
              "month": ("mois", "mois"), "week": ("semaine", "semaines"), "day": ("jour", "jours"),
              "hour": ("heure", "heures"), "minute": ("minute", "minutes"), "second": ("secondes", "secondes")},
    _ENGLISH: {"ha": ("hectare", "hectares"), "l": ("litre", "litres"), "t": ("tonne", "tonnes"),
               "year": ("year", "years"), "month": ("month", "months"), "week": ("week", "weeks"),
               "day": ("day", "days"), "hour": ("hour", "hours"), "minute": ("minute", "minutes"),
               "second": ("seconds", "seconds")},
}  # fmt: skip
_UNSCALED = frozenset({"%", "°C"})


@dataclass(frozen=True, slots=True)
class _Amount:
    """The digits of a figure, and the word that multiplies them."""

    mantissa: Decimal
    scale: int

    def digits(self, language: Language) -> str:
        thousands, decimal = _SEPARATORS[language]
        marks = str.maketrans({",": thousands, ".": decimal, "-": _MINUS})
        return f"{self.mantissa:,f}".translate(marks)

    def is_plural(self, language: Language) -> bool:
        """French counts from two: ``1,5 million``, ``0,5 hectare``; English all but one: ``0.5 hectares``."""
        size = abs(self.mantissa)
        return size >= 2 if language is _FRENCH else str(size) != "1"


def written(figure: Figure, language: Language) -> str:
    """The figure in words of ``language``, with its hedge: ``plus de 86 millions d’euros``, ``9th``.

    Where the language has no words for its digits and no others, it is written as ``about`` the same value.
    """
    if figure.kind in {FigureKind.DATE, FigureKind.TIME}:
        return written_dates.written(figure.value, language)
    if figure.kind is FigureKind.ORDINAL:
        return _ordinal(Decimal(figure.value), language)
    amount, is_exact = _amount(figure, language)
    hedge = figure.hedge if is_exact else Hedge.ABOUT
    return f"{hedges.written(hedge, language)} {_with_unit(amount, figure, language)}".lstrip()


def written_range(first: Figure, last: Figure, language: Language) -> str:
    """The two ends of a range of one unit: ``8 to 12%``, ``250 à 280 millions d’euros``; neither a span nor a rise."""
    ends = [replace(figure, hedge=Hedge.NONE) for figure in (first, last)]
    (left, _), (right, _) = (_amount(end, language) for end in ends)
    start, end = (written(figure, language) for figure in ends)
    is_before_unit = first.kind is not FigureKind.MONEY or language is _FRENCH  # not "€250 to 280 million"
    if left.scale == right.scale and left.mantissa >= 0 and is_before_unit:
        start = left.digits(language)
    to = "à" if language is _FRENCH else "to"
    return f"{hedges.written(first.hedge, language)} {start} {to} {end}".lstrip()


def _amount(figure: Figure, language: Language) -> tuple[_Amount, bool]:
    """The figure in the scale that shows the digits meant and no other; not exact where no scale does."""
    value, precision = Decimal(figure.value), figure.precision
    is_about = figure.hedge is Hedge.ABOUT
    powers = [0] if figure.unit in _UNSCALED else [0, *_SCALES[language]]
    powers = [power for power in powers if power != 3 or not is_about]  # about 1,500, not about 1.5 thousand
    power = next((power for power in powers if power >= precision), None)
    if power is not None and (power == 0 or not value or abs(value) >= _least(power, is_about=is_about)):
        return _scaled(value, power, min(precision - power, 0)), True
    coarsest = max(power for power in powers if power <= precision)
    return _scaled(value, coarsest, 0), False


def _least(power: int, *, is_about: bool) -> Decimal:
    """What a scale is used from: ``0.5 million`` is well written, ``0.02 thousand`` for twenty is not."""
    return Decimal(10) ** (power if power == 3 or is_about else power - 2)


def _scaled(value: Decimal, power: int, exponent: int) -> _Amount:
    mantissa = value.scaleb(-power)
    return _Amount(mantissa.quantize(Decimal(1).scaleb(exponent)), power)


def _with_unit(amount: _Amount, figure: Figure, language: Language) -> str:
    digits = amount.digits(language)
    scale = _SCALES[language][amount.scale][amount.is_plural(language)] if amount.scale else ""
    if figure.kind is FigureKind.MONEY:
        return _money(amount, figure.unit, scale, language)
    if not figure.unit:
        return _NO_BREAK.join(filter(None, [digits, scale]))
    if figure.unit == "%":
        return f"{digits}{_NO_BREAK}%" if language is _FRENCH else f"{digits}%"
    names = _UNITS[language].get(figure.unit, (figure.unit, figure.unit))
    if not scale:
        return f"{digits}{_NO_BREAK}{names[amount.is_plural(language)]}"
    if language is _ENGLISH:
        return f"{digits}{_NO_BREAK}{scale} {names[1]}"
    return f"{digits}{_NO_BREAK}{scale} {_of('années' if figure.unit == 'year' else names[1])}"


def _money(amount: _Amount, currency: str, scale: str, language: Language) -> str:
    digits = amount.digits(language)
    names = _CURRENCIES[language][currency]
    if language is _ENGLISH:
        if amount.mantissa < 0:  # a sign before the symbol would not be read
            return _NO_BREAK.join(filter(None, [digits, scale, names[1]]))
        short = "k" if amount.scale == 3 else f"{_NO_BREAK}{scale}" if scale else ""
        return f"{_SYMBOLS[currency]}{digits}{short}"
    if currency == "EUR" and amount.scale in {0, 3}:
        return f"{digits}{_NO_BREAK}{'k' if scale else ''}€"
    if not scale:
        return f"{digits}{_NO_BREAK}{names[amount.is_plural(language)]}"
    return f"{digits}{_NO_BREAK}{scale} {_of(names[1])}"


def _of(name: str) -> str:
    """``d’euros``, ``de dollars``."""
    return f"d’{name}" if name[0] in "aeéhouy" and name not in {"yens"} else f"de {name}"


def _ordinal(number: Decimal, language: Language) -> str:
    digits = _Amount(number, 0).digits(language)
    if language is _FRENCH:
        return f"{digits}er" if number == 1 else f"{digits}ᵉ"
    last = int(number) % 100
    ending = "th" if last in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th")
    return f"{digits}{ending}"
