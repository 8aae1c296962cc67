"""Articles from mbox files: many e-mails in one file, as mail programs export them."""

import io
import re
from collections.abc import Collection, Iterator
from typing import IO

from corpus.article import Article
from corpus.lazy_pattern import lazy_pattern
from corpus.problem import Problem
from corpus.readers.documents.mail import MESSAGE_LIMIT, read_mail
from corpus.readers.parsing.format import Document, Format

MAX_MESSAGES = 100_000
"""The most messages of a file; thirty newsletters a day for nine years."""

_FROM = lazy_pattern(rb"From \S.*\b\d{4}\b")
"""Matches the line before each message, with its sender and time. A text line that begins like this has a `>`
before it."""
_ESCAPED = lazy_pattern(rb"^>(>*From )", re.MULTILINE)


def read_mbox(document: Document, collection: str) -> Iterator[tuple[int, Article | Problem]]:
    """The article of each message, or the problem with it, with the message's number, from 1."""
    number = 0
    try:
        with document.path.open("rb") as file:
            for number, message in enumerate(_messages(file), 1):
                if number > MAX_MESSAGES:
                    yield (
                        number,
                        Problem(document.where, f"only its first {MAX_MESSAGES:,} messages are read"),
                    )
                    return
                content = _ESCAPED.sub(rb"\1", message.partition(b"\n")[2])
                yield from ((number, item) for item in read_mail(content, document, collection, number))
        if not number:
            yield 1, Problem(document.where, "it holds no message: none begins with a line `From …`")
    except OSError as error:
        yield number, Problem(document.where, f"reading stopped: {error.strerror or error}")


def remove_messages(body: bytes, numbers: Collection[int]) -> bytes:
    """The file without these messages; empty if none is left."""
    return b"".join(
        message for number, message in enumerate(_messages(io.BytesIO(body)), 1) if number not in numbers
    )


def _messages(file: IO[bytes]) -> Iterator[bytes]:
    """Each message with its separator line; a message that is too long is truncated, but not below the
    limit."""
    lines: list[bytes] = []
    size = 0
    blank = True
    while line := file.readline(MESSAGE_LIMIT):
        if blank and _FROM.match(line):
            if lines:
                yield b"".join(lines)
            lines, size = [line], 0
        elif lines and size <= MESSAGE_LIMIT:
            lines.append(line)
            size += len(line)
        blank = not line.strip()
    if lines:
        yield b"".join(lines)


FORMAT = Format(
    endings=(".mbox", ".mbx"),
    media_types=("application/mbox",),
    read=read_mbox,
    remove=remove_messages,
    names_collections=False,
)
