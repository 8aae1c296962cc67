"""What was shown before a restart works after it: everything that can be pressed, sent in or replied to."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.actions.button_table import BUTTONS
from bot.chat.venue import Venue
from tests.bot.discord.live import PASSING, LiveBot, custom_ids, upload
from tests.bot.samples.articles import HISTORY, LIGHTHOUSE
from tools.local_discord import Exchange, LocalDiscord, Message, Modal, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROOT = Path(__file__).parents[3]
START = 60.0
"""Seconds for a process to load the model and connect, on however busy a machine."""

Press = Callable[[], Awaitable[object]]
"""Done after the restart; raises where it does not work."""
Prepare = Callable[[LiveBot], Awaitable[Press]]
"""Done before the restart."""


def after(
    act: str, holds: Callable[[Exchange], object], argument: str | None = None, **options: Any
) -> Prepare:
    """An answer before the restart, and one of its buttons pressed after it."""

    async def prepare(live: LiveBot) -> Press:
        discord = live.discord
        asked = await live.ask(discord.ann, discord.general, **options)

        async def press() -> None:
            pressed = await live.press(discord.ann, asked.message, act, argument)
            assert holds(pressed), pressed.text

        return press

    return prepare


async def _around(live: LiveBot) -> Press:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    context = await live.press(discord.ann, asked.message, "context")

    async def press() -> None:
        await live.press(discord.ann, context.message, "around", "2")
        assert context.text.startswith("### Around quote 2")

    return press


async def _page(live: LiveBot) -> Press:
    discord = live.discord
    shown = await live.command(discord.ann, discord.general, "article", article="history")

    async def press() -> None:
        assert "Page 2 of 3" in (await live.press(discord.ann, shown.message, "page", "2")).text

    return press


async def _dismiss(live: LiveBot) -> Press:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)

    async def press() -> None:
        await live.dismiss(discord.ann, asked.message)

    return press


async def _thread(live: LiveBot) -> Press:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)

    async def press() -> None:
        thread = await live.open_thread(discord.ann, asked.message)
        followed = await live.say(discord.kim, thread, f"{discord.mention()} And how many people died there?")
        assert "183" in followed.text

    return press


async def _down(live: LiveBot) -> Press:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)

    async def press() -> None:
        down = await live.press(discord.ann, asked.message, "down")
        assert (await _voted(live, asked.message, down.modal)) == "wrong"

    return press


async def _reason(live: LiveBot) -> Press:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    down = await live.press(discord.ann, asked.message, "down")

    async def press() -> None:
        assert (await _voted(live, asked.message, down.modal)) == "wrong"

    return press


async def _voted(live: LiveBot, message: Message | None, form: Modal | None) -> str:
    """The reason on record after the form was sent in."""
    discord = live.discord
    await live.submit(discord.ann, form, {"kind": ["wrong"]})
    record = await live.record(message, Venue("discord", discord.guild.id, discord.general.id))
    (vote,) = live.service.chat_store.votes.of(record.id)
    return vote.reason


async def _reload(live: LiveBot) -> Press:
    discord = live.discord
    planned = await live.command(discord.admin, discord.general, "corpus reload")

    async def press() -> None:
        assert "### Done" in (await live.press(discord.admin, planned.message, "reload")).text

    return press


async def _cancel(live: LiveBot) -> Press:
    discord = live.discord
    planned = await live.command(discord.admin, discord.general, "corpus reload")

    async def press() -> None:
        cancelled = await live.press(discord.admin, planned.message, "cancel")
        assert cancelled.text == "Nothing was changed."

    return press


async def _set(live: LiveBot) -> Press:
    discord = live.discord
    panel = await live.command(discord.admin, discord.general, "settings server")

    async def press() -> None:
        await live.choose(discord.admin, panel.message, "passages", ["2"])
        assert live.service.settings.preferences(_here(live)).passages == 2

    return press


async def _reset(live: LiveBot) -> Press:
    discord = live.discord
    panel = await live.command(discord.admin, discord.general, "settings server")
    await live.choose(discord.admin, panel.message, "passages", ["1"])

    async def press() -> None:
        assert live.service.settings.preferences(_here(live)).passages == 1  # that was kept too
        await live.press(discord.admin, panel.message, "reset")
        assert live.service.settings.preferences(_here(live)).passages == 3

    return press


async def _name_sources(live: LiveBot) -> Press:
    discord = live.discord
    panel = await live.command(discord.admin, discord.general, "settings channel")

    async def press() -> None:
        form = (await live.press(discord.admin, panel.message, "name-sources")).modal
        await live.submit(discord.admin, form, {"names": "source 7, SOURCE 8"})
        assert live.service.settings.preferences(_here(live)).sources == ("Source 7", "Source 8")

    return press


async def _named_sources(live: LiveBot) -> Press:
    discord = live.discord
    panel = await live.command(discord.admin, discord.general, "settings channel")
    form = (await live.press(discord.admin, panel.message, "name-sources")).modal

    async def press() -> None:
        await live.submit(discord.admin, form, {"names": ""})
        assert live.service.settings.preferences(_here(live)).sources == ()

    return press


def _here(live: LiveBot) -> Venue:
    return Venue("discord", live.discord.guild.id, live.discord.general.id)


def _private(exchange: Exchange) -> bool:
    return exchange.message is not None and exchange.message.ephemeral


PRESSES: dict[str, Prepare] = {
    "more": after("more", lambda pressed: "**4 · " in pressed.text),
    "context": after("context", lambda pressed: pressed.text.startswith("### Around quote 1")),
    "around": _around,
    "why": after("why", lambda pressed: "similarity in meaning" in pressed.text),
    "read": after("read", lambda pressed: "What South Korea and Japan agreed" in pressed.text, "1-1"),
    "page": _page,
    "share": after("share", lambda pressed: pressed.text.startswith("-# Shared by Ann"), private=True),
    "dismiss": _dismiss,
    "thread": _thread,
    "widen": after("widen", lambda pressed: "Only" not in pressed.text, "since", since="2026-01-14"),
    "up": after("up", _private),
    "down": _down,
    "reason": _reason,
    "reload": _reload,
    "cancel": _cancel,
    "set": _set,
    "reset": _reset,
    "name-sources": _name_sources,
    "named-sources": _named_sources,
}


async def test_an_article_and_many_sources_are_there(live: LiveBot) -> None:
    discord = live.discord
    sources = [
        {**LIGHTHOUSE, "id": f"s-{number}", "source": f"Source {number}", "url": None} for number in range(26)
    ]
    added = await live.command(
        discord.admin, discord.general, "corpus add", file=upload("more.jsonl", HISTORY, *sources)
    )
    assert "27 new" in added.text


@pytest.mark.parametrize("act", PRESSES)
async def test_what_can_be_pressed_works_after_a_restart(live: LiveBot, act: str) -> None:
    press = await PRESSES[act](live)
    await live.restart()
    await press()


async def test_nothing_that_can_be_pressed_is_left_out() -> None:
    assert {*BUTTONS, "thread"} == set(PRESSES)


async def test_a_reply_is_understood_with_what_was_asked_before_a_restart(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.random)
    thread = await live.open_thread(discord.ann, asked.message)
    direct = discord.world.dm(discord.ann)
    await live.say(discord.ann, direct, PASSING)
    await live.restart()
    further = "And how many people died there?"
    replied = await live.say(discord.kim, discord.random, further, reply_to=asked.message)
    assert "183" in replied.text
    assert "183" in (await live.say(discord.kim, thread, f"{discord.mention()} {further}")).text
    assert "183" in (await live.say(discord.ann, direct, further)).text


async def test_an_answer_that_is_not_kept_any_more_says_so(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    await live.service.db_worker.run(live.service.chat_store.write, "DELETE FROM answers", ())
    await live.restart()
    for act in ("more", "context", "why"):
        pressed = await live.press(discord.ann, asked.message, act)
        assert pressed.text == "That answer is no longer kept. Please ask again."
    assert len(custom_ids(asked.message)) > 3  # what was shown stays


# A process that is killed


class Process:
    """A real `newsdesk run`."""

    def __init__(self, home: Path, discord: LocalDiscord) -> None:
        """Starts at once."""
        self._log = (home.parent / "log.txt").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "--home", str(home), "run"],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            cwd=ROOT,
            env={
                **os.environ,
                "DISCORD_TOKEN": discord.token,
                "NEWSDESK_DISCORD_API": discord.api,
                "NEWSDESK_DISCORD_GATEWAY": discord.gateway,
            },
        )

    def kill(self) -> None:
        """End it without a chance to say goodbye."""
        self._process.kill()
        self._process.wait()
        self._log.close()

    async def stop(self) -> int:
        """End it as an operator does; its exit status."""
        self._process.send_signal(signal.SIGTERM)
        status = await asyncio.to_thread(self._process.wait, START)
        self._log.close()
        return status


@contextmanager
def running(home: Path, discord: LocalDiscord) -> Iterator[Process]:
    """A process that is gone at the end of the block, however that comes."""
    process = Process(home, discord)
    try:
        yield process
    finally:
        process.kill()


async def test_what_was_acknowledged_before_a_kill_is_answered_after_the_next_start(
    sample_home: Path,
) -> None:
    async with LocalDiscord() as discord:
        answers = ("PATCH", "/webhooks/*/messages/@original")
        replies = ("POST", "/channels/*/messages")
        with running(sample_home, discord) as process:
            await discord.until(lambda: discord.commands[""] and discord.sessions.sessions, START)
            holding = [discord.faults.cut(*answers, times=None), discord.faults.cut(*replies, times=None)]
            asked = await discord.command(discord.ann, discord.general, "ask", question=PASSING, private=True)
            said = await discord.say(discord.kim, discord.random, f"{discord.mention()} {PASSING}")
            direct = await discord.say(discord.sato, discord.world.dm(discord.sato), PASSING)
            await discord.until(lambda: asked.acked and holding[0].hits and holding[1].hits >= 2, START)
            process.kill()
        discord.faults.clear()
        assert asked.message
        assert asked.message.loading
        with running(sample_home, discord) as process:
            await asked.settled(START)
            await said.settled(START)
            await direct.settled(START)
            assert await process.stop() == 0
        assert "Chosei" in asked.text
        assert asked.message.ephemeral
        assert len(said.replies) == len(direct.replies) == 1
        assert "Chosei" in text_of(said.replies[0])
        discord.assert_valid()
        assert not discord.pings
