"""Each event is carried out exactly once, and gets a reply, whatever breaks."""

from functools import partial

import pytest

from bot.cards.card import Card, Tone
from bot.cards.notices import notice
from bot.cards.request import Request
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.discord.drawing.render import CANVAS
from bot.dispatch.claims import Pending
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.job import Job
from bot.dispatch.platform_profile import PlatformProfile
from bot.dispatch.reply import OutcomeUnknown, Placement, Reply, Unshowable
from bot.service.service import Service
from tests.bot.dispatch.recording_reply import RecordingReply
from tests.bot.service.people import ANN, CITY

PROFILE = PlatformProfile("discord", CANVAS, 1, reads_messages=True)


@pytest.fixture
def dispatcher(service: Service) -> Dispatcher:
    return Dispatcher(service, PROFILE)


class Work:
    """Counts how often it is done, and breaks where it is to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.done = 0

    async def __call__(self) -> Card:
        self.done += 1
        if self.error:
            raise self.error
        return notice("done")


async def run(dispatcher: Dispatcher, reply: RecordingReply, job: Job, event: str | None = "1") -> None:
    await dispatcher.run(event, dispatcher.request(CITY, ANN), reply, job)


@pytest.mark.parametrize("placement", list(Placement))
async def test_an_event_is_carried_out_once_here_and_in_every_process(
    service: Service, dispatcher: Dispatcher, placement: Placement
) -> None:
    work, replies = Work(), [RecordingReply() for _ in range(3)]
    for reply, where in zip(replies, (dispatcher, dispatcher, Dispatcher(service, PROFILE)), strict=True):
        await run(where, reply, Job(placement, work))
    assert work.done == 1
    assert [reply.ways for reply in replies] == [["show"], [], []]


async def test_what_a_check_refuses_is_neither_acknowledged_nor_done_nor_claimed(
    service: Service, dispatcher: Dispatcher
) -> None:
    reply, work = RecordingReply(), Work()
    await run(dispatcher, reply, Job(Placement.PUBLIC, work, check=Work(Refusal("switched-off"))))
    assert (reply.ways, reply.promised, work.done) == (["refuse"], [], 0)
    assert await service.db_worker.run(service.chat_store.events.claim, "discord", "1")


async def test_what_comes_too_late_to_be_acknowledged_is_left_to_another_process(
    service: Service, dispatcher: Dispatcher
) -> None:
    reply, work = RecordingReply(late=Exception()), Work()
    await run(dispatcher, reply, Job(Placement.PRIVATE, work))
    assert work.done == 0
    assert await service.db_worker.run(service.chat_store.events.claim, "discord", "1")


@pytest.mark.parametrize("error", [Refusal("quotes-gone"), RuntimeError("secret")])
async def test_work_that_fails_is_explained(dispatcher: Dispatcher, error: Exception) -> None:
    reply = RecordingReply()
    await run(dispatcher, reply, Job(Placement.PUBLIC, Work(error)))
    assert reply.ways == ["fail"]
    assert reply.cards[0].tone is Tone.BAD
    assert "secret" not in reply.cards[0].summary


@pytest.mark.parametrize(
    ("error", "ways"),
    [
        (Unshowable(), ["direct"]),
        (OutcomeUnknown(), ["fail"]),
        (Refusal("moderated"), ["fail"]),
        (RuntimeError("secret"), ["fail"]),
    ],
)
async def test_what_cant_be_shown_is_taken_back_and_explained(
    dispatcher: Dispatcher, error: Exception, ways: list[str]
) -> None:
    reply, undone = RecordingReply(show=error), Work()

    async def undo() -> None:
        await undone()

    await run(dispatcher, reply, Job(Placement.PUBLIC, Work(), undo=undo))
    assert (reply.ways, undone.done) == (ways, 1)
    assert "secret" not in reply.cards[0].summary


async def test_a_reply_that_breaks_before_it_is_promised_is_an_incident_that_is_told(
    dispatcher: Dispatcher, caplog: pytest.LogCaptureFixture
) -> None:
    reply = RecordingReply(acknowledge=RuntimeError("secret"))
    await run(dispatcher, reply, Job(Placement.PRIVATE, Work()))
    assert reply.ways == ["fail"]
    assert "while carrying out what somebody asked for" in caplog.text


async def test_talk_that_was_not_put_to_the_bot_gets_no_excuses(dispatcher: Dispatcher) -> None:
    question = QuestionRequest(CITY, ANN, "Who met?", addressed=False)
    for number, reply in enumerate((RecordingReply(), RecordingReply(show=RuntimeError()))):
        work = Work(None if reply.breaks else RuntimeError())
        await run(dispatcher, reply, Job(Placement.PUBLIC, work, question=question), str(number))
        assert reply.ways == []


async def test_a_question_that_a_crash_left_is_answered_and_then_settled(
    service: Service, dispatcher: Dispatcher
) -> None:
    question = QuestionRequest(CITY, ANN, "Who met in Nara?")
    await dispatcher.gate.claims.claim("1", CITY.tenant, Pending(question, "here"))
    reply = RecordingReply()

    async def again(pending: Pending[str]) -> tuple[Request, Reply, Job]:
        assert pending.asking == question
        work = partial(service.questions.ask, pending.asking)
        return dispatcher.request(CITY, ANN), reply, Job(Placement.PUBLIC, work, question=pending.asking)

    await dispatcher.recover(str, again)
    assert reply.ways == ["show"]
    await dispatcher.recover(str, again)
    assert reply.ways == ["show"]
