"""The catalogue's files as Fluent parses them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from fluent.syntax import ast, parse

import bot.messages

Node = TypeVar("Node", bound=ast.BaseNode)


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the names of its values, and of those that it chooses a form by."""

    key: str
    variables: frozenset[str]
    selectors: frozenset[str]


@cache
def messages(language: str) -> dict[str, Message]:
    """Every message of a language by its key; nothing in the file may be anything else, or come twice."""
    path = Path(bot.messages.__file__).with_name(f"{language}.ftl")
    found: dict[str, Message] = {}
    for entry in parse(path.read_text(encoding="utf-8")).body:
        assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content}"
        if isinstance(entry, ast.Message):
            key = entry.id.name
            assert key not in found, f"{path.name} has {key} twice"
            assert entry.value, f"{path.name}: {key} is empty"
            assert not entry.attributes, f"{path.name}: {key}"
            found[key] = Message(
                key,
                frozenset(_variables(entry)),
                frozenset(
                    name
                    for choice in _all(entry, ast.SelectExpression)
                    for name in _variables(choice.selector)
                ),
            )
    return found


def _variables(node: object) -> Iterator[str]:
    return (reference.id.name for reference in _all(node, ast.VariableReference))


def _all(node: object, kind: type[Node]) -> Iterator[Node]:
    if isinstance(node, kind):
        yield node
    if isinstance(node, list):
        for one in node:
            yield from _all(one, kind)
    elif isinstance(node, ast.BaseNode):
        for value in vars(node).values():
            yield from _all(value, kind)
