"""Which commands a person's client shows, and which components the person can use."""

from tools.local_discord.model.entities import Channel, Message, Payload, User
from tools.local_discord.model.permissions import Permission
from tools.local_discord.people.options import NotPossible
from tools.local_discord.rules.components import find, walk_components
from tools.local_discord.rules.limits import CHAT_INPUT, SUBCOMMAND
from tools.local_discord.state.state import GLOBAL, State
from tools.local_discord.state.world import World

GUILD, BOT_DM, PRIVATE_CHANNEL = 0, 1, 2
"""The contexts of interactions."""
GUILD_INSTALL, USER_INSTALL = 0, 1
"""The integration types: who has installed the application."""


def context_of(world: World, channel: Channel) -> int:
    """The context of an interaction in this channel."""
    if channel.guild_id is not None:
        return GUILD
    return BOT_DM if world.bot in channel.recipients else PRIVATE_CHANNEL


def owners_of(world: World, user: User, channel: Channel, installs: list[int]) -> dict[str, str]:
    """The authorizing integration owners of something with these integration types: who installed the
    application, by type."""
    owners: dict[str, str] = {}
    if GUILD_INSTALL in installs:
        if channel.guild_id is not None and world.guilds[channel.guild_id].bot_inside:
            owners[str(GUILD_INSTALL)] = channel.guild_id
        elif context_of(world, channel) == BOT_DM:
            owners[str(GUILD_INSTALL)] = "0"
    if USER_INSTALL in installs and user.id in world.installed_by:
        owners[str(USER_INSTALL)] = user.id
    return owners


class Visibility:
    """Look-ups of what a person's client shows; each raises NotPossible if it does not show it."""

    def __init__(self, state: State) -> None:
        self._state = state

    def slash(self, user: User, channel: Channel, name: str) -> tuple[Payload, list[Payload], list[Payload]]:
        """A slash command, the definitions of its subcommand groups and subcommand from outside in, and the
        options to fill in."""
        first, *path = name.split()
        command = self.command(user, channel, first, CHAT_INPUT)
        options: list[Payload] = command.get("options") or []
        steps: list[Payload] = []
        for step in path:
            inner = next((one for one in options if one["name"] == step and one["type"] == SUBCOMMAND), None)
            if inner is None:
                raise NotPossible(f"/{name} is not registered")
            steps.append(inner)
            options = inner.get("options") or []
        if any(one["type"] == SUBCOMMAND for one in options):
            raise NotPossible(f"/{name} needs a subcommand")
        return command, steps, options

    def command(self, user: User, channel: Channel, name: str, kind: int) -> Payload:
        """A command of a kind, by its name."""
        for command in self._state.commands[GLOBAL]:
            if command["type"] == kind and command["name"] == name:
                self._check_offered(user, channel, command)
                return command
        raise NotPossible(f"there is no command {name!r}")

    def component(self, user: User, message: Message | None, name: str) -> tuple[Message, Payload]:
        """A component of a message in the state that the person sees, which may not be the current one."""
        if message is None:
            raise NotPossible("there is no such message")
        self.check_visible(user, message)
        component = find(message.components, name)
        if component is None:
            names = [
                one.get("label") or one.get("custom_id") for _, one in walk_components(message.components)
            ]
            raise NotPossible(f"the message has no {name!r}, but {[one for one in names if one]}")
        if component.get("disabled"):
            raise NotPossible(f"{name!r} is disabled")
        return message, component

    def check_visible(self, user: User, message: Message) -> None:
        """Check that the message exists and that the person sees it."""
        if message.id not in self._state.world.messages:
            raise NotPossible("the message is gone")
        if message.viewer_id not in (None, user.id):
            raise NotPossible(f"{user.name} does not see that message")
        self._check_sees(user, self._state.world.channels[message.channel_id])

    def _check_sees(self, user: User, channel: Channel) -> None:
        if not self._state.world.permissions(user, channel) & Permission.VIEW_CHANNEL:
            raise NotPossible(f"{user.name} does not see {channel.name or 'that channel'}")

    def _check_offered(self, user: User, channel: Channel, command: Payload) -> None:
        world, name = self._state.world, command["name"]
        self._check_sees(user, channel)
        if not owners_of(world, user, channel, command["integration_types"]):
            raise NotPossible(f"{name!r} is not installed for {user.name} here")
        contexts, context = command["contexts"], context_of(world, channel)
        if contexts is not None and context not in contexts:
            raise NotPossible(f"{name!r} is not offered in a context of {context}")
        if contexts is None and context != GUILD and not command["dm_permission"]:
            raise NotPossible(f"{name!r} is not offered outside a guild")
        if context != GUILD or (user.id, name) in self._state.granted:
            return
        granted = world.permissions(user, channel)
        if not granted & Permission.USE_COMMANDS:
            raise NotPossible(f"{user.name} may use no commands in {channel.name}")
        needed = command["default_member_permissions"]
        if needed is None or granted & Permission.ADMINISTRATOR:
            return
        # "0" hides it from everyone but administrators.
        if int(needed) == 0 or int(needed) & ~int(granted):
            raise NotPossible(f"{name!r} is hidden from {user.name}")
