"""Settings: the environment over `.env` over the defaults. `.env.example` lists every one."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from corpus.article import check_collection_name
from corpus.errors import BadSetting
from corpus.storage.private_files import is_open_to_others
from retrieval.models.packaged import PACKAGED
from retrieval.reading.reader_names import PACKAGED_READER

PREFIX = "NEWSDESK_"
COMMAND_PREFIX_LIMIT = 23
"""Characters before the names of Slack's commands: Slack takes 32, of which our longest name and its slash
need nine (`tests/bot/slack/test_app_manifest.py` holds them together)."""
_COMMAND_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]*")
KEEP_TEXT_DAYS = (1, 3650)
"""Days that text may be kept that is not served any more: rolling back should work for a day at least."""
POLL_MINUTES = (5, 1440)
"""Minutes between two visits of a source: sites are not ours to wear out, and in a day news is old."""
KEEP_DAYS = (1, 365)
"""Days that answers may be kept: buttons should work for a day at least, and a year is for ever in a chat."""


def _collections(value: str) -> tuple[str, ...]:
    return tuple(check_collection_name(name) for name in _names(value))


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _switch(value: str) -> bool:
    if value not in ("0", "1"):
        raise ValueError(f"{value[:20]!r} is neither 0 nor 1")
    return value == "1"


def _days(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isascii() or not value.isdecimal() or not least <= int(value) <= most:
            raise ValueError(f"{value[:20]!r} is no number of days from {least} to {most}")
        return int(value)

    return read


def _minutes(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if value == "0" or (value.isascii() and value.isdecimal() and least <= int(value[:9]) <= most):
            return int(value)
        raise ValueError(f"{value[:20]!r} is neither 0 nor a number of minutes from {least} to {most}")

    return read


def _ids(value: str) -> frozenset[str]:
    return frozenset(_names(value))


def _number(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or len(value) > 9:
        raise ValueError(f"{value[:20]!r} is no number from 0 (any number) to 999999999")
    return int(value)


def _address(plain: str, secure: str) -> Callable[[str], str]:
    """Reads the address of a platform: tokens are sent there, and unprotected to this machine alone."""

    def read(value: str) -> str:
        scheme, separator, rest = value.partition("://")
        if not separator or scheme not in (plain, secure):
            raise ValueError(f"{value[:60]!r} does not begin with {plain}:// or {secure}://")
        host = urlsplit(f"//{rest}").hostname or ""
        if scheme == plain and not _is_here(host):
            raise ValueError(
                f"{value[:60]!r} would have the token sent unprotected: use {secure}://, or an address of "
                "this machine (127.0.0.1)"
            )
        return value

    return read


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _command_prefix(value: str) -> str:
    prefix = value.strip().removeprefix("/")
    if prefix and (not _COMMAND_PREFIX.fullmatch(prefix) or len(prefix) > COMMAND_PREFIX_LIMIT):
        raise ValueError(
            f"{prefix[:40]!r} can't begin a command: "
            f"{COMMAND_PREFIX_LIMIT} small letters, digits, - and _ at most"
        )
    return prefix


def _database(value: str) -> str:
    address = value.strip()
    if address and not address.startswith(("postgresql://", "postgres://")):
        raise ValueError("it does not begin with postgresql://")  # and may hold a password
    return address


def _slashed(value: str) -> str:
    return _address("http", "https")(value).rstrip("/") + "/"


def _port(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or not 0 < int(value) < 65536:
        raise ValueError(f"{value[:20]!r} is no port from 1 to 65535")
    return int(value)


def _one_of(*words: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in words:
            raise ValueError(f"{value[:20]!r} is not one of {', '.join(words)}")
        return value

    return read


def _listened(value: str) -> tuple[str, int]:
    host, separator, port = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not separator or not host:
        raise ValueError(f"{value[:60]!r} is no address to listen on, such as 127.0.0.1:9464")
    return host, _port(port)


def _files(value: str) -> str:
    place = value.strip()
    if "://" in place and not place.startswith("s3://"):
        raise ValueError(f"{place[:60]!r} is neither a folder nor s3://BUCKET/PREFIX")
    return place


def _setting(default: object, read: Callable[[str], object], name: str = "", *, secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"read": read, "name": name})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; each is named in the environment as NEWSDESK_ and its name, or as the
    platform names it.

    `home` is the folder with all state; where `database` names a PostgreSQL server, all that processes share
    is there, and the folder is this one's working copy; with `pgvector` it looks through the vectors, too.
    `files` is the place of their generations and uploads, a folder or an object store, empty where it is the
    database. `model` is the embedding model (the packaged one, a folder, or a sentence-transformers name),
    `reader` what reads the best passages with the question (the packaged one, none, a folder, or a name that
    the model hub knows), `collections` the ones that are searched where none is named, and that every
    community may see (all if empty). `keep_days` is how long answers are kept with their questions,
    `keep_text_days` how long text is kept that is not served any more, and `log_questions` whether the log
    names what was asked. `log_format` is how a running bot writes a line of it, and `metrics` where it says
    how it is: the host and the port, None for nowhere.

    `poll_minutes` is the time between two looks at a source by a running bot, where neither the source nor
    its server asks for more; 0 where it looks at none.

    `community_collections`, `community_sources`, `community_articles` and `community_megabytes` are the most
    that one community may have of what was added from chats (`bot.corpus_admin.limits.Limits`).

    `discord_token` lets the bot in; `discord_api` and `discord_gateway` say where Discord is, if it is not at
    its own address. `discord_message_content` asks for messages that do not name the bot. `discord_servers`
    and `slack_workspaces` are the servers and workspaces whose administrators may look after the collections
    that all may see; where neither names one, the one that the bot is in alone when it is first started.

    `slack_bot_token` lets the bot in. With `slack_app_token` events come through a socket, with
    `slack_signing_secret` alone over HTTP, at `slack_host` and `slack_port`. `slack_api` says where Slack is,
    if it is not at its own address. `slack_commands` is what stands before the names of the commands.
    """

    home: Path = _setting(Path(".newsdesk"), Path)
    database: str = _setting("", _database, secret=True)
    pgvector: bool = _setting(False, _switch)
    files: str = _setting("", _files)
    model: str = _setting(PACKAGED, str)
    reader: str = _setting(PACKAGED_READER, str.strip)
    collections: tuple[str, ...] = _setting((), _collections)
    keep_days: int = _setting(30, _days(*KEEP_DAYS))
    keep_text_days: int = _setting(30, _days(*KEEP_TEXT_DAYS))
    log_questions: bool = _setting(False, _switch)
    log_format: str = _setting("text", _one_of("text", "json"))
    metrics: tuple[str, int] | None = _setting(None, _listened)
    poll_minutes: int = _setting(15, _minutes(*POLL_MINUTES))
    community_collections: int = _setting(20, _number)
    community_sources: int = _setting(100, _number)
    community_articles: int = _setting(20_000, _number)
    community_megabytes: int = _setting(200, _number)
    discord_token: str = _setting("", str.strip, "DISCORD_TOKEN", secret=True)
    discord_api: str = _setting("", _address("http", "https"))
    discord_gateway: str = _setting("", _address("ws", "wss"))
    discord_message_content: bool = _setting(False, _switch)
    discord_servers: frozenset[str] = _setting(frozenset(), _ids)

    slack_bot_token: str = _setting("", str.strip, "SLACK_BOT_TOKEN", secret=True)
    slack_app_token: str = _setting("", str.strip, "SLACK_APP_TOKEN", secret=True)
    slack_signing_secret: str = _setting("", str.strip, "SLACK_SIGNING_SECRET", secret=True)
    slack_workspaces: frozenset[str] = _setting(frozenset(), _ids)
    slack_api: str = _setting("", _slashed)
    slack_commands: str = _setting("", _command_prefix)
    slack_host: str = _setting("127.0.0.1", str)
    slack_port: int = _setting(3000, _port)

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
        """Whether the bot is set up for Slack: it has a token, and a way for events to come."""
        return bool(self.slack_bot_token and (self.slack_app_token or self.slack_signing_secret))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed."""
        return tuple(
            getattr(self, one.name) for one in fields(self) if not one.repr and getattr(self, one.name)
        )


NAMES = {one.name: one.metadata["name"] or f"{PREFIX}{one.name.upper()}" for one in fields(Settings)}
"""How each setting is called in the environment."""


def read_settings(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """The settings in force. Raises BadSetting where one can't be used, or is not known."""
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
