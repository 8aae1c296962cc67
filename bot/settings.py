"""Settings: the environment over `.env` over the defaults. `.env.example` lists every one."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from corpus.article import check_collection_name
from corpus.errors import BadSetting
from retrieval.minilm import PACKAGED

PREFIX = "NEWSDESK_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; each is named in the environment as NEWSDESK_ and its name.

    `home` is the folder with all state, `model` the embedding model (the packaged one, a folder, or a
    sentence-transformers name), `collections` the ones that are searched where none is named (all if empty).
    """

    home: Path = Path(".newsdesk")
    model: str = PACKAGED
    collections: tuple[str, ...] = ()


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """The settings in force. Raises BadSetting where one can't be used, or is not known."""
    environment = os.environ if environment is None else environment
    values = {**_from_file(dotenv or Path(".env")), **environment}
    ours = {key: value for key, value in values.items() if key.startswith(PREFIX)}
    known = {f"{PREFIX}{name.upper()}" for name in Settings.__dataclass_fields__}
    for name in sorted(ours.keys() - known):
        raise BadSetting(name, f"is not a setting: the settings are {', '.join(sorted(known))}")
    default = Settings()
    return Settings(
        home=Path(ours.get("NEWSDESK_HOME") or default.home),
        model=ours.get("NEWSDESK_MODEL") or default.model,
        collections=_collections(ours.get("NEWSDESK_COLLECTIONS", "")),
    )


def _from_file(path: Path) -> dict[str, str]:
    try:
        return {key: value for key, value in dotenv_values(path).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(str(path), f"can't be read ({error}): mend or remove it") from error


def _collections(value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    try:
        return tuple(check_collection_name(name) for name in names)
    except ValueError as error:
        raise BadSetting("NEWSDESK_COLLECTIONS", f"can't be used: {error}") from error
