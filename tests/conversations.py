"""Conversations whose last question says only what is new, with the same question asked whole.

Invented for the purpose, over names of the field; each is (earlier questions, follow-up, whole question).
"""

from assistant.types import Language

NAMES = frozenset(
    "servier sanofi polepharma lyon gidy medicen modulus lfb arras novasep treefrog merck martillac molsheim ondine "
    "montpellier biolead france veron didier tours abolis yposkesi evry corbeil paris lonza roche".split()
)
ORDINARY = frozenset(
    "bioproduction anticorps vaccin vaccins usine usines emploi emplois jobs job congres congress billet parking "
    "programme chercheurs ingenieurs production membres members visiteurs exposants projet project financement "
    "quality qualite formation training centre".split()
)


class FakeSpelling:
    """Knows the names and the ordinary words above, and no others."""

    def holds(self, word: str) -> bool:
        return word in NAMES | ORDINARY

    def is_name(self, word: str) -> bool | None:
        return True if word in NAMES else False if word in ORDINARY else None


FRENCH = (
    # another year
    (["C'est quand le congrès 2025 ?"], "et en 2026 ?", "C'est quand le congrès 2026 ?"),
    (["c'est quand le congres 2025"], "et celui de 2026 ?", "c'est quand le congres 2026"),
    (["Combien de visiteurs en 2024 ?"], "et 2025 ?", "Combien de visiteurs en 2025 ?"),
    (["Qui présidait l'édition 2023 ?"], "et en 2024", "Qui présidait l'édition 2024 ?"),
    (["Où a lieu le congrès en 2025 ?"], "en 2026 ?", "Où a lieu le congrès en 2026 ?"),
    (["Combien de personnes Medicen a-t-il formées en 2023 ?"], "et en 2022 ?",
     "Combien de personnes Medicen a-t-il formées en 2022 ?"),
    (["C'est quand le congrès ?"], "et en 2023 ?", "C'est quand le congrès en 2023 ?"),
    (["C'est quand la 9e édition ?"], "et la 10e ?", "C'est quand la 10e édition ?"),
    (["Quel est le budget de France 2030 pour la santé ?"], "et pour 2024 ?",
     "Quel est le budget de France 2030 pour la santé en 2024 ?"),
    # another thing
    (["Que fait France BioLead ?"], "et Polepharma ?", "Que fait Polepharma ?"),
    (["que fait medicen"], "et polepharma", "que fait polepharma"),
    (["Combien Servier a-t-il investi à Gidy ?"], "et Sanofi ?", "Combien Sanofi a-t-il investi ?"),
    (["combien servier a investi à gidy"], "et sanofi ?", "combien sanofi a investi"),
    (["Quel est le budget de France BioLead ?"], "et celui de Polepharma ?", "Quel est le budget de Polepharma ?"),
    (["Qui dirige Yposkesi ?"], "et pour Novasep ?", "Qui dirige Novasep ?"),
    (["Qui dirige Yposkesi ?"], "même question pour Novasep", "Qui dirige Novasep ?"),
    (["Combien d'emplois chez Servier ?"], "chez Sanofi ?", "Combien d'emplois chez Sanofi ?"),
    (["C'est quand le congrès 2025 ?"], "et la JNBB ?", "C'est quand la JNBB ?"),
    (["Qu'est-ce que Modulus ?"], "et le LFB ?", "Qu'est-ce que le LFB ?"),
    (["Combien a coûté l'usine de Gidy ?"], "et l'usine d'Arras ?", "Combien a coûté l'usine d'Arras ?"),
    # another place
    (["Combien Servier a-t-il investi à Gidy ?"], "et à Lyon ?", "Combien Servier a-t-il investi à Lyon ?"),
    (["combien sanofi emploie de personnes à lyon"], "et a tours ?", "combien sanofi emploie de personnes à tours"),
    (["Combien Merck emploie-t-il de personnes à Martillac ?"], "à Molsheim ?",
     "Combien Merck emploie-t-il de personnes à Molsheim ?"),
    (["Combien d'emplois chez Sanofi ?"], "et à Lyon ?", "Combien d'emplois chez Sanofi à Lyon ?"),
    (["Combien d'emplois chez Sanofi ?"], "et dans la production ?",
     "Combien d'emplois chez Sanofi dans la production ?"),
    # something else of the same thing
    (["Combien Servier a-t-il investi à Gidy ?"], "et combien d'emplois ?", "Combien d'emplois Servier à Gidy ?"),
    (["Combien Servier a-t-il investi à Gidy ?"], "combien d'emplois", "combien d'emplois Servier à Gidy"),
    (["Qu'est-ce que le projet Ondine à Montpellier ?"], "son budget ?",
     "Quel est le budget de Ondine à Montpellier ?"),
    (["Qu'est-ce que le projet Ondine ?"], "et le budget ?", "Quel est le budget de Ondine ?"),
    (["Qu'est-ce que le projet Ondine ?"], "quel est le budget du projet ?", "Quel est le budget du projet Ondine ?"),
    (["Qu'est-ce que le projet Ondine ?"], "qui le finance ?", "Qui finance Ondine ?"),
    (["Qu'est-ce que le projet Ondine ?"], "qui coordonne ?", "Qui coordonne Ondine ?"),
    (["Que fait Yposkesi ?"], "c'est où ?", "Yposkesi c'est où ?"),
    (["Que fait Yposkesi ?"], "qui l'a créée ?", "Qui a créé Yposkesi ?"),
    (["Que fait Yposkesi ?"], "et le directeur général ?", "Qui est le directeur général de Yposkesi ?"),
    (["Qui est Didier Véron ?"], "il préside quoi ?", "quoi préside Didier Véron"),
    (["Qui est Didier Véron ?"], "quel âge a-t-il ?", "quel âge a Didier Véron"),
    (["Où est l'usine Modulus ?"], "combien a-t-elle coûté ?", "combien a coûté Modulus"),
    (["Où est l'usine Modulus ?"], "combien de personnes y travaillent ?", "combien de personnes travaillent Modulus"),
    (["Où est l'usine Modulus ?"], "et là-bas, combien d'emplois ?", "combien d'emplois Modulus"),
    (["C'est quand le congrès 2025 ?"], "et où ?", "Où le congrès 2025 ?"),
    (["C'est quand le congrès 2025 ?"], "combien de visiteurs ?", "combien de visiteurs congrès 2025"),
    (["C'est quand le congrès 2025 ?"], "et le dîner de gala ?", "C'est quand le dîner de gala du congrès 2025 ?"),
    (["Qui préside l'édition 2026 ?"], "et où a-t-elle lieu ?", "Où a lieu l'édition 2026 ?"),
    (["Combien d'emplois chez Servier ?"], "et de chercheurs ?", "Combien de chercheurs Servier ?"),
    (["Combien Servier a-t-il investi à Gidy ?"], "pourquoi ?", "Pourquoi Servier a investi à Gidy ?"),
    (["Servier a investi combien à Gidy ?"], "et quand ?", "Quand Servier a investi à Gidy ?"),
    (["Qui préside Polepharma ?"], "qui ça ?", "Qui préside Polepharma ?"),
    (["Qui préside Polepharma ?"], "répète", "Qui préside Polepharma ?"),
    (["Que fait Polepharma ?"], "et eux ?", "Que fait Polepharma ?"),
    (["Que fait Polepharma ?"], "plus de détails", "Polepharma"),
    (["Combien de sites a Sanofi ?"], "lesquels ?", "lesquels sites a Sanofi ?"),
    (["COMBIEN SERVIER A INVESTI A GIDY ?"], "ET SANOFI ?", "COMBIEN SANOFI A INVESTI ?"),
    # a follow-up of a follow-up
    (["Combien Servier a-t-il investi à Gidy ?", "et combien d'emplois ?"], "et à Lyon ?",
     "combien d'emplois Servier à Lyon"),
    (["Que fait Medicen ?", "et Polepharma ?"], "qui le préside ?", "Qui préside Polepharma ?"),
    (["C'est quand le congrès 2025 ?", "et en 2026 ?"], "et où ?", "Où le congrès 2026 ?"),
    (["C'est quand le congrès 2025 ?", "merci !", "et en 2026 ?", "super"], "qui le préside ?",
     "Qui préside le congrès 2026 ?"),
    (["Où est Modulus ?", "combien d'emplois ?", "et en 2024 ?"], "pourquoi ?",
     "pourquoi emplois Modulus en 2024"),
    (["Que fait Medicen ?", "bonjour", "ça va ?", "tu es qui ?"], "et Polepharma ?", "Que fait Polepharma ?"),
    (["il s'est passé quoi à Arras ?", "c'est le LFB qui a ouvert une unité là-bas ?"], "combien ça a coûté ?",
     "combien a coûté LFB Arras"),
    # a change of subject
    (["Combien Servier a-t-il investi à Gidy ?"], "Quand a lieu le congrès ?", "Quand a lieu le congrès ?"),
    (["Combien Servier a-t-il investi à Gidy ?"], "Et quand a lieu le congrès 2026 ?",
     "Et quand a lieu le congrès 2026 ?"),
    (["Combien Servier a-t-il investi à Gidy ?"], "Et qui préside Polepharma ?", "Et qui préside Polepharma ?"),
    (["combien servier a investi à gidy"], "et qui préside polepharma", "et qui préside polepharma"),
    (["combien servier a investi à gidy"], "quel est le prix du billet", "quel est le prix du billet"),
    (["Combien Servier a-t-il investi à Gidy ?"], "y a-t-il un parking ?", "y a-t-il un parking ?"),
    (["Combien Servier a-t-il investi à Gidy ?"], "comment fabrique-t-on un vaccin ?",
     "comment fabrique-t-on un vaccin ?"),
    (["Combien Servier a-t-il investi à Gidy ?"], "Et comment fabrique-t-on un anticorps monoclonal ?",
     "Et comment fabrique-t-on un anticorps monoclonal ?"),
    (["Qui préside Polepharma ?"], "et le budget de France BioLead ?", "Quel est le budget de France BioLead ?"),
    (["Que fait Medicen ?", "et Polepharma ?", "son budget ?"], "c'est quoi un bioréacteur ?",
     "c'est quoi un bioréacteur ?"),
    (["Que fait Medicen ?", "et Polepharma ?"], "que fait yposkesi", "que fait yposkesi"),
    (["Que fait Medicen ?"], "faut-il s'inscrire au congrès ?", "faut-il s'inscrire au congrès ?"),
    (["Quel est le budget de Medicen ?"], "Combien de salariés compte la bioproduction en France ?",
     "Combien de salariés compte la bioproduction en France ?"),
)  # fmt: skip
ENGLISH = (
    (["When is the 2025 congress?"], "and in 2026?", "When is the 2026 congress?"),
    (["Who chairs the 2026 edition?"], "and in 2023?", "Who chairs the 2023 edition?"),
    (["Who chairs the 2026 edition?"], "what about 2025", "Who chairs the 2025 edition?"),
    (["How much did TreeFrog raise in September 2021?"], "and in 2023?", "How much did TreeFrog raise in 2023?"),
    (["What does Medicen do?"], "and Polepharma?", "What does Polepharma do?"),
    (["what does medicen do"], "what about polepharma", "what does polepharma do"),
    (["How much did Servier invest in Gidy?"], "how about Sanofi?", "How much did Sanofi invest?"),
    (["How much did Servier invest in Gidy?"], "and in Lyon?", "How much did Servier invest in Lyon?"),
    (["how much did servier invest in gidy"], "in lyon?", "how much did servier invest in lyon"),
    (["How much did Servier invest in Gidy?"], "how many jobs?", "how many jobs Servier in Gidy"),
    (["How much did Servier invest in Gidy?"], "why?", "why did Servier invest in Gidy"),
    (["How much did Servier invest in Gidy?"], "and when?", "when did Servier invest in Gidy"),
    (["What does Merck do in Martillac?", "how many jobs did it want to create there by 2024"], "and in molsheim?",
     "how many jobs did it want to create by 2024 Merck in molsheim"),
    (["What is Ondine in Montpellier?", "Who coordinates it?"], "what's the budget?",
     "what's the budget of Ondine in Montpellier?"),
    (["What is Ondine?"], "and the price?", "what is the price of Ondine?"),
    (["What is Ondine?"], "who runs it", "who runs Ondine"),
    (["What is Ondine?"], "its budget?", "what is the budget of Ondine?"),
    (["When did Sanofi open Modulus?"], "how many people work there?", "how many people work Sanofi Modulus"),
    (["Who is Didier Véron?"], "what did he study?", "what did Didier Véron study?"),
    (["Who is Didier Véron?"], "tell me more", "Didier Véron"),
    (["When is the congress?"], "where is it held?", "where is the congress held?"),
    (["Where is Modulus?"], "how much did the plant cost?", "how much did the plant Modulus cost?"),
    (["When did Sanofi open Modulus?"], "Did Servier build it?", "Did Servier build Sanofi Modulus?"),
    (["How many sites does Sanofi have?"], "which ones?", "which ones sites does Sanofi have?"),
    (["What does Medicen do?", "thanks!", "and Polepharma?"], "who is the president?",
     "who is the president of Polepharma?"),
    (["How much did Servier invest in Gidy?", "hi", "who are you?"], "how many jobs?", "how many jobs Servier in Gidy"),
    (["How much did Servier invest in Gidy?"], "are you sure?", "How much did Servier invest in Gidy?"),
    # a change of subject
    (["How much did Servier invest in Gidy?"], "When is the congress?", "When is the congress?"),
    (["how much did servier invest in gidy"], "what does polepharma do", "what does polepharma do"),
    (["How much did Servier invest in Gidy?"], "And who chairs Polepharma?", "And who chairs Polepharma?"),
    (["How much did Servier invest in Gidy?"], "Is there any parking?", "Is there any parking?"),
    (["How much did Servier invest in Gidy?"], "what is biomanufacturing?", "what is biomanufacturing?"),
    (["What does Medicen do?", "and Polepharma?"], "How much does a ticket cost?", "How much does a ticket cost?"),
    (["What does Medicen do?"], "Who are the members of Polepharma?", "Who are the members of Polepharma?"),
)  # fmt: skip
# The follow-up is in the other language than what was asked before.
MIXED = (
    (["How much did Servier invest in Gidy?"], "et combien d'emplois ?", "combien d'emplois Servier in Gidy"),
    (["Que fait Medicen ?"], "and Polepharma?", "Que fait Polepharma ?"),
    (["Que fait Medicen ?"], "who is the president?", "who is the president of Medicen?"),
    (["C'est quand le congrès 2025 ?"], "and in 2026?", "C'est quand le congrès 2026 ?"),
    (["When is the congress?"], "et où ?", "Où the congress"),
    (["What is Ondine?"], "son budget ?", "Quel est le budget de Ondine ?"),
    (["Combien Servier a-t-il investi à Gidy ?"], "in English please", "Combien Servier a-t-il investi à Gidy ?"),
    (["Combien Servier a-t-il investi à Gidy ?", "in English please"], "and Sanofi?",
     "Combien Sanofi a-t-il investi ?"),
)  # fmt: skip
_OF = ((FRENCH, Language.FRENCH), (ENGLISH, Language.ENGLISH))
ALL = [(history, question, whole, language) for table, language in _OF for history, question, whole in table] + [
    (history, question, whole, Language.FRENCH) for history, question, whole in MIXED
]
