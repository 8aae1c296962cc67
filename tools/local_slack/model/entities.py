"""What there is in Slack: teams, people, channels, messages, files. Values; a change makes a new one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Payload = dict[str, Any]
"""JSON as it goes over the wire."""


@dataclass(frozen=True, slots=True)
class Team:
    """A workspace. `bot_id` and `bot_user_id` are the app's there, None if it is not installed."""

    id: str
    name: str
    domain: str
    enterprise_id: str | None = None
    bot_id: str | None = None
    bot_user_id: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A person, or a bot. `locale` and `zone` are those of their account."""

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
    """A user group (Slack's API says subteam or usergroup), which people mention by its `handle`."""

    id: str
    team_id: str
    name: str
    handle: str
    user_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, a private one, direct messages with the bot (`user_id` is the person), or those of `people`:
    of two, or of a group, in which the bot is or is not.

    `shared_with` are further teams (Slack Connect). `bot_may_post` is false where an administrator let only
    some people post.
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
        """Whether it is of one person and somebody else: the bot, or another person."""
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

    `told` and `info` replace what messages and files.info say of it; what is `...` there is left out. A file
    with a `redirect` is not given: whoever asks for it is sent on to that address.
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
    """A message as it stands now. `viewer_id` is set on an ephemeral one: nobody else sees it.

    `source` is how it came: "say" (a person), the name of a method, "response_url" or "ack"; `origin` is the
    id of the delivery that it answers, where that is certain. `changed` is when it was last changed, in
    seconds of the server's clock.
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
        """The message on which its thread hangs: itself where it begins one or is in none."""
        return self.thread_ts or self.ts
