"""Quality beside speed of the two models that ship, in each way that a CPU can run them.

    python -m benchmarks.precision DATA

``DATA`` is the folder of the held-out sets (PIAF dev). Every variant answers the same questions in one process;
times are medians. It needs the ``benchmark`` extra, which brings what exports and quantises to ONNX.
"""

import copy
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import onnxruntime
import torch
import typer
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers.modeling_outputs import BaseModelOutput, QuestionAnsweringModelOutput

from assistant.library.embeddings import SentenceEmbeddings
from assistant.search.reader import Readable, SpanReader, load_reader
from assistant.settings import SHIPPED_MODEL, SHIPPED_READER
from assistant.types import Span
from training import questions
from training.evaluate import hit_rate, read_questions
from training.evaluate_reader import f1

_READ, _TIMED = 300, 40
_PASSAGES = 8  # read for a question
_HIT_RANK = 5
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Bfloat16(nn.Module):
    """The module with its matrix products in bfloat16."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, **inputs: Tensor) -> Any:
        with torch.autocast("cpu", torch.bfloat16):
            return self.module(**inputs)


class Onnx(nn.Module):
    """The module as ONNX Runtime runs it."""

    def __init__(self, file: Path, *, reads: bool) -> None:
        super().__init__()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self._reads = reads

    def forward(self, **inputs: Tensor) -> BaseModelOutput | QuestionAnsweringModelOutput:
        found = self._session.run(None, {name: inputs[name].numpy() for name in _INPUTS})
        tensors = [torch.from_numpy(array) for array in found]
        if self._reads:
            return QuestionAnsweringModelOutput(start_logits=tensors[0], end_logits=tensors[1])
        return BaseModelOutput(last_hidden_state=tensors[0])


class _Exported(nn.Module):
    """Takes its inputs by place and gives tensors alone, as an export needs them."""

    def __init__(self, module: nn.Module, *, reads: bool) -> None:
        super().__init__()
        self._module = module
        self._reads = reads

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, ...]:
        found = self._module(input_ids=ids, attention_mask=mask, token_type_ids=types)
        return (found.start_logits, found.end_logits) if self._reads else (found.last_hidden_state,)


def variants(module: nn.Module, folder: Path, *, reads: bool) -> Iterator[tuple[str, nn.Module]]:
    """The ways to run a module, by name."""
    yield "PyTorch float32", module
    if torch.cpu._is_avx512_bf16_supported():  # noqa: SLF001 — no public name
        yield "PyTorch bfloat16", Bfloat16(module)
    yield "PyTorch int8", torch.ao.quantization.quantize_dynamic(copy.deepcopy(module), {nn.Linear}, dtype=torch.qint8)  # type: ignore[no-untyped-call]
    example = tuple(torch.ones((2, 16), dtype=torch.long) for _ in _INPUTS)
    axes = {name: {0: "batch", 1: "length"} for name in (*_INPUTS, "first", "second")[: 5 if reads else 4]}
    plain, small = folder / f"{reads}.onnx", folder / f"{reads}-int8.onnx"
    torch.onnx.export(
        _Exported(copy.deepcopy(module).eval(), reads=reads),
        example,
        str(plain),
        input_names=list(_INPUTS),
        output_names=["first", "second"] if reads else ["first"],
        dynamic_axes=axes,
        dynamo=False,
    )
    yield "ONNX float32", Onnx(plain, reads=reads)
    quantize_dynamic(plain, small, weight_type=QuantType.QInt8)
    yield "ONNX int8", Onnx(small, reads=reads)


def median_ms(work: Callable[[int], object]) -> float:
    """Milliseconds of one piece of work, after three that do not count."""
    times = []
    for number in range(_TIMED + 3):
        started = time.perf_counter()
        work(number)
        times.append((time.perf_counter() - started) * 1000.0)
    return statistics.median(times[3:])


def measure_retriever(data: Path, folder: Path) -> Mapping[str, Sequence[float]]:
    """By variant: hit@5 on PIAF dev, milliseconds of one question, paragraphs embedded in a second."""
    asked, paragraphs, targets = read_questions(data / "piaf.dev.jsonl.xz")
    embeddings = SentenceEmbeddings(str(SHIPPED_MODEL))
    transformer = embeddings.load()[0]
    figures = {}
    plain = transformer.get_submodule("model")
    for name, module in variants(plain, folder, reads=False):
        module.config = plain.config  # which sentence-transformers asks for
        transformer.model = module
        one = median_ms(lambda number: embeddings.embed_query(asked[number]))
        started = time.perf_counter()
        held = np.array(embeddings.embed_documents(paragraphs), dtype=np.float32)
        rate = len(paragraphs) / (time.perf_counter() - started)
        queries = np.array(embeddings.embed_documents(asked), dtype=np.float32)
        figures[name] = (hit_rate(queries @ held.T, targets, rank=_HIT_RANK), one, rate)
    return figures


def measure_reader(data: Path, folder: Path) -> Mapping[str, Sequence[float]]:
    """By variant: F1 on questions of PIAF dev, and milliseconds to read eight paragraphs for one question."""
    examples = [example for example in questions.read(data / "piaf.dev.jsonl.xz") if example.answer][:_READ]
    model, tokenizer = load_reader(SHIPPED_READER, retriever=SHIPPED_MODEL)
    texts = [Readable(example.context, "", (Span(0, len(example.context)),)) for example in examples]
    figures = {}
    for name, module in variants(model, folder, reads=True):
        own = SpanReader(lambda module=module: (module, tokenizer))  # type: ignore[misc]
        scores = []
        for example, text in zip(examples, texts, strict=True):
            [[reading]] = own.read(example.question, [text])
            found = example.context[reading.span.start : reading.span.end]
            scores.append(f1(found, example.context[slice(*example.answer or (0, 0))], example.language))
        work = median_ms(
            lambda number, own=own: own.read(examples[number].question, texts[number : number + _PASSAGES])  # type: ignore[misc]
        )
        figures[name] = (float(np.mean(scores)), work)
    return figures


def main(data: Annotated[Path, typer.Argument(help="Folder of the held-out sets.")]) -> None:
    """Print a table for each model."""
    with tempfile.TemporaryDirectory(prefix="precision-") as name:
        print("| retriever | PIAF dev hit@5 | one question, ms | paragraphs a second |\n|---|--:|--:|--:|")
        for variant, (hit, one, rate) in measure_retriever(data, Path(name)).items():
            print(f"| {variant} | {hit:.3f} | {one:.1f} | {rate:.0f} |")
        print(f"\n| reader | PIAF dev F1 ({_READ}) | {_PASSAGES} paragraphs, ms |\n|---|--:|--:|")
        for variant, (score, work) in measure_reader(data, Path(name)).items():
            print(f"| {variant} | {score:.3f} | {work:.0f} |")


if __name__ == "__main__":
    typer.run(main)
