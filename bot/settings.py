"""Settings from the environment, else from `.env`, else the defaults. `.env.example` lists all of them."""

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
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
PLATFORMS = ("DISCORD_", "SLACK_")
"""How the settings begin that have the platform's own names."""
KEEP_TEXT_DAYS = (1, 3650)
"""The range of days for which text that is no longer served is kept: at least one, so that rollback works."""
POLL_MINUTES = (5, 1440)
"""The range of minutes between two polls of a source: more polls burden the site, and news a day late is
old."""
KEEP_DAYS = (1, 365)
"""The range of days for which answers are kept: at least one, so that their buttons work, and at most a year,
after which nobody returns to a message in a chat."""


def _setting(default: object, read: Callable[[str], object], name: str = "", *, secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"read": read, "name": name})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. Its name in the environment is NEWSDESK_ and the field's name in
    capitals, or the platform's own name for it.

    `home` is the folder with all state. If `database` is the address of a PostgreSQL server, the state that
    processes share is there, and the folder is the working copy of one process; with `pgvector` the database
    searches the vectors, too. `files` is where generations and uploads are shared: a folder or an object
    store, or, if empty, the database.

    `model` is the embedding model: the packaged one, a folder, or a sentence-transformers name. `reader` is
    the model that reads the best passages with the question: the packaged one, none, a folder, or a name on
    the model hub. `collections` are the collections that are searched by default and that every community
    may see; all if empty.

    `keep_days` is how long answers are kept with their questions, and `keep_text_days` how long text is kept
    that is no longer served. `log_questions` is whether the log contains the questions, and `log_format` the
    format of a running bot's log. `metrics` is the host and port of the metrics page, None for no page.

    `poll_minutes` is the time between two polls of a source by a running bot, unless the source or its
    server asks for more; with 0 it polls none.

    `community_collections`, `community_sources`, `community_articles` and `community_megabytes` limit what
    one community may add from chats (`bot.corpus_admin.limits.Limits`).

    `discord_token` is the bot's token. `discord_api` and `discord_gateway` are Discord's addresses, if they
    are not the usual ones. `discord_shards` are the shards of this process and the number of all shards; by
    default the process has all, as many as Discord recommends. With `discord_message_content` the bot also
    receives messages that do not mention it. `discord_servers` and `slack_workspaces` are the servers and
    workspaces whose administrators may manage the shared collections; if both are empty, it is the only one
    that the bot is in when it is first started.

    `slack_bot_token` is the bot's token. With `slack_app_token` events come through a socket; with only
    `slack_signing_secret` they come over HTTP to `slack_host` and `slack_port`. `slack_api` is Slack's
    address, if it is not the usual one. `slack_commands` is the prefix of the commands' names.

    With `slack_client_id` and `slack_client_secret` any workspace can install the app at
    `slack_oauth_address`, which a reverse proxy forwards to `slack_oauth_host` and `slack_oauth_port`. The
    stored tokens are encrypted with the first key of `secret_key`, and decrypted with any of them.
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
    discord_servers: frozenset[str] = _setting(
        frozenset(), ids(r"\d+", "a server's id, such as 1100000000000000000")
    )

    slack_bot_token: str = _setting("", str.strip, "SLACK_BOT_TOKEN", secret=True)
    slack_app_token: str = _setting("", str.strip, "SLACK_APP_TOKEN", secret=True)
    slack_signing_secret: str = _setting("", str.strip, "SLACK_SIGNING_SECRET", secret=True)
    slack_workspaces: frozenset[str] = _setting(
        frozenset(), ids(r"[TE][A-Z0-9]+", "a workspace's id, such as T0123ABCD")
    )
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
        """The communities that the settings allow to manage the shared collections, as (platform, id)."""
        return frozenset(
            [
                *(("discord", one) for one in self.discord_servers),
                *(("slack", one) for one in self.slack_workspaces),
            ]
        )

    @property
    def platforms(self) -> frozenset[str]:
        """The platforms that the bot is set up for."""
        found = {"discord": bool(self.discord_token), "slack": self.slack}
        return frozenset(name for name, there in found.items() if there)

    @property
    def slack(self) -> bool:
        """Whether the bot is set up for Slack: it has a token or can get tokens, and can receive events."""
        tokens = self.slack_bot_token or self.slack_oauth
        return bool(tokens and (self.slack_app_token or self.slack_signing_secret))

    @property
    def slack_oauth(self) -> bool:
        """Whether workspaces can install the app through OAuth."""
        return bool(self.slack_client_id and self.slack_client_secret)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that must never be printed."""
        found = (getattr(self, one.name) for one in fields(self) if not one.repr)
        return tuple(one for kept in found for one in ((kept,) if isinstance(kept, str) else kept) if one)


NAMES = {one.name: one.metadata["name"] or f"{PREFIX}{one.name.upper()}" for one in fields(Settings)}
"""The name of each setting in the environment."""


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """Read the settings. Raises BadSetting if one has an unusable value or is unknown."""
    environment = os.environ if environment is None else environment
    filed = _from_file(dotenv or Path(".env"))
    values = {**filed, **environment}
    known = set(NAMES.values())
    for name in sorted(key for key in values if key.startswith(PREFIX) and key not in known):
        raise BadSetting(name, f"is not a setting: {_meant(name, known)}")
    # Other programs may have variables that begin like this, but not in this file.
    for name in sorted(key for key in filed if key.startswith(PLATFORMS) and key not in known):
        own = [one for one in known if one.startswith(PLATFORMS)]
        raise BadSetting(name, f"is not a setting: {_meant(name, own)}")
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


def _meant(name: str, known: Collection[str]) -> str:
    """What may be meant by a name that is not known."""
    by_own = {one.removeprefix(PREFIX): one for one in sorted(known)}
    near = get_close_matches(name.removeprefix(PREFIX), by_own, n=1)
    return f"did you mean {by_own[near[0]]}?" if near else f"the settings are {', '.join(sorted(known))}"


def exposed_secrets(dotenv: Path | None = None) -> str | None:
    """Advice if `.env` holds secrets and other users of this machine can read it, else None."""
    path = dotenv or Path(".env")
    secret = {NAMES[one.name] for one in fields(Settings) if not one.repr}
    if not is_open_to_others(path) or not any(_from_file(path).get(name) for name in secret):
        return None
    return f"{path} holds tokens, and others on this machine can read it: run `chmod 600 {path}`"


def _from_file(path: Path) -> dict[str, str]:
    try:
        return {key: value for key, value in dotenv_values(path).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(str(path), f"can't be read ({error}): repair or remove it") from error
