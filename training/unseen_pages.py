"""Write the invented pages that nothing was fitted on, and their questions, for ``python -m assistant evaluate``.

python -m training.unseen_pages training/pages build/unseen
"""

from pathlib import Path
from typing import Annotated

import typer

from training import invented, page_files


def main(
    pages: Annotated[Path, typer.Argument(help="Folder of the invented pages.")],
    output: Annotated[Path, typer.Argument(help="Folder to write documents/ and gold.jsonl to.")],
) -> None:
    """Write half of the held-out pages: on the other half the answers are calibrated."""
    kept = [page for page in page_files.read(pages) if page.held_out and not page.for_calibration]
    asked = invented.write(kept, output / "documents")
    (output / "gold.jsonl").write_text("".join(f"{one.model_dump_json()}\n" for one in asked), encoding="utf-8")
    print(f"{len(kept)} pages and {len(asked):,} questions written to {output}")


if __name__ == "__main__":
    typer.run(main)
