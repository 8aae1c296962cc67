"""No pattern takes exponential time: nothing that a pattern may repeat can match one text in two ways.

If it can (`(?:him|her|him)*`, `(?:x+ ?)*`), every repetition of the text doubles the time that a failed match
takes, and forty of them never end. So each repeated part of each pattern gets each text that it matches forty
times, followed by what it does not match. What counts is the processor's time and not the clock's, so that a
busy machine changes nothing.

Not shown: two ways that only a row of different words has, time that grows with the square of the length, for
which there is `benchmarks/scaling.py`, and patterns of bytes or that functions make when they are called.
"""

import json
import signal
import subprocess
import sys

import pytest

from tests.house.test_patterns import MODULES, ROOT

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer of processor time")

TIMES = 40
"""The repetitions: 2**40 ways take days, while a linear pattern needs microseconds, and one whose time grows
with the square not a thousandth of SECONDS."""
SECONDS = 1.0
"""The most processor time for the texts of one piece, of which most take some microseconds."""
TRY = """
import gc, importlib, json, signal, sys

sys.path.insert(0, sys.argv[1])
times, seconds, given, *modules = int(sys.argv[2]), float(sys.argv[3]), json.loads(sys.argv[4]), *sys.argv[5:]
for module in modules:
    importlib.import_module(module)

from benchmarks.fillers import repeated_parts
from corpus.lazy_pattern import LazyPattern

def late(*_):
    raise TimeoutError

signal.signal(signal.SIGVTALRM, late)
patterns = {(one.pattern, one._flags) for one in gc.get_objects() if type(one) is LazyPattern}
patterns |= {(one, 0) for one in given}
parts, slow = {}, []
for pattern, flags in sorted(one for one in patterns if isinstance(one[0], str)):
    for part, pieces in repeated_parts(pattern, flags):
        parts.update({(part.flags, piece, str(pieces)): (part, pattern) for piece in pieces})
for (_, piece, _), (part, pattern) in parts.items():
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        for separator in ("", " "):
            for end in ("\\x01", "qzx"):
                part.fullmatch((piece + separator) * times + end)
    except TimeoutError:
        slow.append([piece, pattern])
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
print(json.dumps([len(parts), slow]))
"""


def tried(*patterns: str, modules: list[str]) -> tuple[int, list[list[str]]]:
    """How many pieces were repeated, and those that took too long, each with its pattern."""
    command = [sys.executable, "-c", TRY, str(ROOT), str(TIMES), str(SECONDS), json.dumps(patterns), *modules]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    count, slow = json.loads(done.stdout)
    return count, slow


def test_no_repeated_part_of_a_pattern_matches_a_text_in_two_ways() -> None:
    count, slow = tried(modules=MODULES)
    assert slow == []
    assert count > 5000


@pytest.mark.parametrize(
    ("pattern", "piece"),
    [
        (r"(?:(?:him|her|it|him) ?)+", "him "),
        (r"asks (?:[^\w]|\b(?:up|check|see|check)\b)*!", "check"),
        (r"(?:要約|(?:[一二](?:文|言)で|短く|一言で)*)して", "一言で"),
        (r"(?i:a(?:\w+ ?)*b)", "x"),
        (r"(?:x|(?=(?:y|y){0,30}z))", "y"),
        (r"(?:anyone|any|one){3,}", "anyone"),
    ],
)
def test_one_that_does_is_found(pattern: str, piece: str) -> None:
    _, slow = tried(pattern, modules=[])
    assert [piece, pattern] in slow


@pytest.mark.parametrize(
    "pattern",
    [r"(?:him|her) him", r"(?:(?:him|hims) )+", r"(?:a|a){0,3}b", r"(?:\s+\w+)*", r"(?>him|him)*"],
)
def test_others_are_not(pattern: str) -> None:
    assert tried(pattern, modules=[])[1] == []
