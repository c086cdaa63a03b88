"""What the corpus promises its readers, checked document by document against the facts it was written from."""

import csv
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from assistant.figures import FigureKind
from assistant.types import Language
from tests.corpus_checks import (
    CORPUS,
    CorpusDocument,
    Statement,
    Value,
    document,
    document_ids,
    first_day,
    is_traceable,
    known_values,
    last_day,
    mentions,
    shared_runs,
    subjects,
    values_of_conflict,
    values_of_fact,
)

KEYS = ["title", "kind", "language", "translation_of", "as_of", "sources", "facts"]
SOURCE_KEYS = {"publisher", "title", "url", "as_of"}
LONGEST_SHARED_RUN = 7  # words that two subjects may have in common

PLANNED = {
    Language.FRENCH: re.compile(
        r"annon[cç]|atten[dt]|prév[iou]|programm|d['’]ici|horizon|dev(?:ai|r)|doi[tv]|vis(?:e|ai)|tabl|compt|objectif"
        r"|ambition|cible|projet|période|calendrier|prépar|espér|perspective|\w+r(?:a|ont|ai[st]|aient)(?!\w)",
        re.IGNORECASE,
    ),
    Language.ENGLISH: re.compile(
        r"announc|expect|plann|(?<!\w)(?:due|will|should|would|could)(?!\w)|(?:is|was|are|were|meant) to(?!\w)|schedul"
        r"|by (?:the end of )?20\d\d|target|aim|goal|ambition|project|forecast|intend|period|calendar|prepar|hope",
        re.IGNORECASE,
    ),
}
NAMES_WITH_A_YEAR = re.compile(r"(?:France|Santé) 2030")
# Known from announcements alone: no source says that they took place.
ANNOUNCED_CONGRESSES = {"2025-03-19/2025-03-20", "2026-04-15/2026-04-16"}
ANNOUNCED = re.compile(r"annonc|attend|announc|expect", re.IGNORECASE)
TOOK_PLACE = re.compile(
    r"s['’]est (?:tenue?|déroulée?)|a (?:réuni|accueilli|rassemblé|eu lieu)|ont (?:réuni|eu lieu)"
    r"|took place|was held|were held|brought together|gathered|drew|welcomed",
    re.IGNORECASE,
)

each_document = pytest.mark.parametrize("name", document_ids())
each_subject = pytest.mark.parametrize("name", sorted(subjects()))


def translation(of: CorpusDocument) -> CorpusDocument:
    return document(f"{of.path.parent.name}/{of.head['translation_of']}")


def vouching_facts_values(doc: CorpusDocument, statement: Statement) -> set[Value]:
    """What the facts of the cited sources say; a disagreement belongs to the whole subject."""
    cited = {(source.publisher, source.title, source.url) for source in statement.sources}
    known = set().union(*(values_of_conflict(fact) for fact in doc.subject.facts))
    return known.union(*(values_of_fact(fact) for fact in doc.subject.facts if fact.source in cited))


@each_document
def test_every_figure_is_traceable_to_a_fact_of_a_source_that_its_sentence_cites(name: str) -> None:
    doc = document(name)
    of_subject = set().union(*(values_of_fact(fact) for fact in doc.subject.facts))
    orphans = []
    for statement in doc.statements:
        known = of_subject if statement.is_heading else vouching_facts_values(doc, statement)
        found = [mention for mention in mentions(statement.text, doc.language) if mention.must_be_traceable]
        orphans += [(mention.text, statement.text) for mention in found if not is_traceable(mention, known)]
    assert orphans == []


@each_document
def test_every_sentence_with_a_figure_cites_a_source(name: str) -> None:
    doc = document(name)
    with_figures = [s for s in doc.statements if not s.is_heading and mentions(s.text, doc.language)]
    assert [statement.text for statement in with_figures if not statement.sources] == []


@each_document
def test_a_document_holds_the_same_figures_as_its_translation(name: str) -> None:
    doc = document(name)
    other = translation(doc)
    known = known_values([(other.parsed.text, other.language)])
    found = [mention for mention in mentions(doc.parsed.text, doc.language) if mention.must_be_traceable]
    assert [mention.text for mention in found if not is_traceable(mention, known)] == []


@each_document
def test_the_front_matter_is_complete(name: str) -> None:
    doc = document(name)
    head, other = doc.head, translation(doc).head
    assert list(head) == KEYS
    assert all(head.values())
    assert doc.path.name == f"{doc.subject.id}.{head['language']}.md"
    assert head["kind"] == doc.path.parent.name == doc.subject.kind
    assert other["translation_of"] == doc.path.name
    assert head["language"] != other["language"]
    assert head["sources"] == other["sources"]
    assert doc.body.split("\n")[1] == f"# {head['title']}"
    assert doc.parsed.as_of is not None
    years = {last_day(source.as_of)[:4] for source in doc.parsed.sources if source.as_of}
    assert last_day(doc.parsed.as_of)[:4] == max(years)


@each_document
def test_the_facts_and_the_sources_of_the_front_matter_are_those_of_the_subject(name: str) -> None:
    doc = document(name)
    used = [fact for fact in doc.subject.facts if fact.id in doc.head["facts"]]
    assert doc.head["facts"] == [fact.id for fact in used]
    assert {(source["publisher"], source["title"], source["url"]) for source in doc.head["sources"]} == {
        fact.source for fact in used
    }
    assert all(set(source) <= SOURCE_KEYS for source in doc.head["sources"])


@each_document
def test_the_notes_are_the_sources_in_order(name: str) -> None:
    doc = document(name)
    text, *definitions = re.split(r"^\[\^(\d+)\]: ", doc.body, flags=re.MULTILINE)
    labels, entries = definitions[::2], definitions[1::2]
    first_calls = list(dict.fromkeys(re.findall(r"\[\^(\d+)\]", text)))
    assert labels == first_calls == [str(number) for number in range(1, len(doc.head["sources"]) + 1)]
    for entry, source in zip(entries, doc.head["sources"], strict=True):
        assert entry.startswith(source["publisher"])
        assert without_quotation_marks(source["title"]) in without_quotation_marks(entry)
        assert entry.rstrip().endswith(f"<{source['url']}>")


def without_quotation_marks(text: str) -> str:
    """A title within a title takes the other marks."""
    return re.sub(r"\s*[«»“”‘’']\s*", "", text)


@each_document
def test_every_link_is_well_formed(name: str) -> None:
    doc = document(name)
    links = [*re.findall(r"https?:[^\s>]*", doc.raw), *(source["url"] for source in doc.head["sources"])]
    for link in links:
        parts = urlsplit(link)
        assert parts.scheme in {"http", "https"}, link
        assert re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", parts.netloc), link
        assert re.fullmatch(r"[\w\-.~:/?#\[\]@!$&'()*+,;=%]+", link), link
        assert re.fullmatch(r"(?:[^%]|%[0-9a-fA-F]{2})+", link), link
    assert "](" not in doc.body


@each_document
def test_figures_that_disagree_stand_in_one_section_with_their_dates(name: str) -> None:
    doc = document(name)
    sections = values_by_section(doc)
    for fact in doc.subject.facts:
        theirs = mentions(fact.conflict, Language.ENGLISH)
        ours = mentions(fact.figure, Language.ENGLISH) + mentions(fact.fact_en, Language.ENGLISH)
        assert [m.text for m in theirs if not is_traceable(m, set().union(*sections))] == [], fact.id
        if theirs and ours:
            assert any(
                any(is_traceable(mention, section) for mention in theirs)
                and any(is_traceable(mention, section) for mention in ours)
                and any(kind is FigureKind.DATE for kind, _, _ in section)
                for section in sections
            ), fact.id


def values_by_section(doc: CorpusDocument) -> list[set[Value]]:
    texts: dict[str, list[tuple[str, Language]]] = {}
    for statement in doc.statements:
        texts.setdefault(statement.section, []).append((statement.text, doc.language))
    return [known_values(of_section) for of_section in texts.values()]


@each_document
def test_what_lies_ahead_of_its_sources_is_said_to_be_planned(name: str) -> None:
    doc = document(name)
    disputed = set().union(*(values_of_conflict(fact) for fact in doc.subject.facts))
    unsaid = []
    for statement in doc.statements:
        known_until = max((last_day(source.as_of) for source in statement.sources if source.as_of), default=None)
        text = NAMES_WITH_A_YEAR.sub("", statement.text)
        if known_until is None or PLANNED[doc.language].search(text):
            continue
        for mention in mentions(text, doc.language):
            dates = [v for v in mention.values if v[0] is FigureKind.DATE and v not in disputed]
            if any(date[:4].isdigit() and first_day(date) > known_until for _, date, _ in dates):
                unsaid.append((mention.text, statement.text))
    assert unsaid == []


@each_document
def test_congresses_known_from_announcements_are_said_to_be_announced(name: str) -> None:
    doc = document(name)
    for statement in doc.statements:
        dates = {date for mention in mentions(statement.text, doc.language) for _, date, _ in mention.values}
        if dates & ANNOUNCED_CONGRESSES and not statement.is_heading:
            assert ANNOUNCED.search(statement.text), statement.text
        if doc.subject.id in {"congress-2025", "congress-2026"}:
            assert not TOOK_PLACE.search(statement.text), statement.text


@pytest.mark.parametrize("language", Language)
def test_no_two_subjects_share_eight_words_in_a_row_unless_quoted(language: Language) -> None:
    documents = [document(name) for name in document_ids() if name.endswith(f".{language}.md")]
    statements = [(doc.subject.id, statement.text) for doc in documents for statement in doc.statements]
    assert shared_runs(statements, words=LONGEST_SHARED_RUN + 1) == {}


@each_subject
def test_every_subject_has_a_french_and_an_english_document(name: str) -> None:
    subject = subjects()[name]
    assert [f"{subject.kind}/{subject.id}.{language}.md" in document_ids() for language in Language] == [True, True]


def test_every_fact_has_an_id_of_its_own_that_names_its_subject() -> None:
    facts = [(subject.id, fact.id) for subject in subjects().values() for fact in subject.facts]
    assert [fact for subject, fact in facts if not re.fullmatch(rf"{subject}-\d\d", fact)] == []
    assert [fact for fact, count in Counter(fact for _, fact in facts).items() if count > 1] == []
    assert [name for name, subject in subjects().items() if subject.id != name] == []


def test_the_glossary_names_at_least_150_terms_once_each_in_both_languages() -> None:
    with (CORPUS / "glossary.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    columns = ["french", "english", "french_variants", "english_variants", "definition_fr", "definition_en"]
    assert all(list(row) == columns for row in rows)
    assert len(rows) >= 150
    assert [row for row in rows if not all(row[column].strip() for column in columns if "variants" not in column)] == []
    pairs = Counter((row["french"].casefold(), row["english"].casefold()) for row in rows)
    assert [pair for pair, count in pairs.items() if count > 1] == []
