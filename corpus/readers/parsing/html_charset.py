"""The characters of a page, whatever it says about its bytes."""

import re
from contextlib import suppress

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from corpus.readers.parsing.charsets import detect

BROKEN_SHARE = 10
"""UTF-8 it still is where so many characters beyond ASCII are whole for each that is broken."""

_TAGS = re.compile(rb"<[^<>]*>")
"""They are ASCII, and tell nothing of an encoding."""
_NOT_FOR_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})


def decode_page(page: bytes) -> str | None:
    """The page's text: by its byte order mark, as UTF-8, as declared, or by its letters; else None."""
    charset, mark = read_bom(page)
    if charset and mark:
        return page[len(mark) :].decode(charset, errors="replace")
    declared = _for_pages(html_body_declared_encoding(page))
    # ISO-2022-JP is all ASCII bytes and so would pass for UTF-8.
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
    """Python's name of the charset that browsers take for this one, if it is one for pages."""
    return _for_pages(resolve_encoding(name)) if name else None


def _for_pages(name: str | None) -> str | None:
    """Also without codecs that are none of characters, like hex or zlib."""
    try:
        " ".encode(name or "undefined")
    except (LookupError, ValueError):
        return None
    return None if name in _NOT_FOR_PAGES else name
