"""Reads a passage for a question: which words of each sentence would answer it, and whether any does."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from assistant.errors import ConfigurationError
from assistant.once import Once
from assistant.types import Span

if TYPE_CHECKING:
    from torch import nn

Logits = NDArray[np.float32]

LONGEST_PAIR = 320  # word pieces of question and passage; passages of the library have a hundred or two
LONGEST_ANSWER = 40  # word pieces: longer ones are sentences, and the sentence is quoted anyway
_EMBEDDINGS = "bert.embeddings.word_embeddings.weight"
_WEIGHTS, _CONFIG, _TOKENIZER = "model.safetensors", "config.json", "tokenizer.json"
_UNREAD = -20.0  # far below any margin of a sentence that was read


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one sentence that answer best, as a span of the text it stands in.

    ``margin`` says by how much, in logits, they beat "no answer here": above zero, the reader takes them for one.
    """

    margin: float
    span: Span


@dataclass(frozen=True, slots=True)
class Readable:
    """A text to read, what it is about (its titles, which are read but hold no answer), and its sentences' spans."""

    text: str
    heading: str
    sentences: tuple[Span, ...]


@runtime_checkable
class Reader(Protocol):
    """Finds answers in texts."""

    def read(self, question: str, texts: Sequence[Readable]) -> list[tuple[Reading, ...]]:
        """A reading for each sentence of each text."""
        ...


class SpanReader:
    """A ``Reader`` on the backbone of the retriever, loaded at the first question."""

    def __init__(self, load: "Callable[[], tuple[nn.Module, Tokenizer]]") -> None:
        """``load`` gives the model and its tokenizer, as ``load_reader`` does."""
        self._loaded = Once(load)

    def load(self) -> "tuple[nn.Module, Tokenizer]":
        """The model and its tokenizer, loaded once; raises what ``load_reader`` does."""
        return self._loaded()

    def read(self, question: str, texts: Sequence[Readable]) -> list[tuple[Reading, ...]]:
        """A reading for each sentence of each text."""
        if not texts:
            return []
        model, tokenizer = self.load()
        encodings = encode(tokenizer, question, [with_heading(text.heading, text.text) for text in texts])
        # One by one: on a CPU a batch gains nothing, and padding to its longest text costs most of the time.
        return [
            tuple(_read_sentences(text, encoding, *_logits(model, encoding)))
            for text, encoding in zip(texts, encodings, strict=True)
        ]


def with_heading(heading: str, text: str) -> str:
    """What is read: the heading in front says what "the site" or "it" is."""
    return f"{heading}. {text}" if heading else text


def encode(tokenizer: Tokenizer, question: str, texts: Sequence[str]) -> list[Encoding]:
    """The pairs of a question and each text, as the reader was trained on them; the longer of the two is cut short."""
    return tokenizer.encode_batch([(question, text) for text in texts])


def load_tokenizer(retriever: Path, *, longest: int = LONGEST_PAIR) -> Tokenizer:
    """The retriever's tokenizer, made to cut pairs; each encoding has the length of its own text."""
    tokenizer = Tokenizer.from_file(str(retriever / _TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest, strategy="longest_first")
    return tokenizer


def best_span(start: Logits, end: Logits) -> tuple[int, int, float]:
    """The first and last piece of the span with the highest sum, and that sum; both arrays have the same length."""
    sums = start[:, None] + end[None, :]
    places = np.arange(len(start))
    length = places[None, :] - places[:, None]
    sums = np.where((length >= 0) & (length < LONGEST_ANSWER), sums, -np.inf)
    first, last = divmod(int(np.argmax(sums)), len(end))
    return first, last, float(sums[first, last])


def _read_sentences(text: Readable, encoding: Encoding, start: Logits, end: Logits) -> list[Reading]:
    shift = len(with_heading(text.heading, ""))
    none = float(start[0] + end[0])  # at the first, special piece the reader was taught to point where there is none
    offsets = np.array(encoding.offsets)
    of_text = np.array([sequence == 1 for sequence in encoding.sequence_ids])
    found = []
    for sentence in text.sentences:
        inside = of_text & (offsets[:, 0] >= sentence.start + shift) & (offsets[:, 1] <= sentence.end + shift)
        pieces = np.flatnonzero(inside)
        if not pieces.size:
            found.append(Reading(_UNREAD, sentence))
            continue
        first, last, score = best_span(start[pieces], end[pieces])
        span = Span(int(offsets[pieces[first], 0]) - shift, int(offsets[pieces[last], 1]) - shift)
        found.append(Reading(score - none, span))
    return found


def load_reader(folder: Path, *, retriever: Path) -> "tuple[nn.Module, Tokenizer]":
    """The model and the tokenizer that ``folder`` and ``retriever`` make together.

    ``folder`` holds the reader's own weights; the word embeddings, two thirds of all, and the tokenizer are the
    retriever's.

    Raises:
        ConfigurationError: the weights are not there or do not fit; the message names the folder.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from safetensors import SafetensorError  # noqa: PLC0415 — see _logits
    from safetensors.torch import load_file  # noqa: PLC0415
    from transformers import BertConfig, BertForQuestionAnswering  # noqa: PLC0415

    try:
        config = BertConfig.from_dict(json.loads((folder / _CONFIG).read_text(encoding="utf-8")))
        weights = load_file(folder / _WEIGHTS)
        weights[_EMBEDDINGS] = load_file(retriever / _WEIGHTS)[_EMBEDDINGS.removeprefix("bert.")]
        config._attn_implementation = "eager"  # noqa: SLF001 — on a CPU a fifth faster than the fused one
        model = BertForQuestionAnswering(config)
        model.load_state_dict({name: weight.float() for name, weight in weights.items()})
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ConfigurationError(
            f"{folder}: no reader that fits {retriever} ({error}). Restore both folders from the same release."
        ) from error
    return model.train(mode=False), load_tokenizer(retriever)


def _logits(model: "nn.Module", encoding: Encoding) -> tuple[Logits, Logits]:
    """Logits of the first and of the last piece of an answer, one for each piece of the pair."""
    import torch  # noqa: PLC0415 — seconds to import, and most commands read nothing

    torch.set_num_threads(os.cpu_count() or 1)
    with torch.inference_mode():
        output = model(
            input_ids=torch.tensor([encoding.ids]),
            attention_mask=torch.tensor([encoding.attention_mask]),
            token_type_ids=torch.tensor([encoding.type_ids]),
        )
    return output.start_logits[0].float().numpy(), output.end_logits[0].float().numpy()
