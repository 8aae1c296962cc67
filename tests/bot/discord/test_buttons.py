"""What buttons say where they can't do what they are for."""

import re

import pytest

from bot.chat.venue import Venue
from tests.bot.discord.live import LiveBot, acts_of, custom_id, upload
from tests.bot.samples.articles import LIGHTHOUSE, LIGHTHOUSE_QUESTION, REGATTA
from tools.local_discord import Exchange, Overwrite, Permission, text_of, walk_components

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> None:
    """Nobody has asked too often, and Discord may say that the bot can't open a thread."""
    live.rest()
    live.refusals[:] = ["/threads: Missing Permissions (50013)"]


async def test_more_goes_on_until_there_is_nothing_more(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    shown: list[str] = [asked.text]
    message = asked.message
    for _ in range(40):
        live.rest()
        more = await live.press(discord.ann, message, "more")
        shown.append(more.text)
        if "more" not in acts_of(more.message):
            break
        message = more.message
    assert shown[-1] == "There is nothing more about this."
    numbers = [line.split(" · ")[0] for text in shown for line in text.splitlines() if line.startswith("**")]
    numbers = [number.removeprefix("**") for number in numbers if number.removeprefix("**").isdecimal()]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) > 5


async def test_what_was_withdrawn_is_not_shown_again(live: LiveBot) -> None:
    discord = live.discord
    file = upload("light.jsonl", LIGHTHOUSE)
    assert "1 new" in (await live.command(discord.admin, discord.general, "corpus add", file=file)).text
    asked = await live.ask(discord.ann, discord.general, LIGHTHOUSE_QUESTION, source="Harbour Gazette")
    private = await live.ask(
        discord.ann, discord.general, LIGHTHOUSE_QUESTION, source="Harbour Gazette", private=True
    )
    page = await live.command(discord.ann, discord.general, "article", article="lighthouse")
    assert "3 March 2026" in page.text
    removed = await live.command(discord.admin, discord.general, "corpus remove", target="lighthouse")
    assert "1 removed" in removed.text
    gone = "None of its quotes can be shown any more: their articles were changed or withdrawn."
    for act in ("context", "why"):
        assert (await live.press(discord.ann, asked.message, act)).text == gone
    shared = await live.press(discord.ann, private.message, "share")
    assert shared.text == gone
    again = await live.ask(discord.ann, discord.general, LIGHTHOUSE_QUESTION)
    assert "3 March 2026" not in again.text


async def test_an_article_that_was_withdrawn_cant_be_read_on(live: LiveBot) -> None:
    discord = live.discord
    file = upload("regatta.jsonl", {**REGATTA, "url": None})
    await live.command(discord.admin, discord.general, "corpus add", file=file)
    asked = await live.ask(discord.ann, discord.general, "What about the regatta?", source="Skarvik Post")
    read = await live.press(discord.ann, asked.message, "read")
    assert "Sixty boats" in read.text
    await live.command(discord.admin, discord.general, "corpus remove", target="regatta.jsonl")
    gone = await live.press(discord.ann, asked.message, "read")
    assert gone.text == "That article is no longer here."


async def test_nothing_is_shared_where_its_asker_may_not_write(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general, private=True)
    silenced = Overwrite(discord.guild.id, is_role=True, deny=Permission.SEND_MESSAGES)
    before = discord.general
    discord._state.overwrite(before, silenced)
    try:
        shared = await live.press(discord.ann, asked.message, "share")
    finally:
        discord.world.keep_channel(before)
    assert shared.text == "You are not allowed to write in this channel, so I will not share it here."
    assert shared.message
    assert shared.message.ephemeral


async def test_a_thread_that_cant_be_opened_is_explained_to_who_pressed(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.random)
    before = discord.random
    discord.deny(before, Permission.CREATE_PUBLIC_THREADS)
    try:
        pressed = await live.press(discord.ann, asked.message, "thread")
    finally:
        discord.world.keep_channel(before)
    (said,) = pressed.followups
    assert "because I lack a permission: Create Public Threads." in text_of(said)
    assert said.viewer_id == discord.ann.id


async def test_a_vote_can_be_changed(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    await live.press(discord.ann, asked.message, "up")
    down = await live.press(discord.ann, asked.message, "down")
    await live.submit(discord.ann, down.modal, {"kind": ["other"]})
    record = await live.record(asked.message, Venue("discord", discord.guild.id, discord.general.id))
    (vote,) = live.service.chat_store.votes.of(record.id)
    assert (vote.helpful, vote.reason) == (False, "other")


async def test_a_filter_cant_be_taken_away_faster_than_questions_may_come(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.kim, discord.general, since="2026-01-14")
    before = asked.text
    for _ in range(9):
        await live.ask(discord.kim, discord.general)
    pressed = await live.press(discord.kim, asked.message, "widen", "since")
    assert asked.text == before
    (said,) = pressed.followups
    assert re.search(r"\d+", text_of(said))  # how long to wait


FORGED = {
    "an unknown act": "nd:explode::",
    "no act": "nd::",
    "another bot's": "poll:1",
    "nothing": "x",
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
async def test_a_press_that_is_none_of_ours_is_ignored(live: LiveBot, forged: str) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    pressed = await _forge(live, asked, forged)
    await live.ask(discord.ann, discord.random)
    assert not pressed.acked


ODD = {
    "an answer that never was": ("nd:more:AAAAAAAAAAAA:", "That answer is no longer kept."),
    "a quote that never was": ("nd:context:{id}:99999999999999999999", "### Around quote 3"),
    "a quote that is no number": ("nd:context:{id}:x", "### Around quote 1"),
    "an article that never was": ("nd:read:000000000000000000000000:1", "That article is no longer here."),
    "a page that is no number": ("nd:read:{key}:٣", "### "),
    "a filter that never was": ("nd:widen:{id}:everything", "**"),
    "a subject with a quote mark": ("nd:why:'--:", None),
}


@pytest.mark.parametrize(("forged", "said"), ODD.values(), ids=ODD)
async def test_a_press_with_odd_values_does_nothing_odd(live: LiveBot, forged: str, said: str | None) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    answer_id = custom_id(asked.message, "more").split(":")[2]
    key = custom_id(asked.message, "read").split(":")[2]
    pressed = await _forge(live, asked, forged.format(id=answer_id, key=key))
    if said is None:  # it is no id of ours
        await live.ask(discord.ann, discord.random)
        assert not pressed.acked
        return
    await pressed.settled()
    await live.idle()
    assert said in "\n".join([pressed.text, *map(text_of, pressed.followups)])


async def _forge(live: LiveBot, asked: Exchange, forged: str) -> Exchange:
    """A press of a button that the bot never made, on a message of its."""
    assert asked.message
    name = custom_id(asked.message, "more")
    (button,) = (one for _, one in walk_components(asked.message.components) if one.get("custom_id") == name)
    button["custom_id"] = forged
    try:
        return await live.discord.click(live.discord.ann, asked.message, forged)
    finally:
        button["custom_id"] = name
