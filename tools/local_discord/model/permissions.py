"""Who may do what where, computed as Discord computes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """The permissions that matter to the server; the others pass through as bits."""

    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_IN_THREADS = 1 << 38
    USE_EXTERNAL_APPS = 1 << 50


NOTHING = Permission(0)
EVERYTHING = Permission((1 << 53) - 1)
"""What an administrator has: more bits than Discord has given a meaning yet."""
ORDINARY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_HISTORY
    | Permission.USE_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_IN_THREADS
    | Permission.USE_EXTERNAL_APPS
)
"""What @everyone has in a new guild, as far as it concerns a bot. MENTION_EVERYONE is left out, as most
communities take it away."""
DIRECT = ORDINARY & ~Permission.CREATE_PUBLIC_THREADS
"""What anyone may do in a direct message."""


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel allows and denies to a role or to a member, by id."""

    id: str
    is_role: bool
    allow: Permission = NOTHING
    deny: Permission = NOTHING


def guild_permissions(everyone: Permission, roles: Iterable[Permission], *, owner: bool) -> Permission:
    """A member's permissions in the guild as a whole."""
    granted = everyone
    for role in roles:
        granted |= role
    return EVERYTHING if owner or granted & Permission.ADMINISTRATOR else granted


def channel_permissions(
    base: Permission, overwrites: Iterable[Overwrite], guild_id: str, role_ids: Iterable[str], member_id: str
) -> Permission:
    """The permissions in a channel: what it says of @everyone first, then of roles, then of the member."""
    if base & Permission.ADMINISTRATOR:
        return EVERYTHING
    by_id = {overwrite.id: overwrite for overwrite in overwrites}
    steps = [
        [by_id[guild_id]] if guild_id in by_id else [],
        [by_id[role] for role in role_ids if role in by_id and role != guild_id],
        [by_id[member_id]] if member_id in by_id else [],
    ]
    for step in steps:
        allow = deny = NOTHING
        for overwrite in step:
            allow |= overwrite.allow
            deny |= overwrite.deny
        base = (base & ~deny) | allow
    # Who can't see a channel can do nothing in it; who can't write can't do what writing is part of.
    if not base & Permission.VIEW_CHANNEL:
        return NOTHING
    if not base & Permission.SEND_MESSAGES:
        base &= ~(Permission.MENTION_EVERYONE | Permission.ATTACH_FILES | Permission.EMBED_LINKS)
    return base
