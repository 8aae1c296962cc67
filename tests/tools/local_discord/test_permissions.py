"""Permissions, as Discord computes them."""

import pytest

from tools.local_discord.model.permissions import (
    EVERYTHING,
    NOTHING,
    ORDINARY,
    Overwrite,
    Permission,
    channel_permissions,
    guild_permissions,
)

VIEW, SEND = Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES


def test_an_owner_and_an_administrator_may_do_everything() -> None:
    assert guild_permissions(NOTHING, [], owner=True) == EVERYTHING
    assert guild_permissions(NOTHING, [Permission.ADMINISTRATOR], owner=False) == EVERYTHING
    assert guild_permissions(VIEW, [SEND], owner=False) == VIEW | SEND


@pytest.mark.parametrize(
    ("overwrites", "sends"),
    [
        ([], True),
        ([Overwrite("guild", is_role=True, deny=SEND)], False),
        ([Overwrite("guild", is_role=True, deny=SEND), Overwrite("role", is_role=True, allow=SEND)], True),
        ([Overwrite("role", is_role=True, deny=SEND), Overwrite("other", is_role=True, allow=SEND)], True),
        ([Overwrite("role", is_role=True, allow=SEND), Overwrite("me", is_role=False, deny=SEND)], False),
        ([Overwrite("stranger", is_role=True, deny=SEND)], True),
        ([Overwrite("guild", is_role=True, deny=VIEW)], False),
    ],
)
def test_a_member_overrules_roles_and_roles_overrule_everyone(
    overwrites: list[Overwrite], sends: bool
) -> None:
    granted = channel_permissions(ORDINARY, overwrites, "guild", ["role", "other"], "me")
    assert bool(granted & SEND) == sends


def test_who_cannot_see_a_channel_can_do_nothing_in_it() -> None:
    hidden = [Overwrite("guild", is_role=True, deny=VIEW)]
    assert channel_permissions(ORDINARY, hidden, "guild", [], "me") == NOTHING
    assert channel_permissions(Permission.ADMINISTRATOR, hidden, "guild", [], "me") == EVERYTHING


def test_who_cannot_write_cannot_send_files() -> None:
    mute = [Overwrite("me", is_role=False, deny=SEND)]
    granted = channel_permissions(ORDINARY, mute, "guild", [], "me")
    assert granted & VIEW
    assert not granted & (Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE)
