"""Articles from JSON: one article, a list of them, or a list nested in the response of an API."""

import json
from collections.abc import Collection

from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.feeds.feed_articles import read_feed_file
from corpus.readers.feeds.feed_document import is_json_feed, parse_feed
from corpus.readers.parsing.format import Document, Format
from corpus.readers.rows.json_document import Found, not_json, parse_json, read_value, without_rows
from corpus.readers.rows.json_lines import is_lines, read_lines, without_lines
from corpus.readers.rows.row_file import read_whole


def read_json(document: Document, collection: str) -> Found:
    """Each article, or the problem with it, with its number from 1; in JSON Lines with the ending `.json`,
    with its line."""
    where = document.where
    try:
        decoded = read_whole(document)
        try:
            value = parse_json(decoded.text)
        except json.JSONDecodeError as error:
            if is_lines(decoded.text):
                yield from read_lines(document, collection)
            else:
                yield None, not_json(decoded.text, error, where)
        else:
            if is_json_feed(value):  # its title is the source of its articles
                yield from read_feed_file(parse_feed(decoded.text.encode(), ""), document, collection)
            else:
                yield from read_value(value, decoded, document, collection)
    except BadArticle as error:
        yield None, Problem(where, error.reason)
    except OSError as error:
        yield None, Problem(where, f"it can't be read: {error.strerror or error}")


def remove_articles(body: bytes, numbers: Collection[int]) -> bytes:
    """The file without the articles of these numbers or lines; empty if none is left."""
    try:
        lines = is_lines(body.decode())
    except UnicodeDecodeError:
        lines = False
    return without_lines(body, numbers) if lines else without_rows(body, numbers)


FORMAT = Format(
    endings=(".json", ".json.gz"),
    media_types=("text/json",),
    vague_media_types={"application/json": ".json"},
    read=read_json,
    remove=remove_articles,
)
