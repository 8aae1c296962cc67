"""Whom a message names, and so notifies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.local_slack.model.entities import Message
from tools.local_slack.rules.blocks import walk_blocks
from tools.local_slack.state.world import World

_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_GROUP = re.compile(r"<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>")
_BROADCAST = re.compile(r"<!(here|channel|everyone|group)(?:\|[^>]*)?>")
_TYPED = re.compile(r"@([a-z0-9][a-z0-9._-]*)")


@dataclass(frozen=True, slots=True)
class Ping:
    """Whom a message names. An `ephemeral` one notifies nobody."""

    ts: str
    channel_id: str
    user_ids: tuple[str, ...]
    group_ids: tuple[str, ...]
    broadcasts: tuple[str, ...]
    ephemeral: bool


def mentions_in(world: World, message: Message, *, typed: bool = False) -> Ping | None:
    """Whom a message names; None where nobody. `typed` is whether names after an @ count too, as they do with
    `parse=full` and `link_names`.

    Code is looked into as well: whether a mention there notifies is nowhere said.
    """
    users: dict[str, None] = {}
    groups: dict[str, None] = {}
    broadcasts: dict[str, None] = {}
    for text in _texts(message):
        users |= dict.fromkeys(_USER.findall(text))
        groups |= dict.fromkeys(_GROUP.findall(text))
        broadcasts |= dict.fromkeys(_BROADCAST.findall(text))
        for name in _TYPED.findall(text) if typed else ():
            users |= {user.id: None for user in world.users.values() if user.name == name}
            groups |= {group.id: None for group in world.groups.values() if group.handle == name}
            broadcasts |= {name: None} if name in ("here", "channel", "everyone") else {}
    for _, node in walk_blocks(message.blocks):
        match node.get("type"):
            case "user":
                users[node["user_id"]] = None
            case "usergroup":
                groups[node["usergroup_id"]] = None
            case "broadcast":
                broadcasts[node["range"]] = None
    if not (users or groups or broadcasts):
        return None
    return Ping(
        message.ts, message.channel_id, tuple(users), tuple(groups), tuple(broadcasts), message.ephemeral
    )


def _texts(message: Message) -> Iterator[str]:
    """The texts in which a mention is read."""
    yield message.text
    for _, node in walk_blocks(message.blocks):
        if node.get("type") in ("mrkdwn", "markdown"):
            yield node.get("text", "")
    for attachment in message.attachments:
        yield from _strings(attachment)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
