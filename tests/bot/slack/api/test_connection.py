"""Socket Mode breaks in every way that it can, and the bot is there again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError

from bot.cli.composition import LoadModel
from bot.runtime import backoff as pauses
from bot.slack.api.connection import Connection
from bot.slack.app import make_app
from tests.bot.conftest import MakeHome
from tests.bot.running_bot import PATIENCE
from tests.bot.slack.live import LiveBot
from tests.bot.slack.trouble import answered_once, ask, mention, troubled_bot
from tools.local_slack import Exchange, LocalSlack

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAUSE = 0.2
"""Seconds between two connections, so that twenty do not take half a minute."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(load: LoadModel, make_home: MakeHome) -> AsyncIterator[LiveBot]:
    """One bot for the module, with a short heartbeat and short pauses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pauses, "FIRST_PAUSE", PAUSE)
        async with LocalSlack() as slack, troubled_bot(load, make_home(), slack) as bot:
            yield bot


async def cut(slack: LocalSlack) -> None:
    """Without a word."""
    slack.sockets.drop()


async def silence(slack: LocalSlack) -> None:
    """Open, and dead."""
    slack.sockets.silence()


async def warn(slack: LocalSlack) -> None:
    """Said ahead."""
    await slack.disconnect("warning", linger=0.3)


async def refresh(slack: LocalSlack) -> None:
    """Said at the last moment."""
    await slack.disconnect("refresh_requested", linger=0.0)


KINDS: dict[str, Callable[[LocalSlack], Awaitable[None]]] = {
    "cut": cut,
    "silent": silence,
    "with a warning": warn,
    "to be refreshed": refresh,
}
ODD = (
    "{",
    "null",
    "7",
    '"hello"',
    "[1, 2]",
    "{}",
    "[" * 100_000,
    '{"type": null}',
    '{"type": "never_heard_of"}',
    '{"envelope_id": null}',
    '{"envelope_id": "1", "type": "events_api"}',
    '{"envelope_id": "2", "type": "events_api", "payload": null}',
    '{"envelope_id": "3", "type": "events_api", "payload": [1]}',
    '{"envelope_id": "4", "type": "events_api", "payload": {}}',
    '{"envelope_id": "5", "type": "interactive", "payload": {"type": "block_actions"}}',
    '{"envelope_id": {}, "type": 5, "payload": {"event": 7}}',
    f'{{"envelope_id": {"9" * 5000}, "type": "events_api", "payload": {{}}}}',
)


async def connected_again(slack: LocalSlack, before: int) -> None:
    """Until there is a connection that was not there before."""
    await slack.until(lambda: slack.sockets.opened > before, PATIENCE)


async def is_well(slack: LocalSlack) -> None:
    """Both ways of asking get an answer."""
    for one in (await ask(slack), await mention(slack)):
        await slack.until(lambda one=one: answered_once(one), PATIENCE)  # type: ignore[misc]


async def test_twenty_times_the_connection_ends_and_each_event_is_answered_once(bot: LiveBot) -> None:
    slack = bot.slack
    asked: list[tuple[str, Exchange]] = []
    for kind in list(KINDS) * 5:
        before = slack.sockets.opened
        asked += [(kind, await ask(slack)), (kind, await mention(slack))]
        await asyncio.sleep(0.01)  # the bot has begun to work on some
        await KINDS[kind](slack)
        asked += [(kind, await ask(slack)), (kind, await mention(slack))]
        await connected_again(slack, before)
    assert len(asked) == 80
    await slack.until(lambda: all(one.acked for _, one in asked), PATIENCE)
    await slack.until(lambda: all(one.messages for _, one in asked), PATIENCE)
    await is_well(slack)
    assert [(kind, one) for kind, one in asked if not answered_once(one)] == []
    assert len(slack.sockets.links) == 1


async def test_a_connection_that_is_cut_is_there_again_within_the_second_that_a_command_may_wait(
    bot: LiveBot,
) -> None:
    slack = bot.slack
    await asyncio.sleep(1)  # it has held for a while
    slack.sockets.drop()
    asked = await (await ask(slack)).settled(PATIENCE)
    assert asked.failed is None
    assert asked.acked_after is not None
    assert asked.acked_after < 2


async def test_the_next_connection_is_open_before_the_one_that_will_be_closed_is_gone(bot: LiveBot) -> None:
    slack = bot.slack
    await asyncio.sleep(1)
    before = slack.sockets.opened
    await slack.disconnect("warning", linger=0.5)
    await connected_again(slack, before)
    assert len(slack.sockets.links) == 2
    asked = [await mention(slack) for _ in range(4)]  # half of them through the old one
    await slack.until(lambda: all(map(answered_once, asked)), PATIENCE)
    assert all(len(one.sent) == 1 for each in asked for one in each.deliveries)
    await slack.until(lambda: len(slack.sockets.links) == 1, PATIENCE)


@pytest.mark.parametrize("frame", ODD, ids=range(len(ODD)))
async def test_a_frame_that_can_t_be_read_ends_nothing(bot: LiveBot, frame: str) -> None:
    before = bot.slack.sockets.opened
    await bot.slack.sockets.send_raw(frame)
    await is_well(bot.slack)
    assert bot.slack.sockets.opened == before


async def test_an_address_that_is_refused_is_not_tried_again(
    bot: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack = bot.slack
    before, new_ticket = slack.sockets.opened, slack.sockets.new_ticket
    void = iter(["void"])
    monkeypatch.setattr(slack.sockets, "new_ticket", lambda: next(void, None) or new_ticket())
    slack.sockets.drop()
    await connected_again(slack, before)
    assert next(void, None) is None
    await is_well(slack)


@pytest.mark.parametrize("error", ["internal_error", "ratelimited", "service_unavailable", 500, 503])
async def test_no_address_for_now_is_asked_for_again(bot: LiveBot, error: str | int) -> None:
    slack, method = bot.slack, "apps.connections.open"
    before = slack.sockets.opened
    if isinstance(error, int):
        fault = slack.faults.fail(method, status=error, times=2)
    else:
        fault = slack.faults.refuse(method, error)
    slack.sockets.drop()
    await connected_again(slack, before)
    assert fault.hits == (2 if isinstance(error, int) else 1)
    await is_well(slack)


async def test_too_many_connections_are_given_up_and_not_opened_without_a_pause(bot: LiveBot) -> None:
    slack = bot.slack
    before, limited = slack.sockets.opened, slack.requests.of("apps.connections.open")
    await slack.sockets.send_raw('{"type": "disconnect", "reason": "too_many_websockets"}')
    await connected_again(slack, before)
    await asyncio.sleep(1.5)
    assert len(slack.requests.of("apps.connections.open")) <= len(limited) + 2
    slack.sockets.drop()
    await is_well(slack)


@pytest.mark.parametrize(
    ("token", "error"), [("xapp-1-wrong", "invalid_auth"), ("the bot's", "not_allowed_token_type")]
)
async def test_a_token_that_slack_refuses_is_not_tried_again(bot: LiveBot, token: str, error: str) -> None:
    slack = bot.slack
    app = await make_app(bot.service, slack.bot_token, slack.api)
    before = len(slack.requests.of("apps.connections.open"))
    token = slack.bot_token if token == "the bot's" else token
    with pytest.raises(SlackApiError, match=error):
        await asyncio.wait_for(Connection(app.bolt, app.client, token).hold(), PATIENCE)
    assert len(slack.requests.of("apps.connections.open")) == before + 1
