"""One use of a command or a button, with everything that its handler needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.cards.press import Press
from bot.cards.request import Request
from bot.chat.venue import Venue
from bot.dispatch.platform_profile import PlatformProfile
from bot.dispatch.reply import Reply
from bot.service.service import Service


class Upload(Protocol):
    """A file that somebody sent along, which is still on the platform."""

    @property
    def name(self) -> str:
        """What it is called there."""
        ...

    async def size(self) -> int | None:
        """Its bytes; None if the platform does not say. Raises Refusal if it may not be looked at."""
        ...

    async def read(self) -> bytes:
        """What is in it. Raises Refusal if it can't be fetched."""
        ...


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was typed or chosen behind a command, by the names of its options; what was not is left out."""

    texts: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)
    file: Upload | None = None

    def text(self, name: str) -> str:
        """A text; empty if there is none."""
        return self.texts.get(name, "")

    def flag(self, name: str) -> bool:
        """A flag; False if it is not set."""
        return self.flags.get(name, False)


@dataclass(frozen=True, slots=True)
class Call:
    """Who uses something and where, and how they are answered."""

    service: Service
    profile: PlatformProfile
    request: Request
    reply: Reply


@dataclass(frozen=True, slots=True)
class CommandCall(Call):
    """A use of a command.

    `message` is the id, unique in its community, of the message that it is used on, where it is used on one:
    its words are the argument `text`. `channel` and `groups` are as in `ButtonPress`.
    """

    arguments: Arguments
    message: str = ""
    channel: str = ""
    groups: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ButtonPress(Call):
    """A use of a button, a menu or a form.

    `values` are what was chosen or typed, `channel` how the channel that it is about is called, where it is
    about one, `groups` the names, by id, of the community's groups of people, where the platform has any
    beside roles. `hidden` is whether the message that was pressed is seen by its person alone, `may_write`
    whether the person may write there, for everybody to read.
    """

    press: Press
    values: Sequence[str] = ()
    channel: str = ""
    groups: Mapping[str, str] | None = None
    hidden: bool = False
    may_write: bool = True

    @property
    def settled_venue(self) -> Venue:
        """The venue whose settings it is about: a channel, or its community where no channel is named."""
        venue = self.request.venue
        return Venue(venue.platform, venue.community, self.press.subject or venue.channel)
