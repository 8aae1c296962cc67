"""A request: who asks, where, in which language, and how the platform renders."""

from dataclasses import dataclass, replace

from bot.cards.card import Canvas
from bot.chat.venue import Caller, Person, Venue
from bot.messages.catalogue import Messages


@dataclass(frozen=True, slots=True)
class Request:
    """A request, which an adapter builds from an event of its platform.

    `messages` are the bot's messages in the person's language, and `public` those for what everybody reads;
    `canvas` is the capacity of the platform's messages.
    """

    venue: Venue
    person: Person
    messages: Messages
    public: Messages
    canvas: Canvas

    @property
    def caller(self) -> Caller:
        """Who makes it, and where."""
        return Caller(self.venue, self.person)

    def spoken(self, language: str) -> "Request":
        """The request with messages in a language, if the catalogue has it."""
        return replace(self, messages=self.messages.spoken(language))
