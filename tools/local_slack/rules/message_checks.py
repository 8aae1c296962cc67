"""Checks the bot's messages, from calls and response URLs, before they are posted."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.blocks import text_of, walk_blocks
from tools.local_slack.rules.description import Description
from tools.local_slack.rules.errors import Problem, Refused, invalid_arguments, invalid_blocks
from tools.local_slack.rules.limits import (
    BLOCKS_TOTAL_LIMIT,
    TEXT_LIMIT,
    blocks_total,
    is_view_too_large,
    message_problems,
    view_problems,
)
from tools.local_slack.text.mrkdwn import parse_mrkdwn, walk_mrkdwn


def check_said(description: Description, said: Mapping[str, Any], *, total: bool = True) -> list[Problem]:
    """The problems of a message that Slack ignores; raises Refused for others.

    `total` is whether there is a limit for all blocks together: for response URLs there is none.
    """
    text, blocks = said.get("text") or "", said.get("blocks") or []
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if problems := description.block_problems(blocks) or message_problems(blocks):
        raise invalid_blocks(problems)
    if not (text or blocks):
        raise Refused("no_text")
    if total and blocks_total(blocks) > BLOCKS_TOTAL_LIMIT:
        raise Refused("msg_blocks_too_long")
    passed: list[Problem] = []
    if not text.strip():
        passed.append(Problem(("text",), "there is no text for notifications and screen readers"))
    if len(text) > TEXT_LIMIT:
        passed.append(Problem(("text",), f"it is cut off after {TEXT_LIMIT} characters"))
    return passed


def unfurl_problems(said: Mapping[str, Any]) -> list[Problem]:
    """A problem if a message's links would have previews, since the message does not suppress them."""
    switches = [name for name in ("unfurl_links", "unfurl_media") if said.get(name) is not False]
    if not switches or not has_links(said.get("text") or "", said.get("blocks") or []):
        return []
    return [Problem((name,), "links in the message unfurl unless this is false") for name in switches]


def has_links(text: str, blocks: Sequence[Payload]) -> bool:
    """Whether a message has links."""
    texts = [parse_mrkdwn(text)]
    for _, node in walk_blocks(blocks):
        if node.get("type") == "mrkdwn":
            texts.append(parse_mrkdwn(node["text"], verbatim=bool(node.get("verbatim"))))
        if node.get("type") == "link":
            return True
    nodes = (node for tree in texts for node in walk_mrkdwn(tree))
    return any(node.kind in ("link", "autolink") and node.detail.startswith("http") for node in nodes)


def check_view(description: Description, view: Any, kind: str) -> Payload:
    """The modal or Home. Raises Refused if it breaks a rule, or is not of this kind."""
    problems = description.view_problems(view)
    if not problems and view["type"] != kind:
        problems = [Problem(("view", "type"), f"must be {kind}")]
    if problems := problems or view_problems(view):
        raise invalid_arguments(problems)
    if is_view_too_large(view):
        raise Refused("view_too_large")
    checked: Payload = view
    return checked


def shown_text(text: str, blocks: Sequence[Payload]) -> str:
    """The text with which a message is stored: if none was given, Slack's replacement."""
    return text or ("This content can't be displayed." if blocks and text_of(blocks) else "")
