"""How many sessions are begun: by the pauses alone, and by what Discord says is left."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.cli.composition import LoadModel, Parts
from bot.discord.api.session_starts import LONGEST_PAUSE, STABLE, SessionStarts, StartLimit
from bot.discord.run import run_discord
from bot.runtime.clock import ManualClock
from bot.settings import Settings
from tests.bot.discord.trouble import answered_once, ask, troubled_bot
from tests.bot.running_bot import PATIENCE
from tools.local_discord import LocalDiscord, pointed_at

DAY = 86_400.0
HOUR = 3600.0
PLENTY = StartLimit(1000, 1000, DAY)


def limit(*said: StartLimit | Exception) -> Callable[[], Awaitable[StartLimit]]:
    """What Discord says each time it is asked; the last for ever."""
    left = list(said)

    async def ask_for_it() -> StartLimit:
        now = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(now, Exception):
            raise now
        return now

    return ask_for_it


@pytest.mark.parametrize("held", [0.0, 1.0, 60.0, STABLE - 1, STABLE])
async def test_sessions_that_end_again_and_again_never_come_to_what_a_day_allows(held: float) -> None:
    clock = ManualClock()
    starts = SessionStarts(clock, limit(PLENTY))
    begun = 0
    while clock.now() < DAY:
        await starts.wait()
        begun += 1
        await clock.sleep(held)
    assert begun < 980


async def test_pauses_grow_to_their_limit_and_begin_anew_after_a_session_that_held() -> None:
    clock = ManualClock()
    starts = SessionStarts(clock, limit(PLENTY))
    for _ in range(12):
        await starts.wait()
    assert clock.waited == sorted(clock.waited) or all(one <= LONGEST_PAUSE for one in clock.waited)
    assert clock.waited[0] <= 2
    assert clock.waited[-1] >= LONGEST_PAUSE / 2
    await clock.sleep(STABLE + 1)  # a sum of many pauses is not exact
    clock.waited.clear()
    await starts.wait()
    assert clock.waited == []
    await starts.wait()
    assert clock.waited[0] <= 2


async def test_without_a_session_left_it_waits_until_discord_counts_anew_and_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = ManualClock()
    gone = StartLimit(0, 1000, 3 * HOUR)
    starts = SessionStarts(clock, limit(gone, StartLimit(0, 1000, 0.0), PLENTY))
    await starts.wait()
    assert clock.waited == [3 * HOUR, 60.0]
    assert "no more sessions today, after 1000: connecting again at" in caplog.text


@pytest.mark.parametrize("error", [OSError(), KeyError("remaining"), RuntimeError()])
async def test_where_discord_does_not_say_how_many_are_left_the_pauses_hold(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    clock = ManualClock()
    starts = SessionStarts(clock, limit(error))
    await starts.wait()
    assert clock.waited == []
    assert "does not say how many sessions are left" in caplog.text


class SharedClock(ManualClock):
    """One by which Discord goes as well."""

    def __init__(self, discord: LocalDiscord) -> None:
        super().__init__()
        self._discord = discord

    async def sleep(self, seconds: float) -> None:
        """As `Clock`."""
        self._discord.clock.advance(seconds)
        await super().sleep(seconds)


async def test_a_session_that_is_ended_right_after_its_welcome_is_begun_less_and_less_often(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """In the 84 minutes in which there were 1,000."""
    caplog.set_level(logging.WARNING)
    async with LocalDiscord() as discord:
        clock = SharedClock(discord)
        async with troubled_bot(load, sample_home, discord, clock=clock) as bot:
            began = clock.now()
            discord.sessions.ends_at_once = True
            discord.invalidate(resumable=False)
            await discord.until(lambda: clock.now() > began + 84 * 60, 60)
            discord.sessions.ends_at_once = False
            assert 10 < len(discord.sessions.identifies) < 80
            await discord.until(lambda: discord.sessions.alive and bot.client.greeted, PATIENCE)
            assert answered_once(await (await ask(discord)).settled(PATIENCE))
            assert "Discord ended" in caplog.text


async def test_a_bot_that_used_up_its_sessions_comes_back_when_they_are_counted_anew(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with LocalDiscord() as discord:
        clock = SharedClock(discord)
        async with troubled_bot(load, sample_home, discord, clock=clock) as bot:
            began = len(discord.sessions.identifies)
            discord.sessions.use_up(3 * HOUR)
            discord.invalidate(resumable=False)
            await discord.until(lambda: len(discord.sessions.identifies) == began + 1, PATIENCE)
            assert any(3 * HOUR - 60 < one <= 3 * HOUR for one in clock.waited)
            await discord.until(lambda: bot.client.greeted, PATIENCE)
            assert answered_once(await (await ask(discord)).settled(PATIENCE))
            assert "no more sessions today" in caplog.text


async def test_a_bot_that_waits_for_its_sessions_is_stopped_at_once(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with LocalDiscord() as discord:
        discord.sessions.use_up(DAY)
        settings = Settings(home=sample_home, discord_token=discord.token)
        stop = asyncio.Event()
        with pointed_at(discord):
            async with Parts(settings, load).service() as service:
                running = asyncio.create_task(run_discord(settings, service, stop))
                await discord.until(lambda: "no more sessions today" in caplog.text, PATIENCE)
                stop.set()
                await asyncio.wait_for(running, PATIENCE)
        assert not discord.sessions.identifies
