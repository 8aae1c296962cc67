"""Articles from JSON Lines files, gzipped or not, one line in memory at a time."""

import hashlib
import io
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.article import Article, make_article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.format import Document, Format
from corpus.readers.parsing.gunzip import STEP, BadGzip, GzipReader, TooLarge

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of one line; three times the longest article that is taken, in escaped form."""

ARTICLELESS = 100_000
"""Lines without an article, empty or broken, that one file may have beyond one for each article: 10 MB of
line breaks, packed, are a thousand million lines."""


def read_jsonl(document: Document, collection: str) -> Iterator[tuple[int, Article | Problem]]:
    """Each line's article, or the problem with it, with the line's number, from 1."""
    where = document.where
    number = articles = 0
    try:
        with _open(document.path) as file:
            for number, line in enumerate(_lines(file), 1):
                if number > ARTICLELESS + 2 * articles:
                    reason = f"reading stopped: of {number:,} lines, only {articles:,} hold an article"
                    yield number, Problem(where, reason, number)
                    return
                if line is None:
                    reason = f"the line is longer than {LINE_LIMIT // 1024 // 1024} MB and is skipped"
                    yield number, Problem(where, reason, number)
                elif line.strip():
                    for item in _article(line, document, number, collection):
                        articles += isinstance(item, Article)
                        yield number, item
    except TooLarge as error:
        reason = f"reading stopped after line {number}: {error}; unpack it yourself if you trust it"
        yield number, Problem(where, reason, number)
    except BadGzip as error:
        reason = f"the gzip file is broken after line {number} ({error}); pack it again"
        yield number, Problem(where, reason, number)
    except OSError as error:
        reason = f"reading stopped after line {number}: {error.strerror or error}"
        yield number, Problem(where, reason, number)


def remove_lines(body: bytes, lines: Collection[int]) -> bytes:
    """The file without these lines; empty where nothing but empty lines is left."""
    left = b"\n".join(line for number, line in enumerate(body.split(b"\n"), 1) if number not in lines)
    return left if left.strip() else b""


@contextmanager
def _open(path: Path) -> Iterator[io.BufferedReader]:
    with path.open("rb") as file:
        yield io.BufferedReader(GzipReader(file), STEP) if path.suffix.lower() == ".gz" else file


def _lines(file: io.BufferedReader) -> Iterator[bytes | None]:
    """Lines, with None for one that is too long (read past, never held)."""
    while line := file.readline(LINE_LIMIT + 1):
        if len(line) <= LINE_LIMIT:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LINE_LIMIT)
        yield None


def _article(line: bytes, document: Document, number: int, collection: str) -> Iterator[Article | Problem]:
    where = document.where
    try:
        row = _row(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
        article, left_out = make_article(
            row, collection=collection, fallback_id=_id(document, row), fallback_source=document.source
        )
    except UnicodeDecodeError as error:
        yield Problem(where, f"the line is not UTF-8 (byte {error.start})", number)
    except (json.JSONDecodeError, RecursionError) as error:
        yield Problem(where, f"the line is not JSON: {str(error)[:100]}", number)
    except ValueError as error:
        yield Problem(where, f"the line holds a number that can't be read: {str(error)[:60]}", number)
    except BadArticle as error:
        yield Problem(where, error.reason, number)
    else:
        yield from (Problem(where, reason, number, refused=False) for reason in left_out)
        yield article


def _row(line: bytes) -> dict[str, object]:
    # Decoded here: json.loads would guess UTF-16 and let half characters through.
    row = json.loads(line.decode())
    if not isinstance(row, dict):
        raise BadArticle("the line is JSON but not an object")
    return row


def _id(document: Document, row: dict[str, object]) -> str:
    """For a row without id and url: from its title, so that an edit of the text keeps it."""
    seed = str(row.get("title") or row.get("text") or "")
    digest = hashlib.sha256(seed.encode(errors="replace")).hexdigest()[:12]
    return f"{document.name}-{digest}"


FORMAT = Format(
    endings=(".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"),
    media_types=(
        "application/jsonl",
        "application/x-jsonl",
        "application/jsonlines",
        "application/x-jsonlines",
        "application/json-lines",
        "application/ndjson",
        "application/x-ndjson",
    ),
    read=read_jsonl,
    remove=remove_lines,
)
