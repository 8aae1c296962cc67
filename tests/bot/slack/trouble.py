"""A bot that trouble is made for: what it sends may be refused, and it must go on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.cli.composition import LoadModel
from bot.settings import Settings
from tests.bot.running_bot import PASSING
from tests.bot.slack.live import LiveBot
from tools.local_slack import Channel, Exchange, LocalSlack, Message, User, text_of

PASSED = "Chosei coal mine, which lay under the sea"
"""Stands in the answer to PASSING, and not in the question."""
HEARTBEAT = 0.6
"""Seconds: a connection that is silent is given up after 0.9."""


@asynccontextmanager
async def troubled_bot(load: LoadModel, home: Path, slack: LocalSlack) -> AsyncIterator[LiveBot]:
    """A bot that runs for the time of the block; no call of it need be in order."""
    bot = LiveBot(slack, load, Settings(home=home), HEARTBEAT)
    await bot.start()
    try:
        yield bot
    finally:
        slack.faults.clear()
        await slack.up()
        await bot.stop()


def settings_for(slack: LocalSlack, home: Path) -> Settings:
    """How `newsdesk run` is told of that Slack."""
    return Settings(
        home=home, slack_bot_token=slack.bot_token, slack_app_token=slack.app_token, slack_api=slack.api
    )


def somebody(slack: LocalSlack) -> User:
    """Somebody new, whom the bot has not heard of yet."""
    return slack.world.add_user(slack.team, f"Somebody {len(slack.world.users)}")


def room(slack: LocalSlack, *people: User) -> Channel:
    """A new channel with these people, and the bot, in it."""
    return slack.world.add_channel(slack.team, f"room-{len(slack.world.channels)}", people)


async def ask(slack: LocalSlack, words: str = PASSING) -> Exchange:
    """A question that no limit counts against, of somebody new in a new channel; not waited for."""
    user = somebody(slack)
    return await slack.command(user, room(slack, user), "/ask", words)


async def mention(slack: LocalSlack) -> Exchange:
    """The same by mention."""
    user = somebody(slack)
    return await slack.say(user, room(slack, user), f"{slack.mention()} {PASSING}")


def texts_of(one: Exchange) -> list[str]:
    """All that was said to what somebody did, to them alone too."""
    return [text_of(message) for message in (*one.messages, *one.ephemerals)]


def answered_once(one: Exchange) -> bool:
    """Whether there is one answer, and nothing besides."""
    texts = texts_of(one)
    return len(texts) == 1 and PASSED in texts[0]


def direct_messages(slack: LocalSlack, user: User) -> list[Message]:
    """What the bot has written to a person alone."""
    return [one for one in slack.world.messages_in(slack.world.dm(user).id) if one.bot_id]
