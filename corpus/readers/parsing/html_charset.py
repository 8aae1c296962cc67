"""The characters of a page, whatever it says about its bytes."""

import codecs
import re
from contextlib import suppress

SEARCHED = 4096
"""Bytes from the start in which a page may declare its charset; browsers look at 1,024."""
BROKEN_SHARE = 10
"""UTF-8 it still is where so many characters beyond ASCII are whole for each that is broken."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]{2,40})""",
    re.IGNORECASE,
)
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
}
"""The wider charset that browsers take for a declared one; pages rely on it."""
_NOT_FOR_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})


def decode_page(page: bytes) -> str | None:
    """The page's text: by its byte order mark, as UTF-8, or as declared; None where none of these fits."""
    for mark, charset in _MARKS:
        if page.startswith(mark):
            return page[len(mark) :].decode(charset, errors="replace")
    declared = declared_charset(page)
    # ISO-2022-JP is all ASCII bytes and so would pass for UTF-8.
    for name in ("iso2022_jp", "utf-8") if declared == "iso2022_jp" else ("utf-8", declared):
        with suppress(UnicodeDecodeError):
            if name:
                return page.decode(name)
    text = page.decode("utf-8", errors="replace")
    whole = sum(character > "\x7f" for character in text) - text.count("\ufffd")
    return text if whole > BROKEN_SHARE * text.count("\ufffd") else None


def declared_charset(page: bytes) -> str | None:
    """Python's name of the charset in the page's first declaration, if it is one for pages."""
    found = _DECLARED.search(page[:SEARCHED])
    if not found:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
        " ".encode(name)  # refuses what is no text encoding, like hex or zlib
    except (LookupError, ValueError):
        return None
    return None if name in _NOT_FOR_PAGES else _AS_BROWSERS_DO.get(name, name)
