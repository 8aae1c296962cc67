"""Converts what people type to Slack's format."""

import re

from tools.local_slack.model.entities import Channel, Message
from tools.local_slack.state.world import World

_MENTION = re.compile(r"&lt;(@([UW][A-Z0-9]+)|#(C[A-Z0-9]+)|!subteam\^(S[A-Z0-9]+))&gt;")
_ADDRESS = re.compile(r"https?://\S+?(?=(?:[.,:;!?'\")\]]|&[gl]t;)*(?:\s|$))")


def as_typed(world: World, text: str, *, plain: bool = False) -> str:
    """A typed text in Slack's format: `&`, `<` and `>` are escaped, and addresses are in angle brackets.

    A mention of an existing user, channel or group stays a mention, as a client completes it. A `plain` text,
    such as a command's, has neither mentions nor links.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if plain:
        return escaped

    def mention(match: re.Match[str]) -> str:
        there = match[2] in world.users or match[3] in world.channels or match[4] in world.groups
        return f"<{match[1]}>" if there else match[0]

    return _ADDRESS.sub(r"<\g<0>>", _MENTION.sub(mention, escaped))


def mentions_bot(world: World, channel: Channel, message: Message) -> bool:
    """Whether a message mentions one of the app's bots that is in its channel."""
    teams = [world.teams[one] for one in (channel.team_id, *channel.shared_with)]
    return any(f"<@{one.bot_user_id}>" in message.text and world.is_inside(channel, one) for one in teams)
