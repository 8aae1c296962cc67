"""Recognises text files that are no article but a program's export of many, or a table."""

import re

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.rows.known_names import OURS, plain_name

MIN_COLUMNS = 3
"""The least known column names in a first line with tabs for the text to be a table."""
_LOOKED_AT = 5000
"""The first characters, in which an export is recognised."""

_NEXIS = lazy_pattern(r"^[ \t]*(?:Document )?1 of (\d[\d,]*) DOCUMENTS?[ \t]*$", re.MULTILINE | re.IGNORECASE)
_MOVABLE_TYPE = lazy_pattern(r"\A(?:[A-Z ]+:[^\n]*\n)+-----\nBODY:\n")


def why_no_single_article(text: str) -> str | None:
    """The reason not to read the text as one article, with advice; None if it may be one."""
    head = text.lstrip("\n")[:_LOOKED_AT]
    if found := _NEXIS.search(head):
        return (
            f"it holds {found[1]} documents of Nexis: download them as individual files, which Nexis offers"
        )
    if _MOVABLE_TYPE.match(head):
        return "it is an export of Movable Type: bring it into WordPress and add the export of that"
    names = {OURS.get(plain_name(name)) for name in head.partition("\n")[0].split("\t")} - {None}
    if "text" in names and len(names) >= MIN_COLUMNS:
        return "it is a table with tabs between its columns: give it the ending .tsv"
    return None
