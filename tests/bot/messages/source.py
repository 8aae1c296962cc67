"""What the code says and what it could say: the catalogue's keys as they stand in the source."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BOT = Path(__file__).parents[3] / "bot"
SPEAKERS = frozenset({"words", "messages", "public", "self", "Refusal", "_ENGLISH"})
"""Whatever is called to say a message, by its name."""
ATTRIBUTES = frozenset({"messages", "public", "_messages"})
"""The same as an attribute; other methods of those names are something else."""


@dataclass(frozen=True, slots=True)
class Said:
    """One call that says a message: `keys` are patterns of its key, `values` the names that it gives, None
    where they can't be read off."""

    where: str
    keys: tuple[str, ...]
    values: frozenset[str] | None


@cache
def nodes(folder: Path) -> tuple[tuple[str, ast.AST], ...]:
    """Whatever may say a message in the files of a folder, each with its file: calls and texts."""
    return tuple(
        (str(path.relative_to(folder)), node)
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Constant | ast.JoinedStr)
    )


def spoken() -> Iterator[Said]:
    """Every call that says a message whose key stands in it."""
    for name, node in nodes(BOT):
        if not (isinstance(node, ast.Call) and node.args and _speaks(node.func)):
            continue
        keys = tuple(_patterns(node.args[0]))
        if keys:
            given = [keyword.arg for keyword in node.keywords]
            whole = frozenset(arg for arg in given if arg) if None not in given else None
            yield Said(f"{name}:{node.lineno}", keys, whole)


@cache
def written() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every text constant of the code, and every f-string as a pattern."""
    constants, patterns = set(), set()
    for _, node in nodes(BOT):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            constants.add(node.value)
        elif isinstance(node, ast.JoinedStr) and re.match(r"[a-z-]{3}", pattern := _joined(node)):
            patterns.add(pattern)
    return frozenset(constants), tuple(map(re.compile, sorted(patterns)))


def is_written(key: str) -> bool:
    """Whether the code can come up with the key: it stands there, or is put together there."""
    constants, patterns = written()
    if key in constants or any(pattern.fullmatch(key) for pattern in patterns):
        return True
    endings = {key[at:] for at, sign in enumerate(key) if sign == "-"} & constants
    return any(is_written(key.removesuffix(ending)) for ending in endings)


def first_arguments(function: str) -> frozenset[str]:
    """The texts that the code, retrieval's too, calls a function of that name with."""
    found = set()
    for _, node in (*nodes(BOT), *nodes(BOT.with_name("retrieval"))):
        if isinstance(node, ast.Call) and node.args and _name(node.func) == function:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return frozenset(found)


def _speaks(function: ast.expr) -> bool:
    if isinstance(function, ast.Call):  # `self._front.say(interaction)("broken", …)`
        return _name(function.func).startswith("say")
    if isinstance(function, ast.Attribute):  # `request.messages("broken", …)`
        return function.attr in ATTRIBUTES
    return isinstance(function, ast.Name) and function.id in SPEAKERS


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _patterns(key: ast.expr) -> Iterator[str]:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        yield re.escape(key.value)
    elif isinstance(key, ast.IfExp):
        yield from _patterns(key.body)
        yield from _patterns(key.orelse)
    elif isinstance(key, ast.JoinedStr):
        yield _joined(key)


def _joined(text: ast.JoinedStr) -> str:
    return "".join(
        re.escape(part.value) if isinstance(part, ast.Constant) and isinstance(part.value, str) else "[^ ]+"
        for part in text.values
    )
