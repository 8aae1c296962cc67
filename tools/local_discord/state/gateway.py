"""The gateway: sessions, which events each gets, and events that were missed while disconnected."""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from tools.local_discord.model.entities import Channel, Guild, Message, Payload
from tools.local_discord.state.gateway_protocol import (
    FATAL,
    KNOWN_INTENTS,
    PRIVILEGED,
    Close,
    Intent,
    Op,
    needed_intent,
)
from tools.local_discord.state.message_payloads import gateway_message_payload, without_content
from tools.local_discord.state.payloads import application_payload, guild_create_payload, own_user_payload
from tools.local_discord.state.world import World
from tools.local_platform.changes import Changes

SESSIONS_A_DAY = 1_000
MAX_CONCURRENCY = 16
"""Shards that may identify at once: more than a small bot's 1, so that shards need not wait in tests."""
IDENTIFY_SECONDS = 5.0
"""The least seconds between two identifies of shards with the same number modulo max_concurrency."""
ID_TIME_SHIFT = 22


class Connection(Protocol):
    """An open socket."""

    def send(self, frame: str | bytes) -> None:
        """Send a frame: text is compressed if the client asked for it, bytes are sent unchanged."""

    def control(self, op: Op, data: Any) -> None:
        """Send a frame that is not an event."""

    def close(self, code: int) -> None:
        """Close with this code; 1006 ends the connection without a close frame."""

    def silence(self) -> None:
        """Send nothing more, but keep the socket open."""


@dataclass(slots=True, eq=False)
class Session:
    """A session of a shard. It outlives its connection, so that it can be resumed."""

    id: str
    intents: Intent
    shard: tuple[int, int]
    connection: Connection | None
    resumable: bool = True
    sent: list[Payload] = field(default_factory=list)
    """All dispatches, in order; the n-th has the sequence number n."""

    def dispatch(self, event: str, data: Any) -> None:
        frame = {"op": Op.DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(frame)
        if self.connection is not None:
            self.connection.send(json.dumps(frame))


class Gateway:
    """All sessions, and the events that are dispatched to them."""

    def __init__(self, world: World, changes: Changes, token: str) -> None:
        self._world = world
        self._changes = changes
        self._token = token
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.identifies: list[Payload] = []
        """The identify payloads in order, without the token."""
        self.identified_at: list[float] = []
        """When each was received, in seconds of the server's clock."""
        self.max_concurrency = MAX_CONCURRENCY
        self.too_soon = 0
        """The number of identifies that were rejected because of `paced`."""
        self.paced = False
        """Whether an identify too soon after another one is answered with an invalid session."""
        self.guilds_a_shard: int | None = None
        """The most guilds of a shard (Discord's limit is 2,500); None for no limit."""
        self.resumes = 0
        """The number of resumed sessions."""
        self.url = ""
        """The gateway's address, known when the server listens."""
        self.shards = 1
        """The recommended number of shards."""
        self.allowed_intents = Intent(KNOWN_INTENTS)
        """The intents that the application may use; identifying with others closes the connection."""
        self.token_revoked = False
        self.ends_at_once = False
        """Whether each session is invalidated as soon as it has begun."""
        self._used_up_until: float | None = None
        self.unavailable: set[str] = set()
        """Guilds with an outage: sessions are told that they are unavailable, and get no events of them."""
        self.unlisted: set[str] = set()
        """Guilds of the bot that are left out of a new session's list."""

    @property
    def alive(self) -> bool:
        """Whether any session has a connection."""
        return bool(self._connected())

    def use_up(self, seconds: float) -> None:
        """Allow no new session for this many seconds."""
        self._used_up_until = self._world.clock.seconds() + seconds

    def knows(self, token: object) -> bool:
        """Whether this is the bot's current token."""
        return token == self._token and not self.token_revoked

    def bot_gateway_payload(self) -> Payload:
        """The response to GET /gateway/bot."""
        left = (self._used_up_until or 0.0) - self._world.clock.seconds()
        limit = {
            "total": SESSIONS_A_DAY,
            "remaining": 0 if left > 0 else max(0, SESSIONS_A_DAY - len(self.identifies)),
            "reset_after": int(left * 1000) if left > 0 else 86_400_000,
            "max_concurrency": self.max_concurrency,
        }
        return {"url": self.url, "shards": self.shards, "session_start_limit": limit}

    def identify(self, data: Payload, connection: Connection) -> Session | Close | None:
        """Begin a session; returns the close code if it is refused, and None if it comes too soon."""
        if not self.knows(str(data.get("token", "")).removeprefix("Bot ")):
            return Close.AUTHENTICATION_FAILED
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
            return Close.INVALID_INTENTS
        if intents & PRIVILEGED & ~self.allowed_intents:
            return Close.DISALLOWED_INTENTS
        match data.get("shard", [0, 1]):
            case [int(number), int(count)] if 0 <= number < count:
                shard = (number, count)
            case _:
                return Close.INVALID_SHARD
        if self._is_crowded(count):
            return Close.SHARDING_REQUIRED
        now = self._world.clock.seconds()
        soon = self.paced and any(
            now - at < IDENTIFY_SECONDS and (one["shard"][0] - number) % self.max_concurrency == 0
            for one, at in zip(self.identifies, self.identified_at, strict=True)
        )
        if soon:
            self.too_soon += 1
            return None
        self.identified_at.append(now)
        self.identifies.append(
            {"shard": [number, count]} | {key: value for key, value in data.items() if key != "token"}
        )
        session = Session(secrets.token_hex(16), Intent(intents), shard, connection)
        self.sessions[session.id] = session
        self._greet(session)
        if self.ends_at_once:
            session.resumable = False
            connection.control(Op.INVALID_SESSION, data=False)
        self._changes.announce()
        return session

    def _is_crowded(self, count: int) -> bool:
        if self.guilds_a_shard is None:
            return False
        inside = [int(guild.id) for guild in self._world.guilds.values() if guild.bot_inside]
        shards = [(one >> ID_TIME_SHIFT) % count for one in inside]
        return max(map(shards.count, shards), default=0) > self.guilds_a_shard

    def resume(self, data: Payload, connection: Connection) -> Session | Close | None:
        """Resume a session; returns the close code if it is refused, and None if the session is gone."""
        if not self.knows(str(data.get("token", "")).removeprefix("Bot ")):
            return Close.AUTHENTICATION_FAILED
        session = self.sessions.get(str(data.get("session_id")))
        if session is None or not session.resumable:
            return None
        seq = data.get("seq")
        if not isinstance(seq, int) or seq > len(session.sent):
            return Close.INVALID_SEQUENCE
        session.connection = connection
        for frame in session.sent[seq:]:
            connection.send(json.dumps(frame))
        session.dispatch("RESUMED", {"_trace": []})
        self.resumes += 1
        self._changes.announce()
        return session

    def disconnected(self, connection: Connection, code: int | None) -> None:
        """Handle the end of a connection; a session that the bot ended with 1000 or 1001 can't be resumed."""
        if connection in self.connections:
            self.connections.remove(connection)
        for session in list(self.sessions.values()):
            if session.connection is connection:
                session.connection = None
                if code in (1000, 1001) or code in FATAL:
                    del self.sessions[session.id]
        self._changes.announce()

    def dispatch(self, event: str, data: Payload, guild_id: str | None = None) -> None:
        """Send an event to the sessions with its intent and shard."""
        intent = needed_intent(event, in_guild=guild_id is not None)
        for session in self._of_shard(guild_id):
            if not intent or session.intents & intent:
                session.dispatch(event, data)
        self._changes.announce()

    def dispatch_message(self, event: str, message: Message) -> None:
        """Send an event about a message, without the content if the bot may not read it."""
        payload = gateway_message_payload(self._world, message)
        open_to_bot = self.may_read(message)
        closed = payload
        if (answered := self._world.messages.get(message.reply_to or "")) and not self.may_read(answered):
            # Discord does not document whether a reply reveals the content of the other message; here not.
            closed = {**payload, "referenced_message": without_content(payload["referenced_message"])}
        intent = needed_intent(event, in_guild=message.guild_id is not None)
        for session in self._of_shard(message.guild_id):
            if session.intents & intent:
                reads = open_to_bot or session.intents & Intent.MESSAGE_CONTENT
                whole = payload if session.intents & Intent.MESSAGE_CONTENT else closed
                session.dispatch(event, whole if reads else without_content(whole))
        self._changes.announce()

    def may_read(self, message: Message) -> bool:
        """Whether a bot without the message content intent gets the content of a message: of its own
        messages, direct messages and those that mention it."""
        return (
            message.guild_id is None
            or message.author == self._world.bot
            or self._world.bot in message.mentioned
        )

    def _of_shard(self, guild_id: str | None) -> Iterator[Session]:
        """The sessions of a guild's shard; direct messages (None) belong to the first shard."""
        for session in list(self.sessions.values()):
            number, count = session.shard
            if (0 if guild_id is None else (int(guild_id) >> ID_TIME_SHIFT) % count) == number:
                yield session

    def guilds_of(self, session: Session) -> list[Guild]:
        """The guilds of a session's shard."""
        inside = [guild for guild in self._world.guilds.values() if guild.bot_inside]
        return [guild for guild in inside if session in self._of_shard(guild.id)]

    def _greet(self, session: Session) -> None:
        guilds = [guild for guild in self.guilds_of(session) if guild.id not in self.unlisted]
        application = application_payload(self._world)
        ready = {
            "v": 10,
            "user": own_user_payload(self._world.bot),
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "session_type": "normal",
            "private_channels": [],
            "relationships": [],
            "shard": list(session.shard),
            "application": {"id": application["id"], "flags": application["flags"]},
            "_trace": [],
        }
        session.dispatch("READY", ready)
        if session.intents & Intent.GUILDS:
            for guild in guilds:
                if guild.id not in self.unavailable:
                    session.dispatch("GUILD_CREATE", self._guild_create(session, guild))

    def _guild_create(self, session: Session, guild: Guild) -> Payload:
        members = self._world.members[guild.id].values()
        # Without the intent, a bot only gets itself as a member.
        known = [m for m in members if session.intents & Intent.GUILD_MEMBERS or m.user == self._world.bot]
        return guild_create_payload(self._world, guild, known)

    def _connected(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.connection is not None]

    def announce_guild(self, guild: Guild) -> None:
        """Send the event about a guild that the bot has just joined."""
        for session in self._of_shard(guild.id):
            if session.intents & Intent.GUILDS:
                session.dispatch("GUILD_CREATE", self._guild_create(session, guild))
        self._changes.announce()

    def announce_channel(self, event: str, channel: Channel, payload: Payload) -> None:
        """Send an event about a channel or thread if the bot can see it."""
        if self._world.permissions(self._world.bot, channel):
            self.dispatch(event, payload, channel.guild_id)

    def each(self, act: Callable[[Connection], None]) -> None:
        """Apply a function to every open connection."""
        for connection in list(self.connections):
            act(connection)

    def last_dispatch(self, event: str) -> tuple[Session, Payload]:
        """The newest dispatch of an event to a connected session, for sending it again."""
        for session in self._connected():
            for frame in reversed(session.sent):
                if frame["t"] == event:
                    return session, frame
        raise AssertionError(f"no {event} was dispatched")
