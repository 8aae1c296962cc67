"""The gateway: sessions, who hears of what, and what was missed while a connection was gone."""

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
"""Identifies that may come at once: more than the 1 of a small bot, so that shards need not wait in tests."""
IDENTIFY_SECONDS = 5.0
"""How long Discord takes one identify alone of the shards with the same number modulo max_concurrency."""
ID_TIME_SHIFT = 22


class Connection(Protocol):
    """An open socket."""

    def send(self, frame: str | bytes) -> None:
        """Send a frame: text is compressed where the client asked for it, bytes go as they are."""

    def control(self, op: Op, data: Any) -> None:
        """Send a frame that is no event."""

    def close(self, code: int) -> None:
        """Close with this code; 1006 cuts the line without a word."""

    def silence(self) -> None:
        """Send nothing more, and keep the socket open."""


@dataclass(slots=True, eq=False)
class Session:
    """What a bot identified for. It outlives its connection, so that it can be resumed."""

    id: str
    intents: Intent
    shard: tuple[int, int]
    connection: Connection | None
    resumable: bool = True
    sent: list[Payload] = field(default_factory=list)
    """Every dispatch, in order: the n-th has the sequence number n."""

    def dispatch(self, event: str, data: Any) -> None:
        frame = {"op": Op.DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(frame)
        if self.connection is not None:
            self.connection.send(json.dumps(frame))


class Gateway:
    """All sessions, and what happens to them."""

    def __init__(self, world: World, changes: Changes, token: str) -> None:
        self._world = world
        self._changes = changes
        self._token = token
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.identifies: list[Payload] = []
        """What bots identified with, in order, the token left out."""
        self.identified_at: list[float] = []
        """When each came, in seconds of the server's clock."""
        self.max_concurrency = MAX_CONCURRENCY
        self.too_soon = 0
        """Identifies that were answered so."""
        self.paced = False
        """Whether identifies that come too soon after one another are answered with an invalid session."""
        self.guilds_a_shard: int | None = None
        """How many guilds a shard may have at most, where that is held to: Discord's are 2,500."""
        self.resumes = 0
        """Sessions that were resumed."""
        self.url = ""
        """Where the gateway is; known once the server listens."""
        self.shards = 1
        """How many shards the bot is told to use."""
        self.allowed_intents = Intent(KNOWN_INTENTS)
        """What the application may identify for: take privileged ones away to see them disallowed."""
        self.token_revoked = False
        self.ends_at_once = False
        """Whether a session is invalid as soon as it has begun."""
        self._used_up_until: float | None = None
        self.unavailable: set[str] = set()
        """Guilds with an outage: a session is told of them, and nothing more."""
        self.unlisted: set[str] = set()
        """Guilds that a session is not told of at first, though the bot is in them."""

    @property
    def alive(self) -> bool:
        """Whether any session has a connection."""
        return bool(self._connected())

    def use_up(self, seconds: float) -> None:
        """No session may be begun for so long."""
        self._used_up_until = self._world.clock.seconds() + seconds

    def knows(self, token: object) -> bool:
        """Whether this is the bot's token, as things stand."""
        return token == self._token and not self.token_revoked

    def bot_gateway_payload(self) -> Payload:
        """What a bot is told before it connects."""
        left = (self._used_up_until or 0.0) - self._world.clock.seconds()
        limit = {
            "total": SESSIONS_A_DAY,
            "remaining": 0 if left > 0 else max(0, SESSIONS_A_DAY - len(self.identifies)),
            "reset_after": int(left * 1000) if left > 0 else 86_400_000,
            "max_concurrency": self.max_concurrency,
        }
        return {"url": self.url, "shards": self.shards, "session_start_limit": limit}

    def identify(self, data: Payload, connection: Connection) -> Session | Close | None:
        """Begin a session, or say why not; None if it comes too soon."""
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
        """Take a session up again; None if it is gone and the bot must identify anew."""
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
        """A socket is gone; a session that the bot closed for good (1000, 1001) can't be resumed."""
        if connection in self.connections:
            self.connections.remove(connection)
        for session in list(self.sessions.values()):
            if session.connection is connection:
                session.connection = None
                if code in (1000, 1001) or code in FATAL:
                    del self.sessions[session.id]
        self._changes.announce()

    def dispatch(self, event: str, data: Payload, guild_id: str | None = None) -> None:
        """Tell every session that listens for it and whose shard it belongs to."""
        intent = needed_intent(event, in_guild=guild_id is not None)
        for session in self._of_shard(guild_id):
            if not intent or session.intents & intent:
                session.dispatch(event, data)
        self._changes.announce()

    def dispatch_message(self, event: str, message: Message) -> None:
        """Tell of a message, without what it says to a bot that may not read it."""
        payload = gateway_message_payload(self._world, message)
        open_to_bot = self.may_read(message)
        closed = payload
        if (answered := self._world.messages.get(message.reply_to or "")) and not self.may_read(answered):
            # Nowhere is it said whether an answer opens what it answers; here it does not.
            closed = {**payload, "referenced_message": without_content(payload["referenced_message"])}
        intent = needed_intent(event, in_guild=message.guild_id is not None)
        for session in self._of_shard(message.guild_id):
            if session.intents & intent:
                reads = open_to_bot or session.intents & Intent.MESSAGE_CONTENT
                whole = payload if session.intents & Intent.MESSAGE_CONTENT else closed
                session.dispatch(event, whole if reads else without_content(whole))
        self._changes.announce()

    def may_read(self, message: Message) -> bool:
        """Whether a bot without the message content intent sees what a message says: its own messages, direct
        ones and those that mention it."""
        return (
            message.guild_id is None
            or message.author == self._world.bot
            or self._world.bot in message.mentioned
        )

    def _of_shard(self, guild_id: str | None) -> Iterator[Session]:
        """The sessions that hear of a guild; direct messages belong to the first shard."""
        for session in list(self.sessions.values()):
            number, count = session.shard
            if (0 if guild_id is None else (int(guild_id) >> ID_TIME_SHIFT) % count) == number:
                yield session

    def guilds_of(self, session: Session) -> list[Guild]:
        """The guilds that a session hears of."""
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
        # Without the intent a bot is told of no member but itself.
        known = [m for m in members if session.intents & Intent.GUILD_MEMBERS or m.user == self._world.bot]
        return guild_create_payload(self._world, guild, known)

    def _connected(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.connection is not None]

    def announce_guild(self, guild: Guild) -> None:
        """Tell of a guild that the bot has just joined."""
        for session in self._of_shard(guild.id):
            if session.intents & Intent.GUILDS:
                session.dispatch("GUILD_CREATE", self._guild_create(session, guild))
        self._changes.announce()

    def announce_channel(self, event: str, channel: Channel, payload: Payload) -> None:
        """Tell of a channel or thread that the bot can see."""
        if self._world.permissions(self._world.bot, channel):
            self.dispatch(event, payload, channel.guild_id)

    def each(self, act: Callable[[Connection], None]) -> None:
        """Do something to every open connection."""
        for connection in list(self.connections):
            act(connection)

    def last_dispatch(self, event: str) -> tuple[Session, Payload]:
        """The newest dispatch of an event to anyone who is connected, for sending it once more."""
        for session in self._connected():
            for frame in reversed(session.sent):
                if frame["t"] == event:
                    return session, frame
        raise AssertionError(f"no {event} was dispatched")
