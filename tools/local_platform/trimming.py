"""Reduces a platform's published schemas to what a local server needs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any


def without_prose(node: Any, prose: Set[str]) -> Any:
    """The schema without the keys for explanatory text.

    A property may also be named "title" or "description"; then its value is a schema, and is kept.
    """
    if isinstance(node, dict):
        return {
            key: without_prose(value, prose)
            for key, value in node.items()
            if key not in prose or isinstance(value, dict)
        }
    return [without_prose(item, prose) for item in node] if isinstance(node, list) else node


def references(node: Any, prefix: str) -> Iterator[str]:
    """The names of the schemas to which a schema refers."""
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference.removeprefix(prefix)
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from references(item, prefix)


def reachable(schemas: Mapping[str, Any], roots: Iterable[str], prefix: str) -> dict[str, Any]:
    """The schemas that are reachable from `roots`, sorted by name."""
    found: dict[str, Any] = {}
    waiting = list(roots)
    while waiting:
        if (name := waiting.pop()) not in found:
            found[name] = schemas[name]
            waiting.extend(references(found[name], prefix))
    return dict(sorted(found.items()))


def lines(members: Mapping[str, Any]) -> str:
    """The members of an object as JSON, one per line, so that the diff of an update is readable."""
    return ",\n".join(
        f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}" for name, value in members.items()
    )
