"""Reads delimiter-separated tables, with the names of the columns in the first row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import BadArticle
from corpus.lazy_pattern import lazy_pattern
from corpus.readers.parsing.reading_options import ReadingOptions
from corpus.readers.rows.field_names import has_text
from corpus.readers.rows.known_names import OURS, plain_name

DELIMITERS = ",;\t|"
"""The possible delimiters, the most common first."""
CELL_LIMIT = 16 * 1024 * 1024
"""The most characters of a value; three times the longest accepted article."""
MAX_PREAMBLE = 20
"""The most lines before the names of the columns: an export's title, its date, the search."""
MIN_KNOWN = 2
"""The least known names in the row of names, if other lines precede it: a sentence has none."""
MAX_COLUMNS = 1000
"""The most columns; a table of articles has ten."""


_ESCAPED = lazy_pattern(r'[^"\\]\\"(?![,;\t|\r\n]|\Z)')
"""Matches a quotation mark in a value escaped with a backslash, as databases do; otherwise it is doubled, and
a backslash is text."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its first and last line (from 1), and its values by name, or the reason that it has none."""

    first: int
    last: int
    fields: dict[str, object] | str


def read_table(text: str, options: ReadingOptions, *, named: bool = True) -> Iterator[TableRow]:
    """Each row after the names that has any value. Raises BadArticle if it is no table, or, with `named`, if
    no column is the text."""
    csv.field_size_limit(CELL_LIMIT)
    lines = table_lines(text)
    delimiter, skipped = _delimiter(text, lines, options)
    reader = csv.reader(
        lines[skipped:],
        delimiter=delimiter,
        strict=True,
        skipinitialspace=True,
        escapechar="\\" if _ESCAPED.search(text) else None,
    )
    names = _names(reader)
    if named and not has_text(dict.fromkeys(names, "text"), options):
        listed = ", ".join(name[:40] for name in names[:12])
        raise BadArticle(
            f"none of its columns is the text (--fields text=NAME says which is): they are {listed}"
        )
    while True:
        first = skipped + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield TableRow(first, skipped + reader.line_num, f"the row can't be read: {error}")
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield TableRow(first, skipped + reader.line_num, _fields(names, cells))


def table_lines(text: str) -> list[str]:
    """The lines with their ends; only the ends of rows count, not other line breaks of Unicode."""
    return io.StringIO(text, newline="").readlines()


def _delimiter(text: str, lines: list[str], options: ReadingOptions) -> tuple[str, int]:
    """The delimiter, and the number of lines before the names: Excel may declare the delimiter there, and
    databases put the search there."""
    said, _, _ = text.partition("\n")
    said = said.strip().lower()
    if said.startswith("sep=") and len(said) == 5 and said[4] in DELIMITERS:
        return said[4], 1
    if said == "sep=":  # the delimiter is a tab, which was stripped
        return "\t", 1
    heads = [(number, line) for number, line in enumerate(lines[:MAX_PREAMBLE]) if line.strip()]
    scores = {
        (number, sign): _score(line, sign, options)
        for number, line in heads[:MAX_PREAMBLE]
        for sign in DELIMITERS
    }
    first = heads[0][0] if heads else 0
    best = max(DELIMITERS, key=lambda sign: scores.get((first, sign), (0, 0)))
    if scores.get((first, best), (0, 0))[0] >= MIN_KNOWN:
        return best, 0
    number, sign = max(scores, key=lambda key: (scores[key][0], -key[0]), default=(0, best))
    return (sign, number) if scores and scores[number, sign][0] >= MIN_KNOWN else (best, 0)


def _score(head: str, delimiter: str, options: ReadingOptions) -> tuple[int, int]:
    """How many of the names are known, and how many there are, with this delimiter."""
    try:
        names = next(csv.reader([head], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return 0, 0
    theirs = {plain_name(name) for name in options.fields.values()}
    return sum(plain_name(name) in OURS or plain_name(name) in theirs for name in names), len(names)


def _names(reader: Iterator[list[str]]) -> list[str]:
    try:
        names = next((row for row in reader if any(cell.strip() for cell in row)), None)
    except csv.Error as error:
        raise BadArticle(f"its first row can't be read: {error}") from error
    if names is None:
        raise BadArticle("it is empty")
    if len(names) > MAX_COLUMNS:
        raise BadArticle(f"it has {len(names):,} columns, more than the {MAX_COLUMNS:,} allowed")
    return [name.strip() for name in names]


def _fields(names: list[str], cells: list[str]) -> dict[str, object] | str:
    if any(cell.strip() for cell in cells[len(names) :]):
        return (
            f"the row has {len(cells)} values and the table {len(names)} columns: put texts with the sign "
            "between values into quotes"
        )
    return {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
