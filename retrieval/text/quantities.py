"""Numbers in a text, with their units: "1,200 jobs", "$3 billion", "5 %", "12명", "3億円"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.scripts import EAST_LETTERS, half_width

_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "천": 1e3,
    "千": 1e3,
    "만": 1e4,
    "万": 1e4,
    "억": 1e8,
    "億": 1e8,
    "조": 1e12,
    "兆": 1e12,
}
_TEENS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: number for number, word in enumerate(_TEENS, 2)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
NUMBER_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|once|twice"
    r"|several|all|both|none"
)
"""A pattern of the English words that express a number or amount."""
_DIGITS = lazy_pattern(r"\d+")
_QUANTITY = lazy_pattern(
    r"(?<![A-Za-z0-9_.,:/–-])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?![\d:/]|[.,]\d|[-–]\d|(?:st|nd|rd|th)\b)"
    r"(?: ?-?(?P<scale>hundred|thousand|million|billion|trillion|(?:bn|mn|tn|m|k)\b|[천千만万억億조兆]))?"
    rf"(?:(?P<percent> ?%|[ -]per ?cent)|[ -]?(?P<unit>[a-z]+\b)| ?(?P<east>[{EAST_LETTERS}]))?",
    re.IGNORECASE,
)
_SPELT = lazy_pattern(
    r"\b(?P<word>[TtFfSsEeNn](?:wo|hree|our|ive|ix|even|ight|ine|en|leven|welve|hirteen|ourteen|ifteen|ixteen"
    r"|eventeen|ighteen|ineteen|wenty|hirty|orty|ifty|ixty|eventy|ighty|inety))[ -](?P<unit>[A-Za-z]+)\b"
)
_SIGNS = "$£€¥₩"
_GLUED = frozenset("km m cm mm mi ft kg g lb lbs mph kph kmh GB MB TB MW GW kW am pm".split())
"""Units that may directly follow the digits; other letters there form a name with them: 5G, 4K, 3D."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `text[start:end]`. `value` is normalised, so that equal numbers are equal however they are
    written. `unit` is what is counted, singular and in lower case: `job`, `%`, `$`, `명`; empty if there is
    none."""

    start: int
    end: int
    value: str
    unit: str


def quantities(text: str, *, spelt: bool = True) -> Iterator[Quantity]:
    """The numbers of a text; with `spelt` also words from "two" to "ninety" that precede a noun."""
    plain = half_width(text)
    for digits in _DIGITS.finditer(plain):
        if (found := _QUANTITY.match(plain, digits.start())) and (one := _quantity(plain, found)):
            yield one
    for found in _SPELT.finditer(plain) if spelt else ():
        if number := _WORDS.get(found["word"].lower()):
            yield Quantity(found.start(), found.end(), str(number), singular(found["unit"].lower()))


def _quantity(text: str, found: re.Match[str]) -> Quantity | None:
    start, end, unit = found.start(), found.end(), found["unit"] or ""
    if unit and text[found.start("unit") - 1].isdecimal() and unit not in _GLUED:
        return None
    unit = unit.lower()
    sign = next((at for at in (start - 1, start - 2) if at >= 0 and text[at] in _SIGNS), start)
    if sign < start and not text[sign + 1 : start].strip():
        start, unit, end = sign, text[sign], _before(found)
    elif found["percent"]:
        unit = "%"
    elif unit in STOP_WORDS:
        unit, end = "", _before(found)
    number = float(found["digits"].replace(",", "")) * _SCALES.get((found["scale"] or "").lower(), 1)
    return Quantity(start, end, f"{number:.12g}", found["east"] or singular(unit))


def _before(found: re.Match[str]) -> int:
    """The end of a number without the word after it."""
    return found.end("scale") if found["scale"] else found.end("digits")


def singular(noun: str) -> str:
    """A regular English plural without its ending."""
    return noun[:-1] if len(noun) > 3 and noun.endswith("s") and not noun.endswith("ss") else noun
