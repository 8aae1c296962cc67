"""The sizes of blocks and of what is in them: those of Slack's documents and of slack_sdk's models."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from tools.local_platform.schemas import ProblemPath
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.blocks import block_elements, walk_blocks
from tools.local_slack.rules.element_limits import element_problems
from tools.local_slack.rules.errors import Problem
from tools.local_slack.rules.size_problems import items_size, text_size, text_sizes, too_long, too_short

TEXT_LIMIT = 3_000
"""Characters of any text object that has no smaller limit."""
MARKDOWN_LIMIT = 12_000
"""Characters, over all markdown blocks of a message."""
ID_LIMIT = 255
SIZES: Mapping[str, Sequence[tuple[str, int]]] = {
    "header": [("text/text", 150)],
    "input": [("label/text", 2_000), ("hint/text", 2_000)],
    "image": [("title/text", 2_000), ("alt_text", 2_000), ("image_url", 3_000)],
    "markdown": [("text", MARKDOWN_LIMIT)],
}
"""Characters of texts, by the type of a block and where in it the text is."""
COUNTS = {"actions": 25, "context": 10, "context_actions": 5}
"""Elements of a block."""
FIELDS_LIMIT = 10
FIELD_LIMIT = 2_000
CONFIRM_LIMITS = {"title": 100, "text": 300, "confirm": 30, "deny": 30}


def block_problems(blocks: Sequence[Payload], at: ProblemPath) -> list[Problem]:
    """What is wrong with the sizes in blocks that are of the right shape."""
    problems = [problem for index, block in enumerate(blocks) for problem in _block(block, (*at, index))]
    problems += _repeated([((*at, index, "block_id"), block) for index, block in enumerate(blocks)])
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > MARKDOWN_LIMIT:
        problems.append(too_long(at, MARKDOWN_LIMIT))
    return problems


def _block(block: Payload, at: ProblemPath) -> Iterator[Problem]:
    if len(block.get("block_id") or "") > ID_LIMIT:
        yield too_long((*at, "block_id"), ID_LIMIT)
    for path, node in walk_blocks(block, at):
        yield from _node(node, path)
    if block["type"] == "section":
        yield from _section(block, at)
    if most := COUNTS.get(block["type"]):
        yield from items_size(block, "elements", most, at)
    yield from _repeated([(at, one) for one in block_elements(block)], "action_id")


def _node(node: Payload, at: ProblemPath) -> Iterator[Problem]:
    """What holds wherever something stands."""
    kind = node.get("type")
    if kind in ("plain_text", "mrkdwn"):
        if not node["text"]:
            yield too_short((*at, "text"), 1)
        elif len(node["text"]) > TEXT_LIMIT:
            yield too_long((*at, "text"), TEXT_LIMIT)
    yield from text_sizes(node, SIZES.get(str(kind), ()), at)
    if kind == "image" and (url := node.get("image_url")) and not _is_web(url):
        yield Problem((*at, "image_url"), "must be a valid URL")
    if confirm := node.get("confirm"):
        for key, limit in CONFIRM_LIMITS.items():
            if isinstance(confirm, dict) and isinstance(confirm.get(key), dict):
                yield from text_size(confirm[key], "text", limit, (*at, "confirm", key))
    if "action_id" in node:
        yield from text_size(node, "action_id", ID_LIMIT, at)
    yield from element_problems(node, at)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"\s", url)


def _repeated(placed: Sequence[tuple[ProblemPath, Payload]], key: str = "block_id") -> Iterator[Problem]:
    """Every later one that has the same id as an earlier one."""
    seen: set[str] = set()
    for path, one in placed:
        name = one.get(key)
        if name and name in seen:
            yield Problem(path, f"`{key}` {name!r} already exists")
        seen.add(name or "")


def _section(block: Payload, at: ProblemPath) -> Iterator[Problem]:
    if not block.get("text") and not block.get("fields"):
        yield Problem(at, "missing required field: text")
    yield from items_size(block, "fields", FIELDS_LIMIT, at)
    for index, one in enumerate(block.get("fields") or []):
        yield from text_size(one, "text", FIELD_LIMIT, (*at, "fields", index))
