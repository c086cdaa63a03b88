"""Train the span reader on the retriever's backbone, with the retriever's word embeddings as they are.

python -m training.train_reader assistant/models/retriever DATA work assistant/models/reader
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import torch
import typer
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from transformers import BertConfig, BertForQuestionAnswering

from assistant.search.reader import load_reader, load_tokenizer
from training import gloss, reader_data
from training.encoder import WEIGHTS, pad
from training.loop import Rates, average, report, train
from training.reader_data import Row

_RATES = Rates(body=1.5e-4, embeddings=0.0)
_LONGEST_PAIR = 224
_DROPOUT = 0.1
_SHARED = "embeddings.word_embeddings.weight"  # with the retriever: 38 of 60 MB need not ship twice


def start_from(retriever: Path) -> BertForQuestionAnswering:
    """A reader that reads like the retriever embeds, with two untrained outputs."""
    settings = json.loads((retriever / "config.json").read_text())
    config = BertConfig.from_dict(settings | {"architectures": ["BertForQuestionAnswering"]})
    config._attn_implementation = "eager"  # noqa: SLF001 — faster on a CPU in bfloat16; no public setter here
    model = BertForQuestionAnswering(config)
    weights = {f"bert.{name}": weight.float() for name, weight in load_file(retriever / WEIGHTS).items()}
    model.load_state_dict(weights, strict=False)
    return _ready(model)


def go_on_from(reader: Path, retriever: Path) -> BertForQuestionAnswering:
    """A trained reader, for further passes over the word embeddings it was trained on."""
    model = load_reader(reader, retriever=retriever)[0]
    if not isinstance(model, BertForQuestionAnswering):
        raise TypeError(f"{reader} is no {BertForQuestionAnswering.__name__}")
    return _ready(model)


def _ready(model: BertForQuestionAnswering) -> BertForQuestionAnswering:
    """The model with its word embeddings frozen and with dropout: without, it learns the few questions by heart."""
    model.get_input_embeddings().requires_grad_(requires_grad=False)
    for name, module in model.named_modules():
        if isinstance(module, nn.Dropout) and not name.endswith("attention.self.dropout"):  # many, and dear on a CPU
            module.p = _DROPOUT
    return model


def loss_of(model: BertForQuestionAnswering, rows: Sequence[Row]) -> Tensor:
    """Cross-entropy of the first and the last piece of the answer."""
    ids, mask = pad([row.ids for row in rows])
    types, _ = pad([row.types for row in rows])
    output = model(input_ids=ids, attention_mask=mask, token_type_ids=types)
    outside = mask == 0
    losses = [
        cross_entropy(logits.float().masked_fill(outside, -1e4), torch.tensor(places))
        for logits, places in (
            (output.start_logits, [row.start for row in rows]),
            (output.end_logits, [row.end for row in rows]),
        )
    ]
    return (losses[0] + losses[1]) / 2


def save(model: BertForQuestionAnswering, output: Path) -> None:
    """Write the reader's own weights in half precision, without what it shares with the retriever."""
    output.mkdir(parents=True, exist_ok=True)
    weights = {
        name: weight.half().contiguous() if weight.is_floating_point() else weight
        for name, weight in model.state_dict().items()
        if not name.endswith(_SHARED)
    }
    save_file(weights, output / WEIGHTS, metadata={"format": "pt"})
    (output / WEIGHTS).chmod(0o644)  # safetensors writes it for its owner alone
    settings = model.config.to_dict() | {"dtype": "float32"}
    (output / "config.json").write_text(json.dumps(settings, indent=2, sort_keys=True, default=str) + "\n")


def main(
    retriever: Annotated[Path, typer.Argument(help="Folder of the trained retriever.")],
    data: Annotated[Path, typer.Argument(help="Folder that holds parallel/ and qa/.")],
    work: Annotated[Path, typer.Argument(help="Folder for checkpoints: a run that was killed goes on from there.")],
    output: Annotated[Path, typer.Argument(help="Folder to write the reader to.")],
    start: Annotated[Path | None, typer.Option(help="Folder of a trained reader to go on from.")] = None,
    pages: Annotated[Path | None, typer.Option(help="Folder of invented pages to learn from as well.")] = None,
    share: Annotated[float, typer.Option(help="Share of the examples of the question sets to draw for a pass.")] = 1.0,
    passes: Annotated[float, typer.Option(help="How often each example is seen.")] = 1.1,
    seed: Annotated[int, typer.Option(help="Draws the examples, their cuts and their order.")] = 2,
    mean: Annotated[bool, typer.Option(help="Write the mean of the weights before and after.")] = False,  # noqa: FBT002
) -> None:
    """Train for half an hour a pass on two CPU cores that do nothing else."""
    torch.manual_seed(seed)
    model = go_on_from(start, retriever) if start else start_from(retriever)
    tokenizer = load_tokenizer(retriever, longest=_LONGEST_PAIR)
    glosses = gloss.learn(tokenizer, data)
    batches: list[list[Row]] = []
    for own in range(seed, seed + math.ceil(passes)):
        examples = reader_data.examples_of(data / "qa", share=share, seed=own)
        if pages:
            examples += reader_data.examples_of_pages(pages, seed=own)
        drawn = reader_data.batches(examples, tokenizer, glosses, seed=own)
        batches += drawn[: round(min(1.0, passes - (own - seed)) * len(drawn))]
    report(f"{sum(map(len, batches)):,} rows, {sum(len(row.ids) for batch in batches for row in batch):,} pieces")
    train(model, batches, lambda rows: loss_of(model, rows), rates=_RATES, folder=work)
    if start and mean:
        average(model, go_on_from(start, retriever))
    save(model, output)
    report(f"written to {output}")


if __name__ == "__main__":
    typer.run(main)
