"""Whom a text mentions, and whom a message pings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tools.local_discord.model.entities import Channel, Payload, User
from tools.local_discord.model.permissions import Permission
from tools.local_discord.state.world import World

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")
_CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a text names, whether or not it pings."""

    users: tuple[User, ...] = ()
    role_ids: tuple[str, ...] = ()
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Ping:
    """A message that notified somebody."""

    message_id: str
    users: tuple[User, ...]
    role_ids: tuple[str, ...]
    everyone: bool


def mentioned(world: World, channel: Channel, texts: Sequence[str]) -> Mentioned:
    """What the texts of a message name: nothing inside code.

    Whether a backslash stops a mention is nowhere said, so that here it does not.
    """
    text = "\n".join(_CODE.sub(" ", one) for one in texts)
    users = [world.users[found] for found in _USER.findall(text) if found in world.users]
    roles = world.roles.get(channel.guild_id or "", {})
    role_ids = [found for found in _ROLE.findall(text) if found in roles]
    return Mentioned(
        tuple(dict.fromkeys(users)), tuple(dict.fromkeys(role_ids)), _EVERYONE.search(text) is not None
    )


def pinged(
    world: World,
    channel: Channel,
    named: Mentioned,
    allowed: Payload | None,
    granted: Permission,
    replied_to: User | None,
) -> tuple[tuple[User, ...], tuple[str, ...], bool]:
    """The users, the ids of roles, and whether everyone, that a message of the bot notifies.

    Without `allowed` (the request's allowed_mentions) everything named pings; where it is given, only what
    it says, and whoever is replied to only where it says so.
    """
    parse = None if allowed is None else set(allowed.get("parse") or [])

    def lets(kind: str, one: str) -> bool:
        return allowed is None or kind in (parse or ()) or one in {str(i) for i in allowed.get(kind) or []}

    users = [user for user in named.users if lets("users", user.id)]
    if replied_to is not None and (allowed is None or allowed.get("replied_user")):
        users.append(replied_to)
    roles = world.roles.get(channel.guild_id or "", {})
    may_all = bool(granted & Permission.MENTION_EVERYONE)
    role_ids = [
        role_id
        for role_id in named.role_ids
        if (may_all or roles[role_id].mentionable) and lets("roles", role_id)
    ]
    everyone = named.everyone and may_all and (parse is None or "everyone" in parse)
    return tuple(dict.fromkeys(user for user in users if user != world.bot)), tuple(role_ids), everyone
