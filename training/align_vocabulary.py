"""Make a French-English embedding model from an English one, with no gradient step.

The base model gains the French word pieces that its vocabulary lacks, each with an embedding made of those of the
English pieces it translates to. All other weights stay as they are.
"""

import hashlib
import json
import shutil
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from training import alignment, pairs, vocabulary

_BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS, _TOKENIZER, _CONFIG = "model.safetensors", "tokenizer.json", "config.json"
_COPIED = (
    "1_Pooling/config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer_config.json",
)
_EMBEDDINGS = "embeddings.word_embeddings.weight"
_SEED = 0
_NEW_PIECES = 20_000  # 15 MB of the 65 that may ship
_RESERVED = 999  # ids of special, unused and one-character pieces come first in BERT's vocabulary
_FRENCH_SHARE = (
    0.95  # 0.8 gains at most 0.01 on sentences and loses 0.01 on English questions: it takes "film", "grace"
)
_FEWEST_OCCURRENCES = 20

_started = time.monotonic()


def report(message: str) -> None:
    """Print how far the work is, with the seconds since its start."""
    print(f"{time.monotonic() - _started:5.0f} s  {message}", flush=True)


def check_base(base: Path) -> None:
    """Refuse weights other than those the figures were measured with."""
    digest = hashlib.sha256((base / _WEIGHTS).read_bytes()).hexdigest()
    if digest != _BASE_SHA256:
        raise typer.BadParameter(f"{base / _WEIGHTS}: sha256 is {digest}, not {_BASE_SHA256}. See training/README.md.")


def french_pieces(tokenizer: Tokenizer, french: NDArray[np.int64], english: NDArray[np.int64]) -> list[int]:
    """Return the known pieces that are French words in practice ("dans", "les", "une"), given frequencies per side."""
    names = {piece: name for name, piece in tokenizer.get_vocab().items()}
    share = french / np.maximum(french + english, 1)
    ids = np.flatnonzero((share >= _FRENCH_SHARE) & (french >= _FEWEST_OCCURRENCES))
    return [piece for piece in ids.tolist() if piece >= _RESERVED and vocabulary.is_word(names[piece])]


def bilingual(base: Tokenizer, embeddings: alignment.Floats, data: Path) -> tuple[Tokenizer, alignment.Floats]:
    """Return the extended tokenizer and its embedding matrix, one row a piece."""
    french_texts, english_texts = pairs.sample(data / "parallel", seed=_SEED)
    report(f"{len(french_texts):,} pairs read")
    pieces = vocabulary.missing_pieces(base, french_texts, english_texts, count=_NEW_PIECES)
    tokenizer = vocabulary.extend(base, pieces)
    report(f"{len(pieces):,} pieces added, from {pieces[0]!r} to {pieces[-1]!r}")
    known, size = len(embeddings), len(embeddings) + len(pieces)
    french = alignment.occurrences(vocabulary.encode(tokenizer, french_texts))
    english = alignment.occurrences(vocabulary.encode(base, english_texts))
    report("texts cut into pieces")
    scores = alignment.align(french, english, french_size=size, english_size=known)
    report(f"{len(scores.score):,} couples of pieces scored")
    replaced = french_pieces(base, french.frequencies(size)[:known], english.frequencies(known))
    result = np.concatenate([embeddings, alignment.embed(scores, embeddings, range(known, size))])
    result[replaced] = alignment.embed(scores, embeddings, replaced)
    report(f"{len(replaced):,} known pieces turned French")
    return tokenizer, result


def save(output: Path, base: Path, tokenizer: Tokenizer, embeddings: alignment.Floats) -> None:
    """Write a sentence-transformers folder with half-precision weights."""
    for name in _COPIED:
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(base / name, output / name)
    tokenizer.save(str(output / _TOKENIZER), pretty=False)
    # Without a dtype of its own, the configuration would follow the file's half precision, slow and coarse on a CPU.
    config = json.loads((base / _CONFIG).read_text()) | {"vocab_size": len(embeddings), "dtype": "float32"}
    (output / _CONFIG).write_text(json.dumps(config, indent=2) + "\n")
    weights = load_file(base / _WEIGHTS) | {_EMBEDDINGS: torch.from_numpy(embeddings)}
    halved = {name: weight.half() if weight.is_floating_point() else weight for name, weight in weights.items()}
    save_file(halved, output / _WEIGHTS, metadata={"format": "pt"})
    (output / _WEIGHTS).chmod(0o644)  # safetensors writes it for its owner alone: a package must be readable by all


def main(
    base: Annotated[Path, typer.Argument(help="Folder of all-MiniLM-L6-v2.")],
    data: Annotated[Path, typer.Argument(help="Folder that holds parallel/*.tsv.xz.")],
    output: Annotated[Path, typer.Argument(help="Folder to write the model to.")],
) -> None:
    """Make the bilingual model: one to three minutes on two CPU cores."""
    check_base(base)
    embeddings = load_file(base / _WEIGHTS)[_EMBEDDINGS].numpy()
    tokenizer, extended = bilingual(vocabulary.load(base / _TOKENIZER), embeddings, data)
    save(output, base, tokenizer, extended)
    megabytes = sum(path.stat().st_size for path in output.rglob("*") if path.is_file()) / 1e6
    report(f"written to {output}: {megabytes:.1f} MB")


if __name__ == "__main__":
    typer.run(main)
