"""HTTP: what Slack signs, and what somebody else might send, to slack_bolt behind a server."""

import json
import logging
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

from tests.tools.local_slack.conftest import Raw
from tests.tools.local_slack.small_bot import SmallBot, answer
from tools.local_slack import LocalSlack
from tools.local_slack.delivery.http_mode import HttpMode


@pytest.fixture
async def served(slack: LocalSlack) -> AsyncIterator[tuple[SmallBot, HttpMode]]:
    """A bot that is told by requests."""
    bot = SmallBot(slack)
    bot.app.logger.setLevel(logging.CRITICAL)

    async def take(request: web.Request) -> web.Response:
        dispatched = await bot.app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(dispatched)

    app = web.Application()
    app.router.add_route("*", "/slack/events", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    yield bot, slack.over_http(f"http://127.0.0.1:{port}/slack/events")
    await bot.handler.client.aiohttp_client_session.close()
    bot.handler.client.message_processor.cancel()
    await runner.cleanup()
    assert not bot.failed


async def test_events_commands_and_interactions(
    slack: LocalSlack, raw: Raw, served: tuple[SmallBot, HttpMode]
) -> None:
    said = await (await slack.say(slack.ann, slack.general, f"{slack.mention()} hello")).settled()
    assert said.text.startswith("You said")
    asked = await (await slack.command(slack.ann, slack.general, "/say", "A & B")).settled()
    assert asked.text == "You typed A & B"
    ts = (await raw.post("A", blocks=answer("A"))).body["ts"]
    more = await (await slack.click(slack.ann, slack.world.messages[ts], "More")).settled()
    assert more.text == "More of it"
    form = await (await slack.command(slack.ann, slack.general, "/ask")).settled()
    typed = await (await slack.suggest(slack.ann, form.view, "source", "re")).settled()
    assert len(typed.options) == 2
    sent = await (await slack.submit(slack.ann, form.view, {"question": "bad"})).settled()
    assert sent.errors == {"question": "Ask something else"}
    slack.assert_valid()


async def test_what_is_forged_or_old_is_refused(slack: LocalSlack, served: tuple[SmallBot, HttpMode]) -> None:
    bot, mode = served
    said = await slack.say(slack.ann, slack.general, "Words")
    await said.acknowledged()
    body = said.deliveries[0].payload
    heard = len(bot.heard)
    assert (await mode.event(body)).status == 200
    await slack.until(lambda: len(bot.heard) > heard)
    heard = len(bot.heard)
    assert (await mode.event(body, secret="another")).status == 401
    assert (await mode.event(body, age=301)).status == 401
    assert (await mode.event(body, age=-301)).status == 401
    assert (await mode.event(body, headers={"X-Slack-Signature": "v0=00"})).status == 401
    for missing in ("X-Slack-Signature", "X-Slack-Request-Timestamp"):
        assert (await mode.event(body, headers={missing: ""})).status == 401
    assert len(bot.heard) == heard
    # slack_bolt alone takes a replay for good: refusing it is up to the bot.
    assert (await mode.replay(mode.sent[0])).status == 200


async def test_slacks_own_questions(slack: LocalSlack, served: tuple[SmallBot, HttpMode]) -> None:
    _, mode = served
    verified = await mode.url_verification("a challenge")
    assert json.loads(verified.text) == {"challenge": "a challenge"}
    assert (await mode.ssl_check()).status == 200


async def test_events_are_sent_again_and_commands_are_not(slack: LocalSlack) -> None:
    answers = [500, 503, 200]
    seen: list[tuple[str | None, str | None]] = []

    async def take(request: web.Request) -> web.Response:
        seen.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        status = answers.pop(0)
        return web.Response(status=status, headers={"X-Slack-No-Retry": "1"} if status == 418 else {})

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    slack.delivery_queue.retry_seconds = (0.0, 0.0, 0.0)
    slack.over_http(f"http://127.0.0.1:{port}/")
    said = await slack.say(slack.ann, slack.general, "Words")
    await said.acknowledged()
    assert seen == [(None, None), ("1", "http_error"), ("2", "http_error")]
    answers[:] = [500]
    asked = await slack.command(slack.ann, slack.general, "/ask", "who?")
    await slack.until(lambda: asked.failed)
    answers[:] = [418]
    stopped = await slack.say(slack.ann, slack.general, "Words")
    await slack.until(lambda: stopped.failed)
    assert len(seen) == 5
    await runner.cleanup()
    gone = await slack.say(slack.ann, slack.general, "Words")
    await slack.until(lambda: gone.failed)
    assert gone.failed == "connection_failed"
    assert len(gone.deliveries[0].sent) == 4
