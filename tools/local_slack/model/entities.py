"""The entities of Slack as immutable values: teams, users, channels, messages and files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Payload = dict[str, Any]
"""A JSON object as it is sent."""


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace. `bot_id` and `bot_user_id` are those of the app's bot, None if it is not installed."""

    id: str
    name: str
    domain: str
    enterprise_id: str | None = None
    bot_id: str | None = None
    bot_user_id: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot. `locale` and `zone` are settings of the account."""

    id: str
    team_id: str
    name: str
    real_name: str
    locale: str = "en-US"
    zone: str = "Europe/London"
    admin: bool = False
    owner: bool = False
    bot_id: str | None = None
    deleted: bool = False

    @property
    def bot(self) -> bool:
        return self.bot_id is not None


@dataclass(frozen=True, slots=True)
class Group:
    """A user group (in Slack's API also subteam), which people mention by its `handle`."""

    id: str
    team_id: str
    name: str
    handle: str
    user_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A public or private channel, direct messages of a person (`user_id`) with the bot, or direct messages
    of `people`, two or a group, with or without the bot.

    `shared_with` are further teams (Slack Connect). `bot_may_post` is false if an administrator allows only
    some people to post.
    """

    id: str
    team_id: str
    name: str = ""
    private: bool = False
    user_id: str | None = None
    member_ids: frozenset[str] = frozenset()
    shared_with: tuple[str, ...] = ()
    bot_may_post: bool = True
    people: bool = False

    @property
    def direct(self) -> bool:
        """Whether it has direct messages of two: a person and the bot, or two people."""
        return self.id.startswith("D")

    @property
    def kind(self) -> str:
        """Slack's `channel_type`: im, mpim (a group's direct messages), group (a private channel) or
        channel."""
        if self.direct:
            return "im"
        return "mpim" if self.people else "group" if self.private else "channel"


@dataclass(frozen=True, slots=True)
class File:
    """A file.

    `told` and `info` replace keys of the file in messages and in files.info; a key whose value is `...` is
    left out. A request for a file with a `redirect` is redirected to that address.
    """

    id: str
    team_id: str
    user_id: str
    name: str
    title: str
    mimetype: str
    size: int
    told: Mapping[str, Any] = field(default_factory=dict, hash=False)
    info: Mapping[str, Any] = field(default_factory=dict, hash=False)
    redirect: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """The current state of a message. `viewer_id` is the only viewer of an ephemeral message.

    `source` is how it was posted: "say" (by a person), the name of a method, "response_url" or "ack".
    `origin` is the id of the delivery that it answers, if that is certain. `changed` is when it was last
    changed, in seconds of the server's clock.
    """

    ts: str
    channel_id: str
    team_id: str
    user_id: str
    text: str = ""
    blocks: tuple[Payload, ...] = ()
    attachments: tuple[Payload, ...] = ()
    files: tuple[File, ...] = ()
    thread_ts: str | None = None
    bot_id: str | None = None
    subtype: str | None = None
    edited_ts: str | None = None
    viewer_id: str | None = None
    source: str = "say"
    origin: str | None = None
    changed: float | None = None

    @property
    def ephemeral(self) -> bool:
        return self.viewer_id is not None

    @property
    def root_ts(self) -> str:
        """The timestamp of its thread's parent message; its own if it begins a thread or is in none."""
        return self.thread_ts or self.ts
