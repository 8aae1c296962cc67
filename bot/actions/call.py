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
    """A file that a person attached, which is still on the platform."""

    @property
    def name(self) -> str:
        """The file's name."""
        ...

    async def size(self) -> int | None:
        """The size in bytes; None if the platform does not give it. Raises Refusal if the file may not be
        read."""
        ...

    async def read(self) -> bytes:
        """The content. Raises Refusal if it can't be downloaded."""
        ...


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a command, by the names of its options; options that were not given are missing.
    `undecided` are typed values of flags that are neither yes nor no."""

    texts: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)
    file: Upload | None = None
    undecided: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text; empty if there is none."""
        return self.texts.get(name, "")

    def flag(self, name: str) -> bool:
        """A flag; False if it is not set."""
        return self.flags.get(name, False)


@dataclass(frozen=True, slots=True)
class Call:
    """One use of a command or button: its request and its reply."""

    service: Service
    profile: PlatformProfile
    request: Request
    reply: Reply


@dataclass(frozen=True, slots=True)
class CommandCall(Call):
    """A use of a command.

    `message` is the id, unique in its community, of the message on which it is used, if it is a message
    command; that message's text is the argument `text`. `channel` and `groups` are as in `ButtonPress`.
    """

    arguments: Arguments
    message: str = ""
    channel: str = ""
    groups: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ButtonPress(Call):
    """A use of a button, a menu or a form.

    `values` are what was chosen or typed. `channel` is the name of the channel that it is about, if it is
    about one, and `groups` are the names, by id, of the community's user groups, if the platform has any
    besides roles. `hidden` is whether only the person sees the message that was pressed, and `may_write`
    whether the person may post publicly there.
    """

    press: Press
    values: Sequence[str] = ()
    channel: str = ""
    groups: Mapping[str, str] | None = None
    hidden: bool = False
    may_write: bool = True

    @property
    def settled_venue(self) -> Venue:
        """The venue whose settings it is about: a channel, or the community if no channel is named."""
        venue = self.request.venue
        return Venue(venue.platform, venue.community, self.press.subject or venue.channel)
