"""Latin letters without their accents."""

import unicodedata

_MARKS = range(0x300, 0x370)
_ACCENTED = range(0xC0, 0x180)
_PLAIN = dict.fromkeys(_MARKS, "") | {
    code: plain
    for code in _ACCENTED
    if (plain := unicodedata.normalize("NFD", chr(code))[0]) != chr(code) and plain.isascii()
}


def without_accents(text: str) -> str:
    """The text with a plain letter for each accented Latin one, and without combining marks: “Pelé” is
    “Pele”. Letters of their own ("ø", "ß") stay."""
    return text if text.isascii() else text.translate(_PLAIN)
