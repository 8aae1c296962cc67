"""Reads the articles of JSON Lines, gzipped or not, with one line in memory at a time."""

import io
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from corpus.article import Article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.documents.ninjs import is_ninjs
from corpus.readers.parsing.charsets import detect, marked_encoding, name_of
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.gunzip import PIECE_SIZE, BadGzip, GzipReader, TooLarge
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, ReadingOptions
from corpus.readers.rows.field_names import has_text, has_title, unwrapped
from corpus.readers.rows.json_document import Found, not_json, parse_json, read_value, without_rows
from corpus.readers.rows.json_values import Rows
from corpus.readers.rows.row_articles import row_article
from corpus.readers.rows.row_file import encoding_remark, read_whole

LINE_LIMIT = 16 * 1024 * 1024
"""The most bytes of a line; three times the longest accepted article, escaped."""
ARTICLELESS = 100_000
"""The most lines without an article, empty or invalid, besides one for each article: 10 MB of gzipped line
breaks are a thousand million lines."""
LINES_LOOKED_AT = 5
"""The number of first lines that must be objects for a `.json` file to be JSON Lines."""
_BEGINNING = 256 * 1024
"""The first bytes, from which the kind of a file is detected."""


def read_lines(document: Document, collection: str) -> Found:
    """The article of each line, or the problem with it, with the line's number, from 1. A file that is a JSON
    list is read as such."""
    where = document.where
    number = 0
    try:
        with _open(document.path) as file:
            head = file.read1(_BEGINNING)
        if marked_encoding(head) in ("utf-16", "utf-32"):
            text = read_whole(document).text
            with io.BytesIO(text.encode()) as recoded:
                yield from _each(io.BufferedReader(recoded), document, collection)
        elif _is_list(head):
            yield from _read_list(document, collection)
        elif _holds_pages(_first_line(document.path), document.options):
            yield from _read_pages(document, collection)
        else:
            with _open(document.path) as file:
                for line, item in _each(file, document, collection):
                    number = line or number
                    yield line, item
    except TooLarge as error:
        reason = f"reading stopped after line {number}: {error}; unpack it yourself if you trust it"
        yield number, Problem(where, reason, number)
    except BadGzip as error:
        reason = f"the gzip file is broken after line {number} ({error}); pack it again"
        yield number, Problem(where, reason, number)
    except BadArticle as error:
        yield None, Problem(where, error.reason)
    except OSError as error:
        reason = f"reading stopped after line {number}: {error.strerror or error}"
        yield number, Problem(where, reason, number)


def without_lines(body: bytes, lines: Collection[int]) -> bytes:
    """The file without these lines, or the list without these articles; empty if only empty lines are
    left."""
    if marked_encoding(body) in ("utf-16", "utf-32"):
        body = body.decode("utf-16" if marked_encoding(body) == "utf-16" else "utf-32").encode()
    if _is_list(body[:_BEGINNING]) and (left := without_rows(body, lines)):
        return left
    if _holds_pages(next((line for line in body.split(b"\n") if line.strip()), b"")):
        return without_rows(_as_list(body), lines)
    left = b"\n".join(line for number, line in enumerate(body.split(b"\n"), 1) if number not in lines)
    return left if left.strip() else b""


def _as_list(body: bytes) -> bytes:
    """The lines that are JSON objects as one list, which gives the same articles."""
    lines = [line for line in body.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    return b"[" + b",".join(line for line in lines if _is_object(line.decode(errors="replace"))) + b"]"


def is_lines(text: str) -> bool:
    """Whether each of the first lines is an object."""
    lines = [line for line in text[:LINE_LIMIT].split("\n") if line.strip()][:LINES_LOOKED_AT]
    return len(lines) > 1 and all(_is_object(line) for line in lines[:-1])


def _is_object(line: str) -> bool:
    try:
        return isinstance(parse_json(line), dict)
    except (json.JSONDecodeError, BadArticle):
        return False


def _is_list(head: bytes) -> bool:
    """Whether the file is one JSON list instead of lines that are each a list of plain values."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"["):
        return False
    first = start.partition(b"\n")[0].strip()
    return start[1:].lstrip()[:1] == b"{" or not first.endswith(b"]")


def _first_line(path: Path) -> bytes:
    """The first non-empty line; empty if it is too long or not among the first hundred lines."""
    with _open(path) as file:
        return next((line or b"" for line in islice(_lines(file), 100) if line is None or line.strip()), b"")


def _holds_pages(line: bytes, options: ReadingOptions = NO_READING_OPTIONS) -> bool:
    """Whether a line is no article but contains a list of them, as a page of an API's results."""
    try:
        row = parse_json(line.removeprefix(b"\xef\xbb\xbf").decode(options.encoding or "utf-8"))
    except (ValueError, LookupError, BadArticle):
        return False
    if not isinstance(row, dict) or is_ninjs(row):
        return False
    known = unwrapped(row, options)
    return not (has_text(known, options) or has_title(known, options)) and Rows(row, options).found


def _read_pages(document: Document, collection: str) -> Found:
    """The articles of all lines as if in one list; a line that is not JSON is a problem."""
    decoded = read_whole(document)
    pages: list[object] = []
    for number, line in enumerate(decoded.text.split("\n"), 1):
        try:
            pages += [parse_json(line)] if line.strip() else []
        except json.JSONDecodeError as error:
            yield None, Problem(document.where, f"the line is not JSON: {str(error)[:100]}", number)
    yield from read_value(pages, decoded, document, collection)


def _read_list(document: Document, collection: str) -> Found:
    decoded = read_whole(document)
    try:
        value = parse_json(decoded.text)
    except json.JSONDecodeError as error:
        yield None, not_json(decoded.text, error, document.where)
    else:
        yield from read_value(value, decoded, document, collection)


@contextmanager
def _open(path: Path) -> Iterator[io.BufferedReader]:
    with path.open("rb") as file:
        yield io.BufferedReader(GzipReader(file), PIECE_SIZE) if path.suffix.lower() == ".gz" else file


def _each(file: io.BufferedReader, document: Document, collection: str) -> Found:
    where, encoding = document.where, _Encoding(document)
    articles = 0
    for number, line in enumerate(_lines(file), 1):
        if number > ARTICLELESS + 2 * articles:
            reason = f"reading stopped: of {number:,} lines, only {articles:,} hold an article"
            yield number, Problem(where, reason, number)
            return
        if line is None:
            reason = f"the line is longer than {LINE_LIMIT // 1024 // 1024} MB and is skipped"
            yield number, Problem(where, reason, number)
        elif line.strip():
            for item in _article(line, document, number, collection, encoding):
                articles += isinstance(item, Article)
                yield number, item


def _lines(file: io.BufferedReader) -> Iterator[bytes | None]:
    """The lines; None for one that is too long, which is skipped without being held in memory."""
    while line := file.readline(LINE_LIMIT + 1):
        if len(line) <= LINE_LIMIT:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LINE_LIMIT)
        yield None


class _Encoding:
    """The encoding of a file's lines that are not UTF-8, detected from the first of them."""

    def __init__(self, document: Document) -> None:
        self._said = document.options.encoding
        self._detected: str | None = None
        self.remark: str | None = None

    def decode(self, line: bytes) -> str:
        """The line as text. Raises UnicodeDecodeError."""
        if self._said:
            return line.decode(self._said)
        try:
            return line.decode()
        except UnicodeDecodeError:
            if self._detected is None:
                self._detected = detect(line) or ""
                self.remark = name_of(self._detected) if self._detected else None
            if not self._detected:
                raise
            return line.decode(self._detected)


def _article(
    line: bytes, document: Document, number: int, collection: str, encoding: _Encoding
) -> Iterator[Article | Problem]:
    where = document.where
    try:
        # Not decoded by json.loads, which would guess UTF-16 and accept surrogates.
        row = parse_json(encoding.decode(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line))
        if encoding.remark:
            yield encoding_remark(where, encoding.remark)
            encoding.remark = None
        if not isinstance(row, dict):
            raise BadArticle("the line is JSON but not an object")
    except UnicodeDecodeError as error:
        reason = f"the line is not UTF-8 (byte {error.start}): save it as UTF-8, or add it with --encoding"
        yield Problem(where, reason, number)
    except json.JSONDecodeError as error:
        yield Problem(where, f"the line is not JSON: {str(error)[:100]}", number)
    except BadArticle as error:
        yield Problem(where, error.reason, number)
    else:
        yield from row_article(row, number, document, collection)
