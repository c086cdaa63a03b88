"""Which of the two languages a text is in. Pure: no model, the same answer every time.

A word that one language uses all the time and the other hardly ever counts for that language; so, a little less, do
the words that sentence pairs show to be of one language only (``language_words``, from ``training/language_words.py``),
French elisions, English contractions, letters that only French has, and word endings. Not done: texts in a third
language (they get the nearer of the two), and finding the passages of a text that are in the other language.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from assistant.terms import fold
from assistant.types import Language

# Enough to know a document's language, and it keeps a large document as cheap as a small one.
_SAMPLE_CHARS = 20_000

_FRENCH_WORDS = frozenset(
    """
    le la les un une des du de au aux et ou ce cet cette ces mon ton son ma ta sa mes tes ses notre votre nos vos leur
    leurs je tu il elle nous vous ils elles lui eux moi toi soi ceci cela ca celui celle ceux celles qui que quoi dont
    quel quelle quels quelles lequel laquelle lesquels quand comment combien pourquoi est sont etait etaient sera
    seront serait soit ete suis sommes etes etre avoir ont avait aura auront avez avons ai fait faire font peut
    peuvent pouvez doit doivent faut va vont dit dans par pour sur sous avec sans chez vers entre depuis pendant avant
    apres contre selon afin lors jusque ne pas ni si oui mais donc car comme aussi tres peu beaucoup trop encore deja
    toujours jamais ici tout toute tous toutes autre autres meme memes quelque quelques plusieurs chaque aucun aucune
    rien bien moins ainsi alors puis voici voila deux trois quatre cinq sept huit neuf dix cent mille
    fut furent etant ayant eu existe parmi davantage surtout demain hier maintenant
    prix billet billets tarif tarifs horaire horaires lieu adresse jour jours mois annee annees ville entreprise
    entreprises usine usines investissement investissements salaries emplois formation formations bioproduction
    biomedicaments biomedicament therapies therapie sante filiere congres inscription intervenants exposants stand
    nombre liste donne explique trouver bonjour merci janvier fevrier mars avril mai juin juillet aout septembre octobre
    novembre decembre soutien financement chiffre chiffres milliard milliards nom francais francaise francaises prochain
    prochaine partenaires recherche marche effectif effectifs patron patronne directeur directrice siege lancement
    ouverture taille cout couts maison fondateur fondatrice annuel annuelle
    """.split()
)
_ENGLISH_WORDS = frozenset(
    """
    the a an and or of to in is are was were be been being am has have had having do does did done doing will would
    shall should can could may might must i you he she it we they him her us them my your his its our their mine this
    that these those who whom whose which what when where why how there here not no yes but if then than because so as
    at by for from with without into onto about above below between after before during since until against under
    over through up down out off again any some all each every both few many much more most other others another such
    only own same too very just also even still already always never ever now let get gets got give given make made
    tell say says said take took know want need like show find list
    one two three four five six seven eight nine ten hundred thousand million billion
    price ticket tickets fee fees schedule venue address day days month months year years city company companies
    factory factories plant plants investment investments invest invested employees jobs training biomanufacturing
    medicines drug drugs therapies therapy health industry congress registration speakers exhibitors booth number
    hello thanks please january february march april june july august september october november december support
    funding figure figures name french english next held place use used new market research
    staff headcount workforce turnover revenue ceo chief head boss owner founder founded annual launch launched opening
    opened winner size cost costs spend spent cheap password whats wheres whos
    """.split()
)
# Words of both languages: no evidence.
_SHARED_WORDS = frozenset({"a", "an", "as", "on", "or", "me", "son", "but", "car", "ton", "ma"})
_NO_EVIDENCE = _SHARED_WORDS | (_FRENCH_WORDS & _ENGLISH_WORDS)

_WORDS = {Language.FRENCH: _FRENCH_WORDS, Language.ENGLISH: _ENGLISH_WORDS}

_FRENCH_ENDINGS = ("ique", "iques", "euse", "euses", "eux", "aux", "aire", "aires", "oire", "ois", "oise", "ees", "ez")
_ENGLISH_ENDINGS = ("ing", "ings", "ness", "ship", "ght", "lly", "ity", "ities", "ould", "ies", "ed")
_ENDINGS = {Language.FRENCH: _FRENCH_ENDINGS, Language.ENGLISH: _ENGLISH_ENDINGS}

_WORD_WEIGHT = 1.0
_NAME_PARTICLES = frozenset({"de", "la", "le", "les", "du", "des"})
_PARTICLE_WEIGHT = 0.6  # they are in the French names that English texts are full of
_NAME_WEIGHT = 0.3  # times the weight of the word itself
_LISTED_WEIGHT = 0.5
_ENDING_WEIGHT = 0.4
_ACCENT_WEIGHT = 0.5
_NAME_ACCENT_WEIGHT = 0.1  # "Didier Véron" has its accent in English too
_ELISION_WEIGHT = 1.0
_CONTRACTION_WEIGHT = 1.0

# "Neuville-sur-Saône" is the name of a place in every language.
_WITHIN_PLACE = re.compile(r"-(?:sur|sous|en|et|de|du|des|la|le|les|l[eè]s|aux?)(?=-)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_FRENCH_LETTERS = re.compile(r"[àâæçéèêëîïôœùûÿ]", re.IGNORECASE)
_ELISION = re.compile(
    r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|aujourd)['’](?=[^\W\d_]{2}|[aày]\b)", re.IGNORECASE
)
_CONTRACTION = re.compile(r"[^\W\d_]['’](?:s|t|ll|re|ve|d|m)\b", re.IGNORECASE)


def detect(text: str, *, default: Language) -> Language:
    """Tell the language of ``text``, or ``default`` when nothing in it tells, as in ``"CDMO Tours?"``.

    Accents may be missing and the case is of no account.
    """
    sample = _WITHIN_PLACE.sub("", unicodedata.normalize("NFC", text[:_SAMPLE_CHARS]))
    words = _WORD.findall(sample)
    folded = [fold(word) for word in words]
    french = _french_words(words, folded) + _accents(words) + _ELISION_WEIGHT * len(_ELISION.findall(sample))
    english = _english_words(words, folded) + _CONTRACTION_WEIGHT * len(_CONTRACTION.findall(sample))
    if french == english:
        return default
    return Language.FRENCH if french > english else Language.ENGLISH


def words_file(language: Language) -> Path:
    """Where the words that tell a language are kept, one a line, folded."""
    return Path(__file__).with_name("language_words") / f"{language}.txt"


@cache
def _listed(language: Language) -> frozenset[str]:
    return frozenset(words_file(language).read_text(encoding="utf-8").split())


def _french_words(words: Sequence[str], folded: Sequence[str]) -> float:
    return sum(
        _weight(plain, Language.FRENCH) * (_NAME_WEIGHT if _is_name(words, place) else 1.0)
        for place, plain in enumerate(folded)
    )


def _english_words(words: Sequence[str], folded: Sequence[str]) -> float:
    # "thé" is not "the": a word with a French accent is never English evidence
    return sum(
        _weight(plain, Language.ENGLISH) * (_NAME_WEIGHT if _is_name(words, place) else 1.0)
        for place, plain in enumerate(folded)
        if words[place].isascii()
    )


def _is_name(words: Sequence[str], place: int) -> bool:
    """Whether a word looks like part of a name, which every language keeps: the Congrès France Bioproduction."""
    return place > 0 and words[place].istitle() and len(words[place]) > 1


def _weight(word: str, language: Language) -> float:
    if word in _NO_EVIDENCE:
        return 0.0
    if word in _WORDS[language]:
        return _PARTICLE_WEIGHT if word in _NAME_PARTICLES else _WORD_WEIGHT
    if word in _listed(language):
        return _LISTED_WEIGHT
    return _ENDING_WEIGHT if len(word) > 4 and word.endswith(_ENDINGS[language]) else 0.0


def _accents(words: Iterable[str]) -> float:
    return sum(
        _NAME_ACCENT_WEIGHT if word[0].isupper() else _ACCENT_WEIGHT for word in words if _FRENCH_LETTERS.search(word)
    )
