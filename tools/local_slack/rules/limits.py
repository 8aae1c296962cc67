"""Limits of messages and views that Slack's types leave out, from its documents and slack_sdk's models."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tools.local_platform.schemas import ProblemPath
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.blocks import block_elements, walk_blocks
from tools.local_slack.rules.errors import Problem

BLOCKS_LIMIT = 50
"""The most blocks of a message."""
TEXT_LIMIT = 40_000
"""The most characters of a message's text; Slack truncates longer ones."""
UPDATE_TEXT_LIMIT = 4_000
"""The most characters of a text that replaces another; chat.update refuses longer ones."""
BLOCKS_TOTAL_LIMIT = 13_200
"""The most characters of a message's blocks as JSON. It is not documented: reports (slackapi/bolt-js 2509,
2867) agree on a total near this that counts more than the texts, but not on what exactly it counts."""
VIEW_BYTES_LIMIT = 250_000
TITLE_LIMIT = 24
"""The most characters of a modal's title, and of each of its two buttons."""
INPUT_LIMIT = 3_000
"""The most characters of an input's typed or initial text."""

Lengths = Sequence[tuple[str, int, int]]
"""(path of a text in its object, least characters, most characters)."""

EVERYWHERE: Lengths = (("block_id", 0, 255), ("action_id", 1, 255), ("placeholder/text", 0, 150))
OPTION: Lengths = (("text/text", 0, 75), ("value", 1, 150))
VIEW: Lengths = (("private_metadata", 0, 3_000), ("callback_id", 0, 255))
LENGTHS: Mapping[str, Lengths] = {
    "plain_text": [("text", 1, 3_000)],
    "mrkdwn": [("text", 1, 3_000)],
    "header": [("text/text", 0, 150)],
    "input": [("label/text", 0, 2_000)],
    "button": [("text/text", 0, 75), ("value", 1, 2_000), ("url", 1, 3_000), ("accessibility_label", 1, 75)],
    "modal": [*VIEW, *((f"{key}/text", 0, TITLE_LIMIT) for key in ("title", "submit", "close"))],
    "home": VIEW,
}
"""The lengths of texts, by the type of their object."""
COUNTS: Mapping[str, tuple[str, int, int]] = {
    "actions": ("elements", 1, 25),
    "context": ("elements", 1, 10),
    "static_select": ("options", 1, 100),
    "checkboxes": ("options", 1, 10),
    "modal": ("blocks", 1, 100),
    "home": ("blocks", 0, 100),
}
"""(key of a list, least items, most items), by the type of the object."""
OFFERED_LIMIT = 100
"""The most options that an external select is offered."""


def message_problems(blocks: Sequence[Payload]) -> list[Problem]:
    """The problems of sizes in a message's blocks, which must match the types."""
    return [*_count(blocks, 0, BLOCKS_LIMIT, ("blocks",)), *_problems(blocks, ("blocks",))]


def view_problems(view: Payload) -> list[Problem]:
    """The problems of sizes in a modal or a Home."""
    problems = list(_problems(view, ("view",)))
    has_inputs = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_inputs and not view.get("submit"):
        problems.append(Problem(("view",), "missing required field: submit"))
    return problems


def offered_problems(options: Sequence[Payload]) -> list[Problem]:
    """The problems of the options that a select was offered."""
    return [*_count(options, 0, OFFERED_LIMIT, ("options",)), *_options(options, ("options",))]


def blocks_total(blocks: Sequence[Payload]) -> int:
    """The number of characters that `BLOCKS_TOTAL_LIMIT` limits."""
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))


def is_view_too_large(view: Payload) -> bool:
    """Whether Slack refuses a view because of its size in bytes."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES_LIMIT


def _problems(shown: Payload | Sequence[Payload], at: ProblemPath) -> Iterator[Problem]:
    for path, node in walk_blocks(shown, at):
        kind = str(node.get("type"))
        yield from _lengths(node, (*LENGTHS.get(kind, ()), *EVERYWHERE), path)
        if kind in COUNTS:
            key, least, most = COUNTS[kind]
            yield from _count(node.get(key) or (), least, most, (*path, key))
        if "options" in node:
            yield from _options(node["options"], (*path, "options"))
            chosen = node.get("initial_options") or [node.get("initial_option")]
            if any(one is not None and one not in node["options"] for one in chosen):
                yield Problem(path, "initial option is none of the options")
        if kind == "section" and not node.get("text"):
            yield Problem(path, "missing required field: text")
        if kind == "plain_text_input":
            yield from _typed(node, path)
    blocks = shown["blocks"] if isinstance(shown, dict) else shown
    below = (*at, "blocks") if isinstance(shown, dict) else at
    yield from _repeated("block_id", [((*below, n, "block_id"), block) for n, block in enumerate(blocks)])
    for n, block in enumerate(blocks):
        yield from _repeated("action_id", [((*below, n), one) for one in block_elements(block)])


def _lengths(node: Payload, lengths: Lengths, at: ProblemPath) -> Iterator[Problem]:
    for path, least, most in lengths:
        *outer, key = path.split("/")
        holder: Any = node
        for step in outer:
            holder = holder.get(step) or {}
        if (text := holder.get(key)) is None:
            continue
        if len(text) > most:
            yield Problem((*at, *outer, key), f"must be less than {most + 1} characters")
        elif len(text) < least:
            yield Problem((*at, *outer, key), f"must be more than {least - 1} characters")


def _count(items: Sequence[Any], least: int, most: int, at: ProblemPath) -> Iterator[Problem]:
    if len(items) > most:
        yield Problem(at, f"no more than {most} items allowed")
    elif len(items) < least:
        yield Problem(at, f"no fewer than {least} items allowed")


def _options(options: Sequence[Payload], at: ProblemPath) -> Iterator[Problem]:
    for index, option in enumerate(options):
        yield from _lengths(option, OPTION, (*at, index))
        if "value" not in option:
            yield Problem((*at, index), "missing required field: value")
    for value, times in Counter(option.get("value") for option in options).items():
        if times > 1:
            yield Problem(at, f"option value {value!r} is not unique")


def _typed(element: Payload, at: ProblemPath) -> Iterator[Problem]:
    least, most = element.get("min_length", 0), element.get("max_length", INPUT_LIMIT)
    if not 0 <= least <= INPUT_LIMIT:
        yield Problem((*at, "min_length"), f"must be between 0 and {INPUT_LIMIT}")
    if not 1 <= most <= INPUT_LIMIT or most < least:
        yield Problem((*at, "max_length"), f"must be between 1 and {INPUT_LIMIT}, and min_length or more")
    yield from _lengths(element, [("initial_value", 0, most)], at)


def _repeated(key: str, placed: Sequence[tuple[ProblemPath, Payload]]) -> Iterator[Problem]:
    """A problem for each object with the same id as an earlier one."""
    seen: set[str] = set()
    for path, one in placed:
        if (name := one.get(key)) and name in seen:
            yield Problem(path, f"`{key}` {name!r} already exists")
        seen.add(name or "")
