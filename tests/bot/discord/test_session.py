"""What Discord alone has, in one session at the protocol; the rest is in tests/bot/platforms/test_session.py.

What was sent is listed in docs/discord-session.txt; NEWSDESK_WRITE_SESSION=1 writes it anew.
"""

from collections.abc import Iterator

import pytest

from bot.chat.venue import Audience, Venue
from retrieval.question.query import QUESTION_LIMIT
from tests.bot.discord.live import LiveBot
from tests.bot.knobs import WRITE_SESSION
from tests.bot.platforms.session_log import DiscordLog
from tests.bot.running_bot import PASSING
from tools.local_discord import NotPossible, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def log(request: pytest.FixtureRequest) -> Iterator[DiscordLog]:
    """What was sent, test by test, is what is written where all of them were run."""
    log = DiscordLog("# What Discord alone has")
    yield log
    log.check_all(request.node.obj, write=WRITE_SESSION)


@pytest.fixture(autouse=True)
def logged(live: LiveBot, log: DiscordLog, request: pytest.FixtureRequest) -> Iterator[None]:
    """Keeps what was sent during the test under its name."""
    yield
    log.add(request.node, live.discord.requests)


def bold(text: str) -> list[str]:
    """The lines of quotes with something in bold."""
    return [line for line in text.splitlines() if line.startswith(">") and "**" in line]


async def test_it_logs_in_with_few_intents_and_registers_its_commands_in_three_languages(
    live: LiveBot,
) -> None:
    discord = live.discord
    (identify,) = discord.sessions.identifies
    assert identify["intents"] == (1 << 0) | (1 << 9) | (1 << 12)  # guilds, messages there and direct ones
    commands = {command["name"]: command for command in discord.commands[""]}
    assert list(commands) == [
        *("ask", "watch", "latest", "sources", "article", "help"),
        *("corpus", "settings", "Check against the news"),
    ]
    for command in commands.values():
        assert set(command["description_localizations"] or ["ko", "ja"]) == {"ko", "ja"}
        assert set(command["name_localizations"]) == {"ko", "ja"}
    for name in ("corpus", "settings"):
        assert commands[name]["default_member_permissions"] == str(1 << 5)
        assert commands[name]["dm_permission"] is False
    assert commands["ask"]["name_localizations"] == {"ko": "질문", "ja": "質問"}
    question = commands["ask"]["options"][0]
    assert (question["name"], question["max_length"]) == ("question", QUESTION_LIMIT)
    assert len(discord.requests.of("bulk_set_application_commands")) == 1


@pytest.mark.parametrize(
    ("person", "typed", "week", "month"),
    [
        ("ann", "la", "last week", "March 2026"),
        ("kim", "지난", "지난주", "2026년 3월"),
        ("sato", "先", "先週", "2026年3月"),
    ],
    ids=["English", "Korean", "Japanese"],
)
async def test_options_are_completed_in_the_language_of_who_types(
    live: LiveBot, person: str, typed: str, week: str, month: str
) -> None:
    discord = live.discord
    user = getattr(discord, person)
    offered = await live.type(user, discord.general, "ask", "since", typed, question=PASSING)
    assert week in offered
    assert month in await live.type(user, discord.general, "ask", "until", month, question=PASSING)
    sources = await live.type(user, discord.general, "ask", "source", "news", question=PASSING)
    assert sources == ["Newsdesk sample"]
    assert await live.type(user, discord.general, "ask", "collection", "", question=PASSING) == ["news"]
    titles = await live.type(user, discord.general, "article", "article", "CHOSEI")
    assert "The Chosei undersea coal mine and the flood of 1942" in titles


async def test_people_ask_on_in_a_thread_and_are_otherwise_left_alone(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    thread = await live.open_thread(discord.kim, asked.message)
    assert thread.name.startswith("News: What did Lee and Takaichi agree")
    welcome = discord.world.messages_in(thread.id)[-1]
    assert "mention me each time" in text_of(welcome)
    # Without the message content intent, the words of what does not name the bot never reach it.
    await live.say_unheard(discord.kim, thread, "And how many people died there?")
    followed = await live.say(discord.kim, thread, f"{discord.mention()} And how many people died there?")
    assert "Follow-up to: “" in followed.text
    assert "183" in followed.text


async def test_a_person_brings_it_to_a_server_that_it_is_not_in_and_to_private_channels(
    live: LiveBot,
) -> None:
    discord = live.discord
    world = discord.world
    world.installed_by.add(discord.ann.id)
    guild = world.add_guild("Elsewhere entirely", owner=discord.kim, bot_inside=False)
    world.join(guild, discord.ann)
    square = world.add_channel(guild, "square")
    asked = await live.ask(discord.ann, square)
    assert bold(asked.text)
    more = await live.press(discord.ann, asked.message, "more")
    assert "**4 · " in more.text
    room = world.private_channel(discord.ann, discord.sato)
    between = await live.ask(discord.ann, room, private=True)
    assert bold(between.text)
    for shown, place in ((asked, square), (more, square), (between, room)):
        kept = await live.record(shown.message, Venue("discord", None, place.id))
        assert kept.venue.audience is Audience.GROUP
    # A private question of hers must not show through an answer that the other one sees.
    further = await live.ask(discord.ann, room, "And how many people died there?")
    assert "Follow-up to: " not in further.text
    direct = world.dm(discord.ann)
    alone = await live.ask(discord.ann, direct)
    assert (await live.record(alone.message, Venue("discord", None, direct.id))).venue.alone
    with pytest.raises(NotPossible):
        await live.command(discord.ann, square, "corpus status")
    world.installed_by.discard(discord.ann.id)


async def test_it_comes_back_with_the_message_content_intent(live: LiveBot) -> None:
    discord = live.discord
    await live.restart(reads_messages=True)
    assert discord.sessions.identifies[-1]["intents"] & (1 << 15)
    assert len(discord.requests.of("bulk_set_application_commands")) == 1  # they had not changed
