"""Slack's Web API refuses, breaks, limits and goes away: whoever asked still gets one answer, or a word."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.cli.composition import LoadModel, Parts
from bot.slack.run import run_slack
from corpus.errors import PlatformRefused
from tests.bot.conftest import MakeHome
from tests.bot.discord.trouble import mangled
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.searching import searching
from tests.bot.slack.live import LiveBot, action_id
from tests.bot.slack.trouble import (
    PASSED,
    answered_once,
    ask,
    direct_messages,
    mention,
    room,
    settings_for,
    somebody,
    texts_of,
    troubled_bot,
)
from tools.local_slack import RETRY_SECONDS, Exchange, LocalSlack, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNSURE = "I can’t tell whether my answer has reached you."
BROKEN = "Something went wrong on my side."
LATE = "This took too long"
REFUSED = "Only admins"
WAIT = 1
"""Seconds that a limit asks to wait."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(load: LoadModel, make_home: MakeHome) -> AsyncIterator[LiveBot]:
    """One bot for the module."""
    async with LocalSlack() as slack, troubled_bot(load, make_home(), slack) as bot:
        yield bot


@pytest.fixture
def bot(shared: LiveBot) -> Iterator[LiveBot]:
    """The bot, without the trouble of an earlier test."""
    yield shared
    shared.slack.faults.clear()
    shared.slack.delivery_queue.retry_seconds = RETRY_SECONDS


async def said(bot: LiveBot, one: Exchange, count: int = 1) -> list[str]:
    """All that was said to it, once that many messages came and nothing is under way."""
    await bot.slack.until(lambda: len(texts_of(one)) >= count, PATIENCE)
    await bot.idle()
    return texts_of(one)


# What people do


async def _asked(bot: LiveBot, words: str = PASSING) -> Exchange:
    return await bot.done(await ask(bot.slack, words))


async def _mentioned(bot: LiveBot) -> Exchange:
    return await bot.done(await mention(bot.slack))


async def _pressed(bot: LiveBot, act: str = "why", words: str = PASSING) -> Exchange:
    asked = await _asked(bot, words)
    return await bot.press(asked.action.user, asked.message, act)


async def _written(bot: LiveBot) -> Exchange:
    user = somebody(bot.slack)
    return await bot.say(user, bot.slack.world.dm(user), PASSING)


async def _sent(bot: LiveBot) -> Exchange:
    asked = await _asked(bot, "")
    return await bot.done(await bot.slack.submit(asked.action.user, asked.view, {"question": PASSING}))


async def _form_from_anywhere(bot: LiveBot) -> Exchange:
    return await bot.done(await bot.slack.global_shortcut(somebody(bot.slack), "ask_news"))


async def _visited(bot: LiveBot) -> Exchange:
    return await bot.done(await bot.slack.open_home(somebody(bot.slack)))


async def _paned(bot: LiveBot) -> Exchange:
    return await bot.done(await bot.slack.open_assistant(somebody(bot.slack)))


async def _settings(bot: LiveBot) -> Exchange:
    bot.app.requests.directory._groups = None  # as after a minute
    return await bot.command(bot.slack.admin, bot.slack.general, "/newsdesk", "settings")


async def _connected_again(bot: LiveBot) -> Exchange:
    before = bot.slack.sockets.opened
    bot.slack.sockets.drop()
    await bot.slack.until(lambda: bot.slack.sockets.opened > before, PATIENCE)
    return await _mentioned(bot)


# Too much


LIMITED: dict[str, tuple[Callable[[LiveBot], Awaitable[Exchange]], str]] = {
    "chat.postMessage": (_mentioned, PASSED),
    "users.info": (_mentioned, PASSED),
    "chat.update": (lambda bot: _pressed(bot, "widen", f"{PASSING} since:2026"), PASSED),
    "chat.delete": (lambda bot: _pressed(bot, "dismiss"), ""),
    "views.open": (lambda bot: _asked(bot, ""), ""),
    "conversations.open": (_form_from_anywhere, ""),
    "views.publish": (_visited, ""),
    "usergroups.list": (_settings, "What I answer"),
    "response_url": (lambda bot: _asked(bot, f"{PASSING} private:yes"), PASSED),
    "apps.connections.open": (_connected_again, PASSED),
}
"""Every method that somebody waits for, what uses it, and what is then read."""


@pytest.mark.parametrize("method", LIMITED)
async def test_a_limit_is_waited_for_as_long_as_slack_says(
    bot: LiveBot, method: str, incidents: Callable[[], int]
) -> None:
    slack = bot.slack
    before = len(slack.requests)
    use, wanted = LIMITED[method]
    fault = slack.faults.limit(method, retry_after=WAIT)
    one = await use(bot)
    assert fault.hits == 1
    assert wanted in one.text
    assert len(texts_of(one)) <= 1
    assert "since" not in one.text
    calls = [request for request in slack.requests[before:] if request.method == method]
    assert calls[0].status == 429
    assert calls[1].at - calls[0].at >= WAIT
    assert incidents() == 0


async def test_who_has_to_wait_in_a_channel_does_not_make_others_try(bot: LiveBot) -> None:
    slack = bot.slack
    people = [somebody(slack) for _ in range(5)]
    place = room(slack, *people)
    fault = slack.faults.limit("chat.postMessage", retry_after=WAIT, times=2)
    before = len(slack.requests.of("chat.postMessage"))
    asked = [await slack.say(user, place, f"{slack.mention()} {PASSING}") for user in people]
    await slack.until(lambda: all(map(answered_once, asked)), PATIENCE)
    assert fault.hits == 2
    assert len(slack.requests.of("chat.postMessage")) == before + 7
    first, second, third = [one.at for one in slack.requests.of("chat.postMessage")[before : before + 3]]
    assert second - first >= WAIT
    assert third - second >= WAIT


@pytest.mark.parametrize("trouble", ["limited", "refused"])
async def test_what_only_adorns_an_answer_holds_none_up(bot: LiveBot, trouble: str) -> None:
    slack = bot.slack
    user = somebody(slack)
    if trouble == "limited":
        fault = slack.faults.limit("assistant.threads.*", retry_after=30, times=None)
    else:
        fault = slack.faults.refuse("assistant.threads.*", "internal_error", times=None)
    opened = await (await slack.open_assistant(user)).settled(PATIENCE)
    began = time.monotonic()
    one = await slack.say(user, slack.world.dm(user), PASSING, thread_ts=opened.thread_ts)
    await slack.until(lambda: PASSED in one.text, PATIENCE)
    assert time.monotonic() - began < 10
    assert fault.hits


async def test_a_pane_that_slack_tells_of_twice_is_greeted_once(bot: LiveBot) -> None:
    slack = bot.slack
    user = somebody(slack)
    await (await slack.open_assistant(user)).settled(PATIENCE)
    await slack.until(lambda: slack.duplicate("assistant_thread_started").created, PATIENCE)
    one = await slack.say(user, slack.world.dm(user), PASSING)
    await slack.until(lambda: PASSED in one.text, PATIENCE)
    assert len(direct_messages(slack, user)) == 2


# Broken


POSTED: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "a gateway's 502": ("fail", {"status": 502}, [PASSED]),
    "a gateway's 503": ("fail", {"status": 503}, [PASSED]),
    "more limits than the library takes": ("limit", {"retry_after": 0, "times": 8}, [PASSED]),
    "told late": ("slow", {"seconds": 1.0, "answer_only": True}, [PASSED]),
    "internal_error": ("refuse", {"error": "internal_error"}, [UNSURE]),
    "fatal_error": ("refuse", {"error": "fatal_error"}, [UNSURE]),
    "500": ("fail", {"status": 500}, [UNSURE]),
    "cut": ("cut", {}, [UNSURE]),
    "done, and not told": ("lose", {}, [PASSED, UNSURE]),
    "500 for the word too": ("fail", {"status": 500, "times": 3}, [UNSURE]),
}
"""What befalls a post, and what its asker reads: what surely was not done is done again, and of what may have
been done there is a word."""


@pytest.mark.parametrize("trouble", POSTED)
async def test_after_trouble_with_its_post_an_answer_comes_once_or_its_asker_gets_a_word(
    bot: LiveBot, trouble: str
) -> None:
    make, options, wanted = POSTED[trouble]
    fault = getattr(bot.slack.faults, make)("chat.postMessage", **options)
    texts = await said(bot, await mention(bot.slack), len(wanted))
    assert len(texts) == len(wanted)
    assert all(words in text for words, text in zip(wanted, texts, strict=True))
    assert fault.hits == options.get("times", 1)


async def test_a_private_answer_whose_response_is_lost_is_not_sent_again(bot: LiveBot) -> None:
    bot.slack.faults.lose("response_url")
    one = await ask(bot.slack, f"{PASSING} private:yes")
    answer, word = await said(bot, one, 2)
    assert PASSED in answer
    assert word.startswith(UNSURE)
    assert not one.messages


@pytest.mark.parametrize("error", ["msg_blocks_too_long", "invalid_blocks", "no_text", "msg_too_long"])
@pytest.mark.parametrize("way", [ask, mention])
async def test_an_answer_that_slack_finds_fault_with_is_an_incident_and_the_asker_gets_a_word(
    bot: LiveBot,
    incidents: Callable[[], int],
    way: Callable[[LocalSlack], Awaitable[Exchange]],
    error: str,
) -> None:
    bot.slack.faults.refuse("chat.postMessage", error)
    (text,) = await said(bot, await way(bot.slack))
    assert text.startswith(BROKEN)
    assert incidents() == 1


async def test_a_slack_that_is_away_for_a_while_gets_the_answers_that_were_under_way(bot: LiveBot) -> None:
    slack = bot.slack
    async with searching(bot.service):
        asked = [await ask(slack), await mention(slack), await ask(slack, f"{PASSING} private:yes")]
        await slack.until(lambda: all(one.acked for one in asked), PATIENCE)
        await asyncio.sleep(0.3)  # who asks is known
        await slack.down()
    waiting = await mention(slack)  # Slack keeps it until there is a connection
    await asyncio.sleep(2)
    await slack.up()
    await slack.until(lambda: all(map(answered_once, [*asked, waiting])), PATIENCE)
    await bot.idle()
    assert all(map(answered_once, [*asked, waiting]))


# Void, and expired


async def test_a_private_answer_that_comes_too_late_for_its_address_is_sent_directly(bot: LiveBot) -> None:
    slack = bot.slack
    async with searching(bot.service):
        asked = await ask(slack, f"{PASSING} private:yes")
        await slack.until(lambda: asked.acked, PATIENCE)
        slack.clock.advance(1801)
    user = asked.action.user
    await slack.until(lambda: direct_messages(slack, user), PATIENCE)
    (message,) = direct_messages(slack, user)
    assert PASSED in text_of(message)
    assert not [one for one in texts_of(asked) if one != text_of(message)]


@pytest.mark.parametrize("words", ["", "form from a button"])
async def test_a_form_that_opens_too_late_is_answered_with_a_word(bot: LiveBot, words: str) -> None:
    slack = bot.slack
    if words:
        asked = await (await ask(slack)).settled(PATIENCE)
        await bot.idle()
        shown = await bot.unfolded(asked.action.user, asked.message, "down")
        slack.faults.refuse("views.open", "expired_trigger_id")
        one = await slack.click(asked.action.user, shown, action_id(shown, "down"))
    else:
        slack.faults.slow("users.info", 0.5)
        one = await ask(slack, "")
        slack.clock.advance(4)
    await slack.until(lambda: one.ephemerals, PATIENCE)
    assert text_of(one.ephemerals[0]).startswith(LATE)


# Who asks is not known


@pytest.mark.parametrize("trouble", ["refused", "broken", "cut"])
async def test_somebody_of_whom_slack_says_nothing_may_nothing_special_and_is_answered(
    bot: LiveBot, trouble: str
) -> None:
    slack = bot.slack
    admin = slack.world.add_user(slack.team, "Another Admin", admin=True)
    place = room(slack, admin)
    if trouble == "refused":
        slack.faults.refuse("users.info", "user_not_found", times=None)
    elif trouble == "broken":
        slack.faults.fail("users.info", times=None)
    else:
        slack.faults.cut("users.info", times=None)
    asked = await slack.say(admin, place, f"{slack.mention()} {PASSING}")
    await said(bot, asked)
    assert answered_once(asked)
    refused = await (await slack.command(admin, place, "/corpus", "status")).settled(PATIENCE)
    assert refused.text.startswith(REFUSED)
    slack.faults.clear()
    shown = await (await slack.command(admin, place, "/corpus", "status")).settled(PATIENCE)
    assert not shown.text.startswith(REFUSED)  # it is not remembered


# The token


async def test_a_token_that_one_call_finds_void_and_the_next_does_not_ends_nothing(
    bot: LiveBot, load: LoadModel
) -> None:
    slack = bot.slack
    settings = settings_for(slack, bot.home)
    stop = asyncio.Event()
    before, asked_about = slack.sockets.opened, len(slack.requests.of("auth.test"))
    running = asyncio.create_task(run_slack(settings, bot.service, stop))
    await slack.until(lambda: slack.sockets.opened > before, PATIENCE)
    slack.faults.refuse("users.info", "invalid_auth", times=None)
    for _ in range(4):  # of which the other connection takes some
        await said(bot, one := await mention(slack))
        assert answered_once(one)
    await slack.until(lambda: len(slack.requests.of("auth.test")) >= asked_about + 2, PATIENCE)
    assert not running.done()
    stop.set()
    await asyncio.wait_for(running, PATIENCE)


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_token_that_is_void_ends_it_in_words(
    load: LoadModel, sample_home: Path, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with LocalSlack() as slack:
        settings = settings_for(slack, sample_home)
        async with Parts(settings, load).service() as service:
            running = asyncio.create_task(run_slack(settings, service, asyncio.Event()))
            await slack.until(lambda: slack.sockets.links, PATIENCE)
            slack.revoke_token(error)
            await mention(slack)
            with pytest.raises(PlatformRefused, match=f"any more \\({error}\\): install the app"):
                await asyncio.wait_for(running, PATIENCE)
    assert slack.bot_token not in caplog.text
    assert "Traceback" not in caplog.text


# Events that are odd


def fresh(payload: dict[str, Any], number: int) -> dict[str, Any]:
    """A payload as something new: its ids were not seen before."""
    text = json.dumps(payload)
    for name in ("event_id", "trigger_id"):
        if isinstance(known := payload.get(name), str):
            text = text.replace(known, f"{known}x{number}")
    made: dict[str, Any] = json.loads(text)
    return made


ODD: dict[str, Callable[[LiveBot], Awaitable[Exchange]]] = {
    "command": _asked,
    "mention": _mentioned,
    "direct message": _written,
    "press": _pressed,
    "form": _sent,
    "Home": _visited,
    "pane": _paned,
}


@pytest.mark.parametrize("kind", ODD)
async def test_an_odd_event_ends_nothing(bot: LiveBot, kind: str) -> None:
    slack = bot.slack
    told = (await ODD[kind](bot)).deliveries[-1]  # of a mention the last is the app_mention
    slack.delivery_queue.retry_seconds = ()
    before = slack.sockets.opened
    for number, (_, payload) in enumerate(mangled(told.payload)):
        odd = slack.delivery_queue.new(told.kind)
        odd.payload = fresh(payload, number)
        slack.delivery_queue.send(odd)
        if number % 20 == 0:
            await asyncio.sleep(0.05)
    for one in (await ask(slack), await mention(slack)):
        await slack.until(lambda one=one: answered_once(one), PATIENCE)  # type: ignore[misc]
    await bot.idle()
    assert slack.sockets.opened == before
