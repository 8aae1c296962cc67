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
        """Show the reply where it was promised; the id of its message, where the platform tells it.

        Raises Unshowable, OutcomeUnknown, and Refusal where the platform's own rules do not take it.
        """
        ...

    async def conclude(self, card: Card) -> str | None:
        """As `show`, for what may have lasted longer than the platform lets the reply be changed."""
        ...

    async def show_progress(self, card: Card) -> None:
        """Show how far something is where its outcome will stand; not missed where that fails."""
        ...

    async def aside(self, card: Card) -> str | None:
        """Say something to the person alone, and leave standing what stands; the id as `show` gives it."""
        ...

    async def fail(self, card: Card) -> str | None:
        """Say why there is no reply: instead of what was promised, to the person alone where everybody would
        have read that; the id as `show` gives it."""
        ...

    async def direct(self, card: Card) -> None:
        """Tell the person in a direct message what can't be said where they asked. Raises nothing."""
        ...

    async def open_form(self, form: Form) -> None:
        """Open a form for the person; nothing was acknowledged."""
        ...

    async def remove(self) -> None:
        """Take away the message that was pressed."""
        ...

    async def delete(self, room: str, message: str) -> None:
        """Delete a message of the bot's in a room, if both are still there."""
        ...

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:
        """What is offered under an answer, by what the platform allows there, and whether its question is
        said above it; `question` is the one just asked, None for an answer to a press."""
        ...

    def conversation(self, message: str = "") -> Venue | None:
        """The thread in which people ask on below the reply, whose `message` is known once it is shown; None
        if there is none besides the venue of the request."""
        ...
