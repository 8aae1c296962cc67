"""What Slack makes of what people type."""

import re
from collections.abc import Iterator, Sequence

from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Channel, Message, Payload
from tools.local_slack.state.world import World
from tools.local_slack.text.mrkdwn import MrkdwnNode, parse_mrkdwn

_MENTION = re.compile(r"&lt;(@([UW][A-Z0-9]+)|#(C[A-Z0-9]+)|!subteam\^(S[A-Z0-9]+))&gt;")
_ADDRESS = re.compile(r"https?://\S+?(?=(?:[.,:;!?'\")\]]|&[gl]t;)*(?:\s|$))")
_MENTIONED = {"user": "user", "channel": "channel", "group": "usergroup"}


def as_typed(world: World, text: str, *, plain: bool = False) -> str:
    """A typed text in Slack's own form: `&`, `<` and `>` stand escaped, and addresses in angle brackets.

    A mention is one that names somebody or something that there is, as a client completes it. A `plain` text,
    such as a command's, has neither mentions nor addresses.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if plain:
        return escaped

    def mention(match: re.Match[str]) -> str:
        there = match[2] in world.users or match[3] in world.channels or match[4] in world.groups
        return f"<{match[1]}>" if there else match[0]

    return _ADDRESS.sub(r"<\g<0>>", _MENTION.sub(mention, escaped))


def mentions_bot(world: World, channel: Channel, message: Message) -> bool:
    """Whether a message names the bot that is in its channel."""
    team = world.seen_team(channel)
    return f"<@{team.bot_user_id}>" in message.text and world.is_inside(channel, team)


def rich_text(text: str, clock: Clock) -> list[Payload]:
    """The block that Slack makes of a person's text."""
    elements = list(_elements(parse_mrkdwn(text, verbatim=True), {}))
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": clock.new_secret()[:5], "elements": [section]}]


def _elements(nodes: Sequence[MrkdwnNode], style: Payload) -> Iterator[Payload]:
    for node in nodes:
        if node.kind in ("bold", "italic", "strike"):
            yield from _elements(node.children, {**style, node.kind: True})
        elif node.kind == "quote":
            yield from _elements(node.children, style)
        else:
            yield {**_element(node), **({"style": style} if style else {})}


def _element(node: MrkdwnNode) -> Payload:
    match node.kind:
        case "link":
            label = {"text": node.text} if node.text != node.detail else {}
            return {"type": "link", "url": node.detail, **label}
        case "emoji":
            return {"type": "emoji", "name": node.text.strip(":")}
        case "mention" if node.detail == "broadcast":
            return {"type": "broadcast", "range": node.text[1:]}
        case "mention":
            kind = _MENTIONED[node.detail]
            return {"type": kind, f"{kind}_id": node.text[1:]}
        case _:
            return {"type": "text", "text": node.text}
