"""Who reads along where somebody asks, by Slack's own word: kept with the answer, and heeded afterwards."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.chat.venue import Audience
from tests.bot.running_bot import PASSING
from tests.bot.slack.live import LiveBot, acts_of
from tools.local_slack import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")

FURTHER = "And how many people died there?"
DIRECTLY = "directly "
"""Begins the name of a way of asking that others do not read along with."""


async def asked_everywhere(live: LiveBot) -> AsyncIterator[tuple[str, Message | None]]:
    """A question in every way, one after the other: how, and the answer. None is asked twice, for it would be
    exported once."""
    questions = (f"{PASSING[:-1]}, line {number}?" for number in count())
    slack, ann, kim, world = live.slack, live.slack.ann, live.slack.kim, live.slack.world
    alone, two = world.dm(ann), world.between(ann, kim)
    group = world.between(ann, kim, slack.bot)
    # Its name is hidden like a group's may be, and the bot has heard nothing there.
    hidden = world.add_channel(slack.team, "closed", (ann, kim), private=True, bot_inside=False)
    for how, room in {
        "directly by command": alone,
        "directly between two by command": two,
        "directly in a group by command": world.between(ann, slack.sato, slack.bot),
        "directly in a group without the bot": world.between(ann, kim, slack.sato),
        "directly in a hidden channel that never told": hidden,
        "in a channel by command": slack.general,
    }.items():
        yield how, (await live.ask(ann, room, next(questions))).message
    for how, room, asker in (
        ("directly in a group by mention", group, ann),
        ("in a channel by mention", slack.general, ann),
        ("in a private channel by mention", slack.cabinet, slack.owner),
    ):
        yield how, (await live.say(asker, room, f"{slack.mention()} {next(questions)}")).message
    began = await live.say(ann, group, f"{slack.mention()} {PASSING}")
    assert began.said
    further = await live.say(kim, group, next(questions), thread_ts=began.said.ts)
    yield "directly in the thread of a group", further.message
    yield "directly by message", (await live.say(ann, alone, next(questions))).message
    pane = await (await slack.open_assistant(ann)).settled()
    answered = await live.say(ann, alone, next(questions), thread_ts=pane.thread_ts)
    yield "directly in the pane", answered.message
    opened = await (await slack.global_shortcut(ann, "ask_news")).settled()
    yield "directly by the global form", await live.submit(ann, opened.view, {"question": next(questions)})
    opened = await live.ask(ann, two, "")
    yield "directly between two by form", await live.submit(ann, opened.view, {"question": next(questions)})


async def test_what_was_asked_directly_is_exported_with_private_alone(live: LiveBot, tmp_path: Path) -> None:
    ids: dict[str, str] = {}
    async for how, answer in asked_everywhere(live):
        live.rest()
        asker = live.slack.owner if "private channel" in how else live.slack.ann
        opened = await live.press(asker, answer, "down")
        await live.submit(asker, opened.view, {"kind": "wrong"})
        ids[(await live.record(answer)).id] = how
    assert len(ids) == 14

    def exported(*more: str) -> set[str]:
        path = tmp_path / f"votes{len(more)}.jsonl"
        assert main(["--home", str(live.home), "votes", str(path), *more]) == 0
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return {ids[row["id"]] for row in rows}

    assert exported() == {how for how in ids.values() if not how.startswith(DIRECTLY)}
    assert exported("--private") == set(ids.values())


async def test_in_a_direct_message_a_question_goes_on_from_the_askers_own_private_one(live: LiveBot) -> None:
    """Nobody else is there to whom it could show."""
    slack = live.slack
    room = slack.world.dm(slack.kim)
    await live.ask(slack.kim, room, f"{PASSING} private:yes")
    assert "183" in (await live.say(slack.kim, room, FURTHER)).text


async def test_between_people_a_question_goes_on_from_no_private_one_of_the_asker(live: LiveBot) -> None:
    slack = live.slack
    room = slack.world.between(slack.ann, slack.kim)
    await live.ask(slack.ann, room, f"{PASSING} private:yes")
    assert "Follow-up to: " not in (await live.ask(slack.ann, room, FURTHER)).text


async def test_an_option_that_is_neither_yes_nor_no_is_told_and_nothing_is_asked(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general, f"{PASSING} private:maybe")
    assert asked.text == "Write “yes” or “no” behind “private:”, not “maybe”."
    assert asked.message
    assert asked.message.viewer_id == slack.ann.id


async def test_nobody_is_offered_to_share_where_nobody_else_is(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.world.dm(slack.ann), f"{PASSING} private:yes")
    assert "share" not in acts_of(asked.message)
    assert "share" not in acts_of((await live.press(slack.ann, asked.message, "more")).message)


async def test_a_mention_that_comes_before_its_message_waits_for_where_it_stands(live: LiveBot) -> None:
    slack = live.slack
    room = slack.world.between(slack.editor, slack.kim, slack.bot)
    audiences = live.app.requests.audiences
    asked = asyncio.create_task(audiences.mentioned(room.id))
    await asyncio.sleep(0)
    assert not asked.done()
    said = await slack.say(slack.editor, room, "Look at that.")
    assert await asked is Audience.GROUP
    await said.acknowledged()


async def test_a_mention_whose_message_never_comes_counts_as_between_people_until_one_does(
    live: LiveBot,
) -> None:
    slack = live.slack
    slack.world.app, whole = replace(slack.world.app, events=frozenset({"app_mention"})), slack.world.app
    quiet = slack.world.add_channel(slack.team, "quiet", (slack.ann, slack.kim))
    said = await live.say(slack.ann, quiet, f"{slack.mention()} {PASSING}")
    assert (await live.record(said.message)).venue.audience is Audience.GROUP
    slack.world.app = whole
    again = await live.say(slack.kim, quiet, f"{slack.mention()} {PASSING}")
    assert (await live.record(again.message)).venue.audience is Audience.CHANNEL
