import asyncio
import time

import pytest

import bot.dispatch.acknowledging
from bot.dispatch.acknowledging import acknowledge_now, acknowledging_event, leave_to_others, wait_for_claim


async def test_an_acknowledgement_goes_once_whoever_carries_it_out_says_so() -> None:
    with acknowledging_event() as one:
        wait_for_claim()
        task = asyncio.create_task(_say(acknowledge_now))
    assert await one.is_due()
    await task


async def test_what_is_left_to_others_is_not_acknowledged_whatever_is_said_after() -> None:
    with acknowledging_event() as one:
        wait_for_claim()
        leave_to_others()
        acknowledge_now()
    assert not await one.is_due()


async def test_one_of_which_nobody_says_anything_goes_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.dispatch.acknowledging, "LONGEST", 0.01)
    with acknowledging_event() as one:
        wait_for_claim()
    acknowledge_now()  # of no event
    assert await one.is_due()


async def test_what_is_sent_again_is_not_acknowledged_before_somebody_has_claimed_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.dispatch.acknowledging, "LONGEST", 0.0)
    with acknowledging_event() as one:
        wait_for_claim()
        task = asyncio.create_task(_say(acknowledge_now, after=0.05))
    began = time.monotonic()
    assert await one.is_due(sent_again=True)
    assert time.monotonic() - began >= 0.04
    await task


async def test_what_nobody_was_handed_is_acknowledged_at_once() -> None:
    with acknowledging_event() as one:
        pass
    wait_for_claim()  # of no event
    async with asyncio.timeout(0):
        assert await one.is_due(sent_again=True)


async def _say(word: object, after: float = 0.0) -> None:
    await asyncio.sleep(after)
    assert callable(word)
    word()
