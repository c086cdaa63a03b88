"""One gradient descent for both models: AdamW, linear decay, bfloat16, and checkpoints to go on from after a kill."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

_WARM_UP = 0.05  # share of the steps over which the rates rise
_WEIGHT_DECAY = 0.01
_LARGEST_GRADIENT = 1.0
_CHECKPOINT = "checkpoint.pt"

Batch = TypeVar("Batch")

_started = time.monotonic()


@dataclass(frozen=True, slots=True)
class Rates:
    """Learning rates at their highest; embeddings move more, since most of them see few examples."""

    body: float
    embeddings: float


def report(message: str) -> None:
    """Print how far the work is, with the seconds since its start."""
    print(f"{time.monotonic() - _started:6.0f} s  {message}", flush=True)


def train(
    model: nn.Module,
    batches: Sequence[Batch],
    loss_of: Callable[[Batch], Tensor],
    *,
    rates: Rates,
    folder: Path,
    report_every: int = 50,
    checkpoint_every: int = 200,
) -> None:
    """Take one step a batch, in the order given. A checkpoint in ``folder`` of an earlier run is gone on from.

    Parameters that require no gradient stay as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    optimizer = torch.optim.AdamW(_groups(model, rates), weight_decay=_WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share_of_rate(step, len(batches)))
    first = _resume(folder, model, optimizer, schedule)
    model.train()
    losses: list[float] = []
    for step in range(first, len(batches)):
        with torch.autocast("cpu", torch.bfloat16):
            loss = loss_of(batches[step])
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), _LARGEST_GRADIENT)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        if (step + 1) % report_every == 0:
            report(f"step {step + 1:,} of {len(batches):,}  loss {sum(losses) / len(losses):.4f}")
            losses.clear()
        if (step + 1) % checkpoint_every == 0:
            _save(folder, step + 1, model, optimizer, schedule)


def average(model: nn.Module, start: nn.Module) -> None:
    """Put ``model`` half-way between where it is and ``start``: what it learnt stays, and little is forgotten."""
    with torch.no_grad():
        for weight, before in zip(model.parameters(), start.parameters(), strict=True):
            weight.lerp_(before, 0.5)


def _groups(model: nn.Module, rates: Rates) -> list[dict[str, object]]:
    trained = [(name, weight) for name, weight in model.named_parameters() if weight.requires_grad]
    embeddings = [weight for name, weight in trained if "word_embeddings" in name]
    body = [weight for name, weight in trained if "word_embeddings" not in name]
    groups: list[dict[str, object]] = [{"params": body, "lr": rates.body}]
    return [*groups, {"params": embeddings, "lr": rates.embeddings}] if embeddings else groups


def _share_of_rate(step: int, steps: int) -> float:
    done = step / max(steps, 1)
    return min((step + 1) / (_WARM_UP * steps + 1), max(0.0, (1.0 - done) / (1.0 - _WARM_UP)))


def _resume(
    folder: Path,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> int:
    path = folder / _CHECKPOINT
    if not path.is_file():
        return 0
    saved = torch.load(path, weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    schedule.load_state_dict(saved["schedule"])
    report(f"going on from step {saved['step']:,} of {path}")
    return int(saved["step"])


def _save(
    folder: Path,
    step: int,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> None:
    written = folder / f"{_CHECKPOINT}.new"
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
    torch.save(state | {"step": step}, written)
    os.replace(written, folder / _CHECKPOINT)  # noqa: PTH105 — atomic: a kill leaves the old or the new one
