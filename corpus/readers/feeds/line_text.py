"""Cleans a title or a name that may contain HTML."""

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.parsing.html_text import html_to_text, looks_like_html

_ENTITY = lazy_pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def line_text(text: str) -> str:
    """The text on one line, without the markup that some feeds put into it; characters that only resemble
    markup stay."""
    if looks_like_html(text) or _ENTITY.search(text):
        text = html_to_text(text)
    return " ".join(text.split())
