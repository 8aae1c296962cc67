"""What is counted of the events that a dispatcher carries out."""

from dataclasses import replace

import pytest

from bot.cards.notices import notice
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import LowConfidence, Refusal
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.job import Job, Made
from bot.dispatch.outcome_tracker import REFUSALS, refusal_kind
from bot.dispatch.reply import Placement
from bot.measuring.meter import Counted, InMemoryMeter, Timed
from bot.service.service import Service
from corpus.errors import BadQuestion, HomeUnusable, NewsdeskError, OverLimit, UnknownName
from tests.bot.dispatch.recording_reply import RecordingReply
from tests.bot.dispatch.test_dispatcher import PROFILE
from tests.bot.service.people import ANN, CITY

ASKED = QuestionRequest(CITY, ANN, "Who closed the bridge?")


@pytest.fixture
def tally() -> InMemoryMeter:
    return InMemoryMeter()


@pytest.fixture
def dispatcher(service: Service, tally: InMemoryMeter) -> Dispatcher:
    return Dispatcher(replace(service, meter=tally), PROFILE)


async def run(dispatcher: Dispatcher, reply: RecordingReply, what: Made | Exception, **job: object) -> None:
    async def work() -> Made:
        if isinstance(what, Exception):
            raise what
        return what

    made = Job(Placement.PUBLIC, work, **job)  # type: ignore[arg-type] # whatever a test wants of it
    await dispatcher.run("1", dispatcher.request(CITY, ANN), reply, made)


def questions(tally: InMemoryMeter) -> dict[str, int]:
    """How many of each outcome, all on one platform."""
    assert {key[1] for key in tally.counts if key[0] == Counted.QUESTIONS} <= {"discord"}
    return {key[2]: count for key, count in tally.counts.items() if key[0] == Counted.QUESTIONS}


async def test_an_answer_is_counted_and_each_of_its_stages_timed(
    dispatcher: Dispatcher, tally: InMemoryMeter, service: Service
) -> None:
    answer = await service.questions.ask(ASKED)
    await run(dispatcher, RecordingReply(), answer, question=ASKED)
    assert sum(questions(tally).values()) == 1
    assert questions(tally).keys() <= {"answered", "not-found"}
    assert {what: len(times) for what, times in tally.times.items()} == {
        Timed.RENDERING: 1,
        Timed.SENDING: 1,
        Timed.WHOLE: 1,
    }
    # The same event once more, here: it is not ours any more.
    await run(dispatcher, RecordingReply(), answer, question=ASKED)
    assert sum(questions(tally).values()) == 1


@pytest.mark.parametrize(
    ("made", "outcome", "refused"),
    [
        (notice("three articles"), "told", None),
        (Refusal("too-late"), "refused", "too-late"),
        (Refusal("shared-already"), "refused", "other"),
        (BadQuestion("long", "too long"), "refused", "question"),
        (LowConfidence("no"), "silent", None),
        (HomeUnusable("no disk"), "failed", None),
        (RuntimeError("bug"), "failed", None),
    ],
)
async def test_what_else_becomes_of_a_question_is_counted_once(
    dispatcher: Dispatcher, tally: InMemoryMeter, made: Made | Exception, outcome: str, refused: str | None
) -> None:
    await run(dispatcher, RecordingReply(), made, question=ASKED)
    assert questions(tally) == {outcome: 1}
    kinds = {key[1]: count for key, count in tally.counts.items() if key[0] == Counted.REFUSALS}
    assert kinds == ({refused: 1} if refused else {})
    assert not tally.times[Timed.WHOLE]


async def test_what_a_check_refuses_is_counted_and_what_is_no_question_only_as_refused(
    dispatcher: Dispatcher, tally: InMemoryMeter
) -> None:
    async def refuse() -> None:
        raise Refusal("too-fast", seconds=3)

    await run(dispatcher, RecordingReply(), notice("never"), check=refuse, question=ASKED)
    assert questions(tally) == {"refused": 1}
    dispatcher.gate._seen.clear()
    await run(dispatcher, RecordingReply(), Refusal("not-allowed"))
    assert questions(tally) == {"refused": 1}
    assert tally.counts[Counted.REFUSALS, "not-allowed"] == 1


async def test_talk_that_nobody_put_to_the_bot_is_silence_where_it_is_refused(
    dispatcher: Dispatcher, tally: InMemoryMeter
) -> None:
    asked = replace(ASKED, addressed=False)
    await run(dispatcher, RecordingReply(), Refusal("busy", ahead=1, seconds=1), question=asked)
    assert questions(tally) == {"silent": 1}


async def test_an_answer_that_could_not_be_sent_has_failed(
    dispatcher: Dispatcher, tally: InMemoryMeter, service: Service
) -> None:
    answer = await service.questions.ask(ASKED)
    await run(dispatcher, RecordingReply(show=RuntimeError("no")), answer, question=ASKED)
    assert questions(tally) == {"failed": 1}


async def test_what_is_left_to_another_process_is_not_counted(
    dispatcher: Dispatcher, tally: InMemoryMeter
) -> None:
    await run(dispatcher, RecordingReply(late=Exception()), notice("late"), question=ASKED)
    assert questions(tally) == {}


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (Refusal("busy"), "busy"),
        (Refusal("what nobody has written yet"), "other"),
        (UnknownName("source", "x", (), "no"), "unknown-name"),
        (OverLimit("sources", 1, 1), "limit"),
        (NewsdeskError("no"), "other"),
    ],
)
def test_a_refusal_is_of_one_of_few_kinds(error: NewsdeskError, kind: str) -> None:
    assert refusal_kind(error) == kind
    assert kind in REFUSALS
