"""Whom a message mentions, and so notifies."""

import re
from dataclasses import dataclass

from tools.local_slack.model.entities import Message
from tools.local_slack.rules.blocks import walk_blocks

_MENTION = re.compile(r"<(@[UW][A-Z0-9]+|!subteam\^[A-Z0-9]+|!(?:here|channel|everyone|group))(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Ping:
    """The mentions in a message, such as `@U1`, `!subteam^S1` or `!here`. An `ephemeral` message notifies
    nobody."""

    ts: str
    channel_id: str
    names: tuple[str, ...]
    ephemeral: bool


def mentions_in(message: Message) -> Ping | None:
    """The mentions in a message; None if there are none.

    Mentions in code count too, since it is not documented whether these notify.
    """
    marked = (node.get("text", "") for _, node in walk_blocks(message.blocks) if node.get("type") == "mrkdwn")
    names = dict.fromkeys(name for text in (message.text, *marked) for name in _MENTION.findall(text))
    if not names:
        return None
    return Ping(message.ts, message.channel_id, tuple(names), message.ephemeral)
