"""What is offered under an answer, and what becomes of a press: member and bot must both be allowed."""

from dataclasses import replace

import pytest

from bot.messages.catalogue import messages_for
from tests.bot.discord.live import LiveBot, acts_of, custom_id, upload
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.samples.articles import LIGHTHOUSE
from tools.local_discord import (
    NOTHING,
    Channel,
    ChannelType,
    Exchange,
    Message,
    Permission,
    text_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAY = messages_for("en", "discord")
THREADS = {
    "the member may not": (Permission.CREATE_PUBLIC_THREADS, True, SAY("may-not-open-thread")),
    "the bot may not": (
        Permission.CREATE_PUBLIC_THREADS,
        False,
        SAY("cannot-open-thread-without", permissions="Create Public Threads"),
    ),
    "the bot may not write in threads": (
        Permission.SEND_IN_THREADS,
        False,
        SAY("cannot-open-thread-without", permissions="Send Messages in Threads"),
    ),
    "the bot may not read the history": (
        Permission.READ_HISTORY,
        False,
        SAY("cannot-open-thread-without", permissions="Read Message History"),
    ),
}
"""Why there can be no thread: what is denied, whether to the member, and what a press is told."""


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> None:
    """Nobody has asked too often, and Discord may refuse what was allowed a moment before."""
    live.rest()
    live.refusals[:] = [
        "Missing Permissions (50013)",
        "Cannot reply without permission to read message history (160002)",
        "Thread is locked (160005)",
    ]


@pytest.fixture
def room(live: LiveBot) -> Channel:
    """A channel of the test's own."""
    return live.discord.add_channel(live.discord.guild, "room")


def told(exchange: Exchange) -> str:
    """What was said to who pressed, alone."""
    (followup,) = exchange.followups
    assert followup.ephemeral
    return text_of(followup)


@pytest.mark.parametrize("why", THREADS)
async def test_where_one_of_the_two_may_not_open_a_thread_a_press_is_told_why_and_none_is_offered_any_more(
    live: LiveBot, room: Channel, why: str
) -> None:
    discord = live.discord
    denied, theirs, words = THREADS[why]
    asked = await live.ask(discord.ann, room)
    shown = await live.unfolded(discord.ann, asked.message, "thread")
    assert shown
    assert asked.message
    discord.deny(room, denied, discord.ann if theirs else None)
    pressed = await live.press(discord.ann, shown, "thread")
    assert told(pressed) == words
    assert asked.message.id not in discord.world.channels
    for user, offered in ((discord.ann, False), (discord.kim, theirs)):
        for one in (
            await live.ask(user, room),
            await live.say(user, room, f"{discord.mention()} {PASSING}"),
        ):
            unfolded = await live.unfolded(user, one.message, "thread")
            assert ("thread" in acts_of(unfolded)) is offered


@pytest.mark.parametrize("may_delete", [True, False])
async def test_a_thread_in_which_the_bot_may_not_write_is_not_left_open(
    live: LiveBot, room: Channel, may_delete: bool
) -> None:
    """The right goes between the press and the first word."""
    discord = live.discord
    if may_delete:
        discord.deny(room, NOTHING, allow=Permission.MANAGE_THREADS)
    asked = await live.ask(discord.ann, room)
    assert asked.message
    shown = await live.unfolded(discord.ann, asked.message, "thread")
    held = discord.faults.slow("POST", f"/channels/{asked.message.id}/messages", 0.3)
    pressing = await discord.click(discord.ann, shown, custom_id(shown, "thread"))
    await discord.until(lambda: held.hits, PATIENCE)
    allow = Permission.MANAGE_THREADS if may_delete else NOTHING
    discord.deny(room, Permission.SEND_IN_THREADS, allow=allow)
    pressed = await pressing.settled(PATIENCE)
    await live.idle()
    assert told(pressed) == SAY("cannot-write-in-thread")
    thread = discord.world.channels.get(asked.message.id)
    assert thread is None if may_delete else thread is not None and thread.archived


async def test_an_answer_is_offered_to_all_and_shared_by_those_alone_who_may_write_there(
    live: LiveBot, room: Channel
) -> None:
    discord = live.discord
    before = await live.ask(discord.ann, room, private=True)
    discord.deny(room, Permission.SEND_MESSAGES, discord.ann)
    pressed = await live.press(discord.ann, before.message, "share")
    assert pressed.text == SAY("cannot-write")
    assert pressed.message
    assert pressed.message.ephemeral
    asked = await live.ask(discord.ann, room, private=True)
    assert "share" not in acts_of(asked.message)
    more = await live.press(discord.ann, asked.message, "more")
    assert "share" not in acts_of(more.message)
    others = await live.ask(discord.kim, room, private=True)
    assert "share" in acts_of(others.message)


@pytest.mark.parametrize("known", [True, False], ids=["known", "taken a moment ago"])
async def test_without_the_history_a_mention_is_answered_without_a_reference(
    live: LiveBot, room: Channel, known: bool
) -> None:
    """With its question, where the bot has been told of it."""
    discord = live.discord
    if known:
        discord.deny(room, Permission.READ_HISTORY)
    else:
        denied = (discord.world.bot_denied(Permission.READ_HISTORY),)
        discord.world.keep_channel(replace(discord.world.channels[room.id], overwrites=denied))
    await discord.say(discord.ann, room, f"{discord.mention()} {PASSING}")
    (answer,) = await answers_in(live, room)
    assert answer.reply_to is None
    assert (f"**{PASSING}**" in text_of(answer)) is known
    assert "Chosei" in text_of(answer)
    assert not discord.world.messages_in(discord.world.dm(discord.ann).id)


async def answers_in(live: LiveBot, room: Channel) -> list[Message]:
    """What the bot has written in a channel, once it has."""
    discord = live.discord

    def written() -> list[Message]:
        return [one for one in discord.world.messages_in(room.id) if one.author == discord.bot]

    await discord.until(written, PATIENCE)
    await live.idle()
    return written()


async def test_in_a_thread_that_was_locked_the_asker_is_told_directly(live: LiveBot, room: Channel) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, room)
    thread = await live.open_thread(discord.ann, asked.message)
    await discord.say(discord.sato, thread, f"{discord.mention()} {PASSING}")
    locked = replace(discord.world.channels[thread.id], locked=True)
    discord.world.keep_channel(locked)
    direct = discord.world.dm(discord.kim)
    before = len(discord.world.messages_in(direct.id))
    await discord.say(discord.kim, thread, f"{discord.mention()} {PASSING}")
    await discord.until(lambda: len(discord.world.messages_in(direct.id)) > before, PATIENCE)
    await live.idle()
    assert "where you asked" in text_of(discord.world.messages_in(direct.id)[-1])


@pytest.mark.parametrize("kind", [ChannelType.VOICE, ChannelType.STAGE])
async def test_in_the_text_of_a_voice_channel_questions_are_answered_and_no_thread_is_offered(
    live: LiveBot, kind: ChannelType
) -> None:
    discord = live.discord
    room = discord.add_channel(discord.guild, "Voices", kind)
    asked = await live.ask(discord.ann, room)
    assert "Chosei" in asked.text
    assert "thread" not in acts_of(asked.message)
    said = await live.say(discord.ann, room, f"{discord.mention()} {PASSING}")
    assert "thread" not in acts_of(said.message)


async def test_a_post_of_a_forum_is_a_thread_in_which_questions_are_answered(live: LiveBot) -> None:
    discord = live.discord
    forum = discord.add_channel(discord.guild, "ideas", ChannelType.FORUM)
    post = discord.world.keep_channel(
        replace(
            forum,
            id=discord.clock.new_id(),
            type=ChannelType.PUBLIC_THREAD,
            parent_id=forum.id,
            owner_id=discord.ann.id,
        )
    )
    asked = await live.ask(discord.ann, post)
    assert "Chosei" in asked.text
    assert "thread" not in acts_of(asked.message)
    private = await live.ask(discord.ann, post, private=True)
    assert "share" in acts_of(private.message)
    discord.deny(forum, Permission.SEND_IN_THREADS, discord.ann)
    private = await live.ask(discord.ann, post, private=True)
    assert "share" not in acts_of(private.message)


async def test_where_no_file_may_be_attached_a_list_of_problems_comes_directly(
    live: LiveBot, room: Channel
) -> None:
    discord = live.discord
    discord.deny(room, Permission.ATTACH_FILES)
    bad = {**LIGHTHOUSE, "id": "bad", "published": "some day"}
    done = await live.command(discord.admin, room, "corpus add", file=upload("light.jsonl", LIGHTHOUSE, bad))
    assert "1 problem" in done.text
    assert SAY("file-sent-directly") in done.text
    assert done.message
    assert not done.message.attachments
    (sent,) = discord.world.messages_in(discord.world.dm(discord.admin).id)
    (file,) = sent.attachments
    assert b"some day" in discord.world.files[file.id]
