"""The library: what the folder says is what readers see, whatever happens in between."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from assistant.errors import ConfigurationError, LibraryBusy, LibraryDamaged, UnknownDocument
from assistant.library.catalogue import Catalogue
from assistant.library.folder import CATALOGUE, VECTORS, DataFolder
from assistant.library.vectors import VectorIndex
from assistant.settings import Settings
from assistant.types import Language
from assistant.wiring import Wiring
from tests.conftest import SERVIER_FR
from tests.fakes import WordEmbeddings
from tests.installation import ROOT

SYNC_AND_TELL = """
import sys
from pathlib import Path
from assistant.settings import Settings
from assistant.wiring import Wiring
from tests.fakes import WordEmbeddings
wiring = Wiring(Settings(corpus_dir=Path(sys.argv[1]), data_dir=Path(sys.argv[2])), embeddings=WordEmbeddings())
wiring.librarian.sync(lambda done, total, name: print(done, flush=True))
"""


def contents(wiring: Wiring) -> dict[str, list[str]]:
    """What a reader can find: for each document its passages."""
    found: dict[str, list[str]] = {}
    for language in Language:
        for passage in wiring.assistant._retriever.invoke("Servier Gidy congrès unité", language=language):
            found.setdefault(passage.metadata["document_id"], []).append(passage.page_content)
    return {key: sorted(set(value)) for key, value in sorted(found.items())}


def index_folder(wiring: Wiring) -> Path:
    folder = wiring.data.current()
    assert folder is not None
    return folder


def vectors_are_exactly_those_of_the_catalogue(wiring: Wiring) -> bool:
    folder = index_folder(wiring)
    with closing(Catalogue(folder / CATALOGUE)) as catalogue, closing(VectorIndex(folder / VECTORS)) as index:
        return all(index.ids(language) == set(catalogue.vector_ids(language=language)) for language in Language)


def test_a_first_sync_takes_everything_in_and_a_second_one_embeds_nothing(
    wiring: Wiring, embeddings: WordEmbeddings
) -> None:
    report = wiring.librarian.sync()
    assert report.added == ("congress.fr.md", "servier.en.md", "servier.fr.md")
    assert report.embedded == len(embeddings.embedded) > 0
    embeddings.embedded.clear()
    again = wiring.librarian.sync()
    assert (again.added, again.unchanged, again.embedded) == ((), report.added, 0)
    assert embeddings.embedded == []


def test_a_changed_file_is_replaced_and_only_its_new_sentences_are_embedded(
    wiring: Wiring, embeddings: WordEmbeddings, corpus_dir: Path
) -> None:
    wiring.librarian.sync()
    embeddings.embedded.clear()
    changed = SERVIER_FR.replace("une soixantaine de personnes", "200 personnes")
    (corpus_dir / "servier.fr.md").write_text(changed, encoding="utf-8")
    report = wiring.librarian.sync()
    assert report.replaced == ("servier.fr.md",)
    assert embeddings.embedded
    assert all("200 personnes" in text for text in embeddings.embedded)
    text = wiring.library.get("servier.fr.md").content.text
    assert "200 personnes" in text
    assert "soixantaine" not in json.dumps(contents(wiring), ensure_ascii=False)
    assert vectors_are_exactly_those_of_the_catalogue(wiring)


def test_a_file_that_is_gone_is_forgotten(wiring: Wiring, corpus_dir: Path) -> None:
    wiring.librarian.sync()
    (corpus_dir / "servier.en.md").unlink()
    assert wiring.librarian.sync().removed == ("servier.en.md",)
    assert "servier.en.md" not in contents(wiring)
    with pytest.raises(UnknownDocument, match=r"servier\.en\.md"):
        wiring.library.get("servier.en.md")
    assert vectors_are_exactly_those_of_the_catalogue(wiring)


def test_a_withdrawn_file_is_kept_aside_and_can_be_put_back(wiring: Wiring, corpus_dir: Path) -> None:
    wiring.librarian.sync()
    wiring.librarian.remove(["servier.fr.md"])
    kept = list((corpus_dir / ".withdrawn").rglob("servier.fr.md"))
    assert [path.read_text(encoding="utf-8") for path in kept] == [SERVIER_FR]
    assert wiring.librarian.add(kept).added == ("servier.fr.md",)


def test_a_replaced_file_is_kept_aside(wiring: Wiring, corpus_dir: Path, tmp_path: Path) -> None:
    wiring.librarian.sync()
    newer = tmp_path / "servier.fr.md"
    newer.write_text(SERVIER_FR.replace("86", "87"), encoding="utf-8")
    assert wiring.librarian.add([newer]).replaced == ("servier.fr.md",)
    assert "87 millions" in wiring.library.get("servier.fr.md").content.text
    kept = list((corpus_dir / ".withdrawn").rglob("servier.fr.md"))
    assert [path.read_text(encoding="utf-8") for path in kept] == [SERVIER_FR]


def test_what_would_be_no_document_is_not_added(wiring: Wiring, corpus_dir: Path, tmp_path: Path) -> None:
    hidden = tmp_path / ".servier.fr.md"
    hidden.write_text(SERVIER_FR, encoding="utf-8")
    assert [failure.path for failure in wiring.librarian.add([hidden]).failed] == [str(hidden)]
    with pytest.raises(ConfigurationError, match="not inside"):
        wiring.librarian.add([corpus_dir / "servier.fr.md"], folder="../elsewhere")


def test_withdrawing_several_with_one_unknown_withdraws_none(wiring: Wiring, corpus_dir: Path) -> None:
    wiring.librarian.sync()
    with pytest.raises(UnknownDocument, match="nowhere"):
        wiring.librarian.remove(["servier.fr.md", "nowhere.md"])
    assert (corpus_dir / "servier.fr.md").exists()


def test_one_unreadable_file_is_one_line_of_the_report(wiring: Wiring, corpus_dir: Path) -> None:
    (corpus_dir / "broken.pdf").write_bytes(b"%PDF-1.7\nnot really")
    report = wiring.librarian.sync()
    assert [failure.path for failure in report.failed] == ["broken.pdf"]
    assert len(report.added) == 3


def test_an_unreadable_file_does_not_enter_the_corpus(wiring: Wiring, corpus_dir: Path, tmp_path: Path) -> None:
    broken = tmp_path / "servier.fr.md"
    broken.write_text("---\ntitle: [\n---\nText", encoding="utf-8")
    report = wiring.librarian.add([broken])
    assert [failure.path for failure in report.failed] == [str(broken)]
    assert (corpus_dir / "servier.fr.md").read_text(encoding="utf-8") == SERVIER_FR


def test_a_file_that_became_unreadable_is_not_answered_from_any_more(wiring: Wiring, corpus_dir: Path) -> None:
    wiring.librarian.sync()
    (corpus_dir / "servier.fr.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert wiring.librarian.sync().failed
    assert "servier.fr.md" not in contents(wiring)


def test_data_files_hidden_files_and_links_that_lead_out_are_no_documents(
    wiring: Wiring, corpus_dir: Path, tmp_path: Path
) -> None:
    (corpus_dir / "glossary.tsv").write_text("a\tb\n", encoding="utf-8")
    (corpus_dir / ".notes.md").write_text("secret", encoding="utf-8")
    (tmp_path / "outside.md").write_text("Outside of the corpus.", encoding="utf-8")
    (corpus_dir / "link.md").symlink_to(tmp_path / "outside.md")
    assert len(wiring.librarian.sync().added) == 3


def test_a_missing_corpus_folder_is_an_error_and_forgets_nothing(wiring: Wiring, corpus_dir: Path) -> None:
    wiring.librarian.sync()
    corpus_dir.rename(corpus_dir.with_name("elsewhere"))
    with pytest.raises(ConfigurationError, match="ASSISTANT_CORPUS_DIR"):
        wiring.librarian.sync()
    assert wiring.library.count() == 3


def test_an_empty_corpus_is_an_empty_library(wiring: Wiring, corpus_dir: Path) -> None:
    for path in corpus_dir.iterdir():
        path.unlink()
    report = wiring.librarian.sync()
    assert not report.added
    assert not report.failed
    assert wiring.library.count() == 0
    assert contents(wiring) == {}


def test_before_the_first_sync_the_library_is_empty(wiring: Wiring) -> None:
    assert wiring.library.count() == 0
    assert contents(wiring) == {}


def test_the_same_content_comes_back_from_the_folder_alone(wiring: Wiring, make_wiring: Callable[[], Wiring]) -> None:
    wiring.librarian.sync()
    before = contents(wiring)
    assert before
    wiring.library.close()
    shutil.rmtree(wiring.settings.data_dir)
    fresh = make_wiring()
    fresh.librarian.sync()
    assert contents(fresh) == before


def test_a_rebuild_serves_the_old_index_until_the_new_one_is_whole(
    wiring: Wiring, make_wiring: Callable[[], Wiring]
) -> None:
    wiring.librarian.sync()
    before = contents(wiring)
    seen: list[dict[str, list[str]]] = []
    reader = make_wiring()
    wiring.librarian.rebuild(lambda *_: seen.append(contents(reader)))
    assert len(seen) == 3
    assert all(found == before for found in seen)
    assert contents(reader) == before
    assert len(list(wiring.settings.data_dir.glob("index-*"))) == 1


def test_another_reader_sees_a_change_at_its_next_question(
    wiring: Wiring, make_wiring: Callable[[], Wiring], corpus_dir: Path
) -> None:
    wiring.librarian.sync()
    reader = make_wiring()
    assert "servier.fr.md" in contents(reader)
    wiring.librarian.remove(["servier.fr.md"])
    assert "servier.fr.md" not in contents(reader)
    (corpus_dir / "servier.fr.md").write_text(SERVIER_FR, encoding="utf-8")
    wiring.librarian.sync()
    assert "servier.fr.md" in contents(reader)


def test_two_writers_take_turns(wiring: Wiring, make_wiring: Callable[[], Wiring]) -> None:
    with (
        DataFolder(wiring.settings.data_dir).writing(timeout_seconds=1),
        pytest.raises(LibraryBusy, match="another process"),
    ):
        make_wiring().librarian.sync()
    assert make_wiring().librarian.sync().added


def test_another_embedding_model_asks_for_a_rebuild(wiring: Wiring) -> None:
    wiring.librarian.sync()
    other = Wiring(wiring.settings, embeddings=WordEmbeddings("other"))
    for act in (other.librarian.sync, other.library.records):
        with pytest.raises(ConfigurationError, match=r"python ingest\.py rebuild"):
            act()
    other.librarian.rebuild()
    assert other.library.count() == 3
    other.library.close()


def test_a_damaged_catalogue_says_what_to_run_and_a_rebuild_mends_it(
    wiring: Wiring, make_wiring: Callable[[], Wiring]
) -> None:
    wiring.librarian.sync()
    wiring.library.close()
    for path in index_folder(wiring).glob(f"{CATALOGUE}*"):
        path.write_bytes(b"not a database, only bytes that stand where one was" * 100)
    with pytest.raises(LibraryDamaged, match=r"python ingest\.py rebuild"):
        make_wiring().library.records()
    fresh = make_wiring()
    fresh.librarian.rebuild()
    assert fresh.library.count() == 3


def test_orphans_that_a_crash_left_in_chroma_are_invisible_and_swept(wiring: Wiring) -> None:
    wiring.librarian.sync()
    before = contents(wiring)
    embedding = wiring.embeddings.embed_query("Servier Gidy congrès unité")
    with closing(VectorIndex(index_folder(wiring) / VECTORS)) as index:
        index.add(Language.FRENCH, ["0" * 32], np.asarray([embedding]))
    assert contents(wiring) == before
    wiring.librarian.sync()
    assert vectors_are_exactly_those_of_the_catalogue(wiring)


@pytest.mark.parametrize(("files", "milliseconds"), [(1, 0), (2, 5), (8, 11), (15, 17), (29, 23)])
def test_a_kill_at_any_instant_needs_no_repair(
    make_wiring: Callable[[], Wiring], corpus_dir: Path, files: int, milliseconds: int
) -> None:
    for number in range(30):
        text = SERVIER_FR.replace("Servier", f"Firme {number}").replace("servier.en.md", f"{number}.en.md")
        (corpus_dir / f"firme-{number:02}.fr.md").write_text(text, encoding="utf-8")
    wiring = make_wiring()
    command = [sys.executable, "-c", SYNC_AND_TELL, str(corpus_dir), str(wiring.settings.data_dir)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        next(line for line in process.stdout if int(line) == files)
        time.sleep(milliseconds / 1000)
        process.kill()
    report = wiring.librarian.sync()
    assert not report.failed
    assert len(report.unchanged) >= files  # what was finished before is not done again
    assert len(report.added) + len(report.unchanged) == wiring.library.count() == 33
    assert vectors_are_exactly_those_of_the_catalogue(wiring)


def test_a_full_disk_is_told_and_leaves_the_last_state(wiring: Wiring, corpus_dir: Path) -> None:
    wiring.librarian.sync()
    before = contents(wiring)
    (corpus_dir / "new.fr.md").write_text(SERVIER_FR.replace("86", "87") * 50, encoding="utf-8")
    with closing(sqlite3.connect(index_folder(wiring) / CATALOGUE)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(Engine, "connect", limit)
    try:
        with pytest.raises(LibraryDamaged, match="full"):
            wiring.librarian.sync()
    finally:
        event.remove(Engine, "connect", limit)
    assert contents(wiring) == before
    assert wiring.librarian.sync().added == ("new.fr.md",)


def test_settings_that_are_wrong_are_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    wiring = Wiring(Settings(corpus_dir=tmp_path, data_dir=blocked / "data"), embeddings=WordEmbeddings())
    with pytest.raises(ConfigurationError, match="ASSISTANT_DATA_DIR"):
        wiring.librarian.sync()
