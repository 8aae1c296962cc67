"""The work for one event, ready to run."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.cards.card import Card
from bot.cards.form import Form
from bot.chat.question_message import QuestionMessage
from bot.chat.question_request import DeliveredAnswer, QuestionRequest
from bot.dispatch.reply import Placement


@dataclass(frozen=True, slots=True)
class Aside:
    """An answer for the person alone, which leaves standing what stands."""

    answer: DeliveredAnswer


Made = Card | DeliveredAnswer | Aside | Form | None
"""What a job gives: what is shown, or nothing where all is done."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is done for one event, and where its reply goes.

    `check` is done before anything is acknowledged and refuses at once by raising a NewsdeskError: nobody
    else sees then that anything was asked. `undo` takes back what `work` did where no reply could be shown.
    `public` gives the reply in words for everybody, with `shared` as the name of who shares an answer.
    `question` is what the event asks, where it is a question, and `asked` the message that is answered;
    `place` is the message of an earlier answer to it, whose place the reply takes. `long` is whether it may
    last longer than the platform lets a reply be changed.
    """

    placement: Placement
    work: Callable[[], Awaitable[Made]]
    check: Callable[[], Awaitable[object]] | None = None
    undo: Callable[[], Awaitable[None]] | None = None
    public: bool = False
    shared: str = ""
    question: QuestionRequest | None = None
    asked: QuestionMessage | None = None
    place: str = ""
    long: bool = False

    @property
    def is_unaddressed(self) -> bool:
        """Whether it answers talk that was not put to the bot: nobody waits for a word."""
        return self.question is not None and not self.question.addressed


def answer_of(made: Made) -> DeliveredAnswer | None:
    """The answer that a job gave, if it gave one."""
    answer = made.answer if isinstance(made, Aside) else made
    return answer if isinstance(answer, DeliveredAnswer) else None
