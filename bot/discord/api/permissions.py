"""What somebody and the bot itself may do where a question is asked: nothing is offered that must fail."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

TO_OPEN_THREADS = (
    "view_channel",
    "read_message_history",
    "create_public_threads",
    "send_messages_in_threads",
)
"""What the bot needs to open a thread under an answer and to answer in it."""


@dataclass(frozen=True, slots=True)
class Rights:
    """The permissions of somebody and of the bot in a channel, None if they are not known.

    `holds_threads` is whether the channel is one under whose messages threads are opened: not a thread, the
    text of a voice channel, or a direct message.
    """

    theirs: discord.Permissions | None
    ours: discord.Permissions | None
    holds_threads: bool = False
    is_thread: bool = False

    @property
    def may_write(self) -> bool:
        """Whether they may write there, and so may show an answer to all."""
        if self.theirs is None:
            return False
        return self.theirs.send_messages_in_threads if self.is_thread else self.theirs.send_messages

    @property
    def may_open_thread(self) -> bool:
        """Whether they may open a public thread there: the bot opens it in their place."""
        return self.holds_threads and self.theirs is not None and self.theirs.create_public_threads

    @property
    def lacking_for_thread(self) -> Sequence[str]:
        """The permissions that the bot lacks to open a thread there and to answer in it."""
        return [name for name in TO_OPEN_THREADS if self.ours is None or not getattr(self.ours, name)]

    @property
    def offers_thread(self) -> bool:
        """Whether a thread can be opened there by the one with the other's permission."""
        return self.may_open_thread and not self.lacking_for_thread

    @property
    def may_refer(self) -> bool:
        """Whether the bot may refer to a message that it replies to; where that is not known it tries."""
        return self.ours is None or self.ours.read_message_history

    @property
    def may_attach(self) -> bool:
        """Whether the bot may attach files; where that is not known it tries."""
        return self.ours is None or self.ours.attach_files


def rights_at_interaction(interaction: discord.Interaction) -> Rights:
    """What Discord says along with an interaction, at that moment."""
    # A person may bring the bot along to a server that it is not a member of: it can open nothing there.
    inside = interaction.is_guild_integration() and interaction.guild_id is not None
    return Rights(
        interaction.permissions,
        interaction.app_permissions,
        holds_threads=inside and isinstance(interaction.channel, discord.TextChannel),
        is_thread=isinstance(interaction.channel, discord.Thread),
    )


def rights_at_message(message: discord.Message) -> Rights:
    """What the roles and the channel say that the library knows: nothing comes along with a message."""
    guild = message.guild
    author = message.author if isinstance(message.author, discord.Member) else None
    return Rights(
        _permissions(message.channel, author),
        _permissions(message.channel, guild.me if guild else None),
        holds_threads=isinstance(message.channel, discord.TextChannel),
        is_thread=isinstance(message.channel, discord.Thread),
    )


def _permissions(channel: object, member: discord.Member | None) -> discord.Permissions | None:
    if member is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return None
    try:
        return channel.permissions_for(member)
    except discord.ClientException:  # a thread whose channel is not known
        return None
