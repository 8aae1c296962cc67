"""Reads header lines such as `Date: 4 March 2026` above a text without a fence, as people, Pelican and
notebooks write them."""

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.rows.known_names import OURS, plain_name

MAX_HEADERS = 25
"""The most header lines; a press release has ten."""
MAX_LINE = 400
"""The most characters of a header line; longer lines are paragraphs."""
MIN_KNOWN = 2
"""The least different known fields for the lines to be a header: a single one may be a sentence."""

_LINE = lazy_pattern(
    r"[*_]{0,2}(?P<name>[^\W\d_][\w .'/-]{0,30}?)[*_]{0,2}[ \t]?(?::[*_]{0,2}(?=\s|\Z)|：)(?P<value>.*)"
)
_HEADING = lazy_pattern(r"\A\s*#[ \t]+\S[^\n]*\n+")
_RULE = lazy_pattern(r"[-=_*]{3,}\s*")
_OF_HEAD = frozenset(("title", "url", "published", "author", "source", "language"))
_NEEDED = frozenset(("title", "published"))


def split_header_lines(text: str) -> tuple[dict[str, object], str]:
    """Split a text into the fields of its header lines, which may follow a heading, and the text without
    them; no fields and the whole text if it has no header."""
    heading = _HEADING.match(text)
    above = heading[0] if heading else ""
    lines = text[len(above) :].lstrip("\n").split("\n")
    fields: dict[str, object] = {}
    known: set[str] = set()
    for number, line in enumerate(lines[: MAX_HEADERS + 1]):
        found = _LINE.fullmatch(line.strip()) if len(line) <= MAX_LINE else None
        if found:
            ours = OURS.get(plain_name(found["name"]), "")
            if ours != "text":  # not a summary, or an empty label above the text
                fields.setdefault(found["name"], found["value"].strip(" *_"))
            known |= {ours} & _OF_HEAD if found["value"].strip() else set()
        elif number and (not line.strip() or _RULE.fullmatch(line)):
            if len(known | ({"title"} if above else set())) >= MIN_KNOWN and known & _NEEDED:
                return fields, above + "\n".join(lines[number + 1 :])
            break
        else:
            break
    return {}, text
