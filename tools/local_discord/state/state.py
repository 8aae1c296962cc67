"""What stands behind the routes and the gateway: one Discord, without its network."""

from dataclasses import replace
from typing import Any

from tools.local_discord.model.clock import Clock
from tools.local_discord.model.entities import Channel, Guild, Message, MessageType, Payload, User
from tools.local_discord.model.permissions import Overwrite
from tools.local_discord.rules.description import Description
from tools.local_discord.state.gateway import Gateway
from tools.local_discord.state.interaction import Interactions
from tools.local_discord.state.mentions import Mentioned
from tools.local_discord.state.payloads import channel_payload
from tools.local_discord.state.world import World
from tools.local_platform.changes import Changes

GLOBAL = ""
"""The scope of commands that are offered everywhere."""


class State:
    """The state that all parts share."""

    def __init__(self, description: Description, cdn: str, token: str) -> None:
        self.description = description
        self.clock = Clock()
        self.changes = Changes()
        self.world = World(self.clock, cdn)
        self.gateway = Gateway(self.world, self.changes, token)
        self.interactions = Interactions()
        self.commands: dict[str, list[Payload]] = {GLOBAL: []}
        """The registered commands, all of them global."""
        self.pings: list[Mentioned] = []
        """The messages of the bot that notified somebody."""
        self.typing: list[tuple[str, float]] = []
        """Where and when the bot was seen typing."""

    def new_message(self, channel: Channel, author: User, kind: MessageType, **content: Any) -> Message:
        """A message of now in a channel, which is kept nowhere yet."""
        return Message(
            self.clock.new_id(), channel.id, channel.guild_id, author, kind, self.clock.now(), **content
        )

    def leave(self, guild: Guild) -> None:
        """The bot leaves a guild, or is removed from it."""
        self.world.guilds[guild.id] = replace(guild, bot_inside=False)
        self.world.members[guild.id].pop(self.world.bot.id, None)
        self.gateway.dispatch("GUILD_DELETE", {"id": guild.id, "unavailable": False}, guild.id)

    def overwrite(self, channel: Channel, overwrite: Overwrite) -> Channel:
        """A channel allows and denies something, in place of what it said of the same role or member."""
        others = [one for one in channel.overwrites if one.id != overwrite.id]
        changed = self.world.keep_channel(replace(channel, overwrites=(*others, overwrite)))
        self.gateway.dispatch("CHANNEL_UPDATE", channel_payload(self.world, changed), channel.guild_id)
        return changed
