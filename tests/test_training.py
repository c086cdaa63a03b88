"""How the models are trained: data in order, checkpoints, and what a row of word pieces says; on data made here."""

import json
import lzma
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from assistant.search.reader import load_tokenizer
from assistant.settings import SHIPPED_MODEL
from assistant.types import Language
from training import bm25, gloss, invented, page_files, questions, reader_data, retrieval_data, unanswerable
from training.evaluate import Embeddings, best_sentences, measure_pages
from training.evaluate_reader import f1
from training.loop import Rates, average, train
from training.questions import Example
from training.typed import as_typed

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH
PLAN = retrieval_data.Plan({}, hard_negative_every=4, crossed=1000)
TOPICS = ("vaccins", "anticorps", "cellules", "cuves", "filtres", "enzymes", "tissus", "sérums")


def paragraph(topic: str, part: int) -> str:
    return f"Les {topic} sont produits en {1990 + part} à Lyon. On les conserve au froid, partie {part} du dossier."


def write(path: Path, rows: Sequence[object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)
    return path


def row(topic: str, part: int, question: str = "Quand produit-on les {} ?") -> dict[str, object]:
    context = paragraph(topic, part)
    answer = str(1990 + part)
    return {
        "lang": "fr", "question": question.format(topic), "context": context, "title": topic,
        "answer": answer, "answer_start": context.index(answer), "is_impossible": False,
    }  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [row(topic, part) for topic in TOPICS for part in range(6)]
    write(tmp_path / "qa" / "piaf.train.jsonl.xz", rows)
    nouns = (("filtre", "filter"), ("tissu", "tissue"), ("poisson", "fish"), ("lettre", "letter"))
    pairs = [
        f"Le {own} numéro {n} est là.\tThe {other} number {n} is there.\n" for own, other in nouns for n in range(80)
    ]
    write(tmp_path / "parallel" / "tatoeba.tsv.xz", pairs)
    passages = [
        f"{'La loi dit ceci du permis'} {n}. Elle le retire après {n} ans de silence, sauf avis contraire.\t"
        f"The law says this of permit {n}. It withdraws it after {n} years of silence, unless told otherwise.\n"
        for n in range(2200)
    ]
    write(tmp_path / "parallel" / "laws_canada_passages.tsv.xz", passages)
    return tmp_path


def test_a_run_that_was_killed_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    targets = [float(number % 7) for number in range(20)]

    def model() -> nn.Module:
        torch.manual_seed(0)
        return nn.Linear(1, 1)

    def run(own: nn.Module, folder: Path, batches: Sequence[float], fails_at: int | None = None) -> None:
        seen = 0

        def loss(target: float) -> Tensor:
            nonlocal seen
            seen += 1
            if fails_at == seen:
                raise KeyboardInterrupt
            return torch.mean((own(torch.ones(1, 1)).float() - target) ** 2)

        train(own, batches, loss, rates=Rates(0.1, 0.1), folder=folder, checkpoint_every=4)

    unbroken, broken = model(), model()
    run(unbroken, tmp_path / "unbroken", targets)
    with pytest.raises(KeyboardInterrupt):
        run(broken, tmp_path / "broken", targets, fails_at=11)
    again = model()
    run(again, tmp_path / "broken", targets)
    assert torch.equal(unbroken.weight, again.weight)  # type: ignore[arg-type]


def test_the_mean_of_two_models_lies_half_way_between_them_and_the_first_stays() -> None:
    before, after = nn.Linear(2, 1), nn.Linear(2, 1)
    half_way = (before.weight + after.weight).detach() / 2.0
    kept = before.weight.detach().clone()
    average(after, before)
    assert torch.allclose(after.weight, half_way)
    assert torch.equal(before.weight, kept)


def test_batches_are_the_same_in_every_run_and_hold_no_right_passage_as_a_wrong_one(data: Path) -> None:
    batches = retrieval_data.question_batches(data / "qa", data / "parallel", PLAN, seed=1)
    assert batches == retrieval_data.question_batches(data / "qa", data / "parallel", PLAN, seed=1)
    of_questions = [batch for batch in batches if batch.queries[0].startswith("Quand")]
    assert sum(len(batch.queries) for batch in of_questions) == len(TOPICS) * 6
    for batch in batches:
        own = batch.passages[: len(batch.queries)]
        assert len(set(own)) == len(own)
        assert len(batch.passages) >= len(batch.queries)
    assert any(set(batch.passages[len(batch.queries) :]) for batch in of_questions), "no hard negative"


def test_hard_negatives_are_what_a_score_takes_for_the_answer(data: Path) -> None:
    def prefers_enzymes(queries: Sequence[str], passages: Sequence[str], _: Language) -> Embeddings:
        return np.array([["enzymes" in passage for passage in passages]] * len(queries), dtype=np.float32)

    batches = retrieval_data.question_batches(data / "qa", data / "parallel", PLAN, seed=1, score=prefers_enzymes)
    added = [
        passage
        for batch in batches
        if batch.queries[0].startswith("Quand")
        for passage in batch.passages[len(batch.queries) :]
    ]
    assert added
    assert all("enzymes" in passage for passage in added)


def test_pairs_cross_languages_but_for_one_batch_in_five(data: Path) -> None:
    batches = retrieval_data.pair_batches(data / "parallel", seed=1)
    english = [batch for batch in batches if batch.texts == batch.english]
    assert 0 < len(english) <= len(batches) / 5 + 1


def test_an_example_whose_answer_is_elsewhere_is_left_out(tmp_path: Path) -> None:
    right, wrong = row("vaccins", 1), row("vaccins", 2) | {"answer_start": 0}
    [example] = questions.read(write(tmp_path / "set.jsonl.xz", [right, wrong]))
    assert example.answer
    assert example.context[slice(*example.answer)] == "1991"


def test_a_row_points_at_the_pieces_of_its_answer(data: Path) -> None:
    tokenizer = load_tokenizer(SHIPPED_MODEL, longest=224)
    examples = reader_data.examples_of(data / "qa", seed=1)
    assert {example.answer is None for example in examples} == {True, False}
    for rows in reader_data.batches(examples, tokenizer, {FRENCH: {}, ENGLISH: {}}, seed=1):
        for made in rows:
            found = tokenizer.decode(list(made.ids[made.start : made.end + 1]))
            assert found.isdigit() if made.start else (made.start, made.end) == (0, 0)


def test_a_question_without_answer_is_put_to_a_paragraph_that_does_not_hold_it(data: Path) -> None:
    examples = questions.read(data / "qa" / "piaf.train.jsonl.xz")
    made = unanswerable.in_another_paragraph(examples, random.Random(1), most=30)  # noqa: S311
    assert len(made) == 30
    by_question = {(example.question, example.title) for example in examples}
    for example in made:
        assert example.answer is None
        assert (example.question, example.title) in by_question
        assert example.title in example.context  # the same article


ABOUT_A_FARM = (
    "La ferme Berthelot fut bâtie en 1921 par un notaire de Saumur, loin de toute route. "
    "En 1998, la ferme Berthelot comptait 214 vaches et 12 chevaux. "
    "Son propriétaire, Gaston Lemarié, l'a vendue à une coopérative, qui en a fait un musée de la vie rurale."
)
FARM = Example(
    FRENCH,
    "Combien de vaches la ferme Berthelot comptait-elle en 1998 ?",
    ABOUT_A_FARM,
    "Ferme Berthelot",
    (ABOUT_A_FARM.index("214"), ABOUT_A_FARM.index("214") + 3),
    answerable=True,
)


def test_a_question_loses_its_answer_with_the_sentence_that_gives_it() -> None:
    [made] = unanswerable.without_its_sentence([FARM], random.Random(1), most=5)  # noqa: S311
    assert (made.question, made.answer, made.answerable) == (FARM.question, None, False)
    assert "214" not in made.context
    assert made.context.startswith("La ferme Berthelot fut")
    assert made.context.endswith("la vie rurale.")


def test_a_question_loses_its_answer_when_its_year_or_its_name_is_changed() -> None:
    [made] = unanswerable.about_another([FARM], random.Random(1), most=5)  # noqa: S311
    assert made.context == FARM.context
    assert made.answer is None
    year = made.question.removeprefix("Combien de vaches la ferme Berthelot comptait-elle en ").removesuffix(" ?")
    assert year.isdigit()
    assert year not in FARM.context
    named = replace(FARM, question="Combien de vaches avait la ferme Berthelot ?")
    [made] = unanswerable.about_another([named], random.Random(1), most=5)  # noqa: S311
    other = made.question.removeprefix("Combien de vaches avait la ferme ").removesuffix(" ?")
    assert other != "Berthelot"
    assert other in FARM.context


@given(st.integers(0, 3000), st.integers(1, 40), st.randoms(use_true_random=False))
def test_a_window_holds_the_answer_at_the_place_it_says(start: int, length: int, chooser: random.Random) -> None:
    context = " ".join(f"mot{number}" for number in range(600))
    span = (start, min(start + length, len(context)))
    example = Example(FRENCH, "Quoi ?", context, "", span, answerable=True)
    shown = reader_data._window(example, chooser)
    assert shown.answer
    assert shown.context[slice(*shown.answer)] == context[slice(*span)]
    assert len(shown.context) <= 900


PAGE = """\
=== {slug}
T> Le {slug} || The {slug}
--- La tour || The tower
fr> Le phare fut allumé en 1871. Il a 214 marches.
en> The lighthouse was first lit in 1871. It has 214 steps.
q> combien de marches au phare || how many steps has the lighthouse || 214 || 214
n> Quelle est la hauteur du {slug} ? || How tall is the lighthouse?
--- Les visites || Visits
fr> Tarifs :

| Billet | Prix |
| --- | --- |
| Adulte | 6 euros |
en> Prices:

| Ticket | Price |
| --- | --- |
| Adult | 6 euros |
q> Combien coûte un billet d’adulte ? || How much is an adult ticket? || 6 euros || 6 euros
"""


def written(folder: Path, number: int = 1) -> list[page_files.Page]:
    (folder / "01.txt").write_text("".join(PAGE.format(slug=f"phare-{n}") for n in range(number)), encoding="utf-8")
    return page_files.read(folder)


def test_a_question_of_an_invented_page_is_put_to_the_passage_as_the_library_holds_it(tmp_path: Path) -> None:
    found = list(invented.put(written(tmp_path), ENGLISH, FRENCH))
    assert [(example.question, example.answerable) for example in found] == [
        ("how many steps has the lighthouse", True),
        ("How tall is the lighthouse?", False),
        ("How much is an adult ticket?", True),
    ]
    assert [example.context[slice(*example.answer)] for example in found if example.answer] == ["214", "6 euros"]
    assert "Adulte | Prix = 6 euros" in found[-1].context
    assert found[0].title == "Le phare-0 › La tour"


def test_an_invented_page_teaches_within_a_language_and_across(tmp_path: Path) -> None:
    pages = written(tmp_path, 40)
    examples = invented.examples(pages, random.Random(1))  # noqa: S311
    assert len(examples) == 40 * 3 * 2
    asked = {(example.question, example.language) for example in examples}
    assert {("combien de marches au phare", language) for language in Language} <= asked
    assert {("how many steps has the lighthouse", language) for language in Language} <= asked
    for example in examples:
        assert example.answer is None or example.context[slice(*example.answer)] in {"214", "6 euros"}
    no_answer = [example for example in examples if example.answer is None]
    asked_in_french = [example for example in no_answer if "hauteur du" in example.question]
    of_another_page = [e for e in asked_in_french if not e.title.startswith(f"Le {e.question.split()[5]} ")]
    assert 0 < len(of_another_page) < len(asked_in_french)
    assert any("marches" in example.question and "Tarifs" in example.context for example in no_answer)
    assert not any("tall" in example.question and example.answer for example in examples)


def test_some_questions_on_invented_pages_lose_the_sentence_that_answers(tmp_path: Path) -> None:
    rest = " Il domine la baie de Kerlou, où passent des cargos chargés de sel et de bois ; des moines y vivaient."
    page = PAGE.replace("Il a 214 marches.", f"Il a 214 marches.{rest * 2}")
    (tmp_path / "01.txt").write_text("".join(page.format(slug=f"phare-{n}") for n in range(60)), encoding="utf-8")
    examples = invented.examples(page_files.read(tmp_path), random.Random(1))  # noqa: S311
    of_steps = [example for example in examples if "marches" in example.question and "Kerlou" in example.context]
    cut = [example for example in of_steps if "214" not in example.context]
    assert 0 < len(cut) < len(of_steps) / 4
    assert all(example.answer is None for example in cut)


def test_questions_on_invented_pages_look_for_their_passage_or_sentence(tmp_path: Path) -> None:
    pages = written(tmp_path, 40)
    batches = retrieval_data.page_batches(pages, PLAN, seed=1)
    assert batches == retrieval_data.page_batches(pages, PLAN, seed=1)
    sought = [pair for batch in batches for pair in zip(batch.queries, batch.passages, strict=False)]
    assert len(sought) == 40 * 2
    told, crossed = set(), 0
    for query, passage in sought:
        assert ("214" if "marches" in query or "steps" in query else "6 euros") in passage
        crossed += ("combien" in query.casefold()) is not any(word in passage for word in ("Le phare", "Tarifs"))
        told.add(re.sub(r"phare-\d+", "phare", passage.partition("214")[0]))
    assert 0 < crossed < len(sought)
    alone = "Le phare fut allumé en 1871. Il a "
    assert {alone, f"Le phare › La tour\n{alone}", "Le phare: Il a "} <= told


def test_a_question_on_an_invented_page_looks_for_its_passage_in_both_languages(tmp_path: Path) -> None:
    def embed(texts: Sequence[str]) -> Embeddings:  # knows steps from prices
        return np.array([_of_steps_or_not(text) for text in texts], dtype=np.float32)

    def embed_wrongly(texts: Sequence[str]) -> Embeddings:  # a passage is told from a question by its line break
        return embed(texts) * np.array([[1.0 if "\n" in text else -1.0] for text in texts], dtype=np.float32)

    pages = written(tmp_path, 8)
    directions = {f"unseen pages {q}→{t} hit@5" for q in Language for t in Language}
    assert measure_pages(embed, pages) == dict.fromkeys(directions, 1.0)
    assert measure_pages(embed_wrongly, pages) == dict.fromkeys(directions, 0.0)


def _of_steps_or_not(text: str) -> tuple[float, float]:
    steps = any(word in text for word in ("marches", "steps"))
    return float(steps), float(not steps)


def test_some_invented_pages_are_kept_to_measure_and_stay_the_same_ones(tmp_path: Path) -> None:
    few, many = written(tmp_path, 40), written(tmp_path, 80)
    kept = {page.slug for page in many if page.held_out}
    assert 0 < len(kept) < 40
    assert {page.slug for page in few if page.held_out} == kept & {page.slug for page in few}
    trained = {example.title.split()[1] for example in reader_data.examples_of_pages(tmp_path, seed=1)}
    assert trained == {page.slug for page in many} - kept


def test_invented_pages_make_a_library_with_its_questions(tmp_path: Path) -> None:
    asked = invented.write(written(tmp_path, 2), tmp_path / "library")
    assert sorted(path.name for path in (tmp_path / "library").iterdir()) == ["phare-0.fr.md", "phare-1.en.md"]
    assert "# The phare-1\n\n## The tower\n" in (tmp_path / "library" / "phare-1.en.md").read_text()
    assert len(asked) == 2 * 3 * 2
    crossing = [question for question in asked if question.crosslingual]
    assert {(question.lang, question.id[:7]) for question in crossing} == {(ENGLISH, "phare-0"), (FRENCH, "phare-1")}
    assert [question.answers for question in asked if "marches" in question.question] == [("214",), ("214",)]
    assert [question.answers for question in asked if "hauteur" in question.question] == [(), ()]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("q> combien ? || how many? || 215 || 214", "'215' must stand once"),
        ("q> combien ? || how many? || 214", "4 parts are wanted"),
        ("x> combien ?", "none of the marks"),
        ("n> combien ?", "2 parts are wanted"),
    ],
)
def test_a_line_of_an_invented_page_that_is_wrong_is_named(tmp_path: Path, line: str, wanted: str) -> None:
    (tmp_path / "01.txt").write_text(PAGE.format(slug="phare").replace("n> Quelle", f"{line}\nn> Quelle"))
    with pytest.raises(ValueError, match=rf"01\.txt:7: .*{wanted}"):
        page_files.read(tmp_path)


@given(st.integers(0, 20), st.randoms(use_true_random=False))
def test_a_shortened_paragraph_still_holds_the_answer(number: int, chooser: random.Random) -> None:
    sentences = [f"La phrase numéro {place} parle de la cuve {place} et de son filtre." for place in range(21)]
    context = " ".join(sentences)
    start = context.index(f"cuve {number} ")
    example = Example(FRENCH, "Quoi ?", context, "", (start, start + 6), answerable=True)
    shown = reader_data._shortened(example, chooser)
    assert shown.answer
    assert shown.context[slice(*shown.answer)] == context[start : start + 6]
    assert shown.context[0] == "L"
    assert shown.context[-1] == "."


def test_words_are_turned_into_the_other_language_and_names_stay(data: Path) -> None:
    tokenizer = load_tokenizer(SHIPPED_MODEL)
    words = {"combien": "how", "emplois": "jobs"}
    turned = gloss.turn("Combien d'emplois chez Yposkesi ?", words, tokenizer)
    assert turned.split()[0] == "how"
    assert "jobs" in turned
    assert "Yposkesi" in turned
    learnt = gloss.learn(tokenizer, data)
    assert learnt[FRENCH]["poisson"] == "fish"
    assert learnt[ENGLISH]["filter"] == "filtre"


def test_bm25_prefers_the_paragraph_with_the_rare_word() -> None:
    paragraphs = [paragraph(topic, 1) for topic in TOPICS]
    scores = bm25.scores([f"où sont les {topic} ?" for topic in TOPICS], paragraphs, FRENCH)
    assert np.argmax(scores, axis=1).tolist() == list(range(len(TOPICS)))


@pytest.mark.parametrize(
    ("found", "expected", "language", "score"),
    [
        ("la Loire", "Loire", FRENCH, 1.0),
        ("L’Ouganda", "l'Ouganda", FRENCH, 1.0),
        ("The Loire river", "loire", ENGLISH, 2 / 3),
        ("Tours", "Lyon", FRENCH, 0.0),
        ("", "Lyon", FRENCH, 0.0),
    ],
)
def test_two_answers_are_compared_by_the_words_that_count(
    found: str, expected: str, language: Language, score: float
) -> None:
    assert f1(found, expected, language) == pytest.approx(score)


def test_a_paragraph_is_as_near_as_its_nearest_sentence() -> None:
    places = {"a": 0, "b": 1, "c": 2}

    def embed(texts: Sequence[str]) -> np.ndarray:
        return np.array([np.eye(3)[places[text[0].lower()]] for text in texts], dtype=np.float32)

    asked = embed(["a", "c"])
    found = best_sentences(asked, ["B is here. C is there.", "A stands alone."], ENGLISH, embed)
    assert found.tolist() == [[0.0, 1.0], [1.0, 0.0]]


def chooser(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


@given(st.text(max_size=60), st.integers())
def test_a_question_typed_in_haste_keeps_a_word_and_is_drawn_the_same_again(question: str, seed: int) -> None:
    typed = as_typed(question, chooser(seed))
    assert typed.strip() or not question.strip()
    assert typed == as_typed(question, chooser(seed))


def test_haste_drops_marks_and_joins_and_small_words_and_slips_in_a_long_word() -> None:
    question = "D'où vient la société Polepharma ?"
    typed = {as_typed(question, chooser(seed)) for seed in range(300)}
    assert {"D'où vient la société Polepharma", "Doù vient société Polepharma"} <= typed
    assert all("2024" in as_typed("Qui dirige l'usine en 2024 ?", chooser(seed)) for seed in range(100))
    slipped = [one for one in typed if "société" in one and "Polepharma" not in one and "vient" in one]
    assert slipped
    assert all(abs(len(one.split()[-1].rstrip(" ?")) - len("Polepharma")) <= 1 for one in slipped if one[-1] != "?")


def test_some_questions_to_the_reader_and_the_retriever_are_typed_in_haste(data: Path) -> None:
    hasty = replace(PLAN, typed=1.0)
    batches = retrieval_data.question_batches(data / "qa", data / "parallel", hasty, seed=1)
    queries = [query for batch in batches for query in batch.queries if "produ" in query]
    assert sum(query.endswith("?") for query in queries) < len(queries) / 2
    tokenizer = load_tokenizer(SHIPPED_MODEL, longest=224)
    mark = tokenizer.token_to_id("?")
    examples = reader_data.examples_of(data / "qa", seed=1)
    rows = [row for rows in reader_data.batches(examples, tokenizer, {FRENCH: {}, ENGLISH: {}}, seed=1) for row in rows]
    assert 0 < sum(mark not in row.ids for row in rows) < len(rows) / 2
