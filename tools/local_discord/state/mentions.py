"""Whom a text mentions, and whom a message notifies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tools.local_discord.model.entities import Channel, User
from tools.local_discord.model.permissions import Permission
from tools.local_discord.state.world import World

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")
_CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The mentions in a text, whether they notify or not."""

    users: tuple[User, ...] = ()
    role_ids: tuple[str, ...] = ()
    everyone: bool = False


def mentioned(world: World, channel: Channel, texts: Sequence[str]) -> Mentioned:
    """The mentions in the texts of a message, except inside code.

    It is not documented whether a backslash prevents a mention; here it does not.
    """
    text = "\n".join(_CODE.sub(" ", one) for one in texts)
    users = [world.users[found] for found in _USER.findall(text) if found in world.users]
    roles = world.roles.get(channel.guild_id or "", {})
    role_ids = [found for found in _ROLE.findall(text) if found in roles]
    return Mentioned(
        tuple(dict.fromkeys(users)), tuple(dict.fromkeys(role_ids)), _EVERYONE.search(text) is not None
    )


def audible(world: World, channel: Channel, named: Mentioned) -> Mentioned:
    """The mentions that notify somebody if the bot makes them and the request does not suppress them."""
    roles = world.roles.get(channel.guild_id or "", {})
    may_all = bool(world.app_permissions(channel) & Permission.MENTION_EVERYONE)
    return Mentioned(
        tuple(dict.fromkeys(user for user in named.users if user != world.bot)),
        tuple(role_id for role_id in named.role_ids if may_all or roles[role_id].mentionable),
        named.everyone and may_all,
    )
