"""What Slack makes of what people type."""

import re

from tools.local_slack.model.entities import Channel, Message
from tools.local_slack.state.world import World

_MENTION = re.compile(r"&lt;(@([UW][A-Z0-9]+)|#(C[A-Z0-9]+)|!subteam\^(S[A-Z0-9]+))&gt;")
_ADDRESS = re.compile(r"https?://\S+?(?=(?:[.,:;!?'\")\]]|&[gl]t;)*(?:\s|$))")


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
    """Whether a message names a bot of the app's that is in its channel."""
    teams = [world.teams[one] for one in (channel.team_id, *channel.shared_with)]
    return any(f"<@{one.bot_user_id}>" in message.text and world.is_inside(channel, one) for one in teams)
