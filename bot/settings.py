"""Settings: the environment over `.env` over the defaults. `.env.example` lists every one."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot.setting_readers import (
    address,
    collection_names,
    command_prefix,
    database_address,
    days,
    ids,
    listened,
    minutes,
    names,
    number,
    one_of,
    place_of_files,
    port,
    shards,
    slashed,
    switch,
)
from corpus.errors import BadSetting
from corpus.storage.private_files import is_open_to_others
from retrieval.models.packaged import PACKAGED
from retrieval.reading.reader_names import PACKAGED_READER

PREFIX = "NEWSDESK_"
KEEP_TEXT_DAYS = (1, 3650)
"""Days that text may be kept that is not served any more: rolling back should work for a day at least."""
POLL_MINUTES = (5, 1440)
"""Minutes between two visits of a source: sites are not ours to wear out, and in a day news is old."""
KEEP_DAYS = (1, 365)
"""Days that answers may be kept: buttons should work for a day at least, and a year is for ever in a chat."""


def _setting(default: object, read: Callable[[str], object], name: str = "", *, secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"read": read, "name": name})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; each is named in the environment as NEWSDESK_ and its name, or as the
    platform names it.

    `home` is the folder with all state; where `database` names a PostgreSQL server, all that processes share
    is there, and the folder is this one's working copy; with `pgvector` it looks through the vectors, too.
    `files` is the place of their generations and uploads, a folder or an object store, empty if it is the
    database. `model` is the embedding model (the packaged one, a folder, or a sentence-transformers name),
    `reader` what reads the best passages with the question (the packaged one, none, a folder, or a name that
    the model hub knows), `collections` the ones that are searched where none is named, and that every
    community may see (all if empty). `keep_days` is how long answers are kept with their questions,
    `keep_text_days` how long text is kept that is not served any more, and `log_questions` whether the log
    names what was asked. `log_format` is how a running bot writes a line of it, and `metrics` where it says
    how it is: the host and the port, None for nowhere.

    `poll_minutes` is the time between two looks at a source by a running bot, where neither the source nor
    its server asks for more; 0 if it looks at none.

    `community_collections`, `community_sources`, `community_articles` and `community_megabytes` are the most
    that one community may have of what was added from chats (`bot.corpus_admin.limits.Limits`).

    `discord_token` lets the bot in; `discord_api` and `discord_gateway` say where Discord is, if it is not at
    its own address. `discord_shards` are the shards that this process has, and how many there are in all;
    without it, it has all, as many as Discord recommends. `discord_message_content` asks for messages that do
    not name the bot. `discord_servers` and `slack_workspaces` are the servers and workspaces whose
    administrators may look after the collections that all may see; where neither names one, the one that the
    bot is in alone when it is first started.

    `slack_bot_token` lets the bot in. With `slack_app_token` events come through a socket, with
    `slack_signing_secret` alone over HTTP, at `slack_host` and `slack_port`. `slack_api` says where Slack is,
    if it is not at its own address. `slack_commands` is what stands before the names of the commands.

    With `slack_client_id` and `slack_client_secret` any workspace may install the app, at
    `slack_oauth_address`, which a server in front passes on to `slack_oauth_host` and `slack_oauth_port`;
    what is kept of its token is encrypted with the first key of `secret_key`, and read with any of them.
    """

    home: Path = _setting(Path(".newsdesk"), Path)
    database: str = _setting("", database_address, secret=True)
    pgvector: bool = _setting(False, switch)
    files: str = _setting("", place_of_files)
    model: str = _setting(PACKAGED, str)
    reader: str = _setting(PACKAGED_READER, str.strip)
    collections: tuple[str, ...] = _setting((), collection_names)
    keep_days: int = _setting(30, days(*KEEP_DAYS))
    keep_text_days: int = _setting(30, days(*KEEP_TEXT_DAYS))
    log_questions: bool = _setting(False, switch)
    log_format: str = _setting("text", one_of("text", "json"))
    metrics: tuple[str, int] | None = _setting(None, listened)
    poll_minutes: int = _setting(15, minutes(*POLL_MINUTES))
    community_collections: int = _setting(20, number)
    community_sources: int = _setting(100, number)
    community_articles: int = _setting(20_000, number)
    community_megabytes: int = _setting(200, number)
    discord_token: str = _setting("", str.strip, "DISCORD_TOKEN", secret=True)
    discord_api: str = _setting("", address("http", "https"))
    discord_gateway: str = _setting("", address("ws", "wss"))
    discord_message_content: bool = _setting(False, switch)
    discord_shards: tuple[range, int] | None = _setting(None, shards)
    discord_servers: frozenset[str] = _setting(frozenset(), ids)

    slack_bot_token: str = _setting("", str.strip, "SLACK_BOT_TOKEN", secret=True)
    slack_app_token: str = _setting("", str.strip, "SLACK_APP_TOKEN", secret=True)
    slack_signing_secret: str = _setting("", str.strip, "SLACK_SIGNING_SECRET", secret=True)
    slack_workspaces: frozenset[str] = _setting(frozenset(), ids)
    slack_api: str = _setting("", slashed)
    slack_commands: str = _setting("", command_prefix)
    slack_host: str = _setting("127.0.0.1", str)
    slack_port: int = _setting(3000, port)
    slack_client_id: str = _setting("", str.strip)
    slack_client_secret: str = _setting("", str.strip, secret=True)
    slack_oauth_address: str = _setting("", slashed)
    slack_oauth_host: str = _setting("127.0.0.1", str)
    slack_oauth_port: int = _setting(3001, port)
    secret_key: tuple[str, ...] = _setting((), names, secret=True)

    @property
    def custodians(self) -> frozenset[tuple[str, str]]:
        """The communities that were named to look after the collections for all."""
        return frozenset(
            [
                *(("discord", one) for one in self.discord_servers),
                *(("slack", one) for one in self.slack_workspaces),
            ]
        )

    @property
    def platforms(self) -> frozenset[str]:
        """Where the bot is set up to answer."""
        found = {"discord": bool(self.discord_token), "slack": self.slack}
        return frozenset(name for name, there in found.items() if there)

    @property
    def slack(self) -> bool:
        """Whether the bot is set up for Slack: it has a token, or gets some, and a way for events to come."""
        tokens = self.slack_bot_token or self.slack_oauth
        return bool(tokens and (self.slack_app_token or self.slack_signing_secret))

    @property
    def slack_oauth(self) -> bool:
        """Whether workspaces may install the app by themselves."""
        return bool(self.slack_client_id and self.slack_client_secret)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed."""
        found = (getattr(self, one.name) for one in fields(self) if not one.repr)
        return tuple(one for kept in found for one in ((kept,) if isinstance(kept, str) else kept) if one)


NAMES = {one.name: one.metadata["name"] or f"{PREFIX}{one.name.upper()}" for one in fields(Settings)}
"""How each setting is called in the environment."""


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """The settings in force. Raises BadSetting if one can't be used, or is not known."""
    environment = os.environ if environment is None else environment
    values = {**_from_file(dotenv or Path(".env")), **environment}
    known = set(NAMES.values())
    for name in sorted(key for key in values if key.startswith(PREFIX) and key not in known):
        raise BadSetting(name, f"is not a setting: the settings are {', '.join(sorted(known))}")
    chosen = {}
    for one in fields(Settings):
        if value := values.get(NAMES[one.name]):
            try:
                chosen[one.name] = one.metadata["read"](value)
            except ValueError as error:
                raise BadSetting(NAMES[one.name], f"can't be used: {error}") from error
    settings = Settings(**chosen)
    if settings.pgvector and not settings.database:
        raise BadSetting(NAMES["pgvector"], f"needs a database: name it as {NAMES['database']}")
    return settings


def exposed_secrets(dotenv: Path | None = None) -> str | None:
    """What to do about a `.env` that holds secrets and that others on this machine may read, or None."""
    path = dotenv or Path(".env")
    secret = {NAMES[one.name] for one in fields(Settings) if not one.repr}
    if not is_open_to_others(path) or not any(_from_file(path).get(name) for name in secret):
        return None
    return f"{path} holds tokens, and others on this machine can read it: run `chmod 600 {path}`"


def _from_file(path: Path) -> dict[str, str]:
    try:
        return {key: value for key, value in dotenv_values(path).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(str(path), f"can't be read ({error}): mend or remove it") from error
