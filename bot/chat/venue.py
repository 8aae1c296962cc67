"""Who uses the bot, and where."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.dates.zone import UTC_NAME


class Audience(StrEnum):
    """Who can read a place, as the platform defines it."""

    CHANNEL = "channel"
    """A channel or a thread of a community, also a private one: its current and future members."""
    GROUP = "group"
    """Direct messages of several people, and any place where a person uses a user-installed bot."""
    PERSON = "person"
    """Direct messages between one person and the bot."""


@dataclass(frozen=True, slots=True)
class Venue:
    """A place on a platform where questions are asked.

    `community` is the server or workspace whose settings and collections apply, None in a direct message and
    for a user-installed bot. `channel` is the channel whose settings apply, and `thread` the thread in it.
    `own` is a place for conversations with the bot: a direct message, or a thread that the bot opened.
    Slack's direct messages have a community too; `audience` tells what they are.
    """

    platform: str
    community: str | None
    channel: str
    thread: str | None = None
    own: bool = False
    audience: Audience = Audience.CHANNEL

    @property
    def direct(self) -> bool:
        """Whether messages there are between people and not a community's, so that they are shown to no
        others."""
        return self.audience is not Audience.CHANNEL or self.community is None

    @property
    def alone(self) -> bool:
        """Whether one person and the bot are alone there."""
        return self.audience is Audience.PERSON

    @property
    def room(self) -> str:
        """The id of the thread, or else of the channel."""
        return self.thread or self.channel

    @property
    def tenant(self) -> str:
        """The owner of everything that is stored: the community, or a direct message channel."""
        return f"{self.platform}:{self.community}" if self.community else f"{self.platform}:@{self.channel}"


@dataclass(frozen=True, slots=True)
class Person:
    """A person on a platform, with the platform's current data.

    `manages` is the right to manage the community, and `moderates` that to delete messages in the channel;
    both are false outside a community. `locale` is the platform's tag of their language, and `zone` the IANA
    name of their time zone, UTC if the platform does not give it.
    """

    id: str
    name: str
    locale: str = "en"
    manages: bool = False
    moderates: bool = False
    roles: frozenset[str] = frozenset()
    zone: str = UTC_NAME


@dataclass(frozen=True, slots=True)
class Caller:
    """A person who uses the bot in a venue, with whose rights and at whose cost something is done."""

    venue: Venue
    person: Person

    @property
    def queue_key(self) -> str:
        """Whose turn it is in fair queues: the community's, or outside one the person's, in all of their
        conversations."""
        return self.venue.tenant if self.venue.community else f"{self.venue.platform}:@{self.person.id}"
