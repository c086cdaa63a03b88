"""How often the language of a typed question is told, beside lingua, the usual library, held to the same two languages.

    python -m benchmarks.language

The questions are those of the invented pages, each in French and in English; a quarter are bare keywords. Where nothing
in a question tells, the assistant takes the language of the page it is asked on: both cases are counted.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from lingua import Language as LinguaLanguage
from lingua import LanguageDetectorBuilder

from assistant.language import detect
from assistant.types import Language
from training import page_files


def main(pages: Annotated[Path, typer.Option(help="Folder of the invented pages.")] = Path("training/pages")) -> None:
    """Print one row for each way to tell: the share of questions told right."""
    asked = [
        (wording, language)
        for page in page_files.read(pages)
        for section in page.sections
        for question in section.asked
        for language, wording in question.wordings.items()
    ]
    lingua = LanguageDetectorBuilder.from_languages(LinguaLanguage.FRENCH, LinguaLanguage.ENGLISH).build()
    french = LinguaLanguage.FRENCH
    ways: dict[str, Callable[[str, Language], bool]] = {
        "this assistant, page in the question's language": lambda text, own: detect(text, default=own) is own,
        "this assistant, page in the other language": lambda text, own: detect(text, default=_other(own)) is own,
        "lingua": lambda text, own: (lingua.detect_language_of(text) == french) is (own is Language.FRENCH),
    }
    print(f"{len(asked):,} questions\n\n| | French | English |\n|---|--:|--:|")
    for name, tells in ways.items():
        shares = [
            sum(tells(text, own) for text, own in asked if own is language) / sum(own is language for _, own in asked)
            for language in Language
        ]
        print(f"| {name} | " + " | ".join(f"{share:.4f}" for share in shares) + " |")


def _other(language: Language) -> Language:
    return Language.ENGLISH if language is Language.FRENCH else Language.FRENCH


if __name__ == "__main__":
    typer.run(main)
