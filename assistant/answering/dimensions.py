"""What a figure is a figure of: how long something lasts is not said in degrees, and an investment is no revenue."""

import re
from dataclasses import dataclass

from assistant.answering.sought import Sought, plain
from assistant.figures import Figure
from assistant.reading.blocks import ROW_SEPARATOR
from assistant.terms import fold

_BEHIND = re.compile(r"[\s\u00a0\u202f-]*(°|[^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Dimension:
    """The units that a figure asked for may be in: those that ``figures`` tells, and words that may follow a number.

    ``bare`` says that a number may as well stand alone: "at 52". Where units say nothing, as of money, ``said`` must
    match the sentence when plain.
    """

    units: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    bare: bool = False
    said: re.Pattern[str] | None = None

    def measures(self, figure: Figure, sentence: str) -> bool:
        """Whether a figure of the sentence is such a one; in a row of a table, its column may tell the unit."""
        if self.said:
            return bool(self.said.search(plain(sentence)))
        if figure.unit:
            return figure.unit in self.units
        behind = _BEHIND.match(sentence, figure.end)
        is_followed = behind is not None and fold(behind[1]) in self.words
        return is_followed or self.bare or ROW_SEPARATOR in sentence


_TIME_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})
_TIME_WORDS = frozenset("siecle siecles century centuries trimestre trimestres hr hrs mn nuits nights".split())
_LENGTH_WORDS = frozenset(
    """
    m metre metres meter meters cm mm centimetre centimetres centimeter centimeters millimetre millimetres millimeter
    millimeters micrometre micrometres micrometers micron microns nanometre nanometres nanometers mile miles mille
    milles foot feet ft inch inches pouce pouces pied pieds lieue lieues
    """.split()
)
_TIME = Dimension(_TIME_UNITS, _TIME_WORDS)
_AGE = Dimension(_TIME_UNITS, bare=True)
_LENGTH = Dimension(frozenset({"km"}), _LENGTH_WORDS)
_TIME_OR_LENGTH = Dimension(_TIME_UNITS | {"km"}, _TIME_WORDS | _LENGTH_WORDS)
_MASS = Dimension(
    frozenset({"kg", "t", "mg"}),
    frozenset("g gramme grammes gram grams kilogramme kilogrammes kilograms quintal quintaux pounds lb livres".split()),
)
_TEMPERATURE = Dimension(
    frozenset({"°C"}), frozenset({"°", "degre", "degres", "degree", "degrees", "kelvin", "kelvins"})
)
_AREA = Dimension(frozenset({"m²", "ha"}), frozenset("square km kilometres acre acres".split()))

_REVENUE = Dimension(
    said=re.compile(
        r"\b(?:chiffres? d affaires|ca|revenus?|revenues?|turnover|sales|sells?|sold|ventes?|vend\w*|recettes?|takings|"
        r"income|earn\w*|factur\w*|bill\w*)\b"
    )
)
_PROFIT = Dimension(
    said=re.compile(
        r"\b(?:benefices?|profit\w*|resultats?|pert\w+|perd\w*|loss\w*|lost|marges?|margins?|deficit\w*|exced\w*|surplus|"
        r"gagn\w*|gain\w*|earn\w*)\b"
    )
)
_SHARE_PRICE = Dimension(said=re.compile(r"\b(?:action|bourse|shares?|stocks?)\b"))

_RULES = {
    sought: tuple((re.compile(rf"\b(?:{pattern})\b"), dimension) for pattern, dimension in rules)
    for sought, rules in {
        Sought.QUANTITY: (
            (r"how (?:long|far)|longueur|length|distance", _TIME_OR_LENGTH),
            (r"combien de temps|duree|delai|duration|life ?span", _TIME),
            (r"age", _AGE),
            (r"how (?:high|tall|deep|wide|thick)|largeur|hauteur|profondeur|epaisseur|altitude|diametre", _LENGTH),
            (r"width|height|depth|thickness|diameter", _LENGTH),
            (r"how heavy|poids|masse|weight", _MASS),
            (r"temperature", _TEMPERATURE),
            (r"superficie|floor area|surface area", _AREA),
        ),
        Sought.MONEY: (
            (r"(?:share|stock) prices?|cours (?:de l action|de bourse)", _SHARE_PRICE),
            (r"chiffres? d affaires|ca|revenues?|turnover|sales", _REVENUE),
            (r"benefices?|profits?|resultat net|pertes|loss(?:es)?|marge|margin", _PROFIT),
        ),
    }.items()
}


def asked_by(question: str, sought: Sought) -> Dimension | None:
    """The dimension of the figure that a plain question asks for; None where it does not say or any will do."""
    return next((dimension for pattern, dimension in _RULES.get(sought, ()) if pattern.search(question)), None)
