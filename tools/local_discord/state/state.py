"""The state behind the routes and the gateway."""

from typing import Any

from tools.local_discord.model.clock import Clock
from tools.local_discord.model.entities import Channel, Message, MessageType, Payload, User
from tools.local_discord.rules.description import Description
from tools.local_discord.state.faults import Faults
from tools.local_discord.state.gateway import Gateway
from tools.local_discord.state.interaction import Interaction
from tools.local_discord.state.mentions import Mentioned
from tools.local_discord.state.requests import Request
from tools.local_discord.state.world import World
from tools.local_platform.changes import Changes
from tools.local_platform.requests import Requests

GLOBAL = ""
"""The key of global commands."""


class State:
    """The state that all parts share."""

    def __init__(self, description: Description, cdn: str, token: str) -> None:
        self.description = description
        self.clock = Clock()
        self.changes = Changes()
        self.world = World(self.clock, cdn)
        self.gateway = Gateway(self.world, self.changes, token)
        self.interactions: dict[str, Interaction] = {}
        """The interactions by their tokens."""
        self.commands: dict[str, list[Payload]] = {GLOBAL: []}
        """The registered commands, which are all global."""
        self.pings: list[Mentioned] = []
        """The notifications of each of the bot's messages that notified somebody."""
        self.requests: Requests[Request] = Requests()
        self.faults = Faults()
        self.granted: set[tuple[str, str]] = set()
        """(user id, command name) for commands that a guild's settings allow the user although the command's
        default permissions hide them."""
        self.typing: list[tuple[str, float]] = []
        """The channel and time of each typing indicator of the bot."""

    def new_message(self, channel: Channel, author: User, kind: MessageType, **content: Any) -> Message:
        """A new message in a channel, which is not stored yet."""
        return Message(
            self.clock.new_id(), channel.id, channel.guild_id, author, kind, self.clock.now(), **content
        )
