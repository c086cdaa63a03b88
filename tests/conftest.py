import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.wiring import Wiring
from tests.fakes import WordEmbeddings, WordReader
from tests.installation import Installation, install

SERVIER_FR = """---
title: "Servier : l'unité Bio-S à Gidy"
language: fr
as_of: 2024-11
translation_of: servier.en.md
sources:
  - publisher: Salles Propres
    title: "86 M€ pour Servier"
    url: https://example.org/servier
    as_of: 2024-11
---
# Servier : l'unité Bio-S à Gidy

Servier a investi 86 millions d'euros dans son unité Bio-S de Gidy.[^1] L'unité emploie une soixantaine de personnes.

## Équipement

Les bioréacteurs vont de 500 à 2 000 l. La ligne de remplissage est aseptique.

[^1]: Salles Propres, « 86 M€ pour Servier », novembre 2024. <https://example.org/servier>
"""
SERVIER_EN = """---
title: "Servier: the Bio-S unit in Gidy"
language: en
as_of: 2024-11
translation_of: servier.fr.md
---
# Servier: the Bio-S unit in Gidy

Servier invested €86 million in its Bio-S unit in Gidy. The unit employs about sixty people.
"""
CONGRESS_FR = """---
title: "9e Congrès France Bioproduction"
language: fr
---
# 9e Congrès France Bioproduction

Le 9e Congrès France Bioproduction a été annoncé pour les 19 et 20 mars 2025 au Palais des Congrès de Tours.
"""


@pytest.fixture(autouse=True)
def _settings_of_the_test_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no .env file of the machine reaches a test."""
    for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def corpus_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "servier.fr.md").write_text(SERVIER_FR, encoding="utf-8")
    (folder / "servier.en.md").write_text(SERVIER_EN, encoding="utf-8")
    (folder / "congress.fr.md").write_text(CONGRESS_FR, encoding="utf-8")
    return folder


@pytest.fixture
def embeddings() -> WordEmbeddings:
    return WordEmbeddings()


@pytest.fixture
def make_wiring(tmp_path: Path, corpus_dir: Path, embeddings: WordEmbeddings) -> Iterator[Callable[[], Wiring]]:
    """Wirings over the same folders, as separate processes would have them."""
    made: list[Wiring] = []

    def make() -> Wiring:
        settings = Settings(corpus_dir=corpus_dir, data_dir=tmp_path / "data", lock_timeout_seconds=0.2)
        made.append(Wiring(settings, embeddings=embeddings, reader=WordReader()))
        return made[-1]

    yield make
    for wiring in made:
        wiring.library.close()


@pytest.fixture
def wiring(make_wiring: Callable[[], Wiring]) -> Wiring:
    return make_wiring()


@pytest.fixture(scope="session")
def _installed_once(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def installation(_installed_once: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Eight subjects of the corpus behind the model that ships; each module of tests has its own copy."""
    folder = tmp_path_factory.mktemp("installation")
    shutil.copytree(_installed_once.folder, folder, dirs_exist_ok=True)
    return Installation(folder)
