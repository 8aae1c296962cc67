"""DESIGN.md, held to the tree: every file that it names is there, and no kind of change touches many."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DESIGN = (ROOT / "DESIGN.md").read_text(encoding="utf-8")
KINDS_AT_LEAST = 12
FILES_AT_MOST = 4

_SECTION = re.compile(r"^## Where do I change …\?$(.*?)^## ", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_PATH = re.compile(r"`([\w.-]+(?:/[\w.<>-]+)+/?)`")
_NEW = re.compile(r"<\w+>")


def changes(page: str) -> dict[str, list[str]]:
    """Each kind of change with the files that it touches; `<new>` stands for a file that is added."""
    (section,) = _SECTION.findall(page)
    rows = [row for row in _ROW.findall(section) if not set(row[1]) <= set("- ")]
    return {kind: _PATH.findall(files) for kind, files in rows[1:]}


CHANGES = changes(DESIGN)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_kind_of_change_touches_few_files_and_all_are_there(kind: str) -> None:
    files = CHANGES[kind]
    assert 1 <= len(files) <= FILES_AT_MOST
    for file in files:
        there = Path(_NEW.split(file)[0])
        assert (ROOT / there).exists(), file


def test_every_file_that_the_page_names_is_there() -> None:
    ours = ("bot", "corpus", "retrieval", "tests", "tools")
    assert len(CHANGES) >= KINDS_AT_LEAST
    named = {path for path in _PATH.findall(DESIGN) if path.split("/")[0] in ours}
    assert len(named) > 30
    assert [path for path in sorted(named) if not (ROOT / _NEW.split(path)[0]).exists()] == []


def test_a_file_that_is_not_there_would_be_seen() -> None:
    rows = "| to change | look at |\n|---|---|\n| a thing | `bot/none.py` |"
    page = f"## Where do I change …?\n\n{rows}\n\n## Next\n"
    assert changes(page) == {"a thing": ["bot/none.py"]}
    assert not (ROOT / "bot/none.py").exists()
