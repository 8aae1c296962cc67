"""Modules compile no pattern when they are imported, and every pattern of theirs can be compiled."""

import ast
import gc
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.lazy_pattern import LazyPattern

ROOT = Path(__file__).parents[2]
FILES = [
    path for package in ("bot", "retrieval", "corpus") for path in sorted((ROOT / package).rglob("*.py"))
]


def eager(text: str) -> list[int]:
    """The lines on which a module calls `re.compile` when it is imported."""
    return sorted(
        node.lineno for node in _run(ast.parse(text)) if isinstance(node, ast.Call) and _compiles(node)
    )


def _run(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs when the module is imported: all but what is inside functions."""
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _run(child)


def _compiles(node: ast.Call) -> bool:
    return ast.unparse(node.func) == "re.compile"


def test_no_module_compiles_a_pattern_when_it_is_imported() -> None:
    assert len(FILES) > 500
    found = [f"{path.relative_to(ROOT)}:{line}" for path in FILES for line in eager(path.read_text())]
    assert found == [], "use corpus.lazy_pattern"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("import re\nA = re.compile('a')\n", [2]),
        ("import re\nA = (1, {'a': [re.compile('a')]})\n", [2]),
        ("import re\nclass A:\n    a = re.compile('a')\n", [3]),
        ("import re\ndef a():\n    return re.compile('a')\n", []),
        ("from corpus.lazy_pattern import lazy_pattern\nA = lazy_pattern('a')\n", []),
    ],
)
def test_what_compiles_a_pattern_at_once_is_found(text: str, lines: list[int]) -> None:
    assert eager(text) == lines


def test_every_pattern_can_be_compiled() -> None:
    for path in FILES:
        if "import lazy_pattern" in path.read_text():
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    # Not isinstance, which would ask PyTorch's deprecated names for their class, and they warn.
    patterns = [one for one in gc.get_objects() if type(one) is LazyPattern]
    assert len(patterns) > 500
    for pattern in patterns:
        assert pattern.flags is not None, pattern.pattern
