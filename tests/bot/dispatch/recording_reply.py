"""A reply that keeps what is shown with it, for tests of what all platforms share."""

from collections.abc import Sequence

from bot.cards.answer_buttons import AnswerContext
from bot.cards.card import Card
from bot.cards.form import Form
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Venue
from bot.dispatch.reply import Placement


class RecordingReply:
    """Keeps each card under the way in which it was shown, in order; `breaks` are ways that raise."""

    target = "here"

    def __init__(self, message: str | None = "1", **breaks: Exception) -> None:
        """`message` is the id of what is shown."""
        self.message = message
        self.breaks = breaks
        self.shown: list[tuple[str, Card]] = []
        self.promised: list[Placement] = []
        self.forms: list[Form] = []
        self.removed = 0
        self.deleted: list[tuple[str, str]] = []
        self.thread: Venue | None = None
        self.stands: tuple[str, str] | None = None

    @property
    def cards(self) -> list[Card]:
        """All of them."""
        return [card for _, card in self.shown]

    @property
    def ways(self) -> list[str]:
        """How they were shown."""
        return [way for way, _ in self.shown]

    def _keep(self, way: str, card: Card) -> str | None:
        if error := self.breaks.get(way):
            raise error
        self.shown.append((way, card))
        return self.message

    async def refuse(self, card: Card) -> None:
        self._keep("refuse", card)

    async def acknowledge(self, placement: Placement) -> bool:
        if error := self.breaks.get("acknowledge"):
            raise error
        self.promised.append(placement)
        return "late" not in self.breaks

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        """The answer that `stands` names, where it is asked for."""
        return self.stands if self.stands and self.stands[0] in marks else None

    async def show(self, card: Card) -> str | None:
        return self._keep("show", card)

    async def conclude(self, card: Card) -> str | None:
        return self._keep("conclude", card)

    async def show_progress(self, card: Card) -> None:
        self._keep("progress", card)

    async def show_privately(self, card: Card) -> str | None:
        return self._keep("show_privately", card)

    async def fail(self, card: Card) -> str | None:
        return self._keep("fail", card)

    async def direct(self, card: Card) -> None:
        self._keep("direct", card)

    async def open_form(self, form: Form) -> None:
        self.forms.append(form)

    async def remove(self) -> None:
        self.removed += 1

    async def delete(self, room: str, message: str) -> None:
        self.deleted.append((room, message))

    def context(self, question: QuestionRequest | None, *, private: bool) -> AnswerContext:
        return AnswerContext()

    def conversation(self, message: str = "") -> Venue | None:
        return self.thread if message else None
