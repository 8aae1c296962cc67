"""Articles from CSV and TSV, as spreadsheets and databases export them."""

from collections.abc import Collection

from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.format import Document, Format
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS
from corpus.readers.rows.json_document import Found
from corpus.readers.rows.row_articles import row_article
from corpus.readers.rows.row_file import decode_rows, encoding_remark, read_whole
from corpus.readers.rows.table import read_table, table_lines


def read_csv(document: Document, collection: str) -> Found:
    """The article of each row, or the problem with it, with the row's first line, from 1."""
    where = document.where
    try:
        decoded = read_whole(document)
        if decoded.detected:
            yield None, encoding_remark(where, decoded.detected)
        for row in read_table(decoded.text, document.options):
            if isinstance(row.fields, str):
                yield row.first, Problem(where, row.fields, row.first)
            else:
                items = row_article(row.fields, row.first, document, collection)
                yield from ((row.first, item) for item in items)
    except BadArticle as error:
        yield None, Problem(where, error.reason)
    except OSError as error:
        yield None, Problem(where, f"it can't be read: {error.strerror or error}")


def remove_rows(body: bytes, lines: Collection[int]) -> bytes:
    """The table without the rows that begin on these lines; empty if none is left."""
    try:
        text = decode_rows(body, None).text
        rows = list(read_table(text, NO_READING_OPTIONS, named=False))
    except BadArticle:
        return b""
    gone = {line for row in rows if row.first in lines for line in range(row.first, row.last + 1)}
    if all(row.first in lines for row in rows):
        return b""
    kept = [line for number, line in enumerate(table_lines(text), 1) if number not in gone]
    return "".join(kept).encode()


FORMAT = Format(
    endings=(".csv", ".csv.gz", ".tsv", ".tsv.gz"),
    media_types=("text/csv", "application/csv", "text/tab-separated-values"),
    read=read_csv,
    remove=remove_rows,
)
