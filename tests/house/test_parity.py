"""docs/parity.md, held to the tests that it names, and the contract suite to both platforms."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.named import names_in

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "parity.md").read_text(encoding="utf-8")
SUITE = ROOT / "tests" / "bot" / "platforms"
FIXTURES = {"platform", "listening", "server", "loaded"}
"""Those that are each platform in turn, the last with a crowd on it."""

_ROW = re.compile(r"^\| ((?:Discord|Slack): [^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_NAMED = re.compile(r"`(tests/bot/(discord|slack)/(?:\w+/)?test_\w+\.py)(?:::(\w+))?`")

ROWS = {row[1]: (row[2], row[3]) for row in _ROW.finditer(PAGE)}


@pytest.mark.parametrize("difference", ROWS)
def test_what_one_platform_alone_has_says_why_and_is_proved_there(difference: str) -> None:
    why, cell = ROWS[difference]
    assert why.strip()
    named = _NAMED.findall(cell)
    assert named, cell
    assert _NAMED.sub("", cell).replace("<br>", "").strip() == ""
    for file, platform, name in named:
        assert platform == difference.partition(":")[0].lower()
        assert not name or name in names_in(ROOT / file), f"{file}::{name}"


def test_every_line_of_the_tables_is_a_difference() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("|")]
    assert len(lines) == len(ROWS) + 2 * PAGE.count("\n## ")
    assert len(ROWS) > 10


@pytest.mark.parametrize("path", sorted(SUITE.glob("test_*.py")), ids=lambda path: path.stem)
def test_a_test_of_the_suite_runs_on_both_platforms(path: Path) -> None:
    """Each takes the platform that the suite hands it, and asks no platform for its name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tests = [one for one in ast.walk(tree) if isinstance(one, ast.AsyncFunctionDef | ast.FunctionDef)]
    for test in tests:
        if test.name.startswith("test_"):
            assert FIXTURES & {argument.arg for argument in test.args.args}, test.name
    compared = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    assert not [node for node in compared if "name" in ast.unparse(node) and "'discord'" in ast.unparse(node)]
