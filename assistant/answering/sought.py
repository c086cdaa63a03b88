"""What kind of value a question seeks, told from its words alone."""

import re
from enum import StrEnum

from assistant.figures import FigureKind
from assistant.terms import content_words, fold


class Sought(StrEnum):
    """The kind of value that would answer a question."""

    DATE = "date"
    TIME = "time"  # of day
    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"  # of things, or a measure
    QUANTITY = "quantity"  # any of the three before
    CONTACT = "contact"  # a telephone number or an address to write to
    PERSON = "person"  # who holds an office
    ORGANISATION = "organisation"
    WHO = "who"  # a person or an organisation
    NAME = "name"  # of anything
    PLACE = "place"
    LIST = "list"
    DEFINITION = "definition"
    REASON = "reason"
    MANNER = "manner"
    ANYTHING = "anything"


_MONEY = (
    r"budget|montants?|invest\w*|cout\w*|prix|tarifs?|chiffres? d affaires|financ\w*|subvention\w*|argent|euros?|"
    r"costs?|prices?|fees?|fund\w*|revenues?|turnover|sales|money|cash|amount|spen[dt]\w*|pay|paid|worth|raised?|"
    r"somme|depens\w*|mobilis\w*|enveloppe|cagnotte|facture|salaires?|salary|gagn\w*|earns?|leve\w*|loyers?|"
    r"(?:the|much|monthly) rents?|fares?|wages?|(?:the|full|total) bill|surcharge|(?:extra|entry|service) charge"
)
_OFFICES = (
    r"president\w*|presid\w+|directeur|directrice|dirig\w+|pdg|dg|patron\w*|ministres?|fondateurs?|fondatrices?|"
    r"chef d etat|boss|ceo|chief|heads?|chairs?|leader|founders?|ministers?|politician|director|manager"
)
_BODIES = (
    r"firms?|compan(?:y|ies)|entreprises?|societes?|agenc(?:e|es|y|ies)|instituts?|institutes?|organi[sz]ations?|"
    r"labos?|labs?|laboratoires?|laborator(?:y|ies)|groupes?|groups?|fournisseurs?|suppliers?|clients?|customers?|"
    r"partners?|partenaires?|universit\w+|unis?|schools?|ecoles?|services?|organismes?|clusters?|poles?|associations?|"
    r"fabricants?|producteurs?|manufacturers?|makers?|producers?|exploitants?|editeurs?|publishers?|banques?|banks?|"
    r"assureurs?|insurers?|hopita(?:l|ux)|hospitals?|cliniques?|clinics?|musees?|museums?|ministeres?|ministr(?:y|ies)"
)
_PLACES = (
    r"villes?|lieux?|endroits?|regions?|pays|communes?|departements?|city|cities|towns?|countr(?:y|ies)|places?|venue"
)
_FRENCH_MEASURES = (
    r"capacit\w+|contenance|delai|duree|longueur|largeur|hauteur|profondeur|epaisseur|altitude|poids|volume|debit|"
    r"masse(?! salariale)|diametre|distance|temperature|vitesse|cadence|age|population|tonnage|rendement|puissance|"
    r"surface"
)
_MEASURES = (
    rf"{_FRENCH_MEASURES}|length|width|height|depth|thickness|weight|mass|(?:\w+ )?rate|diameter|speed|yield|duration|"
    r"(?:\w+ )?area|life ?span"
)
# "What mass spectrometer" asks for no mass.
_AFTER_A_NOUN = (
    r"of|is|was|were|are|be|does|do|did|can|could|must|may|should|has|have|had|will|would|at|in|for|per|from|to|on|\d+|"
    r"de|du|des|d|max\w*|min\w*|moyen\w*"
)
_WHICH = r"(?:quel(?:le)?s?|which|wich|what|dans quel(?:le)?s?)"
_WHO = r"(?:qui|who|whom|whose)"
# Before "who", these make it no question of its own.
_ASKS_BEFORE = r"(?:qu|(?<!est ce )que|quel(?:le)?s?|ou|comment|pourquoi|what|which|how|where|why)"
_CLAUSE = r"(?! (?:ils?|elles?|on|it|they|he|she|the)\b)"  # "when it started" is no question of its own

# In order: the first pattern that matches the folded question decides. A number of things outranks money words
# ("combien d'emplois pour 86 millions ?").
_RULES: tuple[tuple[Sought, str], ...] = (
    (Sought.CONTACT, r"(?:numero de )?telephone|phone(?: number)?|tel|e ?mails?|courriel"),
    (Sought.TIME, r"quelle heure|horaires?|what time|opening (?:hours?|times?)"),
    (Sought.MONEY, r"(?:share|stock) prices?|cours (?:de l action|de bourse)"),
    (Sought.SHARE, r"pourcentages?|quelle part|la part|proportion|taux|percent\w*|share|what (?:part|slice)"),
    (
        Sought.QUANTITY,
        r"combien de temps|how (?:long|far|fast|quickly|high|tall|deep|wide|thick|heavy)|"
        r"quelle (?:duree|vitesse)",
    ),
    (Sought.MONEY, rf"how much (?:money|cash|is|are|was|for)|(?:how much|combien) (?:\w+ ){{0,8}}(?:{_MONEY})"),
    (Sought.MONEY, r"combien d argent"),
    (
        Sought.NUMBER,
        r"how many|combien de|combien d|combien y a|y a combien|nombre|nb|numbers?(?: of)?|"
        r"quelle (?:surface|superficie)|effectifs?|headcount|workforce|attendance|how (?:big|large)|size of",
    ),
    (Sought.QUANTITY, r"combien|how much"),
    (
        Sought.DATE,
        rf"quand{_CLAUSE}|dates?|quel (?:jour|mois)|annees?|deadline|when{_CLAUSE}|year of|target year|"
        r"(?:what|which) (?:year|day|month)",
    ),
    (Sought.MONEY, rf"{_WHICH}\b.*\b(?:{_MONEY})|c est quoi .*\b(?:{_MONEY})"),
    (Sought.QUANTITY, rf"quel(?:le)? (?:(?:est|etait|sera) )?(?:(?:la|le|l|sa|son) )?(?:\w+ )?(?:{_FRENCH_MEASURES})"),
    (
        Sought.QUANTITY,
        rf"(?:which|wich|what) (?:(?:is|was|s) )?(?:(?:the|its) )?(?:\w+ )?(?:{_MEASURES})(?: (?:{_AFTER_A_NOUN})|$)",
    ),
    (
        Sought.NAME,
        r"comment (?:ils? |elles? )?(?:s|se) (?:appel\w+|nomm\w+|prenomm\w+)|"
        r"(?:quel est|c est quoi|c quoi) (?:le|son) (?:pre)?nom|"
        r"(?:what is|what s|whats|what was) (?:the|its|his|her|their) names?|"
        r"(?:what|how) (?:is|was|are|were) .*(?:called|named)",
    ),
    (Sought.REASON, r"pourquoi|pour quelles? raisons?|why|what for|how come|(?:what s|whats|what is) the point"),
    (Sought.PLACE, r"where"),
    # "ou" is also "or": it asks for a place at the beginning, or before a verb.
    (Sought.PLACE, r"(?:^|et |d |jusqu )ou|ou (?:est|sont|se|s|a|ont|aura|sera|va|vont|etait|on|en|peut|trouve\w*)"),
    (Sought.PERSON, rf"(?:{_WHICH} |qui .*|who .*|le |la |l |^)(?:{_OFFICES})|(?:ceo|pdg|dg|president\w*|direct\w+)$"),
    (Sought.WHO, rf"^(?!.*\b{_ASKS_BEFORE}\b.*\b{_WHO}\b).*\b{_WHO}"),
    (Sought.PLACE, rf"{_WHICH} (?:\w+ )?(?:{_PLACES})|^(?:lieu|ville|venue)"),
    (Sought.ORGANISATION, rf"{_WHICH} (?:\w+ )?(?:{_BODIES})"),
    (Sought.LIST, r"quel(?:le)?s sont|listes?|enumer\w*|list|(?:what|which) are|name the|lesquel\w*|quels|quelles"),
    (Sought.MANNER, r"comment|how"),
    (
        Sought.DEFINITION,
        r"qu est ce qu\w*|c est quoi|c quoi|definition|que signifie|veut dire|what is|what s|whats|what does .* mean|"
        r"define|meaning",
    ),
    # Without a question word, what is asked for is a noun.
    (Sought.MONEY, rf"^(?:\w+ ){{0,3}}(?:{_MONEY})|prix|cout|montant|chiffre d affaires|price|cost|revenue|turnover"),
    (
        Sought.QUANTITY,
        rf"^(?!.*\b(?:qui|{_ASKS_BEFORE})\b)(?:(?:{_FRENCH_MEASURES})\b|.*\b(?:{_MEASURES})(?: (?:{_AFTER_A_NOUN})|$))",
    ),
    (
        Sought.QUANTITY,
        r"consom\w*ation|consumption|capacity|capacite|rate|rendement|yield|limite?|(?:par|per) an|per year",
    ),
)
_COMPILED = tuple((re.compile(rf"\b(?:{pattern})\b"), sought) for sought, pattern in _RULES)

_FIGURE_KINDS = {
    Sought.DATE: {FigureKind.DATE},
    Sought.TIME: {FigureKind.TIME},
    Sought.MONEY: {FigureKind.MONEY},
    Sought.SHARE: {FigureKind.SHARE},
    Sought.NUMBER: {FigureKind.NUMBER, FigureKind.MEASURE},
    Sought.QUANTITY: {FigureKind.NUMBER, FigureKind.MEASURE, FigureKind.MONEY, FigureKind.SHARE},
}
_OFFICE = re.compile(
    rf"\b(?:{_OFFICES}|executive|officer|led|heade?d|managing|managed|tete|conseiller|secretaire|secretary)\b"
)
_COUNTED = re.compile(r"\b(?:combien (?:de|d)|how many|nombre (?:de|d)|nb (?:de|d)|number of) (?P<things>\w+(?: \w+)?)")
_LATEST = re.compile(
    r"\b(?:derni(?:er|ere|ers|eres)|actuel\w*|aujourd hui|en ce moment|maintenant|recent\w*|a ce jour|"
    r"latest|newest|current\w*|now|today|to date|so far)\b"
)
_STAFF = re.compile(r"\b(?:effectifs?|headcount|workforce|staff)\b")
_PEOPLE, _WORKING = r"personnes|gens|people|persons", r"travaill\w*|boss\w+|embauch\w*|emplo[iy]\w*|work|works|working"
_AT_WORK = re.compile(
    rf"\b(?:(?:{_PEOPLE}) (?:\w+ ){{0,4}}(?:{_WORKING})|(?:{_WORKING}) (?:\w+ ){{0,4}}(?:{_PEOPLE}))\b"
)
# However people at work are counted, it is them.
_STAFF_WORDS = (
    ("employees",), ("jobs",), ("people",), ("workforce",), ("headcount",), ("staff",),
    ("salaries",), ("emplois",), ("personnes",), ("effectifs",), ("collaborateurs",),
)  # fmt: skip


def plain(question: str) -> str:
    """A question as the patterns here read it: folded, of words and single spaces."""
    return re.sub(r"[^\w?]+", " ", fold(question)).strip()


def sought_by(question: str) -> Sought:
    """The kind of value that a plain question seeks."""
    return next((sought for pattern, sought in _COMPILED if pattern.search(question)), Sought.ANYTHING)


def counted_by(question: str) -> tuple[tuple[str, ...], ...]:
    """The things whose number a plain question asks for, as folded words; several are ways to say the same."""
    if _AT_WORK.search(question):
        return _STAFF_WORDS
    if match := _COUNTED.search(question):
        things = tuple(content_words(match["things"]))
        return (things,) if things else ()
    return _STAFF_WORDS if _STAFF.search(question) else ()


def is_for_the_latest(question: str) -> bool:
    """Whether a plain question asks how things are now: the newest of several values answers it."""
    return bool(_LATEST.search(question))


def is_office(folded: str) -> bool:
    """Whether a folded text names an office that a person holds: ``pdg``, ``chief executive``, ``preside``."""
    return bool(_OFFICE.search(folded))


def figure_kinds(sought: Sought) -> frozenset[FigureKind]:
    """The kinds of figure that can answer, empty where no figure is asked for."""
    return frozenset(_FIGURE_KINDS.get(sought, ()))
