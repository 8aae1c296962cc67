"""Decodes text files that do not declare their encoding."""

import codecs
import unicodedata
from dataclasses import dataclass

from corpus.lazy_pattern import lazy_pattern

SAMPLE = 256 * 1024
"""The first bytes, from which the encoding is detected."""
MIN_FOREIGN = 8
"""The least non-ASCII letters from which a non-Latin script is detected."""
MIN_SHARE = 0.8
"""The least share of the non-ASCII letters that must be of the encoding's script."""
MIN_KANA_SHARE = 0.05
"""The least share of kana in Japanese; news has a third, and other languages have none."""
MAX_CHAOS = 0.1
"""The most of charset-normalizer's measure of disorder, from 0 to 1; correctly decoded texts have less."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac OS Roman",
    "iso8859_15": "ISO 8859-15",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1257": "Windows-1257",
    "koi8_r": "KOI8-R",
    "cp932": "Shift JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "gb18030": "GB 18030",
    "big5": "Big5",
}
"""The encodings that are detected, those of news before UTF-8, with their common names."""
_SCRIPTS = {
    "cp1251": "CYRILLIC",
    "koi8_r": "CYRILLIC",
    "cp1253": "GREEK",
    "cp949": "HANGUL SYLLABLE",
    "gb18030": "CJK UNIFIED",
    "big5": "CJK UNIFIED",
}
_LATIN = ("cp1252", "iso8859_15", "cp1250", "cp1254", "cp1257")
_JAPANESE = ("cp932", "euc_jp")
_ISO_2022_JP = lazy_pattern(rb"\x1b(?:\$[@B]|\([BJ])")
_BROKEN_UTF8 = lazy_pattern(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Surrogates encoded as UTF-8, as some programs write them: not an encoding of its own."""
_UTF8_SIGN = lazy_pattern(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_KANA = lazy_pattern(r"[\u3041-\u30ff]")
_LATIN_9 = lazy_pattern(r"[¼½¾]\w|¤")
"""Characters of Windows-1252 at the bytes where ISO 8859-15 has œ, Œ, Ÿ and the euro sign."""
_HALF_KANA = lazy_pattern(r"[\uff61-\uff9f]")


_MACINTOSH = lazy_pattern(rb"(?<=[A-Za-z])[\x81-\x84\x86-\x90\x98-\x9f](?=[A-Za-z .,])")
"""Accented small letters in Mac OS Roman, within words; in the Windows encodings most of these bytes are
symbols or capitals."""
_ACCENTS = lazy_pattern(rb"[\xe0-\xff]")
"""The bytes of the same letters in the Windows encodings."""
MIN_MACINTOSH = 3
"""The least number of such letters, and the least ratio of them to the Windows ones."""
MIN_NUL_SHARE = 0.3
"""The least share of zeros among every second byte for UTF-16; nearly all are zero in Latin text."""


class UnknownEncoding(ValueError):
    """Bytes that are not UTF-8 and whose encoding can't be detected; `start` is the first invalid byte."""

    def __init__(self, start: int) -> None:
        super().__init__(f"not UTF-8 (byte {start})")
        self.start = start


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the name of its encoding if that was detected."""

    text: str
    detected: str | None = None


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text, decoded by its byte order mark, in the given encoding, as UTF-8, or in the detected encoding,
    in this order. Raises UnknownEncoding."""
    if marked := marked_encoding(data):
        return Decoded(_strict(data, marked).removeprefix("\ufeff"))
    if encoding:
        return Decoded(_strict(data, encoding))
    if unmarked := _utf16_without_mark(data[:SAMPLE]):
        return Decoded(_strict(data, unmarked), "UTF-16")
    if _ISO_2022_JP.search(data[:SAMPLE]):  # it has only ASCII bytes, so it would be valid UTF-8
        try:
            return Decoded(data.decode("iso2022_jp"), "ISO-2022-JP")
        except UnicodeDecodeError:
            pass
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError as error:
        found = detect(data)
        if found is None:
            raise UnknownEncoding(error.start) from error
        try:
            return Decoded(data.decode(found), name_of(found))
        except UnicodeDecodeError:  # invalid beyond the sample
            raise UnknownEncoding(error.start) from error


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark declares; None without one."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def name_of(encoding: str) -> str:
    """The common name of an encoding."""
    return _NAMES.get(encoding, encoding)


def detect(data: bytes) -> str | None:
    """The encoding of bytes that are not UTF-8, from the letters that it gives; None if that is uncertain."""
    sample = data[:SAMPLE]
    if _BROKEN_UTF8.search(sample) or _is_mostly_utf8(sample) or b"\0" in sample:
        return None
    if _is_macintosh(sample):
        return "mac_roman"
    from charset_normalizer import from_bytes  # takes 0.1 s, and few files need it

    found = {
        one.encoding: one
        for one in from_bytes(sample, cp_isolation=[*_SCRIPTS, *_LATIN, *_JAPANESE], threshold=MAX_CHAOS)
    }
    likely = {name: str(one) for name, one in found.items() if _is_likely(name, str(one))}
    if not likely:
        return None
    if any(name in likely for name in _JAPANESE):  # kana are no accident and rule out all others
        likely = {name: text for name, text in likely.items() if name in _JAPANESE}
    best = min(likely, key=lambda name: (found[name].chaos, -found[name].coherence))
    alike = [
        name
        for name in likely
        if (found[name].chaos, found[name].coherence) == (found[best].chaos, found[best].coherence)
    ]
    western = _in_western(sample)
    if best in _LATIN and western is not None and (likely[best] == western or "cp1252" in alike):
        return "iso8859_15" if _LATIN_9.search(western) else "cp1252"
    texts = {likely[name] for name in alike}
    return best if len(texts) == 1 else None


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark, as some programs write it, detected by its zero bytes."""
    zeros = [sample[place::2].count(0) for place in (0, 1)]
    if max(zeros) < MIN_NUL_SHARE * len(sample) / 2 or min(zeros) > max(zeros) / 10 or len(sample) < 4:
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _is_macintosh(sample: bytes) -> bool:
    found = len(_MACINTOSH.findall(sample))
    return found >= MIN_MACINTOSH and found > MIN_MACINTOSH * len(_ACCENTS.findall(sample))


def _is_likely(encoding: str, text: str) -> bool:
    """Whether the non-ASCII letters are those that the encoding is meant for."""
    foreign = [character for character in text if character > "\x7f" and character.isalpha()]
    if encoding in _LATIN:
        return all(unicodedata.name(character, "").startswith("LATIN") for character in foreign)
    if len(foreign) < MIN_FOREIGN or any("\x80" <= character < "\xa0" for character in text):
        return False
    kana = len(_KANA.findall(text)) / len(foreign)
    if encoding in _JAPANESE:
        return kana >= MIN_KANA_SHARE and not _HALF_KANA.search(text)
    script = _SCRIPTS[encoding]
    share = sum(unicodedata.name(character, "").startswith(script) for character in foreign) / len(foreign)
    return share >= MIN_SHARE and kana < MIN_KANA_SHARE


def _in_western(sample: bytes) -> str | None:
    try:
        return sample.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether most non-ASCII bytes form valid UTF-8 characters: the file is damaged UTF-8."""
    whole = _UTF8_SIGN.findall(sample)
    beyond = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    return sum(map(len, whole)) * 2 > beyond


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(error.start) from error
