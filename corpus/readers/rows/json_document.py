"""The articles of a JSON value that is a whole file."""

import json
from collections.abc import Collection, Iterator

from corpus.article import Article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.charsets import Decoded
from corpus.readers.parsing.format import Document
from corpus.readers.rows.json_values import Rows
from corpus.readers.rows.row_articles import row_article
from corpus.readers.rows.row_file import decode_rows, encoding_remark

Found = Iterator[tuple[int | None, Article | Problem]]
KEYS_SHOWN = 10
"""Names at the top of a file without articles that are told."""


def parse_json(text: str) -> object:
    """The value. Raises BadArticle with the reason, json.JSONDecodeError."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except RecursionError as error:
        raise BadArticle("its objects are nested too deep") from error
    except ValueError as error:  # an integer of thousands of figures
        raise BadArticle(f"it holds a number that can't be read: {str(error)[:60]}") from error


def read_value(value: object, decoded: Decoded, document: Document, collection: str) -> Found:
    """Each article of the value, or the problem with it, with its number in the list, from 1."""
    where = document.where
    if decoded.detected:
        yield None, encoding_remark(where, decoded.detected)
    rows = Rows(value, document.options)
    if not rows.found:
        yield None, Problem(where, f"it is JSON without an article: {_top(value)}")
    for one in rows.passed_over:
        reason = f"its list {one.name[:40]!r} of {one.count:,} is passed over: another has the articles"
        yield None, Problem(where, reason, refused=False)
    for number, row in rows:
        if row is None:
            yield number, Problem(where, "it stands among articles and is no object with fields", number)
        else:
            yield from ((number, item) for item in row_article(row, number, document, collection))


def without_rows(body: bytes, numbers: Collection[int]) -> bytes:
    """The file without these articles; empty where none is left, or where nothing in it can be read."""
    try:
        return Rows(parse_json(decode_rows(body, None).text)).without(numbers)
    except (BadArticle, json.JSONDecodeError):
        return b""


def _top(value: object) -> str:
    if value == []:
        return "its list is empty"
    if not isinstance(value, dict):
        return "at its top stands a single value"
    names = ", ".join(str(name)[:40] for name in list(value)[:KEYS_SHOWN])
    return f"at its top stand {names}" if names else "its object is empty"
