"""Commands whose process ended between sending an answer and noting that it did."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel
from bot.dispatch.claims import Claims
from bot.slack import replies
from tests.bot.chat_store.unsettled import unsettled
from tests.bot.running_bot import PASSING
from tests.bot.slack.live import LiveBot
from tests.bot.slack.trouble import troubled_bot
from tools.local_slack import Exchange, LocalSlack, Message


@pytest_asyncio.fixture
async def bot(load: LoadModel, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LiveBot]:
    """A bot that never notes that it has answered."""

    async def lost(_claims: Claims, _event: str | None) -> None:
        """The process ends before it does."""

    monkeypatch.setattr(replies, "ARRIVED", 0.0)
    async with LocalSlack() as slack, troubled_bot(load, sample_home, slack) as bot:
        slack.world.history_allowed = True
        with monkeypatch.context() as patch:
            patch.setattr(Claims, "settle", lost)
            yield bot
            await bot.stop()


async def asked(bot: LiveBot, words: str = PASSING) -> Exchange:
    """A question by command, to which the answer may stand there."""
    slack = bot.slack
    one = await bot.ask(slack.ann, slack.general, words)
    chat_store = bot.service.chat_store
    ((event, _, _),) = await bot.service.db_worker.run(unsettled, chat_store, "slack")
    assert await bot.service.db_worker.run(chat_store.events.begin_showing, "slack", event, "")
    return one


def written(bot: LiveBot) -> list[Message]:
    """What the bot has written there, to all or to one alone."""
    messages = bot.slack.world.messages.values()
    return [one for one in messages if one.channel_id == bot.slack.general.id and one.bot_id]


async def test_an_answer_for_all_that_stands_there_is_not_sent_again(bot: LiveBot) -> None:
    one = await asked(bot)
    assert one.message
    first = one.message
    assert not first.ephemeral
    for number in range(3):  # others write meanwhile
        await bot.slack.say(bot.slack.kim, bot.slack.general, f"Something else, {number}")
    await bot.restart()
    assert [shown.ts for shown in written(bot)] == [first.ts]


async def test_one_that_does_not_is_sent(bot: LiveBot) -> None:
    one = await asked(bot)
    assert one.message
    gone = one.message
    bot.slack.world.drop_message(gone)
    await bot.restart()
    (shown,) = written(bot)
    assert shown.ts != gone.ts


@pytest.mark.parametrize("reason", ["missing_scope", "not_in_channel", "ratelimited"])
async def test_where_slack_does_not_let_the_bot_look_it_is_rather_sent_twice(
    bot: LiveBot, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(bot)
    bot.slack.faults.refuse("conversations.history", reason, times=None)
    await bot.restart()
    assert len(written(bot)) == 2


async def test_what_one_alone_reads_is_not_looked_for(bot: LiveBot) -> None:
    slack = bot.slack
    panel = await bot.command(slack.admin, slack.general, "/newsdesk", "settings channel")
    await bot.choose(slack.admin, panel.message, "private", "yes")
    looked = len(slack.requests.of("conversations.history"))
    await asked(bot)
    await bot.restart()
    assert len(slack.requests.of("conversations.history")) == looked
