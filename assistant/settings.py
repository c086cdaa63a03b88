"""One flat, frozen value with every setting, read from ``ASSISTANT_*`` variables or a ``.env`` file."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import ConfigurationError

_PACKAGE = Path(__file__).parent
_PREFIX = "ASSISTANT_"

SHIPPED_MODEL = _PACKAGE / "models" / "retriever"
SHIPPED_READER = _PACKAGE / "models" / "reader"


class Settings(BaseSettings):
    """What an installation may change. Paths are relative to the working directory unless absolute."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore"
    )

    corpus_dir: Path = Field(default=Path("corpus"), description="Folder of the documents: the truth.")
    data_dir: Path = Field(default=Path("data"), description="Folder of what is derived from them: delete at will.")
    host: str = Field(default="127.0.0.1", description="Address that the web server listens on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=7860, description="Port of the web server.")
    congress_name: str = Field(default="Congrès France Bioproduction", description="Name shown at the top of the page.")
    contact: str = Field(default="", description="Whom to ask when the documents do not answer: an address or a name.")
    embedding_model: str = Field(
        default=str(SHIPPED_MODEL),
        description="Folder of a sentence-transformers model, or a name to download from a hub.",
    )
    embedding_query_prompt: str = Field(default="", description="Put before a question, e.g. `query: ` for e5 models.")
    embedding_document_prompt: str = Field(default="", description="Put before a text, e.g. `passage: ` for e5 models.")
    chat_model: Annotated[str, Field(pattern=r"^(?:\w+:\S+)?$")] = Field(
        default="",
        description="Language model that words the answers, as `provider:name`, e.g. `ollama:mistral`. Empty: none.",
    )
    chat_base_url: str = Field(default="", description="Address of the model's server, where it is not its provider's.")
    chat_time_limit_seconds: Annotated[float, Field(gt=0)] = Field(
        default=20.0, description="After this long without a whole answer of the model, what it wrote or quotes serve."
    )
    lock_timeout_seconds: Annotated[float, Field(ge=0)] = Field(
        default=60.0, description="How long a writer waits for another one to finish."
    )
    max_file_megabytes: Annotated[int, Field(ge=1)] = Field(
        default=50, description="Documents larger than this are refused."
    )


def load_settings(**overrides: object) -> Settings:
    """Read the settings from the environment, with ``overrides`` on top.

    Raises:
        ConfigurationError: a value is not valid; the message names the variable, the value and what is expected.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        problems = [
            f"{_PREFIX}{str(problem['loc'][0]).upper()}={problem['input']!r}: {problem['msg']}"
            for problem in error.errors()
        ]
        advice = "Correct it in the environment or in .env; README.md lists the settings."
        raise ConfigurationError("; ".join(problems) + f". {advice}") from error
