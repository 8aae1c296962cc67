"""Runs the Slack bot over Socket Mode or HTTP."""

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.dispatch.dispatcher import Dispatcher
from bot.measuring.presence import Presence
from bot.runtime.backoff import pause
from bot.service.service import Service
from bot.settings import Settings
from bot.slack.api.client import (
    MAKE_ONE,
    UNREACHABLE,
    RejectedTokenHandler,
    reason_of,
    refusal,
    rejected_token,
)
from bot.slack.api.connection import Connection, Receiver
from bot.slack.api.http import PATH, RequestVerifier, web_app
from bot.slack.api.server import ConnectionLimiter, Limits, listening
from bot.slack.app import SlackApp, make_app, make_dispatcher
from bot.slack.requests import PLATFORM
from bot.standing.standing_rounds import StandingRounds
from corpus.errors import PlatformRefused
from corpus.lazy_pattern import lazy_pattern

_TOKEN = lazy_pattern(r"[\x21-\x7e]+")
"""The characters that are allowed in the header of a request."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """What `answer` runs: the app of one workspace, or of many. It ends when one of `watches` ends."""

    receiver: Receiver
    client: AsyncWebClient
    dispatcher: Dispatcher
    recover: Callable[[], Awaitable[None]]
    standing: StandingRounds
    watches: Mapping[str, Coroutine[None, None, None]]


async def run_slack(settings: Settings, service: Service, stop: asyncio.Event) -> None:
    """Answer in the workspace of the token until `stop`. Raises PlatformRefused if Slack rejects a token, at
    the start or later."""
    check_tokens(settings)
    dispatcher = await opened_dispatcher(settings, service)
    app = await connected_app(settings, dispatcher, stop)
    if app is None:
        return
    _log.info("answering on Slack, in workspace %s", app.team)
    watches = {"slack-watch": watch(app.client)}
    served = Served(app.bolt, app.client, dispatcher, app.recover, app.standing, watches)
    await answer(served, settings, stop)


async def opened_dispatcher(settings: Settings, service: Service) -> Dispatcher:
    """The dispatcher for the events of all workspaces, with the stored threads loaded."""
    dispatcher = make_dispatcher(service, settings.slack_commands)
    await dispatcher.threads.load()
    return dispatcher


async def answer(served: Served, settings: Settings, stop: asyncio.Event) -> None:
    """Answer until `stop`, or until one of the watches ends. Raises PlatformRefused."""
    holds = partial(_holds, served.dispatcher.service.presence)
    gate, connection = served.dispatcher.gate, None
    if token := settings.slack_app_token:
        shared = gate.claims.are_shared
        connection = Connection(served.receiver, served.client, token, holds=holds, shared=shared)
    way = _socket(connection) if connection else _http(served, settings, holds)
    works = {"slack": way, "stop": _wait(stop), **served.watches}
    ends = [asyncio.create_task(work, name=name) for name, work in works.items()]
    recovery = asyncio.create_task(_done(served.recover()), name="slack-recovery")
    standing = asyncio.create_task(served.standing.run(), name="slack-standing")
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        gate.stopping = True
        if connection and gate.leaves:
            await connection.leave()
        await gate.drain(alone=not stop.is_set())
        for task in ends:
            if task.done():
                task.result()
    finally:
        await _cancel(*ends, recovery, standing)


async def _done(work: Awaitable[None]) -> None:
    await work


def check_tokens(settings: Settings) -> None:
    """Raise PlatformRefused if a token has characters that no token has."""
    tokens = {"SLACK_BOT_TOKEN": settings.slack_bot_token, "SLACK_APP_TOKEN": settings.slack_app_token}
    for name, token in tokens.items():
        if token and not _TOKEN.fullmatch(token):
            raise PlatformRefused(f"what is in {name} is no token: copy it whole, or {MAKE_ONE}")


async def connected_app(settings: Settings, dispatcher: Dispatcher, stop: asyncio.Event) -> SlackApp | None:
    """The app, as soon as Slack can be reached; None if `stop` was set before."""
    failures = 0
    while not stop.is_set():
        began = time.monotonic()
        try:
            token, api, prefix = settings.slack_bot_token, settings.slack_api, settings.slack_commands
            return await make_app(dispatcher.service, token, api, prefix, dispatcher)
        except (SlackApiError, *UNREACHABLE) as error:
            failures += 1
            wait = pause(failures, time.monotonic() - began)
            _log.warning("Slack can't be reached (%s), trying again in %.0f s", reason_of(error), wait)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)
    return None


def _holds(presence: Presence, holds: bool) -> None:
    presence.set(PLATFORM, connected=holds)


async def _socket(connection: Connection) -> None:
    try:
        await connection.hold()
    except SlackApiError as error:
        raise PlatformRefused(f"Slack refuses SLACK_APP_TOKEN ({refusal(error)}): {MAKE_ONE}") from error


async def _http(served: Served, settings: Settings, holds: Callable[[bool], None]) -> None:
    limiter = ConnectionLimiter(Limits())
    shared = served.dispatcher.gate.claims.are_shared
    app = web_app(served.receiver, RequestVerifier(settings.slack_signing_secret), limiter, shared=shared)
    try:
        async with listening(app, limiter, settings.slack_host, settings.slack_port) as port:
            _log.info("listening for Slack on port %d, path %s", port, PATH)
            holds(True)
            try:
                await asyncio.get_running_loop().create_future()  # until it is cancelled
            finally:
                holds(False)
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else type(error).__name__
        raise PlatformRefused(
            f"port {settings.slack_port} can't be listened to ({reason}): name another in NEWSDESK_SLACK_PORT"
        ) from error


async def watch(client: AsyncWebClient) -> None:
    """Raise PlatformRefused when two calls in a row show that Slack rejects the bot's token."""
    void = asyncio.Event()
    client.retry_handlers.append(RejectedTokenHandler(void.set))
    while True:
        await void.wait()
        void.clear()
        try:
            await client.auth_test()
        except SlackApiError as error:
            if reason := refusal(error):
                raise rejected_token(reason) from error
        except UNREACHABLE:
            pass  # the next call that is rejected repeats this check


async def _wait(stop: asyncio.Event) -> None:
    await stop.wait()


async def _cancel(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
