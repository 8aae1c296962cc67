"""The sizes of messages, attachments and views, which Slack's types do not say."""

import json
from collections.abc import Iterator, Sequence

from tools.local_platform.schemas import ProblemPath
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.block_limits import block_problems
from tools.local_slack.rules.errors import Problem
from tools.local_slack.rules.size_problems import text_size

BLOCKS_LIMIT = 50
"""Blocks of a message."""
VIEW_BLOCKS_LIMIT = 100
TEXT_LIMIT = 40_000
"""Characters of a message's text; Slack cuts off what is more."""
UPDATE_TEXT_LIMIT = 4_000
"""Characters of a text that replaces another: chat.update refuses more."""
BLOCKS_TOTAL_LIMIT = 13_200
"""Characters of a message's blocks as JSON. It is nowhere documented: reports (slackapi/bolt-js 2509, 2867)
agree on a total near this that counts more than the texts, and not on what exactly it counts."""
VIEW_BYTES_LIMIT = 250_000
TITLE_LIMIT = 24
"""Characters of a modal's title, and of its two buttons."""
PRIVATE_METADATA_LIMIT = 3_000
CALLBACK_ID_LIMIT = 255
EXTERNAL_ID_LIMIT = 255
MESSAGE_ONLY = frozenset({"markdown", "context_actions", "table", "data_table", "plan", "task_card"})
"""Blocks that views can't have."""
MODAL_ONLY = frozenset({"file_input"})
"""Elements that messages can't have."""


def message_problems(blocks: Sequence[Payload], at: ProblemPath = ("blocks",)) -> list[Problem]:
    """What is wrong with the sizes in the blocks of a message, and with blocks that don't belong there."""
    problems: list[Problem] = []
    if len(blocks) > BLOCKS_LIMIT:
        problems.append(Problem(at, f"no more than {BLOCKS_LIMIT} items allowed"))
    problems += block_problems(blocks, at)
    for index, block in enumerate(blocks):
        if (element := block.get("element")) and element.get("type") in MODAL_ONLY:
            problems.append(Problem((*at, index, "element"), f"unsupported type: {element['type']}"))
    return problems


def blocks_total(blocks: Sequence[Payload]) -> int:
    """What `BLOCKS_TOTAL_LIMIT` counts."""
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))


def view_problems(view: Payload, at: ProblemPath = ("view",)) -> list[Problem]:
    """What is wrong with the sizes in a modal or a Home, and with blocks that don't belong there."""
    return list(_view_problems(view, at))


def is_view_too_large(view: Payload) -> bool:
    """Whether Slack refuses a view for its bytes."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES_LIMIT


def _view_problems(view: Payload, at: ProblemPath) -> Iterator[Problem]:
    blocks: list[Payload] = view.get("blocks") or []
    if len(blocks) > VIEW_BLOCKS_LIMIT:
        yield Problem((*at, "blocks"), f"no more than {VIEW_BLOCKS_LIMIT} items allowed")
    if view["type"] == "modal" and not blocks:
        yield Problem((*at, "blocks"), "no fewer than 1 items allowed")
    for key in ("title", "submit", "close"):
        if text := view.get(key):
            yield from text_size(text, "text", TITLE_LIMIT, (*at, key))
    for key, limit in (
        ("private_metadata", PRIVATE_METADATA_LIMIT),
        ("callback_id", CALLBACK_ID_LIMIT),
        ("external_id", EXTERNAL_ID_LIMIT),
    ):
        yield from text_size(view, key, limit, at, least=0)
    has_inputs = any(block["type"] == "input" for block in blocks)
    if view["type"] == "modal" and has_inputs and not view.get("submit"):
        yield Problem(at, "missing required field: submit")
    yield from block_problems(blocks, (*at, "blocks"))
    for index, block in enumerate(blocks):
        if block["type"] in MESSAGE_ONLY:
            yield Problem((*at, "blocks", index, "type"), f"unsupported type: {block['type']}")
