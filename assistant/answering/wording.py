"""The words of one question of a conversation by the part they play: things named, places, years, and what is asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.questions import Question, analyse
from assistant.answering.sought import Sought
from assistant.answering.spelling import Spelling, is_shouted
from assistant.figures import FigureKind
from assistant.terms import content_words, fold, fold_in_place
from assistant.types import Language, Span

# Words that say what is asked of a thing, and are no thing themselves.
ATTRIBUTES = frozenset(
    """
    budget budgets montant montants cout couts prix tarif tarifs date dates lieu lieux ville villes adresse nom noms
    surface superficie effectif effectifs duree taille objectif objectifs cost costs price prices fee fees funding
    amount place city name names total venue address size headcount duration goal goals aim aims
    president presidente directeur directrice general generale pdg ceo boss patron patronne dirigeant dirigeants
    fondateur fondateurs founder founders chair director head owner proprietaire
    ensuite apres then next environ approximately combien
    plus more detail details info infos information informations precision precisions savoir dis dites explique
    expliquez explain elaborate developpe continue go autre autres other others else premier premiere first
    deuxieme second seconde last dernier derniere previous precedent suivant d quelle quels c chiffre figure year annee
    """.split()
)
# Words that say too little to be what a question is about.
LIGHT = frozenset(
    """
    attendu attendus attendue attendues prevu prevus prevue prevues lieu tient tenir cree crees creee creees creer
    seront ouvre ouvert ouverte ouvrir commence demarre coute couter coutait trouve trouver situe situee passe
    passer preside dirige gere finance coordonne chairs runs leads expected planned come came out created create
    open opened opens start started starts begin begins located held take takes took happen happens happened work
    works made make long
    today aujourd hui actuellement currently now
    """.split()
)
# Words that only join others, or stand for things without pointing at any.
_EMPTY = frozenset(
    """
    chez sous depuis avant entre pres pendant selon since before between near during within
    lesquels lesquelles lequel laquelle ones one exactement precisement exactly bas juste just
    """.split()
)
# Nouns that, with a definite article, point at what was said: "le projet", "the plant".
GENERIC = frozenset(
    """
    projet projets usine usines site sites unite unites societe societes entreprise entreprises groupe programme plan
    evenement edition chantier batiment travaux construction investissement laboratoire centre association
    plateforme organisme structure start-up startup startups operation partenariat partenaire partenaires accord
    project projects plant plants facility factory unit company firm group programme program event building works
    investment lab laboratory center platform organisation organization deal agreement partner partners partnership
    """.split()
)
# What the documents are about as a whole, which needs no other name.
_SELF_STANDING = frozenset("congres congress filiere secteur sector".split())

_NAMES_WITH_A_YEAR = re.compile(r"\b(?:france|horizon|europe|agenda|vision) 20\d0\b")
_TOKEN = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu)['’](?=\w)|[\w&]+(?:[-.’'][\w&]+)*", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.?!:]\s*$")
_WITHIN_A_NAME = frozenset("de du des d la le les l of the & sur".split())
_PLACE_PREPOSITIONS = frozenset({"a", "en", "in", "at", "near", "au", "aux"})
_QUESTION_WORDS = re.compile(
    r"\b(?:est-ce qu[e'’]|qu['’ ]est[- ]ce qu[ei'’]?|c['’ ]?est quoi|c['’ ]?est|how (?:much|many|long|big|large)|"
    r"combien(?: de\b| d['’])?|quand|ou|qui|comment|pourquoi|quel(?:le)?s?|when|where|who|whom|why|what|which|how)"
    r"(?!\w)\s*"
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A name as it was typed, with the preposition that makes it a place, if one does."""

    span: Span
    text: str
    is_place: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """A question by its parts. ``topic`` are the words that are neither names, figures nor attributes."""

    question: Question
    chunks: tuple[Chunk, ...]
    topic: frozenset[str]
    attributes: frozenset[str]

    @property
    def text(self) -> str:
        return self.question.text

    @property
    def sought(self) -> Sought:
        return self.question.sought

    @property
    def places(self) -> tuple[Chunk, ...]:
        return tuple(chunk for chunk in self.chunks if chunk.is_place)

    @property
    def subjects(self) -> tuple[Chunk, ...]:
        return tuple(chunk for chunk in self.chunks if not chunk.is_place)

    @property
    def names_its_subject(self) -> bool:
        return bool(self.subjects) or bool(self.topic & _SELF_STANDING)

    @property
    def telling(self) -> frozenset[str]:
        """What it is about apart from names: the topic without words that say little."""
        return self.topic - LIGHT

    @property
    def figures(self) -> tuple[Span, ...]:
        """The dates and ordinals, which another question may replace; not the year of a name: France 2030."""
        named = [match.span() for match in _NAMES_WITH_A_YEAR.finditer(fold(self.text))]
        return tuple(
            Span(figure.start, figure.end)
            for figure in self.question.figures
            if figure.kind in (FigureKind.DATE, FigureKind.ORDINAL)
            and not any(start <= figure.start < end for start, end in named)
        )


def read(text: str, language: Language, spelling: Spelling) -> Wording:
    """The parts of a question; ``spelling`` tells the names that were typed without a capital."""
    question = analyse(text, language)
    figures = [(figure.start, figure.end) for figure in question.figures]
    chunks = tuple(_chunks(text, figures, spelling))
    named = {word for chunk in chunks for word in content_words(chunk.text)}
    counted = {word for start, end in figures for word in content_words(text[start:end])}
    rest = frozenset(question.words) - named - counted - _EMPTY
    return Wording(question, chunks, topic=rest - ATTRIBUTES, attributes=rest & ATTRIBUTES)


def tokens(text: str) -> list[re.Match[str]]:
    """The words of a text, with what French elides as a word of its own."""
    return list(_TOKEN.finditer(text))


def plain(token: re.Match[str]) -> str:
    return fold(token[0]).rstrip("'’")


def without_question_words(text: str) -> str:
    """What a question is about, without the words that ask."""
    folded = fold_in_place(text)
    kept, position = [], 0
    for match in _QUESTION_WORDS.finditer(folded):
        kept.append(text[position : match.start()])
        position = match.end()
    return " ".join("".join([*kept, text[position:]]).rstrip(" ?").split())


def _chunks(text: str, figures: list[tuple[int, int]], spelling: Spelling) -> Iterator[Chunk]:
    found = tokens(text)
    shouted = is_shouted(text)
    named = [_is_name(text, token, figures, spelling, shouted=shouted) for token in found]
    place = 0
    while place < len(found):
        if not named[place]:
            place += 1
            continue
        last = _last_of_name(text, found, named, place)
        start = found[place].start()
        before = plain(found[place - 1]) if place else ""
        is_place = before in _PLACE_PREPOSITIONS
        if is_place:
            start = found[place - 1].start()
        yield Chunk(Span(start, found[last].end()), text[start : found[last].end()], is_place)
        place = last + 1


def _last_of_name(text: str, found: list[re.Match[str]], named: list[bool], first: int) -> int:
    """The index of the last word of a name that begins at ``first``: "Palais des Congrès de Tours" is one."""
    last, place = first, first + 1
    while place < len(found):
        between = text[found[place - 1].end() : found[place].start()]
        is_year_of_name = _NAMES_WITH_A_YEAR.fullmatch(fold(text[found[place - 1].start() : found[place].end()]))
        if between.strip() or not (named[place] or plain(found[place]) in _WITHIN_A_NAME or is_year_of_name):
            break
        if named[place] or is_year_of_name:
            last = place
        place += 1
    return last


def _is_name(
    text: str, token: re.Match[str], figures: list[tuple[int, int]], spelling: Spelling, *, shouted: bool
) -> bool:
    words = [word for word in content_words(token[0]) if len(word) > 1]
    if not words or token[0].isdigit() or any(start < token.end() and token.start() < end for start, end in figures):
        return False
    letters = token[0]
    if any(letter.isdigit() for letter in letters) or (any(map(str.isupper, letters[1:])) and not shouted):
        return True
    first = token.start() == 0 or bool(_SENTENCE_ENDS.search(text[: token.start()]))
    if letters[0].isupper() and not shouted:
        return not first or not (words[0] in ATTRIBUTES | LIGHT | GENERIC or spelling.is_name(words[0]) is False)
    return words[0] not in ATTRIBUTES and spelling.is_name(words[0]) is True
