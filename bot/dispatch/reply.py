"""The interface of a reply to one event, which each adapter implements."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from bot.cards.answer_buttons import AnswerContext
from bot.cards.card import Card
from bot.cards.form import Form
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Venue


class Placement(StrEnum):
    """Where a reply is shown."""

    PRIVATE = "private"
    """A new message that only the person sees."""
    PUBLIC = "public"
    """A new message for everybody there."""
    IN_PLACE = "in place"
    """Replaces the message whose button was pressed; failures go into a new one that only the person sees."""
    FORM = "form"
    """A form that opens."""


class Unshowable(Exception):
    """The platform does not let the bot show anything there, or not this text."""

    def __init__(self, key: str = "cannot-write-there") -> None:
        super().__init__(key)
        self.key = key
        """The message that explains it to the person, elsewhere."""


class OutcomeUnknown(Exception):
    """It is not known whether the platform accepted a message, so sending it again could post it twice."""


class Reply(Protocol):
    """The reply to one event. `Dispatcher.run` calls `refuse`, or else `acknowledge` and then the others."""

    @property
    def target(self) -> object | None:
        """What is stored to rebuild the reply after a crash (by msgspec); None if it can't be rebuilt."""
        ...

    async def refuse(self, card: Card) -> None:
        """Tell only the person, at once, why the request is refused; nothing was acknowledged."""
        ...

    async def acknowledge(self, placement: Placement) -> bool:
        """Acknowledge the event, so that a reply can follow there; False if it is too late."""
        ...

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        """Search for an answer that an ended process was about to send: its mark among these, and its
        message. A mark is the id of the answer or of its event. None if the answer is surely not there, if
        sending it again does not duplicate it, or if that can't be known: twice is better than never."""
        ...

    async def show(self, card: Card) -> str | None:
        """Show the reply at the acknowledged placement; returns the id of its message if the platform gives
        one.

        Raises Unshowable, OutcomeUnknown, and Refusal if the platform's rules do not allow the content.
        """
        ...

    async def conclude(self, card: Card) -> str | None:
        """As `show`, for the final card of a job that may take longer than the platform allows a reply to be
        edited."""
        ...

    async def show_progress(self, card: Card) -> None:
        """Show the progress in the place of the result; failures are ignored."""
        ...

    async def show_privately(self, card: Card) -> str | None:
        """Show a card to the person alone, without replacing anything; returns the id as `show` does."""
        ...

    async def fail(self, card: Card) -> str | None:
        """Show an error instead of the reply, to the person alone if the reply would have been public;
        returns the id as `show` does."""
        ...

    async def direct(self, card: Card) -> None:
        """Send the person a direct message, for what can't be shown where they asked. Raises nothing."""
        ...

    async def open_form(self, form: Form) -> None:
        """Open a form for the person; nothing was acknowledged."""
        ...

    async def remove(self) -> None:
        """Delete the message that was pressed."""
        ...

    async def delete(self, room: str, message: str) -> None:
        """Delete a message of the bot's in a channel or thread, if both exist."""
        ...

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:
        """Which buttons the platform allows under an answer, and whether its question is repeated above it;
        `question` is the one just asked, None for an answer to a press."""
        ...

    def conversation(self, message: str = "") -> Venue | None:
        """The thread for follow-up questions below the reply, whose `message` is known once it is shown; None
        if there is none besides the venue of the request."""
        ...
