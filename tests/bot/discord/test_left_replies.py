"""A question by command whose process ended: another one answers it, whether a reply was promised or not."""

import asyncio
from functools import partial

import pytest

from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Audience, Person, Venue
from bot.discord.replies import ReplyTarget
from bot.dispatch.claims import Pending
from tests.bot.discord.live import LiveBot
from tests.bot.discord.trouble import PASSED, ask
from tests.bot.running_bot import PASSING, PATIENCE
from tools.local_discord import Exchange, component_texts

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def left(bot: LiveBot, monkeypatch: pytest.MonkeyPatch, *, seconds: float = 0.0) -> Exchange:
    """A question that so many seconds ago reached a process which ended before it said a word."""

    async def lost(heard: asyncio.Event, *_: object, **__: object) -> None:
        heard.set()

    with monkeypatch.context() as patch:
        heard = asyncio.Event()
        patch.setattr(bot.dispatcher, "run", partial(lost, heard))
        asked = await ask(bot.discord)
        async with asyncio.timeout(PATIENCE):
            await heard.wait()
    asked.interaction.created -= seconds
    return asked


async def take_over(bot: LiveBot, asked: Exchange, *, private: bool) -> None:
    """Answer it as a process does that takes it over."""
    used = asked.interaction
    target = ReplyTarget(int(bot.discord.world.application_id), used.token, int(used.id))
    venue = Venue("discord", bot.discord.guild.id, used.channel.id, audience=Audience.CHANNEL)
    question = QuestionRequest(venue, Person(used.user.id, "Somebody"), PASSING, private=private)
    request, reply, job = await bot.client._resume(Pending(question, target))
    await bot.dispatcher.run("1", request, reply, job, claimed=True)


@pytest.mark.parametrize("private", [False, True])
async def test_a_reply_that_was_not_promised_is_promised_and_given(
    listening: LiveBot, monkeypatch: pytest.MonkeyPatch, private: bool
) -> None:
    asked = await left(listening, monkeypatch)
    assert asked.acked_after is None
    await take_over(listening, asked, private=private)
    assert asked.message
    assert PASSED in asked.text
    assert (asked.message.viewer_id is not None) == private


async def test_a_reply_that_was_promised_is_given_in_its_place(listening: LiveBot) -> None:
    asked = await ask(listening.discord)
    await asked.settled()
    assert asked.message
    before = asked.message.id
    await take_over(listening, asked, private=False)
    assert asked.message.id == before
    assert not asked.followups
    listening.refusals.append("40060")


async def test_where_it_is_too_late_for_a_promise_the_answer_is_a_direct_message(
    listening: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await left(listening, monkeypatch, seconds=60)
    await take_over(listening, asked, private=False)
    world = listening.discord.world
    (told,) = world.messages_in(world.dm(asked.interaction.user).id)
    assert PASSED in " ".join(component_texts(told.components))
    listening.refusals += ["10062", "10015"]
