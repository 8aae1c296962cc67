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
    """In a new message for the person alone."""
    PUBLIC = "public"
    """In a new message for everybody there."""
    IN_PLACE = "in place"
    """In the place of the message that was pressed; failures in a new one for the person alone."""
    FORM = "form"
    """In a form that opens."""


class Unshowable(Exception):
    """The platform does not let the bot show anything there, or not these words."""

    def __init__(self, key: str = "cannot-write-there") -> None:
        super().__init__(key)
        self.key = key
        """The message that says why, to who asked, elsewhere."""


class Unsure(Exception):
    """The platform did not say whether it took what was sent; sent again, it might stand there twice."""


class Reply(Protocol):
    """The reply to one event. `Dispatcher.run` calls `refuse`, or else `acknowledge` and then the others."""

    @property
    def target(self) -> object | None:
        """What is needed to make the reply again after a crash, for msgspec to keep; None where it can't."""
        ...

    async def refuse(self, card: Card) -> None:
        """Say at once, and to the person alone, why nothing follows; nothing was acknowledged."""
        ...

    async def acknowledge(self, placement: Placement) -> bool:
        """Promise a reply there; False where it is too late for one."""
        ...

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        """Of an answer that a process which ended was about to show, the mark that it has of these and the
        message in which it stands; a mark is the id of an answer, or of the event that it is to. None where
        it surely does not stand there, where to show it again makes no second one of it, and where nobody can
        tell: rather twice than never."""
        ...

    async def show(self, card: Card) -> str | None:
        """Show the reply where it was promised; the id of its message, where the platform tells it.

        Raises Unshowable, Unsure, and Refusal where the platform's own rules do not take it.
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
        where there is none besides the venue of the request."""
        ...
