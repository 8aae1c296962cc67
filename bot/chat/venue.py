"""Who asks, and where."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.dates.zone import UTC_NAME


class Audience(StrEnum):
    """Who reads along in a place, by the platform's own word."""

    CHANNEL = "channel"
    """A channel or a thread of a community, private ones too: whoever is or comes in."""
    GROUP = "group"
    """Direct messages of several people, and wherever a person brought the bot along."""
    PERSON = "person"
    """Direct messages of one person with the bot: nobody else."""


@dataclass(frozen=True, slots=True)
class Venue:
    """A place on a platform where questions are asked.

    `community` is the server or workspace whose settings and collections count, None in a direct message
    and where the bot was brought along by a person. `channel` is the channel whose settings count, `thread`
    the thread below it. `own` is a place that belongs to a conversation with the bot: a direct message, or a
    thread that the bot opened. Slack's direct messages have a community too: `audience` tells what they are.
    """

    platform: str
    community: str | None
    channel: str
    thread: str | None = None
    own: bool = False
    audience: Audience = Audience.CHANNEL

    @property
    def direct(self) -> bool:
        """Whether what is said there is between people, and not a community's: it is shown to no others."""
        return self.audience is not Audience.CHANNEL or self.community is None

    @property
    def alone(self) -> bool:
        """Whether one person and the bot are alone there."""
        return self.audience is Audience.PERSON

    @property
    def room(self) -> str:
        """Where messages stand: the thread, or the channel itself."""
        return self.thread or self.channel

    @property
    def tenant(self) -> str:
        """Whom everything that is kept belongs to: the community, or a direct message's two people."""
        return f"{self.platform}:{self.community}" if self.community else f"{self.platform}:@{self.channel}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a platform, with what the platform says of them at this moment.

    `manages` is the right to manage the community, `moderates` to take away messages in the channel; both
    are false where there is no community. `locale` is the platform's tag of the language they read, `zone`
    the IANA name of the zone they are in, UTC where the platform does not tell.
    """

    id: str
    name: str
    locale: str = "en"
    manages: bool = False
    moderates: bool = False
    roles: frozenset[str] = frozenset()
    zone: str = UTC_NAME


def counted_for(venue: Venue, person: Person) -> str:
    """Whom work counts for where people take turns: the community, or outside of one the person, in however
    many conversations they ask."""
    return venue.tenant if venue.community else f"{venue.platform}:@{person.id}"
