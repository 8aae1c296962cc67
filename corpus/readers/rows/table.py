"""The rows of a table in text: values with a sign between them, and their names in the first row."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import BadArticle
from corpus.readers.parsing.reading_options import ReadingOptions
from corpus.readers.rows.field_names import has_text
from corpus.readers.rows.known_names import OURS, plain_name

DELIMITERS = ",;\t|"
"""Signs between values, the usual one first."""
CELL_LIMIT = 16 * 1024 * 1024
"""Characters of one value; three times the longest article that is taken."""
PREAMBLE = 20
"""Lines that may stand before the names: an export's own title, its day, what was searched."""
LEAST_KNOWN = 2
"""Names that are known in the line of the names, where other lines stand before it: a sentence has none."""
COLUMNS = 1000
"""Names in the first row; a table of articles has ten."""


_ESCAPED = re.compile(r'[^"\\]\\"(?![,;\t|\r\n]|\Z)')
"""A quotation mark in a value as databases write it; elsewhere it is doubled, and a backslash is text."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the lines that it stands on (the first, from 1, and the last), and its values by their names;
    in their place the reason why there are none."""

    first: int
    last: int
    fields: dict[str, object] | str


def read_table(text: str, options: ReadingOptions, *, named: bool = True) -> Iterator[TableRow]:
    """Each row after the first that has any value. Raises BadArticle where it is no table, or where the first
    row names no text (which it must if `named`)."""
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
    """The lines with what ends them: what ends a row, and no other sign that Unicode counts among them."""
    return io.StringIO(text, newline="").readlines()


def _delimiter(text: str, lines: list[str], options: ReadingOptions) -> tuple[str, int]:
    """The sign between values, and how many lines stand before the names: Excel may write the sign there, and
    databases what was searched."""
    said, _, _ = text.partition("\n")
    said = said.strip().lower()
    if said.startswith("sep=") and len(said) == 5 and said[4] in DELIMITERS:
        return said[4], 1
    if said == "sep=":  # the sign is a tab, which ended the line
        return "\t", 1
    heads = [(number, line) for number, line in enumerate(lines[:PREAMBLE]) if line.strip()]
    scores = {
        (number, sign): _score(line, sign, options)
        for number, line in heads[:PREAMBLE]
        for sign in DELIMITERS
    }
    first = heads[0][0] if heads else 0
    best = max(DELIMITERS, key=lambda sign: scores.get((first, sign), (0, 0)))
    if scores.get((first, best), (0, 0))[0] >= LEAST_KNOWN:
        return best, 0
    number, sign = max(scores, key=lambda key: (scores[key][0], -key[0]), default=(0, best))
    return (sign, number) if scores and scores[number, sign][0] >= LEAST_KNOWN else (best, 0)


def _score(head: str, delimiter: str, options: ReadingOptions) -> tuple[int, int]:
    """How many of the names are known, and how many there are, if this sign stands between them."""
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
    if len(names) > COLUMNS:
        raise BadArticle(f"it has {len(names):,} columns, more than the {COLUMNS:,} allowed")
    return [name.strip() for name in names]


def _fields(names: list[str], cells: list[str]) -> dict[str, object] | str:
    if any(cell.strip() for cell in cells[len(names) :]):
        return (
            f"the row has {len(cells)} values and the table {len(names)} columns: put texts with the sign "
            "between values into quotes"
        )
    return {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
