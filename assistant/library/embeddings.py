"""Texts to vectors through sentence-transformers, from a local folder by default."""

import hashlib
import os
from abc import ABC, abstractmethod
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from assistant.errors import ConfigurationError
from assistant.once import Once

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH_SIZE = 32
_NO_MODEL = (
    "ASSISTANT_EMBEDDING_MODEL={name!r}: no sentence-transformers model there ({reason}). "
    "Give a folder that holds one, or a name on a hub that this machine can reach."
)
_WEIGHTS = ("*.safetensors", "*.bin")


class IdentifiedEmbeddings(Embeddings, ABC):
    """A LangChain ``Embeddings`` that can say whether its vectors may be compared with those of an index."""

    @abstractmethod
    def identity(self) -> str:
        """What the vectors depend on: name, prompts and a hash of the weights; equal means interchangeable."""


class SentenceEmbeddings(IdentifiedEmbeddings):
    """Vectors of unit length from a sentence-transformers model.

    The model is loaded at the first text, since loading takes seconds and most commands embed nothing.
    """

    def __init__(self, model: str, *, query_prompt: str = "", document_prompt: str = "") -> None:
        """``model`` is a folder, or a name on a hub, which is then downloaded at first use."""
        self._name = model
        self._query_prompt = query_prompt
        self._document_prompt = document_prompt
        self._model = Once(partial(_load, model))

    def identity(self) -> str:
        return self._identity

    @cached_property
    def _identity(self) -> str:
        """Hashed once: the weights are tens of megabytes, and a loaded model does not change."""
        digest = hashlib.sha256(f"{self._query_prompt}\0{self._document_prompt}".encode())
        folder = Path(self._name)
        if folder.is_dir():
            for path in sorted(path for pattern in _WEIGHTS for path in folder.rglob(pattern)):
                with path.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
        return f"{folder.name if folder.is_dir() else self._name}@{digest.hexdigest()[:16]}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Shape ``(len(texts), dimension)``."""
        return self._encode([self._document_prompt + text for text in texts], threads=os.cpu_count() or 1)

    def embed_query(self, text: str) -> list[float]:
        """Shape ``(dimension,)``."""
        # One short text gains nothing from a second thread, and waiting for one takes long on a busy machine.
        return self._encode([self._query_prompt + text], threads=1)[0]

    def load(self) -> "SentenceTransformer":
        """The model, loaded once.

        Raises:
            ConfigurationError: there is no such model; the message names the setting.
        """
        return self._model()

    def _encode(self, texts: list[str], *, threads: int) -> list[list[float]]:
        model = self.load()
        import torch  # noqa: PLC0415 — see _load

        torch.set_num_threads(threads)
        vectors = model.encode(
            texts, batch_size=_BATCH_SIZE, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return vectors.tolist()  # type: ignore[no-any-return]


def _load(name: str) -> "SentenceTransformer":
    local = Path(name).is_dir()
    if not local and name.startswith((".", "/", "~")):
        raise ConfigurationError(_NO_MODEL.format(name=name, reason="no such folder"))
    if local:  # nothing leaves: without this, libraries ask the hub about files that a folder does not need
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch  # noqa: PLC0415 — seconds to import, and most commands do not embed
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils import logging  # noqa: PLC0415

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=local, model_kwargs={"dtype": torch.float32})
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(_NO_MODEL.format(name=name, reason=error)) from error
