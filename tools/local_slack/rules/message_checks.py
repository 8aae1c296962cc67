"""What the bot says, in a call or to a response's address: held to the rules before it is posted."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.blocks import text_of, walk_blocks
from tools.local_slack.rules.description import Description
from tools.local_slack.rules.errors import Problem, Refused, invalid_arguments, invalid_blocks
from tools.local_slack.rules.message_limits import (
    BLOCKS_TOTAL_LIMIT,
    TEXT_LIMIT,
    blocks_total,
    message_problems,
    view_problems,
)
from tools.local_slack.rules.message_limits import is_view_too_large as too_large
from tools.local_slack.text.mrkdwn import parse_mrkdwn
from tools.local_slack.text.mrkdwn import walk_mrkdwn as walk_text

MARKDOWN_TEXT_LIMIT = 12_000
"""Characters of `markdown_text`."""


def check_said(description: Description, said: Mapping[str, Any], *, total: bool = True) -> list[Problem]:
    """What is wrong with a message though Slack lets it pass; raises Refused for what it does not.

    `total` is whether the blocks have a limit all together: at a response's address they have none.
    """
    blocks, attachments = said.get("blocks") or [], said.get("attachments") or []
    check_blocks(description, blocks)
    if attachments and (problems := description.attachment_problems(attachments, ("attachments",))):
        raise invalid_arguments(problems)
    if said.get("markdown_text") and (said.get("text") or blocks):
        raise Refused("markdown_text_conflict")
    if len(said.get("markdown_text") or "") > MARKDOWN_TEXT_LIMIT:
        raise Refused("msg_too_long")
    if not (said.get("text") or blocks or attachments or said.get("markdown_text")):
        raise Refused("no_text")
    if total and blocks_total(blocks) > BLOCKS_TOTAL_LIMIT:
        raise Refused("msg_blocks_too_long")
    passed: list[Problem] = []
    if not (said.get("text") or "").strip() and not said.get("markdown_text"):
        passed.append(Problem(("text",), "there is no text for notifications and screen readers"))
    if len(said.get("text") or "") > TEXT_LIMIT:
        passed.append(Problem(("text",), f"it is cut off after {TEXT_LIMIT} characters"))
    return passed


def check_blocks(description: Description, blocks: Any) -> None:
    """Refuse blocks that break a rule of messages."""
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if problems := description.block_problems(blocks, ("blocks",)) or message_problems(blocks):
        raise invalid_blocks(problems)


def unfurl_problems(said: Mapping[str, Any]) -> list[Problem]:
    """Whether links of a message are shown with previews, because it does not say that they should not be."""
    switches = [name for name in ("unfurl_links", "unfurl_media") if said.get(name) is not False]
    if not switches or not has_links(said.get("text") or "", said.get("blocks") or []):
        return []
    return [Problem((name,), "links in the message unfurl unless this is false") for name in switches]


def has_links(text: str, blocks: Sequence[Payload]) -> bool:
    """Whether a message leads anywhere."""
    texts = [parse_mrkdwn(text)]
    for _, node in walk_blocks(blocks):
        if node.get("type") == "mrkdwn":
            texts.append(parse_mrkdwn(node["text"], verbatim=bool(node.get("verbatim"))))
        if node.get("type") == "link" or (node.get("type") == "markdown" and "://" in node["text"]):
            return True
    nodes = (node for tree in texts for node in walk_text(tree))
    return any(node.kind in ("link", "autolink") and node.detail.startswith("http") for node in nodes)


def check_view(description: Description, view: Any, *kinds: str) -> Payload:
    """A modal or a Home; refuses one that breaks a rule, or is not of these kinds."""
    problems = description.view_problems(view, ("view",))
    if not problems and view["type"] not in kinds:
        problems = [Problem(("view", "type"), f"must be {' or '.join(kinds)}")]
    problems = problems or view_problems(view)
    if problems:
        raise invalid_arguments(problems)
    if too_large(view):
        raise Refused("view_too_large")
    checked: Payload = view
    return checked


def shown_text(text: str, blocks: Sequence[Payload]) -> str:
    """The text that a message is kept with: where none was given, what Slack says instead."""
    return text or ("This content can't be displayed." if blocks and text_of(blocks) else "")
