"""The permissions of a person and of the bot in a channel, so that only buttons are offered that can work."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

TO_OPEN_THREADS = (
    "view_channel",
    "read_message_history",
    "create_public_threads",
    "send_messages_in_threads",
)
"""The permissions that the bot needs to open a thread under an answer and to write in it."""


@dataclass(frozen=True, slots=True)
class ChannelPermissions:
    """The permissions of a person and of the bot in a channel; None if they are not known.

    `holds_threads` is whether threads can be opened under messages of the channel: not in a thread, a voice
    channel or a direct message.
    """

    theirs: discord.Permissions | None
    ours: discord.Permissions | None
    holds_threads: bool = False
    is_thread: bool = False

    @property
    def may_write(self) -> bool:
        """Whether the person may write there, and so may share an answer."""
        if self.theirs is None:
            return False
        return self.theirs.send_messages_in_threads if self.is_thread else self.theirs.send_messages

    @property
    def may_open_thread(self) -> bool:
        """Whether the person may open a public thread there; the bot opens it for them."""
        return self.holds_threads and self.theirs is not None and self.theirs.create_public_threads

    @property
    def lacking_for_thread(self) -> Sequence[str]:
        """The permissions that the bot lacks to open a thread there and to write in it."""
        return [name for name in TO_OPEN_THREADS if self.ours is None or not getattr(self.ours, name)]

    @property
    def offers_thread(self) -> bool:
        """Whether to offer opening a thread: the person may open one, and the bot has the permissions."""
        return self.may_open_thread and not self.lacking_for_thread

    @property
    def may_refer(self) -> bool:
        """Whether the bot may reference the message that it replies to; True if that is not known."""
        return self.ours is None or self.ours.read_message_history

    @property
    def may_attach(self) -> bool:
        """Whether the bot may attach files; True if that is not known."""
        return self.ours is None or self.ours.attach_files


def permissions_at_interaction(interaction: discord.Interaction) -> ChannelPermissions:
    """The permissions that Discord sends with an interaction."""
    # A user-installed bot can be used in a server that it is not a member of, where it can open no threads.
    inside = interaction.is_guild_integration() and interaction.guild_id is not None
    return ChannelPermissions(
        interaction.permissions,
        interaction.app_permissions,
        holds_threads=inside and isinstance(interaction.channel, discord.TextChannel),
        is_thread=isinstance(interaction.channel, discord.Thread),
    )


def permissions_at_message(message: discord.Message) -> ChannelPermissions:
    """The permissions computed from the cached roles and channel, since a message comes without any."""
    guild = message.guild
    author = message.author if isinstance(message.author, discord.Member) else None
    return ChannelPermissions(
        _permissions(message.channel, author),
        _permissions(message.channel, guild.me if guild else None),
        holds_threads=isinstance(message.channel, discord.TextChannel),
        is_thread=isinstance(message.channel, discord.Thread),
    )


def may_read(channel: object, member: discord.Member) -> bool:
    """Whether the member may read the channel, with its earlier messages."""
    permissions = _permissions(channel, member)
    return permissions is not None and permissions.view_channel and permissions.read_message_history


def _permissions(channel: object, member: discord.Member | None) -> discord.Permissions | None:
    if member is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return None
    try:
        return channel.permissions_for(member)
    except discord.ClientException:  # a thread whose channel is not known
        return None
