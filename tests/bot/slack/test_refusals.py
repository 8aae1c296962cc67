"""What is not answered: said to who asked, alone; nothing for all where a channel is set to nothing here."""

from collections.abc import Awaitable, Callable

import pytest

from bot.chat.preferences import Answers
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Person
from bot.dispatch.event_gate import Pending
from bot.slack.replies import ReplyTarget
from tests.bot.slack.live import PASSING, LiveBot, action_id
from tools.local_slack import Channel, Exchange, Message, User, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

FAST = "faster than is allowed"


def public(live: LiveBot, since: Message | Exchange) -> list[Message]:
    """What the bot has shown to everybody since then, in channels."""
    ts = since.ts if isinstance(since, Message) else since.action.ts
    return [
        one
        for one in live.slack.world.messages.values()
        if one.bot_id and not one.ephemeral and one.ts > ts and one.channel_id.startswith("C")
    ]


def assert_told_alone(live: LiveBot, exchange: Exchange, person: User, words: str) -> None:
    assert [one.viewer_id for one in exchange.ephemerals] == [person.id]
    assert words in text_of(exchange.ephemerals[0])
    assert public(live, exchange) == []


@pytest.mark.parametrize(
    ("command", "text", "words"),
    [
        ("/ask", f"{PASSING} since:someday", "someday"),
        ("/ask", f"{PASSING} source:Nobody", "“nobody”"),
        ("/ask", f"{PASSING} collection:secret", "secret"),
        ("/ask", f"{PASSING} since:2026-02 until:2026-01", "after"),
        ("/ask", "?!", "words"),
        ("/ask", "x" * 2001, "too long"),
        ("/latest", "?!", "words"),
    ],
    ids=["date", "source", "collection", "swapped", "no words", "long", "latest"],
)
async def test_a_command_that_is_refused_is_refused_to_its_person_alone(
    live: LiveBot, command: str, text: str, words: str
) -> None:
    live.rest()
    slack = live.slack
    asked = await live.command(slack.ann, slack.general, command, text)
    assert_told_alone(live, asked, slack.ann, words)


@pytest.mark.parametrize("command", ["/ask", "/latest"])
async def test_who_asks_too_fast_is_told_alone(live: LiveBot, command: str) -> None:
    slack = live.slack
    live.rest()
    limit = live.service.settings.preferences(live.venue(slack.general)).person_limit
    for _ in range(limit):
        await live.command(slack.kim, slack.general, command, PASSING)
    refused = await live.command(slack.kim, slack.general, command, PASSING)
    live.rest()
    (told,) = refused.ephemerals
    assert told.viewer_id == slack.kim.id
    assert public(live, refused) == []


async def test_a_form_that_is_refused_is_refused_to_its_person_alone(live: LiveBot) -> None:
    slack = live.slack
    live.rest()
    opened = await live.ask(slack.ann, slack.general, "")
    sent = await live.submit(
        slack.ann, opened.view, {"question": PASSING, "since": "2026-02-01", "until": "2026-01-01"}
    )
    assert sent.viewer_id == slack.ann.id
    assert "after" in text_of(sent)
    assert public(live, opened) == []


# Nothing here


Way = Callable[[LiveBot, Channel], Awaitable[object]]


async def by_command(live: LiveBot, channel: Channel) -> None:
    asked = await live.ask(live.slack.ann, channel)
    assert [one.viewer_id for one in asked.ephemerals] == [live.slack.ann.id]


async def by_latest(live: LiveBot, channel: Channel) -> None:
    latest = await live.command(live.slack.ann, channel, "/latest")
    assert [one.viewer_id for one in latest.ephemerals] == [live.slack.ann.id]


async def by_mention(live: LiveBot, channel: Channel) -> None:
    await live.say_unheard(live.slack.ann, channel, f"{live.slack.mention()} {PASSING}")


async def by_bare_mention(live: LiveBot, channel: Channel) -> None:
    await live.say_unheard(live.slack.ann, channel, live.slack.mention())


async def by_form(live: LiveBot, channel: Channel) -> None:
    opened = await live.ask(live.slack.ann, channel, "")
    assert (await live.submit(live.slack.ann, opened.view, {"question": PASSING})).viewer_id


async def by_check(live: LiveBot, channel: Channel) -> None:
    said = await live.slack.say(live.slack.kim, channel, "They say the mine was flooded in 1942.")
    checked = await live.check(live.slack.ann, said.said)
    assert [one.viewer_id for one in checked.ephemerals] == [live.slack.ann.id]


NEW = [by_command, by_latest, by_mention, by_bare_mention, by_form, by_check]


@pytest.fixture
async def closed(live: LiveBot) -> Channel:
    """A channel with a public answer, a private one and a thread, that was then set to nothing here."""
    slack = live.slack
    live.rest()
    return slack.world.add_channel(slack.team, "closed", (slack.ann, slack.kim, slack.admin))


async def close(live: LiveBot, channel: Channel) -> None:
    await live.service.settings.choose(live.venue(channel), {"answers": Answers.NOWHERE}, whole=False)


@pytest.mark.parametrize("ask", NEW, ids=lambda ask: ask.__name__)
async def test_where_it_answers_nothing_no_way_of_asking_brings_anything_for_all(
    live: LiveBot, closed: Channel, ask: Way
) -> None:
    await close(live, closed)
    began = await live.slack.say(live.slack.kim, closed, "Hello.")
    await ask(live, closed)
    assert public(live, began) == []


async def test_where_it_answers_nothing_what_is_left_of_before_brings_nothing_for_all(
    live: LiveBot, closed: Channel
) -> None:
    slack = live.slack
    mentioned = await live.say(slack.ann, closed, f"{slack.mention()} {PASSING}")
    shown = await live.ask(slack.ann, closed, f"{PASSING} since:2026-01-14")
    hidden = await live.ask(slack.ann, closed, f"{PASSING} private:yes")
    form = await live.ask(slack.ann, closed, "")
    await close(live, closed)
    assert mentioned.said
    began = await slack.say(slack.kim, closed, "Hello.")
    before = shown.text
    await live.say_unheard(slack.ann, closed, "And how many people died?", thread_ts=mentioned.said.ts)
    shared = await live.press(slack.ann, hidden.message, "share")
    assert [one.viewer_id for one in shared.ephemerals] == [slack.ann.id]
    await live.press(slack.ann, shown.message, "widen", "since")
    await live.press(slack.kim, shown.message, "more")
    await live.submit(slack.ann, form.view, {"question": PASSING})
    changed = await slack.edit(mentioned.said, f"{slack.mention()} How many people died in the flood?")
    await changed.acknowledged()
    await live.idle()
    assert public(live, began) == []
    assert shown.text == before


async def test_a_question_that_a_crash_left_is_refused_alone_where_nothing_is_answered_by_now(
    live: LiveBot, closed: Channel
) -> None:
    slack = live.slack
    began = await slack.say(slack.ann, closed, "Hello.")
    assert began.said
    venue = live.venue(closed, began.said.ts)
    left = Pending(
        QuestionRequest(venue, Person(slack.ann.id, "Ann"), PASSING, private=False),
        ReplyTarget(closed.id, thread=began.said.ts, message=began.said.ts),
    )
    assert await live.app.dispatcher.gate.claim("left by a crash", venue.tenant, left)
    await close(live, closed)
    await live.app.recover()
    await slack.until(lambda: began.ephemerals)
    assert_told_alone(live, began, slack.ann, "switched off")


# Sharing


async def test_an_answer_is_shared_once_in_a_place_however_often_that_is_pressed(live: LiveBot) -> None:
    slack = live.slack
    live.rest()
    asked = await live.ask(slack.ann, slack.random, f"{PASSING} private:yes")
    name = action_id(asked.message, "share")
    pressed = [await slack.click(slack.ann, asked.message, name) for _ in range(4)]
    for one in pressed:
        await one.acknowledged()
    await live.idle()
    assert len(public(live, asked)) == 1
    told = [one for one in slack.world.messages.values() if one.viewer_id and one.ts > pressed[0].action.ts]
    assert len(told) == len(pressed) - 1
    assert all("can see this answer already" in text_of(one) for one in told)


async def test_sharing_counts_as_a_question(live: LiveBot) -> None:
    slack = live.slack
    live.rest()
    limit = live.service.settings.preferences(live.venue(slack.random)).person_limit
    answers = [await live.ask(slack.sato, slack.random, f"{PASSING} private:yes") for _ in range(limit)]
    shared = await live.press(slack.sato, answers[0].message, "share")
    assert [one.viewer_id for one in shared.ephemerals] == [slack.sato.id]
    assert public(live, answers[0]) == []
    live.rest()
    assert (await live.press(slack.sato, answers[0].message, "share")).messages


async def test_what_could_not_be_shown_may_be_shared_again(live: LiveBot) -> None:
    slack = live.slack
    live.rest()
    asked = await live.ask(slack.ann, slack.random, f"{PASSING} private:yes")
    slack.faults.refuse("chat.postMessage", "invalid_blocks")
    await live.press(slack.ann, asked.message, "share")
    slack.requests.clear()
    assert public(live, asked) == []
    shared = await live.press(slack.ann, asked.message, "share")
    assert shared.messages
