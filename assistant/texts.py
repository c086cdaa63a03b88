"""Every sentence that a reader sees, in both languages. A missing translation does not type-check."""

from dataclasses import dataclass

from assistant.types import Language


@dataclass(frozen=True, slots=True)
class AnswerTexts:
    """The frame around the quotations of an answer."""

    not_found: str
    source_language: str
    partial: str
    restated: str  # before the figures of a quotation in the other language
    partial_without: str
    and_: str
    named: str
    sources_differ: str
    document_says_differ: str
    other_place: str
    other_years: str
    written: str
    one_withdrawn: str
    withdrawn: str
    interrupted: str
    model_unusable: str
    calculated: str


ANSWER_TEXTS: dict[Language, AnswerTexts] = {
    Language.FRENCH: AnswerTexts(
        not_found="La réponse ne figure pas dans les documents.",
        source_language="La source est en anglais.",
        partial="Les documents ne répondent qu’à une partie de la question.",
        restated="Soit, en français\u00a0: {figures}",
        partial_without="Les documents répondent pour {found}. Ils ne répondent pas pour {missing}.",
        and_=" et ",
        named="«\u00a0{name}\u00a0»",
        sources_differ="Les sources diffèrent\u00a0: voici chaque valeur avec sa source.",
        document_says_differ="Les sources diffèrent, comme le dit le passage cité.",
        other_place="Les documents disent «\u00a0{place}\u00a0», et non {asserted}.",
        other_years="Les documents ne le disent pas pour {asked}\u00a0: ce qui est cité est d’une autre année.",
        written="Un modèle de langage a rédigé cette réponse\u00a0; chaque phrase a été vérifiée dans les sources.",
        one_withdrawn="Une phrase du modèle n’a pas passé la vérification et a été retirée.",
        withdrawn="{count}\u00a0phrases du modèle n’ont pas passé la vérification et ont été retirées.",
        interrupted="Le modèle s’est interrompu avant la fin.",
        model_unusable="Le modèle de langage n’a pas pu répondre\u00a0: voici les documents, mot pour mot.",
        calculated="calculé",
    ),
    Language.ENGLISH: AnswerTexts(
        not_found="The answer is not in the documents.",
        source_language="The source is in French.",
        partial="The documents answer only part of the question.",
        restated="Restated in English: {figures}",
        partial_without="The documents answer for {found}. They do not answer for {missing}.",
        and_=" and ",
        named="“{name}”",
        sources_differ="Sources differ: here is each value with its source.",
        document_says_differ="Sources differ, as the quoted passage says.",
        other_place="The documents say “{place}”, not {asserted}.",
        other_years="The documents do not say this for {asked}: what is quoted is from another year.",
        written="A language model wrote this answer; each sentence was checked against the sources.",
        one_withdrawn="One sentence of the model did not pass its check and was withdrawn.",
        withdrawn="{count} sentences of the model did not pass their check and were withdrawn.",
        interrupted="The model broke off before the end.",
        model_unusable="The language model could not answer: here is what the documents say, word for word.",
        calculated="calculated",
    ),
}


@dataclass(frozen=True, slots=True)
class ReplyTexts:
    """What is said where nothing is asked of the documents. ``{congress}`` is the name of the congress."""

    greeting: tuple[str, ...]
    mood: tuple[str, ...]
    thanks: tuple[str, ...]
    acknowledgement: tuple[str, ...]
    goodbye: tuple[str, ...]
    identity: tuple[str, ...]
    capability: tuple[str, ...]
    languages: tuple[str, ...]
    no_documents: str


REPLY_TEXTS: dict[Language, ReplyTexts] = {
    Language.FRENCH: ReplyTexts(
        greeting=("Bonjour\u00a0!", "Posez votre question\u00a0: je réponds en citant les documents, mot pour mot."),
        mood=(
            "Tout fonctionne, merci.",
            "Posez votre question\u00a0: je réponds en citant les documents, mot pour mot.",
        ),
        thanks=("Avec plaisir.", "Une autre question\u00a0?"),
        acknowledgement=("Très bien.", "Posez une autre question quand vous voulez."),
        goodbye=("Au revoir, et bonne journée.",),
        identity=(
            "Je suis un système d’intelligence artificielle, pas une personne\u00a0: l’assistant "
            "«\u00a0{congress}\u00a0».",
            "Je réponds uniquement à partir de documents, en les citant mot pour mot, et je le dis quand ils ne "
            "répondent pas.",
        ),
        capability=(
            "Posez une question, en français ou en anglais\u00a0: je cherche la réponse dans les documents et je la "
            "cite mot pour mot, avec sa source.",
            "Ce qui n’est pas dans les documents, je ne le sais pas.",
        ),
        languages=("Je réponds en français ou en anglais, dans la langue de votre question.",),
        no_documents="Je n’ai encore aucun document\u00a0: je ne peux donc pas encore répondre.",
    ),
    Language.ENGLISH: ReplyTexts(
        greeting=("Hello!", "Ask your question: I answer by quoting the documents, word for word."),
        mood=("All is well, thank you.", "Ask your question: I answer by quoting the documents, word for word."),
        thanks=("You are welcome.", "Any other question?"),
        acknowledgement=("Very well.", "Ask another question whenever you like."),
        goodbye=("Goodbye, and have a good day.",),
        identity=(
            "I am an artificial intelligence system, not a person: the “{congress}” assistant.",
            "I answer only from documents, by quoting them word for word, and I say so when they do not answer.",
        ),
        capability=(
            "Ask a question, in English or in French: I look for the answer in the documents and quote it word for "
            "word, with its source.",
            "What is not in the documents, I do not know.",
        ),
        languages=("I answer in English or in French, in the language of your question.",),
        no_documents="I have no documents yet, so I cannot answer yet.",
    ),
}


@dataclass(frozen=True, slots=True)
class WebTexts:
    """The words of the visitor's pages. ``{…}`` are filled in by ``str.format``; months are parted by spaces."""

    language_choice: str
    strapline: str
    notice: str
    one_document: str
    documents: str
    empty_corpus: str
    empty_corpus_help: str
    examples: str
    question: str
    placeholder: str
    send: str
    new_conversation: str
    conversation: str
    question_too_long: str
    searching: str
    failure: str
    asked: str
    answered: str
    answer_partial: str
    answer_not_found: str
    written_by_model: str
    copy: str
    copy_answer: str
    copied: str
    several_values: str
    differing_values: str
    subject: str
    value: str
    dated_source: str
    labelled: str
    sources: str
    source_of: dict[Language, str]
    open_source: str
    original: str
    new_tab: str
    quoted: str
    source_line: str
    as_of_day: str
    as_of_period: str
    as_of_vowel: str
    page: str
    nearest: str
    some_documents: str
    next_steps: str
    rephrase: str
    contact: str
    back: str
    published_day: str
    published_period: str
    written_in: dict[Language, str]
    kinds: dict[str, str]  # of documents; the staff may use others, shown as they are
    quoted_passage: str
    notes: str
    note: str
    unknown_document: str
    unknown_document_help: str
    months: str
    first_of_month: str


WEB_TEXTS: dict[Language, WebTexts] = {
    Language.FRENCH: WebTexts(
        language_choice="Langue",
        strapline="Posez une question. La réponse cite les documents, mot pour mot.",
        notice="Vous parlez à un système d’intelligence artificielle. Il répond uniquement à partir de documents, en "
        "les citant\u00a0; sa réponse peut être incomplète. Ouvrez la source pour vérifier.",
        one_document="1\u00a0document consulté",
        documents="{count}\u00a0documents consultés",
        empty_corpus="Aucun document pour l’instant",
        empty_corpus_help="L’assistant ne répond qu’à partir de documents, et il n’en a encore aucun. "
        "L’équipe du congrès peut en ajouter un avec la commande\u00a0:",
        examples="Par exemple",
        question="Votre question",
        placeholder="Posez votre question…",
        send="Envoyer",
        new_conversation="Nouvelle conversation",
        conversation="Conversation",
        question_too_long="Votre question compte {length}\u00a0caractères\u00a0; la limite est de {limit}. "
        "Raccourcissez-la, puis envoyez-la de nouveau.",
        searching="Recherche dans les documents…",
        failure="La recherche n’a pas abouti. Posez de nouveau la question dans un instant.",
        asked="Vous avez demandé\u00a0:",
        answered="Réponse",
        answer_partial="Réponse partielle",
        answer_not_found="Absent des documents",
        written_by_model="rédigé par un modèle, vérifié",
        copy="Copier la citation",
        copy_answer="Copier la réponse et ses sources",
        copied="Copié",
        several_values="Les valeurs demandées",
        differing_values="Une valeur par source",
        subject="Sujet",
        value="Valeur",
        dated_source="Source (date)",
        labelled="{label}\u00a0: {value}",
        sources="Sources",
        source_of={Language.FRENCH: "Source en français", Language.ENGLISH: "Source en anglais"},
        open_source="Voir le passage",
        original="Publication d’origine",
        new_tab="nouvel onglet",
        quoted="«\u00a0{text}\u00a0»",
        source_line="Source\u00a0: {source}",
        as_of_day="données du {date}",
        as_of_period="données de {date}",
        as_of_vowel="données d’{date}",
        page="page\u00a0{page}",
        nearest="Documents les plus proches",
        some_documents="Quelques documents",
        next_steps="Que faire\u00a0?",
        rephrase="Posez la question autrement\u00a0: nommez l’entreprise, le lieu ou l’année, et demandez une seule "
        "chose à la fois.",
        contact="Posez la question à\u00a0: {contact}",
        back="Retour aux questions",
        published_day="publié le {date}",
        published_period="publié en {date}",
        written_in={Language.FRENCH: "en français", Language.ENGLISH: "en anglais"},
        kinds={"cluster": "pôle", "company": "entreprise", "congress": "congrès", "market": "marché"}
        | {"person": "personnalité", "policy": "politique publique", "technology": "technologie"}
        | {"training": "formation"},
        quoted_passage="Passage cité",
        notes="Sources de ce document",
        note="Note {label}",
        unknown_document="Ce document n’est plus ici",
        unknown_document_help="Il a été retiré ou remplacé, ou l’adresse est incomplète. "
        "Posez de nouveau la question\u00a0: la réponse s’appuiera sur les documents actuels.",
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        first_of_month="1er",
    ),
    Language.ENGLISH: WebTexts(
        language_choice="Language",
        strapline="Ask a question. The answer quotes the documents, word for word.",
        notice="You are talking to an artificial intelligence system. It answers only from documents, by quoting "
        "them; its answer may be incomplete. Open the source to check.",
        one_document="1\u00a0document searched",
        documents="{count}\u00a0documents searched",
        empty_corpus="No documents yet",
        empty_corpus_help="The assistant answers only from documents, and it has none so far. "
        "The congress staff can add one with the command:",
        examples="For example",
        question="Your question",
        placeholder="Ask your question…",
        send="Send",
        new_conversation="New conversation",
        conversation="Conversation",
        question_too_long="Your question is {length} characters long; the limit is {limit}. "
        "Shorten it, then send it again.",
        searching="Searching the documents…",
        failure="The search did not succeed. Ask the question again in a moment.",
        asked="You asked:",
        answered="Answer",
        answer_partial="Partial answer",
        answer_not_found="Not in the documents",
        written_by_model="written by a model, checked",
        copy="Copy the quote",
        copy_answer="Copy the answer and its sources",
        copied="Copied",
        several_values="The values asked for",
        differing_values="One value for each source",
        subject="Subject",
        value="Value",
        dated_source="Source (date)",
        labelled="{label}: {value}",
        sources="Sources",
        source_of={Language.FRENCH: "Source in French", Language.ENGLISH: "Source in English"},
        open_source="See the passage",
        original="Original publication",
        new_tab="new tab",
        quoted="“{text}”",
        source_line="Source: {source}",
        as_of_day="as of {date}",
        as_of_period="as of {date}",
        as_of_vowel="as of {date}",
        page="page\u00a0{page}",
        nearest="Nearest documents",
        some_documents="Some of the documents",
        next_steps="What next?",
        rephrase="Ask in another way: name the company, the place or the year, and ask for one thing at a time.",
        contact="Ask: {contact}",
        back="Back to the questions",
        published_day="published on {date}",
        published_period="published in {date}",
        written_in={Language.FRENCH: "in French", Language.ENGLISH: "in English"},
        kinds={"policy": "public policy"},
        quoted_passage="Quoted passage",
        notes="Sources of this document",
        note="Note {label}",
        unknown_document="This document is no longer here",
        unknown_document_help="It was withdrawn or replaced, or the address is incomplete. "
        "Ask the question again: the answer will rest on the current documents.",
        months="January February March April May June July August September October November December",
        first_of_month="1",
    ),
}
