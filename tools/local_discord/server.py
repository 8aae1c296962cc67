"""The local Discord: a server with a REST API, a gateway and a CDN, and simulated people."""

from dataclasses import replace
from typing import Any

from aiohttp import web

from tools.local_discord.api.gateway_socket import CUT, Socket
from tools.local_discord.api.rest_api import FILE_LIMIT, FILES_LIMIT, handle_request
from tools.local_discord.model.entities import Channel, ChannelType, Guild, Message, User
from tools.local_discord.model.permissions import NOTHING, Overwrite, Permission
from tools.local_discord.people.people import People
from tools.local_discord.rules.description import API_PREFIX, load_description
from tools.local_discord.state import posting
from tools.local_discord.state.gateway_protocol import FATAL, Close, Op
from tools.local_discord.state.payloads import channel_payload
from tools.local_discord.state.requests import Request
from tools.local_discord.state.state import State
from tools.local_platform.changes import Changes
from tools.local_platform.issued_secrets import issue_secret
from tools.local_platform.local_server import LocalServer
from tools.local_platform.requests import Requests

TOKEN = "local.discord.token"
HEARTBEAT_SECONDS = 41.25
"""Discord's interval of heartbeats."""
REQUEST_LIMIT = (FILES_LIMIT + 1) * FILE_LIMIT
"""The most bytes of a request: more than all files within their limits."""


class LocalDiscord(LocalServer, People):
    """`async with LocalDiscord() as discord:` serves on 127.0.0.1 until the end.

    At first there are a guild, `guild`, with the channels `general`, `random` and `sealed` (where the bot may
    read but not write), and another, `other_guild` (in Korean), with `elsewhere`. The people are `admin`
    (MANAGE_GUILD), `moderator` (MANAGE_MESSAGES), `editor` (who has `editor_role`), and `ann`, `kim` (ko) and
    `sato` (ja) without further permissions. `admin` and `ann` are in both guilds. `world` adds more.
    """

    request_limit = REQUEST_LIMIT

    def __init__(
        self, *, token: str = TOKEN, heartbeat_seconds: float = HEARTBEAT_SECONDS, shards: int = 1
    ) -> None:
        """Bind a port at once, so that the addresses are known; requests are served under `async with`."""
        LocalServer.__init__(self)
        self.token = issue_secret(token)
        self.heartbeat_seconds = heartbeat_seconds
        self.api = f"{self.base}{API_PREFIX}"
        """The value for discord.http.Route.BASE."""
        self.gateway = f"{self.base.replace('http', 'ws')}/gateway"
        """The value for discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY."""
        self.cdn = f"{self.base}/cdn"
        state = State(load_description(), self.cdn, token)
        state.gateway.url = self.gateway
        state.gateway.shards = shards
        People.__init__(self, state)
        self.world = state.world
        self.clock = state.clock
        self.bot = state.world.bot
        self.sessions = state.gateway
        """The gateway's side: `identifies`, `resumes`, `allowed_intents`, `shards`."""
        self.commands = state.commands
        """The registered commands, under the key ""."""
        self.interactions = state.interactions
        self.pings = state.pings
        """The notifications by the bot's messages."""
        self.typing = state.typing
        self.granted = state.granted
        self.faults = state.faults
        """The faults for requests."""
        self._populate()

    def _populate(self) -> None:
        world = self.world
        self.admin = world.add_user("Ada Admin")
        self.moderator = world.add_user("Mo Moderator")
        self.editor = world.add_user("Eddie Editor")
        self.ann = world.add_user("Ann")
        self.kim = world.add_user("Kim", locale="ko")
        self.sato = world.add_user("Sato", locale="ja")
        owner = world.add_user("Olive Owner")
        self.guild = world.add_guild("The Newsroom", owner=owner)
        admins = world.add_role(self.guild, "admins", Permission.MANAGE_GUILD)
        moderators = world.add_role(self.guild, "moderators", Permission.MANAGE_MESSAGES)
        self.editor_role = world.add_role(self.guild, "editors", mentionable=True)
        world.join(self.guild, self.admin, admins)
        world.join(self.guild, self.moderator, moderators)
        world.join(self.guild, self.editor, self.editor_role)
        for user in (self.ann, self.kim, self.sato):
            world.join(self.guild, user)
        self.own_role = world.add_own_role(self.guild)
        self.general = world.add_channel(self.guild, "general")
        self.random = world.add_channel(self.guild, "random")
        self.sealed = world.add_channel(self.guild, "sealed", world.bot_denied(Permission.SEND_MESSAGES))
        self.other_guild = world.add_guild("The Harbour", owner=owner, locale="ko")
        keepers = world.add_role(self.other_guild, "keepers", Permission.MANAGE_GUILD)
        world.join(self.other_guild, self.admin, keepers)
        world.join(self.other_guild, self.ann)
        self.elsewhere = world.add_channel(self.other_guild, "elsewhere")

    @property
    def requests(self) -> Requests[Request]:
        """All requests, in order; `print(discord.requests)` shows them."""
        return self._state.requests

    @property
    def _changes(self) -> Changes:
        return self._state.changes

    # The network

    def _routes(self) -> list[web.RouteDef]:
        return [
            web.get("/gateway", self._serve_socket),
            web.get("/gateway/", self._serve_socket),
            web.get("/cdn/attachments/{channel}/{file}/{name}", self._serve_file),
            web.route("*", API_PREFIX + "/{path:.*}", self._serve_api),
        ]

    async def _serve_api(self, request: web.Request) -> web.StreamResponse:
        return await handle_request(self._state, request)

    async def _serve_socket(self, request: web.Request) -> web.StreamResponse:
        return await Socket(self._state.gateway, self.clock, self.heartbeat_seconds).serve(request)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        content = self.world.files.get(request.match_info["file"])
        if content is None:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=content, content_type="application/octet-stream")

    # Faults of the gateway

    def drop(self, code: int = CUT) -> None:
        """Close all connections with a code, by default without a close frame. Fatal codes end the
        sessions."""
        if code in FATAL:
            self.sessions.sessions.clear()
        self.sessions.each(lambda connection: connection.close(code))

    def reconnect(self) -> None:
        """Ask all clients to reconnect and resume."""
        self.sessions.each(lambda connection: connection.control(Op.RECONNECT, None))

    def invalidate(self, *, resumable: bool) -> None:
        """Invalidate the sessions of all clients."""
        if not resumable:
            for session in self.sessions.sessions.values():
                session.resumable = False
        self.sessions.each(lambda connection: connection.control(Op.INVALID_SESSION, resumable))

    def silence(self) -> None:
        """Keep the connections open but send nothing more; new connections work."""
        self.sessions.each(lambda connection: connection.silence())

    def revoke_token(self) -> None:
        """Make the token invalid from now on."""
        self.sessions.token_revoked = True
        self.drop(Close.AUTHENTICATION_FAILED)

    def dispatch_raw(self, event: str, data: Any) -> None:
        """Dispatch any data, even malformed, to all sessions."""
        for session in self.sessions.sessions.values():
            session.dispatch(event, data)

    def send_raw(self, frame: str | bytes) -> None:
        """Send a raw frame: a text, compressed if the client asked for it, or bytes."""
        self.sessions.each(lambda connection: connection.send(frame))

    def duplicate(self, event: str) -> None:
        """Dispatch the newest event with this name once more."""
        session, frame = self.sessions.last_dispatch(event)
        session.dispatch(event, frame["d"])

    # Changes to the world, with events to the bot

    def publish(self, event: str, message: Message) -> None:
        """Send the bot an event about a message, MESSAGE_CREATE or MESSAGE_UPDATE."""
        posting.publish(self._state, event, message)

    def add_guild(self, name: str, *, locale: str = "en-US") -> Guild:
        """Add a guild with the bot in it and `admin` as its owner."""
        guild = self.world.add_guild(name, owner=self.admin, locale=locale)
        self.sessions.announce_guild(guild)
        return guild

    def add_channel(self, guild: Guild, name: str, kind: ChannelType = ChannelType.TEXT) -> Channel:
        """Add a channel."""
        made = self.world.keep_channel(replace(self.world.add_channel(guild, name), type=kind))
        self.sessions.announce_channel("CHANNEL_CREATE", made, channel_payload(self.world, made))
        return made

    def remove_bot(self, guild: Guild) -> None:
        """Remove the bot from a guild."""
        self.world.guilds[guild.id] = replace(guild, bot_inside=False)
        self.world.members[guild.id].pop(self.bot.id, None)
        self.sessions.dispatch("GUILD_DELETE", {"id": guild.id, "unavailable": False}, guild.id)

    def deny(
        self, channel: Channel, denied: Permission, user: User | None = None, allow: Permission = NOTHING
    ) -> Channel:
        """Replace a channel's overwrite for a user, by default the bot, by one that denies and allows these
        permissions."""
        whose = Overwrite((user or self.bot).id, is_role=False, allow=allow, deny=denied)
        others = [one for one in channel.overwrites if one.id != whose.id]
        changed = self.world.keep_channel(replace(channel, overwrites=(*others, whose)))
        self.sessions.dispatch("CHANNEL_UPDATE", channel_payload(self.world, changed), channel.guild_id)
        return changed
