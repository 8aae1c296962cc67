"""Decodes web pages, whose declared charset may be wrong."""

from contextlib import suppress

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.parsing.charsets import detect

BROKEN_SHARE = 10
"""A page counts as UTF-8 if it has more than this many valid non-ASCII characters for each invalid one."""

_TAGS = lazy_pattern(rb"<[^<>]*>")
"""Tags are ASCII and do not help to detect an encoding."""
_NOT_FOR_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})


def decode_page(page: bytes) -> str | None:
    """The page's text, decoded by its byte order mark, as UTF-8, as declared, or as detected, in this order;
    None if all fail."""
    charset, mark = read_bom(page)
    if charset and mark:
        return page[len(mark) :].decode(charset, errors="replace")
    declared = _for_pages(html_body_declared_encoding(page))
    # ISO-2022-JP has only ASCII bytes, so it would be valid UTF-8.
    for name in ("iso2022_jp", "utf-8") if declared == "iso2022_jp" else ("utf-8", declared):
        with suppress(UnicodeDecodeError):
            if name:
                return page.decode(name)
    text = page.decode("utf-8", errors="replace")
    whole = sum(character > "\x7f" for character in text) - text.count("\ufffd")
    if whole > BROKEN_SHARE * text.count("\ufffd"):
        return text
    found = detect(_TAGS.sub(b" ", page))
    return page.decode(found, errors="replace") if found else None


def known_charset(name: str | None) -> str | None:
    """Python's name of a charset, mapped as browsers do; None if it is unknown or not for pages."""
    return _for_pages(resolve_encoding(name)) if name else None


def _for_pages(name: str | None) -> str | None:
    """The name if it is a text encoding for pages, unlike Python's hex or zlib codecs."""
    try:
        " ".encode(name or "undefined")
    except (LookupError, ValueError):
        return None
    return None if name in _NOT_FOR_PAGES else name
