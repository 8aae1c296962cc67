"""A request: who asks, where, in which language, and how the platform renders."""

from dataclasses import dataclass, replace

from bot.cards.card import Canvas
from bot.chat.venue import Person, Venue
from bot.messages.catalogue import Messages


@dataclass(frozen=True, slots=True)
class Request:
    """Made once by an adapter out of an event of its platform, and handed to everything that answers it.

    `messages` are the bot's words in the language of the person, `public` those for what everybody there
    reads; `canvas` is what a message of the platform holds.
    """

    venue: Venue
    person: Person
    messages: Messages
    public: Messages
    canvas: Canvas

    def for_everybody(self) -> "Request":
        """The same, with words for everybody who reads along."""
        return replace(self, messages=self.public)

    def spoken(self, language: str) -> "Request":
        """The same with the person's words in that language, where it is one of ours."""
        return replace(self, messages=self.messages.spoken(language))
