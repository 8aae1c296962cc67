"""What strangers write is read in steps that grow with its length, and not with its square.

Nothing is timed: what is counted are the interpreter's own steps in our code, and the characters that it cuts
out of the text. `benchmarks/scaling.py` measures the time, in which the patterns' own steps are too.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, SupportsIndex

import pytest

from benchmarks.scaling import Reader, readers, text_of

LENGTH = 500
"""Characters of the shorter text; the longer one has TIMES as many. In 250 the pieces that are taken away at
each end are not yet as many as they may be."""
TIMES = 4
SLACK = 1.4
"""Times more than the length that the steps may grow; with the square they would four times more."""
TRIED = 25
"""Fillers of each reader, spread evenly over all that its patterns know: each takes some hundredths."""
OURS = tuple(str(Path(__file__).parents[2] / room) for room in ("bot", "corpus", "retrieval"))

READERS = readers()


class Steps:
    """How much was done."""

    def __init__(self) -> None:
        self.count = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """What happens inside is counted."""
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(before)

    def _enter(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        if not frame.f_code.co_filename.startswith(OURS):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return self._step

    def _step(self, _frame: FrameType, event: str, _argument: Any) -> Any:
        self.count += event == "opcode"
        return self._step


class Told(str):
    """A text that tells how many of its characters are cut out of it."""

    __slots__ = ("steps",)
    steps: Steps

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        piece = super().__getitem__(key)
        self.steps.count += len(piece)
        return piece


def steps(reader: Reader, text: str) -> int:
    told, done = Told(text), Steps()
    told.steps = done
    with done.counted():
        reader.read(told)
    return done.count


def chosen(reader: Reader) -> list[str]:
    found = reader.fillers()
    return found[:: max(len(found) // TRIED, 1)]


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_takes_about_four_times_the_steps(name: str) -> None:
    reader = READERS[name]
    for filler in chosen(reader):
        grown = {length: steps(reader, text_of(filler, length)) for length in (LENGTH, TIMES * LENGTH)}
        assert grown[TIMES * LENGTH] <= SLACK * TIMES * max(grown[LENGTH], LENGTH), filler


@pytest.mark.parametrize(
    "filler", ["3월 ", "3月", "2025년 ", "매주 월요일 ", "1일까지 ", "지난 3일간 ", "오늘"]
)
@pytest.mark.parametrize("name", ["dates", "question", "question before"])
def test_a_question_of_nothing_but_dates_is_read_in_steps_of_its_length(name: str, filler: str) -> None:
    reader = READERS[name]
    grown = [steps(reader, text_of(filler, length)) for length in (LENGTH, TIMES * LENGTH)]
    assert grown[1] <= SLACK * TIMES * grown[0]
