"""The same words in two articles: agency reports that several outlets carry."""

import math
import re
from collections.abc import Sequence
from functools import cached_property

from retrieval.collection.passage import Passage
from retrieval.text.quantities import quantities
from retrieval.text.scripts import half_width

SHINGLE = 5
"""Words; runs of five are shared by copies and hardly by others. A text of fewer words is one run."""
CONTAINMENT = 0.8
"""Share of the shorter passage's runs that the longer one must hold. Copies of one report have a median
of 0.77 over whole articles and near 1 over a passage; unrelated texts reached 0.27. What customers make of a
report is joined in 0.84 of 776 cases; with 0.7 in 0.87, with 0.5 in 0.92 (`benchmarks/stories.py`), but a
passage that stands for another must say all that it says."""

_WORD = re.compile(r"\w+")
_MARKS = "’‘“”–—…"
"""What most texts have besides ASCII: no letters of words."""
_BYTES = bytes(code if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(128)).lower()
_BYTES = _BYTES.ljust(256)
"""For each byte of a text in ASCII the small letter, or a space where it is of no word."""
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


class Copies:
    """Which of some passages are copies of one text, asked by their places; each is read once."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Nothing is read yet."""
        self._passages = passages
        self._read: dict[int, _Words] = {}
        self._told: dict[tuple[int, int], bool] = {}

    def __call__(self, first: int, second: int) -> bool:
        """Whether two passages of different articles have the same words, and no number of the shorter one is
        missing in the longer one, in digits or spelt: a later report with another number of dead says
        something else."""
        asked = first, second
        if asked not in self._told:
            one, other = (self._passages[place].article for place in asked)
            apart = one is not other and (one.collection, one.id) != (other.collection, other.id)
            self._told[asked] = apart and _same(self._words(first), self._words(second))
        return self._told[asked]

    def _words(self, place: int) -> "_Words":
        if place not in self._read:
            self._read[place] = _Words(self._passages[place].text)
        return self._read[place]


def same_words(first: Passage, second: Passage) -> bool:
    """Whether two passages are copies of one text (`Copies`)."""
    return Copies((first, second))(0, 1)


class _Words:
    """The words of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _words(text)
        self.different = frozenset(self.words)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        if len(self.words) < SHINGLE:
            return frozenset([tuple(self.words)] if self.words else ())
        return frozenset(zip(*(self.words[at:] for at in range(SHINGLE)), strict=False))

    @cached_property
    def numbers(self) -> frozenset[str]:
        plain = half_width(self.text)
        return frozenset(_NUMBER.findall(plain)) | {one.value for one in quantities(plain)}

    @cached_property
    def least(self) -> int:
        """How many of its different words a text has at least that has so many of its runs. Each that it
        lacks begins a run that it lacks, but for the last ones, which begin none."""
        lacking = math.ceil((1 - CONTAINMENT) * max(len(self.words) - SHINGLE + 1, 1)) + SHINGLE - 1
        return len(self.different) - lacking


def _same(one: _Words, other: _Words) -> bool:
    # Most are told apart by their words alone, which takes a tenth of the time.
    if len(one.different & other.different) < min(one.least, other.least):
        return False
    shorter, longer = sorted((one, other), key=lambda text: len(text.runs))
    held = bool(shorter.runs) and len(shorter.runs & longer.runs) >= CONTAINMENT * len(shorter.runs)
    return held and shorter.numbers <= longer.numbers


def _words(text: str) -> list[str]:
    """The words of a text in small letters, in order."""
    for mark in _MARKS:
        text = text.replace(mark, " ")
    if text.isascii():  # the same words in a fourth of the time
        return text.encode().translate(_BYTES).decode().split()
    return _WORD.findall(half_width(text).lower())
