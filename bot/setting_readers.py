"""Parsers for the values of settings; each raises ValueError with the reason if a value can't be used."""

import re
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from corpus.article import check_collection_name
from corpus.lazy_pattern import lazy_pattern

COMMAND_PREFIX_LIMIT = 23
"""The most characters of the prefix of Slack commands: Slack allows 32, of which our longest name and its
slash need nine (checked by `tests/bot/slack/test_app_manifest.py`)."""
_COMMAND_PREFIX = lazy_pattern(r"[a-z0-9][a-z0-9_-]*")
_SHARDS = lazy_pattern(r"([0-9]{1,5})-([0-9]{1,5})/([0-9]{1,5})", re.ASCII)
MOST_SHARDS = 10_000
"""The most shards of a bot, for 25 million servers."""


def collection_names(value: str) -> tuple[str, ...]:
    """Reads names of collections, separated by commas."""
    return tuple(check_collection_name(name) for name in names(value))


def names(value: str) -> tuple[str, ...]:
    """Reads words, separated by commas."""
    return tuple(name.strip() for name in value.split(",") if name.strip())


def switch(value: str) -> bool:
    """Reads 0 or 1."""
    if value not in ("0", "1"):
        raise ValueError(f"{value[:20]!r} is neither 0 nor 1")
    return value == "1"


def days(least: int, most: int) -> Callable[[str], int]:
    """Makes a parser of a number of days in this range."""

    def read(value: str) -> int:
        if not value.isascii() or not value.isdecimal() or not least <= int(value) <= most:
            raise ValueError(f"{value[:20]!r} is no number of days from {least} to {most}")
        return int(value)

    return read


def minutes(least: int, most: int) -> Callable[[str], int]:
    """Makes a parser of a number of minutes in this range, or 0."""

    def read(value: str) -> int:
        if value == "0" or (value.isascii() and value.isdecimal() and least <= int(value[:9]) <= most):
            return int(value)
        raise ValueError(f"{value[:20]!r} is neither 0 nor a number of minutes from {least} to {most}")

    return read


def ids(form: str, example: str) -> Callable[[str], frozenset[str]]:
    """Makes a parser of ids of this form, separated by commas."""

    def read(value: str) -> frozenset[str]:
        found = names(value)
        for one in found:
            if not re.fullmatch(form, one, re.ASCII):
                raise ValueError(f"{one[:40]!r} is not {example}")
        return frozenset(found)

    return read


def number(value: str) -> int:
    """Reads a whole number from 0 to 999,999,999."""
    if not value.isascii() or not value.isdecimal() or len(value) > 9:
        raise ValueError(f"{value[:20]!r} is no number from 0 (any number) to 999999999")
    return int(value)


def address(plain: str, secure: str) -> Callable[[str], str]:
    """Makes a parser of a platform's address with one of two schemes. Tokens are sent there, so the scheme
    `plain` is only allowed for addresses of this machine."""

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


def command_prefix(value: str) -> str:
    """Reads the prefix of the commands' names; a slash at its start is dropped."""
    prefix = value.strip().removeprefix("/")
    if prefix and (not _COMMAND_PREFIX.fullmatch(prefix) or len(prefix) > COMMAND_PREFIX_LIMIT):
        raise ValueError(
            f"{prefix[:40]!r} can't begin a command: "
            f"{COMMAND_PREFIX_LIMIT} small letters, digits, - and _ at most"
        )
    return prefix


def database_address(value: str) -> str:
    """Reads the address of a PostgreSQL database, or an empty one."""
    address = value.strip()
    if address and not address.startswith(("postgresql://", "postgres://")):
        raise ValueError("it does not begin with postgresql://")  # not shown: it may hold a password
    return address


def slashed(value: str) -> str:
    """Reads the HTTP address of a platform, and adds a slash at its end."""
    return address("http", "https")(value).rstrip("/") + "/"


def port(value: str) -> int:
    """Reads the number of a port."""
    if not value.isascii() or not value.isdecimal() or not 0 < int(value) < 65536:
        raise ValueError(f"{value[:20]!r} is no port from 1 to 65535")
    return int(value)


def one_of(*words: str) -> Callable[[str], str]:
    """Makes a parser of one of these words."""

    def read(value: str) -> str:
        if value not in words:
            raise ValueError(f"{value[:20]!r} is not one of {', '.join(words)}")
        return value

    return read


def listened(value: str) -> tuple[str, int]:
    """Reads `HOST:PORT`, an address to listen on."""
    host, separator, number_of = value.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not separator or not host:
        raise ValueError(f"{value[:60]!r} is no address to listen on, such as 127.0.0.1:9464")
    return host, port(number_of)


def place_of_files(value: str) -> str:
    """Reads the place where files are kept: a folder, or `s3://BUCKET/PREFIX`."""
    place = value.strip()
    if "://" in place and not place.startswith("s3://"):
        raise ValueError(f"{place[:60]!r} is neither a folder nor s3://BUCKET/PREFIX")
    return place


def shards(value: str) -> tuple[range, int]:
    """Reads a range of shards and the number of all shards, such as `0-3/16`."""
    found = _SHARDS.fullmatch(value.strip())
    first, last, count = (int(one) for one in found.group(1, 2, 3)) if found else (1, 0, 0)
    if not first <= last < count <= MOST_SHARDS:
        raise ValueError(
            f"{value[:20]!r} is no range of shards: write the first and the last, counted from 0, and how "
            "many there are in all, as in 0-3/16"
        )
    return range(first, last + 1), count
