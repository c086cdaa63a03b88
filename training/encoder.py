"""The sentence encoder as it is trained: the same weights, pooling and unit length as in the folder that ships."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"


def pad(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Ids and attention mask, each of shape ``(rows, longest)``."""
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


def backbone(folder: Path) -> nn.Module:
    """The transformer of a sentence-transformers folder, in float32 and without dropout.

    Plain attention is a third faster than PyTorch's fused one on a CPU in bfloat16. Dropout costs a fifth of the time
    and, with one or two passes over the data, brings nothing.
    """
    model: nn.Module = AutoModel.from_pretrained(
        str(folder),
        dtype=torch.float32,
        local_files_only=True,
        attn_implementation="eager",
        add_pooling_layer=False,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return model


class Encoder(nn.Module):
    """Texts to vectors of unit length: the mean over the last layer."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = backbone(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()

    def freeze_words(self) -> None:
        """Keep the word embeddings as they are: a reader shares them."""
        for name, weight in self.bert.named_parameters():
            if "word_embeddings" in name:
                weight.requires_grad = False

    def cut(self, texts: Sequence[str], *, longest: int) -> list[list[int]]:
        """The ids of each text, at most ``longest`` of them, special ones included."""
        self._tokenizer.enable_truncation(longest)
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]

    def forward(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """Shape ``(rows, dimension)``."""
        ids, mask = pad(rows)
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask.unsqueeze(-1).float()
        return nn.functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=-1)


def save(model: nn.Module, start: Path, output: Path) -> None:
    """Write ``model``'s transformer in half precision into a copy of the sentence-transformers folder ``start``."""
    shutil.copytree(start, output, dirs_exist_ok=True)
    old = load_file(start / WEIGHTS)
    trained = {name: weight.detach().half().contiguous() for name, weight in model.state_dict().items()}
    save_file({name: trained.get(name, old[name]) for name in old}, output / WEIGHTS, metadata={"format": "pt"})
    (output / WEIGHTS).chmod(0o644)  # safetensors writes it for its owner alone: a package must be readable by all
