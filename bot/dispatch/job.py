"""The work for one event, ready to run and while it runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.cards.card import Card
from bot.cards.form import Form
from bot.cards.request import Request
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_message import QuestionMessage
from bot.chat.question_request import QuestionRequest
from bot.dispatch.outcome_tracker import Tracker
from bot.dispatch.reply import Placement, Reply
from bot.messages.catalogue import Messages


@dataclass(frozen=True, slots=True)
class PrivateAnswer:
    """An answer for the person alone, which does not replace the existing message."""

    answer: DeliveredAnswer


Made = Card | DeliveredAnswer | PrivateAnswer | Form | None
"""The result of a job: what is shown, or None if nothing is left to show."""


@dataclass(frozen=True, slots=True)
class Job:
    """The work for one event, and where its reply goes.

    - `check` runs before the event is acknowledged, and refuses by raising a NewsdeskError; then nobody else
      sees that anything was asked.
    - `undo` reverts `work` if no reply could be shown.
    - `public`: the reply is in the language of everybody there; `shared` names the person who shares an
      answer.
    - `question` is the question of the event, if it has one, and `asked` its message; `place` is the message
      of an earlier answer, which the reply replaces.
    - `long`: it may take longer than the platform allows a reply to be edited.
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
        """Whether its question was not addressed to the bot, so that nobody waits for a reply."""
        return self.question is not None and not self.question.addressed


@dataclass(frozen=True, slots=True)
class RunningJob:
    """A job, the request and the reply of its event, and the tracker of its outcome.

    `event` is the platform's id, None if it has none.
    """

    event: str | None
    request: Request
    reply: Reply
    job: Job
    tracker: Tracker

    @property
    def pending(self) -> str | None:
        """The event if it asks a question, which is stored as pending until its answer is shown; else
        None."""
        return self.event if self.job.question else None

    @property
    def messages(self) -> Messages:
        """The messages of its reply, in the language of those who read it."""
        return self.request.public if self.job.public else self.request.messages


def answer_of(made: Made) -> DeliveredAnswer | None:
    """The answer in a job's result, if there is one."""
    answer = made.answer if isinstance(made, PrivateAnswer) else made
    return answer if isinstance(answer, DeliveredAnswer) else None
