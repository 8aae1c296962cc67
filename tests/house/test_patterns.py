"""Modules compile no pattern when they are imported, and every pattern of theirs can be compiled."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN_BY_ALEMBIC = ROOT / "corpus/storage/sql/environment"
"""Files that can't be imported."""
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for package in ("bot", "retrieval", "corpus")
    for path in sorted((ROOT / package).rglob("*.py"))
    if path.stem != "__init__" and not path.is_relative_to(RUN_BY_ALEMBIC)
]
IMPORT = """
import gc, importlib, json, re, sys
from pathlib import Path

root, *modules = sys.argv[1:]
eager, compiled = [], re._compile

def watched(pattern, flags):
    frame = sys._getframe(1)
    while frame.f_globals["__name__"] in ("re", "functools", "corpus.lazy_pattern"):
        frame = frame.f_back
    path = Path(frame.f_code.co_filename)
    if path.is_relative_to(root) and ".venv" not in path.parts:
        eager.append(f"{path.relative_to(root)}:{frame.f_lineno}")
    return compiled(pattern, flags)

re._compile = watched
sys.path.insert(0, root)
for module in modules:
    importlib.import_module(module)
re._compile = compiled

from corpus.lazy_pattern import LazyPattern

# Not isinstance, which would ask PyTorch's deprecated names for their class, and they warn.
patterns = [one for one in gc.get_objects() if type(one) is LazyPattern]
wrong = []
for one in patterns:
    try:
        one.flags
    except re.error as error:
        wrong.append(f"{one.pattern}: {error}")
print(json.dumps([eager, len(patterns), wrong]))
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing modules shows: the lines that had a pattern compiled meanwhile, the number of lazy
    patterns, and those that can't be compiled."""

    eager: list[str]
    patterns: int
    wrong: list[str]


def imported(root: Path, modules: Sequence[str]) -> Imported:
    """Import these modules below a folder, in a process of its own."""
    command = [sys.executable, "-c", IMPORT, str(root), *modules]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Imported(*json.loads(done.stdout))


def test_no_module_compiles_a_pattern_when_it_is_imported_and_all_can_be_compiled() -> None:
    assert len(MODULES) > 500
    found = imported(ROOT, MODULES)
    assert found.eager == [], "use corpus.lazy_pattern"
    assert found.wrong == []
    assert found.patterns > 500


def test_what_can_not_be_imported_compiles_none() -> None:
    files = list(RUN_BY_ALEMBIC.rglob("*.py"))
    assert files
    assert [path.name for path in files if "re.compile" in path.read_text()] == []


SAMPLES = {
    "plain": ("import re\nA = re.compile('a')\n", [2]),
    "nested": ("import re\nA = (1, {'a': [re.compile('b')]})\n", [2]),
    "of_a_class": ("import re\nclass A:\n    a = re.compile('c')\n", [3]),
    "default": ("import re\ndef a(b=re.compile('d')):\n    return b\n", [2]),
    "renamed": ("from re import compile as made\nA = made('e')\n", [2]),
    "called": ("import re\ndef a():\n    return re.compile('f')\nA = a()\n", [3]),
    "replaced": ("import re\nA = re.sub('g', '', 'g')\n", [2]),
    "used": ("from corpus.lazy_pattern import lazy_pattern\nA = lazy_pattern('h').match('h')\n", [2]),
    "uncalled": ("import re\ndef a():\n    return re.compile('i')\n", []),
    "lazy": ("from corpus.lazy_pattern import lazy_pattern\nA = lazy_pattern('j')\n", []),
    "wrong": ("from corpus.lazy_pattern import lazy_pattern\nA = lazy_pattern('(')\n", []),
}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """What importing all SAMPLES shows."""
    folder = tmp_path_factory.mktemp("samples")
    for name, (text, _) in SAMPLES.items():
        (folder / f"sample_{name}.py").write_text(text)
    return imported(folder, [f"sample_{name}" for name in SAMPLES])


@pytest.mark.parametrize("name", SAMPLES)
def test_what_compiles_a_pattern_at_once_is_found(samples: Imported, name: str) -> None:
    lines = [int(one.partition(":")[2]) for one in samples.eager if one.startswith(f"sample_{name}.py:")]
    assert lines == SAMPLES[name][1]


def test_a_pattern_that_can_not_be_compiled_is_found(samples: Imported) -> None:
    assert samples.wrong == ["(: missing ), unterminated subpattern at position 0"]
