"""What a message asks in its conversation: follow-ups, changes of subject, and the language of the answer."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import figures
from assistant.answering.conversation import Reply, Standalone, understand
from assistant.answering.questions import analyse
from assistant.answering.replies import Introduction, reply
from assistant.answering.smalltalk import SmallTalk
from assistant.answering.spelling import CorpusSpelling
from assistant.answering.wording import LIGHT
from assistant.terms import content_words, fold
from assistant.texts import REPLY_TEXTS
from assistant.types import AnswerStatus, Language
from assistant.wiring import Wiring
from tests.conversations import ALL, FakeSpelling

FRENCH, ENGLISH = Language.FRENCH, Language.ENGLISH


def stand_alone(question: str, history: Sequence[str], interface_language: Language = FRENCH) -> Standalone:
    understood = understand(question, history, interface_language=interface_language, spelling=FakeSpelling())
    assert isinstance(understood, Standalone)
    return understood


def telling(text: str) -> set[str]:
    return {word[:6] for word in content_words(fold(text))} - {word[:6] for word in LIGHT}


@pytest.mark.parametrize(("history", "question", "whole", "language"), ALL)
def test_a_follow_up_asks_the_same_of_the_same_things_as_the_whole_question(
    history: list[str], question: str, whole: str, language: Language
) -> None:
    asked = stand_alone(question, history, language)
    own, wanted = analyse(asked.text, asked.wording), analyse(whole, asked.wording)
    assert telling(asked.text) == telling(whole), asked.text
    assert (own.sought, own.years) == (wanted.sought, wanted.years), asked.text


def test_a_conversation_goes_through_both_languages() -> None:
    said = [
        ("Combien Servier a-t-il investi à Gidy ?", FRENCH),
        ("in English please", ENGLISH),
        ("Sanofi Gidy?", ENGLISH),  # could be either: the conversation is in English by now
        ("et combien d'emplois ?", FRENCH),
        ("2024 ?", FRENCH),
        ("and in English?", ENGLISH),
        ("réponds en anglais : que fait Medicen ?", ENGLISH),
        ("et Polepharma ?", FRENCH),
        ("en anglais svp", ENGLISH),
        ("en français", FRENCH),
    ]
    messages = [message for message, _ in said]
    for place, (message, language) in enumerate(said):
        assert stand_alone(message, messages[:place]).language is language, message
    assert stand_alone(messages[1], messages[:1]).text == messages[0]
    assert stand_alone(messages[-1], messages[:-1]).text == "que fait Polepharma ?"


def test_a_question_asked_again_in_the_other_language_keeps_its_wording() -> None:
    asked = stand_alone("in English please", ["Combien Servier a-t-il investi à Gidy ?"])
    assert (asked.wording, asked.language) == (FRENCH, ENGLISH)


@pytest.mark.parametrize("language", list(Language))
def test_a_language_asked_for_before_any_question_is_the_one_to_go_on_in(language: Language) -> None:
    message = {FRENCH: "en français svp", ENGLISH: "in English please"}[language]
    understood = understand(message, [], interface_language=language.other)
    assert understood == Reply(SmallTalk.LANGUAGES, language)
    assert stand_alone("Sanofi ?", [message], language.other).language is language


def test_small_talk_is_skipped_in_what_was_asked() -> None:
    history = ["bonjour", "Que fait Medicen ?", "merci", "t'es qui ?", "👍"]
    assert stand_alone("et Polepharma ?", history).text == "Que fait Polepharma ?"


class Model:
    """Words what it is told to, and remembers what it was asked."""

    def __init__(self, text: str | None) -> None:
        self.text = text
        self.asked: list[tuple[str, tuple[str, ...], Language]] = []

    def standalone(self, question: str, history: Sequence[str], language: Language) -> str | None:
        self.asked.append((question, tuple(history), language))
        return self.text


def test_a_model_may_word_a_follow_up_and_nothing_else() -> None:
    model = Model("When is the 2026 congress?")
    history = ["bonjour", "C'est quand le congrès 2025 ?"]
    worded = understand("et 2026 ?", history, interface_language=FRENCH, rewriter=model)
    assert worded == Standalone("When is the 2026 congress?", wording=ENGLISH, language=FRENCH)
    assert model.asked == [("et 2026 ?", ("C'est quand le congrès 2025 ?",), FRENCH)]
    for message, earlier in (("C'est quand ?", []), ("merci", history), ("in English please", history)):
        understand(message, earlier, interface_language=FRENCH, rewriter=model)
    assert len(model.asked) == 1


def test_what_a_model_declines_is_worded_by_the_rules() -> None:
    history = ["C'est quand le congrès 2025 ?"]
    worded = understand("et en 2026 ?", history, interface_language=FRENCH, rewriter=Model(None))
    assert worded == stand_alone("et en 2026 ?", history)


_MESSAGES = st.sampled_from([message for history, question, _, _ in ALL for message in (*history, question)])


@settings(deadline=None, max_examples=50)
@given(st.lists(_MESSAGES, max_size=4), _MESSAGES)
def test_any_conversation_comes_to_a_question_or_a_reply(history: list[str], message: str) -> None:
    understood = understand(message, history, interface_language=FRENCH, spelling=FakeSpelling())
    if isinstance(understood, Standalone):
        said = " ".join(content_words(" ".join([*history, message])))
        own = {"quel", "what", "where", "when", "combien", "many"}
        assert understood.text.strip()
        assert set(content_words(understood.text)) <= set(said.split()) | own  # no word of its own


@settings(deadline=None, max_examples=50)
@given(_MESSAGES, st.text(max_size=40))
def test_a_whole_question_comes_out_as_it_is_whatever_came_before(earlier: str, noise: str) -> None:
    for question in ("Quand a lieu le congrès 2026 ?", "What does Polepharma do?", "Que fait Medicen à Paris ?"):
        assert stand_alone(question, [earlier, noise]).text == question


def test_the_documents_tell_a_name_by_its_capital(wiring: Wiring) -> None:
    wiring.librarian.sync()
    spelling = CorpusSpelling(wiring.library)
    assert [spelling.is_name(word) for word in ("gidy", "servier", "ligne", "polepharma")] == [True, True, False, None]
    assert [spelling.holds(word) for word in ("gidy", "bioreacteur", "polepharma")] == [True, True, False]


def test_a_name_without_its_capital_takes_the_place_of_another(wiring: Wiring) -> None:
    wiring.librarian.sync()
    spelling = CorpusSpelling(wiring.library)
    asked = understand("et servier ?", ["Que fait Medicen ?"], interface_language=FRENCH, spelling=spelling)
    assert isinstance(asked, Standalone)
    assert asked.text == "Que fait servier ?"


# What the assistant makes of it


@pytest.mark.parametrize("kind", list(SmallTalk))
@pytest.mark.parametrize("language", list(Language))
def test_every_reply_is_ours_in_the_language_and_claims_nothing(kind: SmallTalk, language: Language) -> None:
    answer = reply("?", Reply(kind, language), Introduction("Congrès X", {language: ["A ?", "B ?"]}), ())
    assert (answer.status, answer.language, answer.citations) == (AnswerStatus.REPLY, language, ())
    assert answer.text
    assert "{" not in answer.text
    assert not figures.find(answer.text, language)
    assert ("Congrès X" in answer.text) is (kind is SmallTalk.IDENTITY)


def test_what_can_be_asked_is_shown_by_the_examples_of_the_staff_or_by_documents_held(wiring: Wiring) -> None:
    heard = Reply(SmallTalk.CAPABILITY, FRENCH)
    introduction = Introduction(examples={FRENCH: ["A ?", "B ?", "C ?", "D ?"]})
    empty = reply("aide", heard, introduction, ())
    assert (empty.text, empty.suggestions) == (REPLY_TEXTS[FRENCH].no_documents, ())
    wiring.librarian.sync()
    records = wiring.library.records()
    assert reply("aide", heard, introduction, records).suggestions == ("A ?", "B ?", "C ?")
    named = reply("aide", heard, Introduction(), records)
    assert [record.id for record in named.nearest] == ["congress.fr.md", "servier.fr.md"]


def test_the_assistant_replies_to_small_talk_without_searching(wiring: Wiring) -> None:
    wiring.librarian.sync()
    embedded = list(wiring.embeddings.embedded)  # type: ignore[attr-defined]  # the fake counts
    answer = wiring.assistant.ask("slt", history=["Combien Servier a-t-il investi à Gidy ?"])
    assert (answer.status, answer.question) == (AnswerStatus.REPLY, "slt")
    assert wiring.assistant.ask("who are you?").text.startswith("I am an artificial intelligence system")
    assert list(wiring.embeddings.embedded) == embedded  # type: ignore[attr-defined]
    assert list(wiring.assistant.stream("merci"))[-1].text == " ".join(REPLY_TEXTS[FRENCH].thanks)


def test_in_english_please_quotes_the_english_version(wiring: Wiring) -> None:
    wiring.librarian.sync()
    answer = wiring.assistant.ask("in English please", history=["Combien Servier a-t-il investi à Gidy, unité Bio-S ?"])
    assert answer.language is ENGLISH
    assert {citation.quote.document_id for citation in answer.citations} == {"servier.en.md"}


def test_a_greeting_does_not_disturb_the_question_after_it(wiring: Wiring) -> None:
    wiring.librarian.sync()
    plain = wiring.assistant.ask("Combien Servier a-t-il investi à Gidy ?")
    greeted = wiring.assistant.ask("Bonjour ! Combien Servier a-t-il investi à Gidy ? Merci")
    assert plain.citations
    assert (greeted.text, greeted.citations) == (plain.text, plain.citations)
