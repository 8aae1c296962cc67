"""Reads a server's response within limits."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime

import httpcore2

from corpus.readers.parsing.gunzip import TooLarge, unpack
from corpus.web.fetcher import BODY_LIMIT, Validators

HEADER_LIMIT = 1000
"""The most characters of a header that is parsed. Media types have at most a hundred; a malicious one of
95,000 took 47 seconds to parse."""
MAX_WAIT_SECONDS = 86_400
"""The most seconds of a Retry-After or max-age: a day. A longer time is a mistake, or would end polling."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's response; `body` is empty unless the status is 200. `retry_after` and `max_age` are in
    seconds, None if unknown."""

    status: int
    leads_to: str | None
    media_type: str
    charset: str | None
    validators: Validators
    max_age: int | None
    retry_after: int | None
    body: bytes


def read_reply(response: httpcore2.Response) -> Reply:
    """Read a response. Raises ValueError if its body exceeds a limit or is not in a supported encoding."""
    headers = Message()  # parses media types
    for name, value in response.headers:
        headers[name.decode("latin-1")] = value.decode("utf-8", errors="replace")
    return Reply(
        status=response.status,
        leads_to=headers["Location"],
        media_type=_short(headers, "Content-Type") and headers.get_content_type(),
        charset=headers.get_content_charset(),
        validators=Validators(_sendable(headers, "ETag"), _sendable(headers, "Last-Modified")),
        max_age=_max_age(headers),
        retry_after=_seconds(headers, "Retry-After"),
        body=_body(response, headers) if response.status == 200 else b"",
    )


def _sendable(headers: Message, name: str) -> str | None:
    """A header that can be sent back unchanged; None if it is missing or has unusual characters."""
    value = str(headers.get(name, "")).strip()
    return value if 0 < len(value) <= HEADER_LIMIT and value.isascii() and value.isprintable() else None


def _max_age(headers: Message) -> int | None:
    for part in str(headers.get("Cache-Control", ""))[:HEADER_LIMIT].lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            return min(int(value.strip('"')[:9]), MAX_WAIT_SECONDS)
    return _seconds(headers, "Expires")


def _seconds(headers: Message, name: str) -> int | None:
    """The seconds in a header, or until the date in it."""
    value = str(headers.get(name, ""))[:HEADER_LIMIT].strip()
    if value.isascii() and value.isdecimal():
        return min(int(value[:9]), MAX_WAIT_SECONDS)
    try:
        left = parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(int(left), MAX_WAIT_SECONDS) if left > 0 else None


def _short(headers: Message, name: str) -> str:
    """The header, empty if it is missing. Raises ValueError if it is too long to be parsed."""
    value = str(headers.get(name, ""))
    if len(value) > HEADER_LIMIT:
        raise ValueError(f"its {name} has {len(value):,} characters, more than the {HEADER_LIMIT:,} allowed")
    return value


def _body(response: httpcore2.Response, headers: Message) -> bytes:
    length = _short(headers, "Content-Length")
    if length.isdecimal() and int(length) > BODY_LIMIT:
        raise _too_large()
    _short(headers, "Content-Encoding")
    named = ",".join(headers.get_all("Content-Encoding", [])).lower().split(",")
    packings = [packing.strip() for packing in named if packing.strip() not in ("", "identity")]
    raw = _bounded(response.iter_stream())
    if not packings:
        return b"".join(raw)
    if packings not in (["gzip"], ["x-gzip"]):
        raise ValueError(f"it is packed as {', '.join(packings)[:40]!r}, which was not asked for")
    return b"".join(unpack(raw, BODY_LIMIT))


def _bounded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > BODY_LIMIT:
            raise _too_large()
        yield chunk


def _too_large() -> TooLarge:
    return TooLarge(
        f"it has more than the {BODY_LIMIT // 1024 // 1024} MB allowed: download it, and add the file"
    )
