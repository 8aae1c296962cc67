"""Cutting a platform's published schemas down to what a local server needs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any


def without_prose(node: Any, prose: Set[str]) -> Any:
    """The schema without the keys that are prose.

    A property may be called "title" or "description": then its value is a schema, and stays.
    """
    if isinstance(node, dict):
        return {
            key: without_prose(value, prose)
            for key, value in node.items()
            if key not in prose or isinstance(value, dict)
        }
    return [without_prose(item, prose) for item in node] if isinstance(node, list) else node


def references(node: Any, prefix: str) -> Iterator[str]:
    """The names of the schemas that one refers to."""
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference.removeprefix(prefix)
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from references(item, prefix)


def reachable(schemas: Mapping[str, Any], roots: Iterable[str], prefix: str) -> dict[str, Any]:
    """The schemas that are reached from some, by name in order."""
    found: dict[str, Any] = {}
    waiting = list(roots)
    while waiting:
        if (name := waiting.pop()) not in found:
            found[name] = schemas[name]
            waiting.extend(references(found[name], prefix))
    return dict(sorted(found.items()))


def lines(members: Mapping[str, Any]) -> str:
    """The members of an object as JSON, one a line, so that an update shows what changed."""
    return ",\n".join(
        f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}" for name, value in members.items()
    )
