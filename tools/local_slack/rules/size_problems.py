"""How Slack says that something has not the right size."""

from collections.abc import Iterable, Iterator
from typing import Any

from tools.local_platform.schemas import ProblemPath
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Problem


def too_long(at: ProblemPath, most: int) -> Problem:
    return Problem(at, f"must be less than {most + 1} characters")


def too_short(at: ProblemPath, least: int) -> Problem:
    return Problem(at, f"must be more than {least - 1} characters")


def text_size(node: Payload, key: str, most: int, at: ProblemPath, least: int = 1) -> Iterator[Problem]:
    """Whether the text under a key, where there is one, has a right length."""
    text: Any = node.get(key)
    if text is None:
        return
    if len(text) > most:
        yield too_long((*at, key), most)
    elif len(text) < least:
        yield too_short((*at, key), least)


def text_sizes(node: Payload, sizes: Iterable[tuple[str, int]], at: ProblemPath) -> Iterator[Problem]:
    """Whether the texts of a node, each at a key or a path of keys, have a right length."""
    for path, most in sizes:
        *outer, key = path.split("/")
        holder: Any = node
        for step in outer:
            holder = holder.get(step) or {}
        yield from text_size(holder, key, most, (*at, *outer))


def items_size(node: Payload, key: str, most: int, at: ProblemPath, least: int = 1) -> Iterator[Problem]:
    """Whether the list under a key, where there is one, has a right length."""
    items: Any = node.get(key)
    if items is None:
        return
    if len(items) > most:
        yield Problem((*at, key), f"no more than {most} items allowed")
    elif len(items) < least:
        yield Problem((*at, key), f"no fewer than {least} items allowed")
