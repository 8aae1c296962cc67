"""Running the bot on Slack: over the socket, or over HTTP."""

import asyncio
import logging
from contextlib import suppress

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.service.service import Service
from bot.settings import Settings
from bot.slack.app import MAKE_ONE, UNREACHABLE, make_app
from bot.slack.front import Front, Where
from bot.slack.http import PATH, Gate, web_app
from corpus.errors import PlatformRefused

LONGEST_PAUSE = 60.0
"""Seconds between tries to connect, at most."""

_log = logging.getLogger(__name__)


async def run_slack(settings: Settings, service: Service, stop: asyncio.Event) -> None:
    """Answer on Slack until `stop`. Raises PlatformRefused where Slack does not let the bot in."""
    made = await _made(settings, service, stop)
    if made is None:
        return
    app, front = made
    recovery = asyncio.create_task(front.recover(Where, front.again), name="slack-recovery")
    try:
        if settings.slack_app_token:
            await _socket(AsyncSocketModeHandler(app, settings.slack_app_token), front, stop)
        else:
            await _http(
                web.AppRunner(web_app(app, Gate(settings.slack_signing_secret))), settings, front, stop
            )
    finally:
        recovery.cancel()
        with suppress(asyncio.CancelledError):
            await recovery


async def _made(settings: Settings, service: Service, stop: asyncio.Event) -> tuple[AsyncApp, Front] | None:
    """The app, once Slack can be reached; None where it was stopped before."""
    pause = 1.0
    while not stop.is_set():
        try:
            return await make_app(
                service, settings.slack_bot_token, settings.slack_api, settings.slack_signing_secret
            )
        except UNREACHABLE as error:
            _log.warning("Slack can't be reached (%s), trying again in %.0f s", type(error).__name__, pause)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(2 * pause, LONGEST_PAUSE)
    return None


async def _socket(handler: AsyncSocketModeHandler, front: Front, stop: asyncio.Event) -> None:
    pause = 1.0
    try:
        while not stop.is_set():
            try:
                await handler.connect_async()  # type: ignore[no-untyped-call]
                break
            except SlackApiError as error:
                reason = error.response.get("error")
                raise PlatformRefused(f"Slack refuses SLACK_APP_TOKEN ({reason}): {MAKE_ONE}") from error
            except UNREACHABLE as error:
                _log.warning("Slack can't be reached (%s), trying again", type(error).__name__)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        _log.info("connected to Slack, in workspace %s", front.team)
        await stop.wait()
        await front.drain()
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _http(runner: web.AppRunner, settings: Settings, front: Front, stop: asyncio.Event) -> None:
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.slack_host, settings.slack_port).start()
        except OSError as error:
            raise PlatformRefused(
                f"port {settings.slack_port} can't be listened to ({error.strerror}): name another in "
                "NEWSDESK_SLACK_PORT"
            ) from error
        _log.info("listening for Slack on port %d, path %s", settings.slack_port, PATH)
        await stop.wait()
        await front.drain()
    finally:
        await runner.cleanup()
