"""The scripts that are parsed differently."""

import unicodedata

from corpus.lazy_pattern import lazy_pattern

EAST_LETTERS = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Kana, Chinese characters and Hangul, for a character class of a pattern."""
EAST = lazy_pattern(rf"[{EAST_LETTERS}]")
"""A Korean or Japanese letter."""

_FULL_WIDTH = lazy_pattern("[\uff01-\uff5e\u3000]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_MARKS = range(0x300, 0x370)
_ACCENTED = range(0xC0, 0x180)
_PLAIN = dict.fromkeys(_MARKS, "") | {
    code: plain
    for code in _ACCENTED
    if (plain := unicodedata.normalize("NFD", chr(code))[0]) != chr(code) and plain.isascii()
}


def half_width(text: str) -> str:
    """The text with full-width letters, digits and marks replaced by ASCII ones, at the same positions."""
    return text if text.isascii() or not _FULL_WIDTH.search(text) else text.translate(_HALF_WIDTH)


def folded(text: str) -> str:
    """The text in lower case, also with "i", "s" and "k" for the four other letters that match these where a
    pattern ignores case. So what is not in it doesn't match either."""
    lowered = text.lower()
    return lowered if text.isascii() else lowered.replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")


def without_accents(text: str) -> str:
    """The text with a plain letter for each accented Latin one, and without combining marks: “Pelé” is
    “Pele”. Letters of their own ("ø", "ß") stay."""
    return text if text.isascii() else text.translate(_PLAIN)
