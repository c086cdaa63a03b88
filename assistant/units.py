"""The names of scales, currencies and units in both languages, folded, as they stand beside a number."""

import re
from collections.abc import Iterable

from assistant.terms import SPACE


def _by_name(names: dict[str, str]) -> dict[str, str]:
    return {name: value for value, listed in names.items() for name in listed.split("|")}


def either(names: Iterable[str]) -> str:
    """Any of the names, the longest first, as a whole word; ``l`` is none in ``l'usine``."""
    ends = {name: r"(?!\d)" if not name[-1].isalnum() else r"(?!\w)" if name[1:] else r"(?![\w'’])" for name in names}
    return "|".join(re.escape(name).replace(r"\ ", SPACE) + ends[name] for name in sorted(ends, key=len, reverse=True))


# "Billion" is the English one in French texts too, where it is mostly an anglicism.
_POWERS = {"2": "centaines|hundred", "3": "k|mille|millier|milliers|thousand", "6": "mn|million|millions",
           "9": "md|mds|mrd|milliard|milliards|bn|billion|billions", "12": "trillion|trillions"}  # fmt: skip
SCALE_WORDS = {name: 10 ** int(power) for name, power in _by_name(_POWERS).items()} | {"dozen": 12, "dizaines": 10}
SCALES = SCALE_WORDS | {"m": 10**6, "b": 10**9}  # these letters beside a currency only: "500 m" is a length
CURRENCIES = _by_name(
    {"EUR": "€|euro|euros|eur", "USD": "us$|us $|$|us dollars|dollars us|dollars americains|dollar|dollars|usd",
     "SGD": "s$|singapore dollars|dollar de singapour|dollars de singapour|dollars singapouriens|sgd",
     "JPY": "¥|yen|yens|jpy", "GBP": "£|livre sterling|livres sterling|pounds|pounds sterling|gbp",
     "CHF": "swiss francs|franc suisse|francs suisses|chf"}
)  # fmt: skip
UNITS = CURRENCIES | _by_name(
    {"%": "%|pour cent|pourcent|per cent|percent", "m²": "m²|m2|metres carres|square metres|square meters|sq m",
     "m³": "m³|m3|metres cubes|cubic metres|cubic meters",
     "ha": "ha|hectare|hectares", "l": "l|litre|litres|liter|liters", "ml": "ml|millilitres",
     "km": "km|kilometres|kilometers", "g/l": "g/l", "mg": "mg|milligrammes|milligrams", "kg": "kg|kilos",
     "t": "tonne|tonnes", "°C": "°c",
     "year": "an|ans|annee|annees|year|years", "month": "mois|month|months", "day": "jour|jours|day|days",
     "week": "semaine|semaines|week|weeks", "hour": "h|heure|heures|hour|hours", "minute": "min|minute|minutes",
     "second": "secondes|seconds"}
)  # fmt: skip
BESIDE_YEARS = frozenset({"", "year", "month", "week", "day"})  # beside these a year stays one: "2024 150 personnes"
