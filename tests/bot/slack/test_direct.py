"""Who reads along where somebody asks, by Slack's own word: kept with the answer, and heeded afterwards."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.chat.venue import Audience
from tests.bot.slack.live import PASSING, LiveBot, acts_of
from tools.local_slack import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")

FURTHER = "And how many people died there?"
Ask = Callable[[LiveBot, str], Awaitable[Message | None]]


async def to_the_bot(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    return (await live.say(slack.ann, slack.world.dm(slack.ann), question)).message


async def to_the_bot_by_command(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    return (await live.ask(slack.ann, slack.world.dm(slack.ann), question)).message


async def in_the_pane(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    opened = await (await slack.open_assistant(slack.ann)).settled()
    room = slack.world.dm(slack.ann)
    return (await live.say(slack.ann, room, question, thread_ts=opened.thread_ts)).message


async def by_the_global_form(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    opened = await (await slack.global_shortcut(slack.ann, "ask_news")).settled()
    return await live.submit(slack.ann, opened.view, {"question": question})


async def between_two_by_command(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    return (await live.ask(slack.ann, slack.world.between(slack.ann, slack.kim), question)).message


async def between_two_by_form(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    opened = await live.ask(slack.ann, slack.world.between(slack.ann, slack.kim), "")
    return await live.submit(slack.ann, opened.view, {"question": question})


async def in_a_group_by_mention(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    room = slack.world.between(slack.ann, slack.kim, slack.bot)
    return (await live.say(slack.ann, room, f"{slack.mention()} {question}")).message


async def in_a_group_by_command(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    return (
        await live.ask(slack.ann, slack.world.between(slack.ann, slack.sato, slack.bot), question)
    ).message


async def in_the_thread_of_a_group(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    room = slack.world.between(slack.ann, slack.kim, slack.bot)
    said = await live.say(slack.ann, room, f"{slack.mention()} {PASSING}")
    assert said.said
    return (await live.say(slack.kim, room, question, thread_ts=said.said.ts)).message


async def in_a_group_without_the_bot(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    return (
        await live.ask(slack.ann, slack.world.between(slack.ann, slack.kim, slack.sato), question)
    ).message


async def in_a_hidden_channel_that_never_told(live: LiveBot, question: str) -> Message | None:
    """Its name is hidden like a group's may be, and the bot has heard nothing there."""
    slack = live.slack
    people = (slack.ann, slack.kim)
    closed = slack.world.add_channel(slack.team, "closed", people, private=True, bot_inside=False)
    return (await live.ask(slack.ann, closed, question)).message


async def in_a_channel(live: LiveBot, question: str) -> Message | None:
    return (await live.ask(live.slack.ann, live.slack.general, question)).message


async def in_a_channel_by_mention(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    return (await live.say(slack.ann, slack.general, f"{slack.mention()} {question}")).message


async def in_a_private_channel(live: LiveBot, question: str) -> Message | None:
    slack = live.slack
    return (await live.say(slack.owner, slack.cabinet, f"{slack.mention()} {question}")).message


DIRECT = [
    to_the_bot,
    to_the_bot_by_command,
    in_the_pane,
    by_the_global_form,
    between_two_by_command,
    between_two_by_form,
    in_a_group_by_mention,
    in_a_group_by_command,
    in_the_thread_of_a_group,
    in_a_group_without_the_bot,
    in_a_hidden_channel_that_never_told,
]
SEEN = [in_a_channel, in_a_channel_by_mention, in_a_private_channel]


async def test_what_was_asked_directly_is_exported_with_private_alone(live: LiveBot, tmp_path: Path) -> None:
    ids: dict[str, str] = {}
    for number, ask in enumerate((*DIRECT, *SEEN)):
        live.rest()
        answer = await ask(live, f"{PASSING[:-1]}, line {number}?")
        asker = live.slack.owner if ask is in_a_private_channel else live.slack.ann
        opened = await live.press(asker, answer, "down")
        await live.submit(asker, opened.view, {"kind": "wrong"})
        ids[(await live.record(answer)).id] = ask.__name__

    def exported(*more: str) -> set[str]:
        path = tmp_path / f"votes{len(more)}.jsonl"
        assert main(["--home", str(live.home), "votes", str(path), *more]) == 0
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return {ids[row["id"]] for row in rows}

    assert exported() == {ask.__name__ for ask in SEEN}
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
    assert "understood together with" not in (await live.ask(slack.ann, room, FURTHER)).text


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
    slack.app, whole = replace(slack.app, events=frozenset({"app_mention"})), slack.app
    quiet = slack.world.add_channel(slack.team, "quiet", (slack.ann, slack.kim))
    said = await live.say(slack.ann, quiet, f"{slack.mention()} {PASSING}")
    assert (await live.record(said.message)).venue.audience is Audience.GROUP
    slack.app = whole
    again = await live.say(slack.kim, quiet, f"{slack.mention()} {PASSING}")
    assert (await live.record(again.message)).venue.audience is Audience.CHANNEL
