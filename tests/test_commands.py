"""The commands as processes, over an installation with the model that ships: what a user types and reads."""

import json
import socket
from pathlib import Path

from tests.installation import SUBJECTS, Installation


def test_a_french_question_about_a_date_is_answered_in_french_with_date_and_place(installation: Installation) -> None:
    answer = installation.ask("C'est quand le congrès 2025 ?")
    assert answer["status"] == "answered"
    assert answer["language"] == "fr"
    assert "19 et 20 mars 2025" in answer["text"]
    assert "Tours" in answer["text"]
    assert answer["citations"][0]["document"] == "congress/congress-2025.fr.md"
    assert answer["seconds"] > 0


def test_an_english_question_about_an_amount_is_answered_in_english_with_the_amount(installation: Installation) -> None:
    answer = installation.ask("How much did Servier invest in Gidy?")
    assert (answer["status"], answer["language"]) == ("answered", "en")
    assert "€86 million" in answer["text"]
    cited = {citation["document"] for citation in answer["citations"]}
    assert cited
    assert all(document.endswith(".en.md") for document in cited)


def test_what_the_documents_do_not_say_is_not_answered(installation: Installation) -> None:
    answer = installation.ask("Quel est le prix du billet ?")
    assert answer["status"] == "not_found"
    assert answer["citations"] == []
    assert "ne figure pas dans les documents" in answer["text"]
    assert {"document", "title"} <= answer["nearest"][0].keys()


def test_every_citation_says_where_its_words_stand(installation: Installation) -> None:
    citation = installation.ask("Combien Servier a-t-il investi à Gidy ?")["citations"][0]
    assert citation.keys() >= {"number", "document", "title", "quote", "start", "end", "page", "url"}
    assert citation["end"] - citation["start"] == len(citation["quote"])
    assert citation["url"].startswith("https://")


def test_status_lists_the_documents(installation: Installation) -> None:
    held = json.loads(installation.run("ingest.py", "status", "--json").stdout)
    assert len(held["documents"]) == 2 * len(SUBJECTS)
    table = installation.run("ingest.py", "status").stdout
    assert "company/servier-gidy.fr.md" in table
    assert "16 documents" in table


def test_a_file_that_cannot_be_read_fails_the_command_with_one_line(installation: Installation, tmp_path: Path) -> None:
    broken = tmp_path / "bilan.pdf"
    broken.write_bytes(b"%PDF-1.7\nthis is no PDF")
    done = installation.run("ingest.py", "add", str(broken))
    assert done.returncode == 1
    assert "bilan.pdf" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    report = json.loads(installation.run("ingest.py", "add", str(broken), "--json").stdout)
    assert [failure["path"] for failure in report["failed"]] == [str(broken)]
    assert len(report["unchanged"]) == 2 * len(SUBJECTS)


def test_an_unknown_document_cannot_be_withdrawn(installation: Installation) -> None:
    done = installation.run("ingest.py", "remove", "nowhere.md")
    assert done.returncode == 1
    assert one_error(done.stderr).startswith("Error: nowhere.md: no such document")


def test_a_wrong_setting_is_one_line_that_names_it(installation: Installation) -> None:
    for command in (["ingest.py"], ["-m", "assistant", "ask", "Bonjour ?"]):
        done = installation.run(*command, ASSISTANT_PORT="many")
        assert done.returncode == 1
        assert "ASSISTANT_PORT='many'" in one_error(done.stderr)


def test_a_model_that_is_not_there_is_one_line_that_names_the_setting(installation: Installation) -> None:
    done = installation.run("ingest.py", "rebuild", ASSISTANT_EMBEDDING_MODEL="./no-such-model")
    assert done.returncode == 1
    assert "ASSISTANT_EMBEDDING_MODEL" in one_error(done.stderr)


def test_a_busy_port_is_one_line_that_says_what_to_do(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        done = installation.run("app.py", "--port", str(port))
    assert done.returncode == 1
    assert f"ASSISTANT_PORT={port}" in one_error(done.stderr)
    assert "--port" in done.stderr


def test_an_empty_corpus_is_said_and_still_answers_honestly(tmp_path: Path) -> None:
    empty = Installation(tmp_path)
    empty.corpus_dir.mkdir()
    done = empty.run("ingest.py")
    assert done.returncode == 0
    assert "No document is held" in done.stdout
    asked = empty.run("-m", "assistant", "ask", "C'est quand ?", "--json")
    assert json.loads(asked.stdout)["status"] == "not_found"
    assert "no document is held yet" in one_error(asked.stderr)


def test_a_missing_corpus_folder_is_one_line_that_names_the_setting(tmp_path: Path) -> None:
    assert "ASSISTANT_CORPUS_DIR" in one_error(Installation(tmp_path).run("ingest.py").stderr)


def one_error(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip()]
    assert len(lines) == 1, output
    return lines[0]


NO_NETWORK = """
import socket
real = socket.socket.connect
def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
        raise SystemExit(f"a connection to {address} was tried")
    return real(self, address)
def resolve(host, *rest, **named):
    raise SystemExit(f"the address of {host} was asked for")
socket.socket.connect = connect
socket.getaddrinfo = resolve
"""


def test_nothing_leaves(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    for command in (["ingest.py", "rebuild"], ["-m", "assistant", "ask", "Qui préside l'édition 2026 ?"]):
        done = installation.run(*command, PYTHONPATH=str(tmp_path))
        assert (done.returncode, done.stderr.strip()) == (0, "")
