"""Articles from mbox files: many e-mails one after another, as mail programs export them."""

import io
import re
from collections.abc import Collection, Iterator
from typing import IO

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.documents.mail import MESSAGE_LIMIT, read_mail
from corpus.readers.parsing.format import Document, Format

MESSAGES = 100_000
"""Messages of a file that are read; thirty newsletters a day for nine years."""

_FROM = re.compile(rb"From \S.*\b\d{4}\b")
"""The line before each message: who sent it, and when. A line of text that begins so has `>` before it."""
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_mbox(document: Document, collection: str) -> Iterator[tuple[int, Article | Problem]]:
    """Each message's article, or the problem with it, with the message's number, from 1."""
    number = 0
    try:
        with document.path.open("rb") as file:
            for number, message in enumerate(_messages(file), 1):
                if number > MESSAGES:
                    yield number, Problem(document.where, f"only its first {MESSAGES:,} messages are read")
                    return
                content = _ESCAPED.sub(rb"\1", message.partition(b"\n")[2])
                yield from ((number, item) for item in read_mail(content, document, collection, number))
        if not number:
            yield 1, Problem(document.where, "it holds no message: none begins with a line `From …`")
    except OSError as error:
        yield number, Problem(document.where, f"reading stopped: {error.strerror or error}")


def remove_messages(body: bytes, numbers: Collection[int]) -> bytes:
    """The file without these messages; empty where none is left."""
    return b"".join(
        message for number, message in enumerate(_messages(io.BytesIO(body)), 1) if number not in numbers
    )


def _messages(file: IO[bytes]) -> Iterator[bytes]:
    """Each message with its first line; of one that is too long, as much as tells that it is."""
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
