"""Permissions, computed as Discord computes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """The permissions that the server checks; others are passed on as bits."""

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
"""The permissions of an administrator: more bits than Discord uses so far."""
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
"""The permissions of @everyone in a new guild, as far as they concern a bot. MENTION_EVERYONE is left out, as
most communities remove it."""
DIRECT = ORDINARY & ~Permission.CREATE_PUBLIC_THREADS
"""Everybody's permissions in a direct message."""


@dataclass(frozen=True, slots=True)
class Overwrite:
    """The permissions that a channel allows and denies to a role or a member, by id."""

    id: str
    is_role: bool
    allow: Permission = NOTHING
    deny: Permission = NOTHING


def guild_permissions(everyone: Permission, roles: Iterable[Permission], *, owner: bool) -> Permission:
    """A member's permissions in the guild, before a channel's overwrites."""
    granted = everyone
    for role in roles:
        granted |= role
    return EVERYTHING if owner or granted & Permission.ADMINISTRATOR else granted


def channel_permissions(
    base: Permission, overwrites: Iterable[Overwrite], guild_id: str, role_ids: Iterable[str], member_id: str
) -> Permission:
    """A member's permissions in a channel. The overwrites are applied for @everyone first, then for roles,
    then for the member."""
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
    # Without VIEW_CHANNEL a member has no permissions, and without SEND_MESSAGES none that include sending.
    if not base & Permission.VIEW_CHANNEL:
        return NOTHING
    if not base & Permission.SEND_MESSAGES:
        base &= ~(Permission.MENTION_EVERYONE | Permission.ATTACH_FILES | Permission.EMBED_LINKS)
    return base
