"""The connection to Slack's Socket Mode: reopened whenever it ends, and replaced before it expires.

slack_sdk's own client notices a lost connection only at its next check, up to ten seconds later, and until
then commands fail for the people who type them. It also retries a rejected address or token for ever.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Protocol

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.dispatch.acknowledging import acknowledging_event
from bot.runtime.backoff import pause
from bot.runtime.tasks import start_task
from bot.slack.api.client import UNREACHABLE, refusal

HEARTBEAT = 6.0
"""Seconds without a frame after which a ping is sent; Slack has half as long to answer it. So a dead
connection is noticed within 9 s, and an event loop that is busy for a second loses none."""
HANDSHAKE = 15.0
"""Timeout for opening a connection, in seconds."""
LINGER = 15.0
"""Seconds for which a connection is still read after Slack announced that it will close it, which it does
after ten."""
LEAVING = 10.0
"""Seconds in which received events must be claimed before the connections are closed; the others are sent to
another process."""
CLOSE = 1.0
"""Seconds to wait for Slack's part of the closing handshake."""

_log = logging.getLogger(__name__)


class Receiver(Protocol):
    """Handles requests of Slack: a Bolt app, or a router that finds the app."""

    async def async_dispatch(self, req: AsyncBoltRequest, /) -> BoltResponse:
        """The response, with which the request counts as acknowledged."""
        ...


class SocketLink(AsyncBaseSocketModeClient):
    """One WebSocket connection. Its envelopes are acknowledged through it; if it is lost, Slack resends
    them."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """The socket must be open."""
        self.logger = logging.getLogger("slack_bolt")
        self.socket = socket
        self.greeted = False
        """Slack has sent `hello`, so the connection works."""
        self.leaving = asyncio.Event()
        """Set when Slack announces that it will close the connection."""

    async def send_message(self, message: str) -> None:
        """Send a frame."""
        await self.socket.send_str(message)


class Connection:
    """Keeps an app connected to Socket Mode."""

    def __init__(
        self,
        app: Receiver,
        client: AsyncWebClient,
        app_token: str,
        *,
        heartbeat: float = HEARTBEAT,
        holds: Callable[[bool], None] = lambda _holds: None,
        shared: bool = False,
    ) -> None:
        """`client` requests a WebSocket address with `app_token`. `holds` is called with whether there is a
        working connection, whenever that may have changed. If the app is `shared` with other processes, an
        envelope is acknowledged only after it was claimed, so Slack sends what a process had not claimed when
        it ended to another one."""
        self._shared = shared
        self._left = False
        self._holds = holds
        self._app = app
        self._client = client
        self._app_token = app_token
        self._heartbeat = heartbeat
        self._tasks: set[asyncio.Task[Any]] = set()
        self._takes: set[asyncio.Task[Any]] = set()
        self._links: set[SocketLink] = set()

    async def hold(self) -> None:
        """Stay connected until cancelled. Raises SlackApiError if Slack rejects the app-level token."""
        failures = 0
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
            try:
                while True:
                    began = time.monotonic()
                    if self._left:
                        await asyncio.get_running_loop().create_future()  # until it is cancelled
                    link = await self._open(session)
                    if link is not None:
                        reading = start_task(self._read(link), self._tasks)
                        leaving = start_task(_wait(link.leaving), self._tasks)
                        await asyncio.wait({reading, leaving}, return_when=asyncio.FIRST_COMPLETED)
                        leaving.cancel()
                    failures = 0 if link and link.greeted else failures + 1
                    await asyncio.sleep(pause(failures, time.monotonic() - began))
            finally:
                tasks = self._tasks | self._takes
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def leave(self) -> None:
        """Accept no more events, and close all connections, so that Slack sends new events to other
        processes."""
        self._left = True
        if self._takes:
            await asyncio.wait(self._takes, timeout=LEAVING)
        for link in list(self._links):
            await link.socket.close()

    async def _open(self, session: aiohttp.ClientSession) -> SocketLink | None:
        """A new connection; None if Slack can't be reached or refuses one for the moment."""
        try:
            answer = await self._client.apps_connections_open(app_token=self._app_token)
            async with asyncio.timeout(HANDSHAKE):
                socket = await session.ws_connect(
                    str(answer["url"]),
                    heartbeat=self._heartbeat,
                    timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE),
                    proxy=self._client.proxy,
                    ssl=self._client.ssl or True,
                )
        except SlackApiError as error:
            if refusal(error):
                raise
            _log.warning("Slack gives no connection (%s)", error.response.get("error") or "no reason")
        except UNREACHABLE as error:
            _log.warning("Slack can't be reached (%s)", type(error).__name__)
        else:
            return SocketLink(socket)
        return None

    async def _read(self, link: SocketLink) -> None:
        """Handle the frames of a connection until it ends."""
        loop = asyncio.get_running_loop()
        self._links.add(link)
        try:
            async with asyncio.timeout(None) as limit:
                async for message in link.socket:
                    if message.type is not aiohttp.WSMsgType.TEXT:
                        continue
                    frame = _frame(message.data)
                    if frame.get("type") == "hello":
                        link.greeted = True
                        self._tell()
                        self._greeted(frame)
                    elif frame.get("type") == "disconnect":
                        _log.info("Slack will close the connection (%s)", frame.get("reason"))
                        link.leaving.set()
                        limit.reschedule(loop.time() + LINGER)
                    elif "envelope_id" in frame and not self._left:
                        start_task(self._take(link, frame), self._takes)
        except TimeoutError:
            pass  # Slack did not close it as announced
        finally:
            await link.socket.close()
            self._links.discard(link)
            self._tell()

    def _tell(self) -> None:
        self._holds(any(link.greeted for link in self._links))

    def _greeted(self, hello: dict[str, Any]) -> None:
        _log.info("connected to Slack")
        known = hello.get("num_connections")
        if isinstance(known, int) and known > len(self._links) and not self._shared:
            _log.warning(
                "Slack has %d connections of this app, %d of them ours: another process answers with its "
                "app token and gets a part of what is asked. Stop one of the two; after a crash this passes",
                known,
                len(self._links),
            )

    async def _take(self, link: SocketLink, frame: dict[str, Any]) -> None:
        """Pass an envelope to the app, and send its acknowledgement."""
        began = time.time()
        if not isinstance(frame.get("envelope_id", ""), str):
            _log.warning("an envelope whose id is no text was left out")
            return
        try:
            request = SocketModeRequest.from_dict(frame)
            if request is not None:
                bolt = AsyncBoltRequest(mode="socket_mode", body=request.payload)
                with acknowledging_event() as acknowledgement:
                    response = await self._app.async_dispatch(bolt)
                again = is_message(bolt.body)
                if (
                    not self._shared
                    or response.status != HTTPStatus.OK
                    or await acknowledgement.is_due(sent_again=again)
                ):
                    await send_async_response(link, request, response, began)
        except ConnectionError:
            _log.info("a connection ended before an acknowledgement; Slack sends that event again")
        except Exception:  # noqa: BLE001 - one malformed envelope must not end the connection
            _log.exception("an envelope that can't be read was left out")


def is_message(body: Mapping[str, Any]) -> bool:
    """Whether a request is a message or a mention. Slack resends these until they are acknowledged."""
    event = body.get("event")
    return isinstance(event, Mapping) and event.get("type") in ("message", "app_mention")


async def _wait(event: asyncio.Event) -> None:
    await event.wait()


def _frame(text: str) -> dict[str, Any]:
    """The JSON object of a frame; empty if it is malformed."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        _log.warning("a frame that is no JSON was left out")
        return {}
    return frame if isinstance(frame, dict) else {}
