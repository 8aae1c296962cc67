"""docs/parity.md, held to the tests that it names."""

import re
from pathlib import Path

import pytest

from tests.house.named import names_in

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs" / "parity.md").read_text(encoding="utf-8")
FOLDERS = (ROOT / "tests" / "bot" / "discord", ROOT / "tests" / "bot" / "slack")
"""Of the columns, in their order."""

_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_NAMED = re.compile(r"`((?:\w+/)?test_\w+\.py)::([\w:]+)`")

ROWS = {row[1]: (row[2], row[3]) for row in _ROW.finditer(TABLE)}


@pytest.mark.parametrize("feature", ROWS)
def test_a_feature_is_proved_on_both_platforms(feature: str) -> None:
    for folder, cell in zip(FOLDERS, ROWS[feature], strict=True):
        named = _NAMED.findall(cell)
        assert named, cell
        assert _NAMED.sub("", cell).replace("<br>", "").strip() == ""
        for file, name in named:
            assert name in names_in(folder / file), f"{file}::{name}"


def test_every_line_of_the_tables_is_a_feature() -> None:
    lines = [line for line in TABLE.splitlines() if line.startswith("|")]
    tables = TABLE.count("\n## ")
    assert len(lines) == len(ROWS) + 2 * tables
    assert len(ROWS) > 50
