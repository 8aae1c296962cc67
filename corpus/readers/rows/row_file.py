"""Reads a whole file of rows: unpacks it within limits, and decodes it."""

from pathlib import Path

from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.charsets import Decoded, UnknownEncoding, decode
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.gunzip import BadGzip, TooLarge, unpack

WHOLE_LIMIT = 50 * 1024 * 1024
"""The most bytes of an unpacked file that has to be read whole: ten thousand long articles. JSON Lines have
no limit, as they are read line by line."""
ENCODING_ADVICE = "and its encoding can't be told: save it as UTF-8, or say which it is with --encoding"


def read_whole(document: Document, limit: int = WHOLE_LIMIT) -> Decoded:
    """The file's text. Raises BadArticle with the reason, OSError."""
    return decode_rows(_unpacked(document.path, limit), document.options.encoding)


def decode_rows(data: bytes, encoding: str | None) -> Decoded:
    """Decode the bytes. Raises BadArticle with the reason."""
    try:
        return decode(data, encoding)
    except UnknownEncoding as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadArticle(f"the file is {error} in line {line}, {ENCODING_ADVICE}") from error


def encoding_remark(where: str, detected: str) -> Problem:
    """The remark that a file was read in an encoding that it does not declare."""
    return Problem(where, f"it is not UTF-8, and was read as {detected}", refused=False)


def _unpacked(path: Path, limit: int) -> bytes:
    packed = path.suffix.lower() == ".gz"
    with path.open("rb") as file:
        body = file.read(limit + 1)
    try:
        data = b"".join(unpack([body], limit)) if packed else body
    except TooLarge as error:
        raise BadArticle(f"{error}: split it, or write it as JSON Lines (.jsonl)") from error
    except BadGzip as error:
        raise BadArticle(f"the gzip file is broken ({error}): pack it again") from error
    if len(data) > limit:
        size = limit // 1024 // 1024
        raise BadArticle(f"it has more than {size} MB: split it, or write it as JSON Lines (.jsonl)")
    if not data.strip():
        raise BadArticle("it is empty")
    return data
