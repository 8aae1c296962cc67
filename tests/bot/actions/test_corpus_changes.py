"""A change of the corpus as people follow it: what is told of it, and what it can be done all the same."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.actions.call import Call
from bot.actions.corpus_changes import run_change, run_with_progress
from bot.cards.card import Buttons, Card, Tone
from bot.cards.request import Request
from bot.chat.refusal import Refusal
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.reload import ReloadReport
from bot.discord.drawing.render import CANVAS
from bot.dispatch.platform_profile import PlatformProfile
from bot.messages.catalogue import messages_for
from bot.service.service import Service
from corpus.errors import ReloadRefused
from tests.bot.dispatch.recording_reply import RecordingReply
from tests.bot.service.people import ADMIN, CITY

SAY = messages_for("en")
NOTHING = ReloadReport((), {}, 0, 0.1, dry_run=False)


@pytest.fixture
def reply() -> RecordingReply:
    return RecordingReply()


@pytest.fixture
def call(service: Service, reply: RecordingReply) -> Call:
    profile = PlatformProfile("discord", CANVAS, 0.05, reads_messages=True)
    return Call(service, profile, Request(CITY, ADMIN, SAY, SAY, CANVAS), reply)


def failing(error: Exception) -> Callable[[ChangeProgress], Awaitable[ReloadReport]]:
    async def change(_progress: ChangeProgress) -> ReloadReport:
        raise error

    return change


def buttons(card: Card) -> list[str]:
    return [button.label for part in card.parts if isinstance(part, Buttons) for button in part.buttons]


async def test_a_reload_that_was_refused_can_be_done_all_the_same(call: Call) -> None:
    refused = failing(ReloadRefused("it would lose 9 of 10 articles"))
    card = await run_change(call, refused, reloads=True)
    assert card.tone is Tone.BAD
    assert "it would lose 9 of 10 articles" in card.summary
    assert buttons(card) == ["Reload anyway", "Cancel"]


async def test_another_change_that_was_refused_is_not_made_good_by_a_reload(call: Call) -> None:
    card = await run_change(call, failing(ReloadRefused("it would lose 9 of 10")))
    assert "it would lose 9 of 10" in card.summary
    assert buttons(card) == []


async def test_a_change_that_breaks_is_an_incident_and_not_an_error_text(
    call: Call, caplog: pytest.LogCaptureFixture
) -> None:
    card = await run_change(call, failing(RuntimeError("secret")))
    assert "name incident" in card.summary
    assert "secret" not in card.summary
    assert "while changing the corpus" in caplog.text


async def test_how_far_it_is_is_told_while_it_goes_on_and_only_when_it_changed(
    call: Call, reply: RecordingReply
) -> None:
    async def change(progress: ChangeProgress) -> ReloadReport:
        for step in (1, 2):
            progress("embedding", step, 2)
            await asyncio.sleep(0.2)
        return NOTHING

    card = await run_change(call, change)
    assert [one.summary.partition(" – ")[0] for one in reply.cards] == [
        "Indexing articles: 1 of 2",
        "Indexing articles: 2 of 2",
    ]
    assert card.tone is Tone.FOUND


async def test_a_stop_does_not_wait_for_the_step_under_way(call: Call) -> None:
    progress = ChangeProgress()
    progress.stopping = True
    with pytest.raises(Refusal, match="stopping"):
        await asyncio.wait_for(run_with_progress(call, asyncio.sleep(30), progress), 5)
