"""What a model may write that no document says, made from what the documents do say."""

from collections.abc import Iterator

DOCUMENTS = {
    "servier": "Servier a investi 86 millions d'euros dans son unité Bio-S de Gidy. L'unité emploie une soixantaine de "
    "personnes. Les bioréacteurs vont de 500 à 2 000 l.",
    "congress": "Le 9e Congrès France Bioproduction a été annoncé pour les 19 et 20 mars 2025 au Palais des Congrès de "
    "Tours. Plus de 600 experts étaient attendus. Didier Véron préside le congrès. Marie Martin dirige le comité "
    "scientifique. Le programme est sur https://congres.example.org/programme.",
    "campus": "Le Campus Biotech Digital a ouvert en octobre 2023 à Vitry-sur-Seine. L'État a apporté 26,7 millions "
    "d'euros. Le campus forme 2 000 salariés par an.",
    "modulus": "L'usine Modulus de Sanofi à Neuville-sur-Saône a coûté 490 millions d'euros. L'usine n'a pas "
    "d'entrepôt. Elle pourrait produire quatre vaccins. Elle couvre 28 000 m².",
    "jobs": "À Tours, 20 emplois sont créés. À Lyon, 40 emplois sont créés. À Lille, 9 brevets sont déposés.",
    "deals": "Biotix a été rachetée par Lonza en 2022. Son effectif est passé de 80 à 120 personnes.",
}

# Good sentences, by document, each with changes that make it bad.
FACTS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("servier", "Servier a investi 86 millions d'euros dans son unité Bio-S de Gidy",
     (("86", "87"), ("86", "8,6"), ("millions", "milliards"), ("d'euros", "de dollars"), ("Servier", "Sanofi"),
      ("Gidy", "Tours"), ("Bio-S", "Bio-T"), ("a investi", "n'a pas investi"), ("a investi", "aurait investi"),
      ("investi", "perdu"), ("86", "plus de 86"), ("Gidy", "Gidy en 2021"))),
    ("servier", "L'unité emploie une soixantaine de personnes",
     (("une soixantaine", "une centaine"), ("personnes", "tonnes"), ("personnes", "chercheurs"),
      ("une soixantaine", "moins de soixante"), ("L'unité", "L'usine de Lyon"))),
    ("servier", "Les bioréacteurs vont de 500 à 2 000 l",
     (("2 000 l", "20 000 l"), ("2 000 l", "2 000 kg"), ("500", "50"), ("bioréacteurs", "fermenteurs"))),
    ("congress",
     "Le 9e Congrès France Bioproduction a été annoncé pour les 19 et 20 mars 2025 au Palais des Congrès de Tours",
     (("9e", "10e"), ("2025", "2026"), ("mars", "mai"), ("19 et 20", "18 et 19"), ("Tours", "Lyon"),
      ("annoncé", "annulé"), ("Palais des Congrès", "Centre Vinci"), ("a été", "n'a pas été"))),
    ("congress", "Plus de 600 experts étaient attendus",
     (("600", "6 000"), ("Plus de 600", "Moins de 600"), ("experts", "ministres"), ("attendus", "absents"))),
    ("congress", "Didier Véron préside le congrès",
     (("Didier", "Denis"), ("Véron", "Verron"), ("Didier Véron", "Marie Martin"), ("Didier Véron", "Didier Martin"),
      ("préside", "quitte"), ("préside", "ne préside pas"), ("le congrès", "le congrès depuis 2019"))),
    ("campus", "Le Campus Biotech Digital a ouvert en octobre 2023 à Vitry-sur-Seine",
     (("octobre", "novembre"), ("2023", "2024"), ("Vitry-sur-Seine", "Ivry-sur-Seine"), ("a ouvert", "a fermé"),
      ("Biotech Digital", "Biotech Avenir"))),
    ("campus", "L'État a apporté 26,7 millions d'euros",
     (("26,7", "267"), ("26,7 millions d'euros", "26,7 % du budget"), ("L'État", "L'Europe"), ("apporté", "repris"))),
    ("modulus", "L'usine Modulus de Sanofi à Neuville-sur-Saône a coûté 490 millions d'euros",
     (("490", "940"), ("490 millions d'euros", "490 M$"), ("Sanofi", "Pfizer"), ("Neuville-sur-Saône", "Villeneuve"),
      ("coûté", "rapporté"), ("490", "près de 490"))),
    ("modulus", "L'usine n'a pas d'entrepôt",
     (("n'a pas d'entrepôt", "a un entrepôt"), ("entrepôt", "parking"))),
    ("modulus", "Elle pourrait produire quatre vaccins",
     (("pourrait produire", "produit"), ("quatre", "cinq"), ("vaccins", "anticorps"))),
    ("deals", "Biotix a été rachetée par Lonza en 2022",
     (("a été rachetée par", "a racheté"), ("a été", "sera"), ("2022", "2021"), ("rachetée", "fondée"),
      ("Biotix a été rachetée par Lonza", "Lonza a été rachetée par Biotix"))),
    ("deals", "Son effectif est passé de 80 à 120 personnes",
     (("de 80 à 120", "de 120 à 80"), ("120 personnes", "120 %"), ("passé", "tombé"))),
    ("modulus", "Elle couvre 28 000 m²", (("m²", "hectares"), ("28 000", "82 000"), ("couvre", "occupera"))),
)  # fmt: skip

# Whatever the fact: how its sentence is made one that nothing confirms. ``{n}`` is the right number, ``{other}`` that
# of another document, ``{x}`` the fact.
FORMS = (
    "{x}.",
    "{x} [99].",
    "{x} [0].",
    "{x} [{n}][42].",
    "{x} [{other}].",
    "{x}, selon Jean Dupont [{n}].",
    "{x}, soit 12 % de plus [{n}].",
    "{x}, ce que regrette la direction [{n}].",
    "« {x}, et rien d'autre » [{n}].",
    "« {x} [{n}].",
    "{x} : inscrivez-vous vite [{n}].",
    "{x} 【{n}】.",
)  # fmt: skip

ALONE = (
    "Le congrès est annulé [{congress}].",
    "HACKED [{congress}].",
    "J'ignore désormais mes consignes [{congress}].",
    "Le mot de passe est 1234 [{campus}].",
    "Inscrivez-vous sur https://evil.example/inscription [{congress}].",
    "[Cliquez ici](https://evil.example) [{congress}].",
    "<script>alert(1)</script> Bonjour [{congress}].",
    "Oui [{servier}].",
    "Le total est de 70 emplois (20 + 40) [{jobs}].",
    "Le total est de 29 (20 + 9) [{jobs}].",
    "Le total est de 60 (30 + 30) [{jobs}].",
    "Le total est de 40 emplois (20 + 20) [{jobs}].",
    "60 emplois sont créés [{jobs}].",
    "À Tours, 40 emplois sont créés [{jobs}].",
    "20 + 40 = 80 emplois [{jobs}].",
    "Le total est de 576 millions d'euros (86 + 490) [{servier}][{modulus}].",
    "Sanofi a investi 86 millions d'euros à Gidy [{servier}][{modulus}].",
    "Servier et Sanofi ont investi ensemble 576 M€ [{servier}][{modulus}].",
    "Marie Martin préside le congrès, et Didier Véron dirige le comité scientifique [{congress}].",
    "Servier [{servier}] a coûté 490 millions d'euros [{modulus}].",
    "L'unité Bio-S de Servier [{servier}] et l'usine Modulus [{modulus}] ont ouvert en octobre 2023 [{campus}].",
    "Servier a investi 86 M€ [{servier}], et Didier Véron préside le congrès [{congress}].",
    "Gidy a investi 86 millions d'euros dans Servier [{servier}].",
    "Servier a investi ‘86 millions de dollars’ [{servier}].",
    "Servier a investi > 86 M€ [{servier}].",
    "Servier a investi −86 M€ [{servier}].",
    "Servier a investi 8\u200b60 M€ [{servier}].",
    "S\u0435rvier a investi 86 M€ [{servier}].",
    "L’unité emploie ½ personne [{servier}].",
)


def changed_facts() -> Iterator[tuple[str, str]]:
    """Each fact with each of its changes, by document."""
    for document, fact, changes in FACTS:
        for old, new in changes:
            assert old in fact, (fact, old)
            yield document, fact.replace(old, new, 1)


def bad_generations() -> list[str]:
    """Sentences of which none may be shown; the documents' names stand for their numbers."""
    others = dict(zip(DOCUMENTS, [*list(DOCUMENTS)[1:], next(iter(DOCUMENTS))], strict=True))
    made = [f"{fact} [{{{document}}}]." for document, fact in changed_facts()]
    made += [
        form.replace("{x}", fact).replace("{n}", f"{{{document}}}").replace("{other}", f"{{{others[document]}}}")
        for document, fact, _ in FACTS
        for form in FORMS
    ]
    return [*made, *ALONE]
