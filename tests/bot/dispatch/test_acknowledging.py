import asyncio

import pytest

import bot.dispatch.acknowledging
from bot.dispatch.acknowledging import acknowledge_now, held, leave_to_others


async def test_an_acknowledgement_goes_once_whoever_carries_it_out_says_so() -> None:
    with held() as one:
        task = asyncio.create_task(_say(acknowledge_now))
    assert await one.is_due()
    await task


async def test_what_is_left_to_others_is_not_acknowledged_whatever_is_said_after() -> None:
    with held() as one:
        leave_to_others()
        acknowledge_now()
    assert not await one.is_due()


async def test_one_of_which_nobody_says_anything_goes_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.dispatch.acknowledging, "LONGEST", 0.01)
    with held() as one:
        pass
    acknowledge_now()  # of no event
    assert await one.is_due()


async def _say(word: object) -> None:
    assert callable(word)
    word()
