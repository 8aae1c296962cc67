"""Walks blocks: their elements and their texts."""

from collections.abc import Iterator, Sequence
from typing import Any

from tools.local_platform.schemas import ProblemPath
from tools.local_slack.model.entities import Message, Payload
from tools.local_slack.text.mrkdwn import parse_mrkdwn, plain_text


def walk_blocks(node: Any, at: ProblemPath = ()) -> Iterator[tuple[ProblemPath, Payload]]:
    """Every object in blocks or views with its path, outer ones first."""
    if isinstance(node, dict):
        yield at, node
        for key, value in node.items():
            if isinstance(value, dict | list | tuple):
                yield from walk_blocks(value, (*at, key))
    elif isinstance(node, list | tuple):
        for index, item in enumerate(node):
            yield from walk_blocks(item, (*at, index))


def block_elements(block: Payload) -> list[Payload]:
    """The interactive elements of a block, and other elements in the same places."""
    return [*block.get("elements", ()), *(block[key] for key in ("accessory", "element") if key in block)]


def text_of(shown: Message | Payload | Sequence[Payload]) -> str:
    """The whole text of a message, a view or blocks as a reader sees it, a line for each text.

    For a message without blocks this is its `text`.
    """
    if isinstance(shown, Message):
        return text_of(shown.blocks) if shown.blocks else plain_text(parse_mrkdwn(shown.text))
    lines: list[str] = []
    for _, node in walk_blocks(shown):
        match node.get("type"):
            case "plain_text":
                lines.append(node.get("text", ""))
            case "mrkdwn":
                lines.append(plain_text(parse_mrkdwn(node.get("text", ""))))
            case "rich_text_section" | "rich_text_quote":
                lines.append("".join(_rich(one) for one in node["elements"]))
    return "\n".join(line for line in lines if line)


def _rich(element: Payload) -> str:
    return str(element.get("text") or element.get("fallback") or element.get("url", ""))
