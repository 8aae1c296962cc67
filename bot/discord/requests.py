"""Builds requests from Discord's interactions and messages."""

from dataclasses import replace

import discord

from bot.cards.request import Request
from bot.chat.venue import Audience, Person, Venue
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.opened_threads import OpenedThreads

PLATFORM = "discord"


def request_of(dispatcher: Dispatcher, interaction: discord.Interaction) -> Request:
    """The request of an interaction; public texts are in the server's language."""
    venue = venue_of_interaction(interaction, dispatcher.threads)
    public = str(interaction.guild_locale or interaction.locale)
    return dispatcher.request(venue, person_of_interaction(interaction), public)


def venue_of_interaction(interaction: discord.Interaction, threads: OpenedThreads) -> Venue:
    """The venue of an interaction."""
    guild = server_of(interaction)
    # By the context, since direct messages between two people look like those with the bot.
    alone = guild is None and interaction.context.dm_channel
    return _venue(guild, interaction.channel, interaction.channel_id, threads, alone=alone)


def server_of(interaction: discord.Interaction) -> str | None:
    """The server whose settings and collections apply to an interaction."""
    # In a server that did not install the bot, a person can use it as a user app; nothing of that server
    # applies.
    brought = interaction.is_user_integration() and not interaction.is_guild_integration()
    return str(interaction.guild_id) if interaction.guild_id and not brought else None


def venue_of_message(message: discord.Message, threads: OpenedThreads) -> Venue:
    """The venue of a message."""
    guild = str(message.guild.id) if message.guild else None
    alone = isinstance(message.channel, discord.DMChannel)
    return _venue(guild, message.channel, message.channel.id, threads, alone=alone)


def _venue(
    community: str | None,
    channel: object,
    channel_id: int | None,
    threads: OpenedThreads,
    *,
    alone: bool,
) -> Venue:
    room = str(channel_id)
    audience = Audience.PERSON if alone else Audience.CHANNEL if community else Audience.GROUP
    if isinstance(channel, discord.Thread):
        venue = Venue(PLATFORM, community, str(channel.parent_id), room, audience=audience)
        return replace(venue, own=threads.has(venue.tenant, room))
    return Venue(PLATFORM, community, room, own=alone, audience=audience)


def person_of_interaction(interaction: discord.Interaction) -> Person:
    """The person of an interaction, with the permissions that Discord sent with it."""
    user = interaction.user
    in_guild = interaction.guild_id is not None and isinstance(user, discord.Member)
    permissions = interaction.permissions
    return Person(
        str(user.id),
        user.display_name,
        str(interaction.locale),
        manages=in_guild and (permissions.manage_guild or permissions.administrator),
        moderates=in_guild and (permissions.manage_messages or permissions.administrator),
        roles=_roles(user),
    )


def person_of_message(message: discord.Message, locale: str) -> Person:
    """The writer of a message; their permissions are not looked up."""
    return Person(str(message.author.id), message.author.display_name, locale, roles=_roles(message.author))


def channel_name(interaction: discord.Interaction, channel: str) -> str:
    """The name of a channel in the interaction's server; empty if it is not known."""
    found = interaction.guild.get_channel(int(channel)) if interaction.guild and channel.isdecimal() else None
    return f"#{found.name}" if found else ""


def _roles(user: discord.User | discord.Member) -> frozenset[str]:
    # Not `Member.roles`, which is empty for a server that is not cached.
    return frozenset(str(role) for role in user._roles) if isinstance(user, discord.Member) else frozenset()  # noqa: SLF001
