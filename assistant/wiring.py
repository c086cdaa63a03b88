"""Builds the finished parts from the settings: the one place that names products."""

from collections.abc import Mapping, Sequence
from csv import DictReader
from functools import cached_property, partial
from typing import Any

from langchain_core.language_models import BaseChatModel

from assistant.answering import calibration
from assistant.answering.assistant import Assistant
from assistant.answering.generation.generated import GroundedGenerator
from assistant.answering.generation.rewriting import ModelRewriter
from assistant.answering.replies import Introduction
from assistant.errors import ConfigurationError
from assistant.library.embeddings import IdentifiedEmbeddings, SentenceEmbeddings
from assistant.library.folder import DataFolder
from assistant.library.reader import Library
from assistant.library.sync import Librarian
from assistant.search import glossary
from assistant.search.glossary import Glossary
from assistant.search.reader import Readable, Reader, SpanReader, load_reader
from assistant.search.retriever import HybridRetriever
from assistant.search.words import Likeness, WordVectors, load_words
from assistant.settings import SHIPPED_MODEL, SHIPPED_READER, Settings
from assistant.types import Language, Span

_EXAMPLES = "examples.tsv"
_EXTRAS = {"anthropic": "anthropic", "mistralai": "mistral", "ollama": "ollama", "openai": "openai"}
_ALIASES = {"mistral": "mistralai"}


class Wiring:
    """The parts of one installation, each built once, when first asked for."""

    def __init__(
        self, settings: Settings, *, embeddings: IdentifiedEmbeddings | None = None, reader: Reader | None = None
    ) -> None:
        """``embeddings`` takes the place of the model that the settings name, ``reader`` of the one that ships."""
        self.settings = settings
        self._embeddings = embeddings
        self._reader = reader

    @cached_property
    def embeddings(self) -> IdentifiedEmbeddings:
        settings = self.settings
        return self._embeddings or SentenceEmbeddings(
            settings.embedding_model,
            query_prompt=settings.embedding_query_prompt,
            document_prompt=settings.embedding_document_prompt,
        )

    @cached_property
    def reader(self) -> Reader:
        # Its word embeddings are those of the retriever that ships, whichever model the settings name for search.
        return self._reader or SpanReader(partial(load_reader, SHIPPED_READER, retriever=SHIPPED_MODEL))

    @cached_property
    def likeness(self) -> Likeness:
        return WordVectors(partial(load_words, SHIPPED_MODEL))

    @cached_property
    def data(self) -> DataFolder:
        return DataFolder(self.settings.data_dir)

    @cached_property
    def library(self) -> Library:
        return Library(self.data, embedder_identity=self.embeddings.identity())

    @cached_property
    def librarian(self) -> Librarian:
        return Librarian(
            self.settings.corpus_dir,
            self.data,
            embeddings=self.embeddings,
            max_bytes=self.settings.max_file_megabytes * 1_000_000,
            lock_timeout_seconds=self.settings.lock_timeout_seconds,
        )

    @cached_property
    def glossary(self) -> Glossary:
        return glossary.load(self.settings.corpus_dir / glossary.FILE_NAME)

    @cached_property
    def retriever(self) -> HybridRetriever:
        return HybridRetriever(
            library=self.library, embeddings=self.embeddings, glossary=self.glossary, reader=self.reader
        )

    @cached_property
    def assistant(self) -> Assistant:
        return Assistant(
            self.retriever,
            self.library,
            calibration.shipped(),
            self.likeness,
            generator=self.generator,
            rewriter=self.rewriter,
            introduction=Introduction(self.settings.congress_name, self.examples),
        )

    @cached_property
    def chat_model(self) -> BaseChatModel | None:
        return load_chat_model(self.settings) if self.settings.chat_model else None

    @cached_property
    def generator(self) -> GroundedGenerator | None:
        limit = self.settings.chat_time_limit_seconds
        return GroundedGenerator(self.chat_model, time_limit_seconds=limit) if self.chat_model else None

    @cached_property
    def rewriter(self) -> ModelRewriter | None:
        # The rules are there at once, and the answer itself must still be waited for.
        limit = self.settings.chat_time_limit_seconds / 4
        return ModelRewriter(self.chat_model, time_limit_seconds=limit) if self.chat_model else None

    def load_models(self) -> None:
        """Load both models now, so that no question waits for them.

        Raises:
            ConfigurationError: a model is not where the settings or the release say.
        """
        self.embeddings.embed_query("Bonjour")
        self.reader.read("Bonjour", [Readable("Bonjour.", "", (Span(0, 8),))])

    @cached_property
    def examples(self) -> Mapping[Language, Sequence[str]]:
        """The example questions of ``examples.tsv`` in the corpus folder, whose columns are ``fr`` and ``en``."""
        path = self.settings.corpus_dir / _EXAMPLES
        if not path.is_file():
            return dict.fromkeys(Language, ())
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(DictReader(file, delimiter="\t"))
        try:
            return {language: [row[language.value] for row in rows if row[language.value]] for language in Language}
        except KeyError as error:
            raise ConfigurationError(f"{path}: no column {error}. Its first line must be `fr`, a tab, `en`.") from error


def load_chat_model(settings: Settings) -> BaseChatModel:
    """The language model that the settings name; its client reads its key from its own environment variable.

    Raises:
        ConfigurationError: its package is not installed, there is no such provider, or its client lacks something.
    """
    name = f"ASSISTANT_CHAT_MODEL={settings.chat_model!r}"
    provider, _, model = settings.chat_model.partition(":")
    provider = _ALIASES.get(provider, provider)
    extra = _EXTRAS.get(provider)
    install = f"pip install 'congress-assistant[{extra or 'openai'}]'"
    try:
        from langchain.chat_models import init_chat_model  # noqa: PLC0415 — an extra

        built: BaseChatModel = init_chat_model(model, model_provider=provider, **_options(provider, settings))
    except ImportError as error:
        needed = install if extra else f"{install} langchain-{provider.replace('_', '-')}"
        raise ConfigurationError(f"{name}: a package is missing ({error.name or provider}). Run `{needed}`.") from error
    except Exception as error:
        # From here on the message of the client is not repeated: it might hold the key.
        raise ConfigurationError(
            f"{name}: the model's client does not start ({type(error).__name__}). Name it `provider:name` with a "
            f"provider of {', '.join(sorted(_EXTRAS))}, and set the variable that the provider reads its key from, "
            "e.g. OPENAI_API_KEY (any value where a server of one's own asks for none)."
        ) from None
    return built


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    """What each client calls its address and its time limit. None repeats a request: a visitor waits."""
    seconds = settings.chat_time_limit_seconds
    address = {"base_url": settings.chat_base_url} if settings.chat_base_url else {}
    if provider == "ollama":
        return address | {"temperature": 0, "client_kwargs": {"timeout": seconds}}
    return address | {"timeout": seconds, "max_retries": 0}
