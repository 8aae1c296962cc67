"""Reads the articles of a JSON value that is a whole file."""

import json
from collections.abc import Collection, Iterator

from corpus.article import Article
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.charsets import Decoded
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.html_process import misplaced_page
from corpus.readers.rows.ghost_export import name_authors
from corpus.readers.rows.json_values import Rows
from corpus.readers.rows.known_names import OURS, plain_name
from corpus.readers.rows.row_articles import row_article
from corpus.readers.rows.row_file import decode_rows, encoding_remark

Found = Iterator[tuple[int | None, Article | Problem]]
KEYS_SHOWN = 10
"""The most top-level names that are listed for a file without articles."""
_COLUMNS = (
    "its values stand column by column: write one object for each article (in pandas, "
    'to_json(orient="records"))'
)


def parse_json(text: str) -> object:
    """Parse JSON. Raises BadArticle with the reason, json.JSONDecodeError."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except RecursionError as error:
        raise BadArticle("its objects are nested too deep") from error
    except ValueError as error:  # an integer with thousands of digits
        raise BadArticle(f"it holds a number that can't be read: {str(error)[:60]}") from error


def read_value(value: object, decoded: Decoded, document: Document, collection: str) -> Found:
    """Each article of the value, or the problem with it, with its number from 1."""
    where = document.where
    if decoded.detected:
        yield None, encoding_remark(where, decoded.detected)
    name_authors(value)
    rows = Rows(value, document.options)
    if not rows.found:
        reason = _COLUMNS if _is_by_columns(value) else f"it is JSON without an article: {_top(value)}"
        yield None, Problem(where, reason)
    for one in rows.skipped:
        reason = f"its list {one.name[:40]!r} of {one.count:,} is passed over: another has the articles"
        yield None, Problem(where, reason, refused=False)
    for number, row in rows:
        if row is None:
            yield number, Problem(where, "it stands among articles and is no object with fields", number)
        else:
            yield from ((number, item) for item in row_article(row, number, document, collection))


def not_json(text: str, error: json.JSONDecodeError, where: str) -> Problem:
    """The problem with a file that is not JSON; a page may have been saved in its place."""
    if text.lstrip()[:1] == "<":
        return Problem(where, misplaced_page(text.encode(), "JSON"))
    return Problem(where, f"it is not JSON: {str(error)[:100]}", error.lineno)


def without_rows(body: bytes, numbers: Collection[int]) -> bytes:
    """The file without the articles of these numbers; empty if none is left, or the file is unreadable."""
    try:
        return Rows(parse_json(decode_rows(body, None).text)).without(numbers)
    except (BadArticle, json.JSONDecodeError):
        return b""


def _is_by_columns(value: object) -> bool:
    """Whether a table is stored by columns: a list or an object of values for each name."""
    if not isinstance(value, dict):
        return False
    columns = value.get("columns")
    names = columns if isinstance(columns, list) and "data" in value else list(value)
    ours = {OURS.get(plain_name(str(name))) for name in names}
    held = columns is not None or all(isinstance(one, list | dict) for one in value.values())
    return held and {"title", "text"} <= ours


def _top(value: object) -> str:
    if value == []:
        return "its list is empty"
    if not isinstance(value, dict):
        return "at its top stands a single value"
    names = ", ".join(str(name)[:40] for name in list(value)[:KEYS_SHOWN])
    return f"at its top stand {names}" if names else "its object is empty"
