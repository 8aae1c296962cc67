"""The entities of Discord as immutable values: users, guilds, channels and messages."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

from tools.local_discord.model.permissions import NOTHING, Overwrite, Permission

Payload = dict[str, Any]
"""A JSON object as it is sent."""


class ChannelType(IntEnum):
    TEXT = 0
    DM = 1
    VOICE = 2
    GROUP_DM = 3
    NEWS = 5
    NEWS_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15


VOICES = frozenset({ChannelType.VOICE, ChannelType.STAGE})
"""Channels for speech, which also have a text chat."""
THREADS = frozenset({ChannelType.NEWS_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD})


class MessageType(IntEnum):
    DEFAULT = 0
    THREAD_CREATED = 18
    REPLY = 19
    COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_COMMAND = 23


class MessageFlag(IntFlag):
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    HAS_SNAPSHOT = 1 << 14
    COMPONENTS_V2 = 1 << 15


NO_FLAGS = MessageFlag(0)


class InteractionType(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot; `locale` is the language of their client."""

    id: str
    name: str
    locale: str = "en-US"
    bot: bool = False
    takes_dms: bool = True


@dataclass(frozen=True, slots=True)
class Role:
    id: str
    name: str
    permissions: Permission = NOTHING
    mentionable: bool = False
    position: int = 1
    bot_id: str | None = None
    """The bot for which Discord created the role; it can't be given to anyone else."""


@dataclass(frozen=True, slots=True)
class Guild:
    """A server. `bot_inside` is whether the bot's user is a member of it."""

    id: str
    name: str
    owner_id: str
    locale: str
    bot_inside: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A user in a guild."""

    user: User
    guild_id: str
    role_ids: tuple[str, ...]
    joined: datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, a thread (whose parent is its channel), or a direct message channel (without a guild)."""

    id: str
    type: ChannelType
    name: str
    guild_id: str | None = None
    parent_id: str | None = None
    owner_id: str | None = None
    recipients: tuple[User, ...] = ()
    overwrites: tuple[Overwrite, ...] = ()
    position: int = 0
    archived: bool = False
    locked: bool = False
    auto_archive_minutes: int = 4320
    created: datetime | None = None

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message or of a command option, served under `url`."""

    id: str
    filename: str
    size: int
    content_type: str | None
    url: str
    description: str | None = None
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """The current state of a message. `viewer_id` is the only viewer of an ephemeral message."""

    id: str
    channel_id: str
    guild_id: str | None
    author: User
    type: MessageType
    sent: datetime
    content: str = ""
    components: tuple[Payload, ...] = ()
    embeds: tuple[Payload, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    flags: MessageFlag = NO_FLAGS
    edited: datetime | None = None
    reply_to: str | None = None
    forwarded: "Message | None" = None
    """The forwarded message, in its state at that time."""
    mentioned: tuple[User, ...] = ()
    mentioned_role_ids: tuple[str, ...] = ()
    mentions_everyone: bool = False
    nonce: str | int | None = None
    interaction: Payload | None = None
    viewer_id: str | None = None
    webhook: bool = False

    @property
    def ephemeral(self) -> bool:
        return MessageFlag.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Whether it shows that the bot is thinking."""
        return MessageFlag.LOADING in self.flags

    @property
    def v2(self) -> bool:
        """Whether it consists of components only (IS_COMPONENTS_V2)."""
        return MessageFlag.COMPONENTS_V2 in self.flags


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request."""

    filename: str
    content: bytes
    content_type: str | None
