"""Socket Mode: the app's connections; each envelope is sent through one of them."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from tools.local_platform.changes import Changes
from tools.local_slack.delivery.delivery_queue import ACKED, LOST, Delivery, DeliveryQueue
from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Problem, Refused

CONNECTIONS_LIMIT = 10
PING_SECONDS = 30.0
"""Seconds between pings of the server; a client that does not answer is disconnected."""
LINGER_SECONDS = 10.0
"""Seconds that a connection stays open after the announcement that it will be closed."""

Note = Callable[[str, Payload, Problem], None]
"""Called with the problems of frames from a connection."""


class Link:
    """One connection."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self._request = request
        self.gone = asyncio.Event()
        self.silent = False

    async def send(self, frame: Payload | str) -> None:
        """Send a frame, or a raw text; nothing if the connection is closed or silenced."""
        text = frame if isinstance(frame, str) else json.dumps(frame)
        if not self.silent:
            with suppress(ConnectionError):
                await self.socket.send_str(text)

    def cut(self) -> None:
        """End the connection without a close frame."""
        self.gone.set()
        if self._request.transport is not None:
            self._request.transport.abort()

    async def close_after(self, seconds: float) -> None:
        """Close the connection properly after some seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.gone.wait(), seconds)
        await self.socket.close()


class Sockets:
    """All connections. `enabled` is whether the app may open any."""

    def __init__(self, clock: Clock, changes: Changes, delivery_queue: DeliveryQueue, note: Note) -> None:
        self._clock = clock
        self._changes = changes
        self._delivery_queue = delivery_queue
        self._note = note
        self._tickets: set[str] = set()
        self._pending: dict[str, tuple[Delivery, asyncio.Event]] = {}
        self._turn = 0
        self._closing: set[asyncio.Task[None]] = set()
        self.links: list[Link] = []
        """The open connections."""
        self.opened = 0
        """The number of connections so far."""
        self.enabled = True
        self.ping_seconds = PING_SECONDS

    def new_ticket(self) -> str:
        """A ticket with which a client can connect once."""
        if not self.enabled:
            raise Refused("access_denied")
        ticket = self._clock.new_secret()
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve a connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="invalid ticket")
        self._tickets.discard(ticket)
        # A client's pings are answered by our code, so that it can stop doing so.
        socket = web.WebSocketResponse(heartbeat=self.ping_seconds, autoping=False)
        await socket.prepare(request)
        link = Link(socket, request)
        if len(self.links) >= CONNECTIONS_LIMIT:
            await link.send(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        self.links.append(link)
        self.opened += 1
        await link.send({"type": "hello", "num_connections": len(self.links)})
        self._changes.announce()
        try:
            await self._read(link)
        finally:
            link.gone.set()
            self.links.remove(link)
            self._changes.announce()
        return socket

    async def deliver(self, delivery: Delivery, attempt: int, reason: str, seconds: float) -> str:
        """Send an envelope through a connection, as soon as there is one, and wait for the
        acknowledgement."""
        link = await self._pick(seconds if delivery.kind != "events_api" else None)
        if link is None:
            return "dispatch_failed"
        envelope_id, acked = self._clock.new_secret(), asyncio.Event()
        self._pending[envelope_id] = (delivery, acked)
        delivery.sent.append(self._clock.seconds())
        envelope: Payload = {
            "envelope_id": envelope_id,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.takes_payload,
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": "timeout" if reason == LOST else reason}
        await link.send(envelope)
        waits = [asyncio.create_task(acked.wait()), asyncio.create_task(link.gone.wait())]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if acked.is_set():
            return ACKED
        return LOST if link.gone.is_set() else "timeout"

    def drop(self) -> None:
        """Cut all connections without close frames."""
        for link in list(self.links):
            link.cut()

    async def disconnect(self, reason: str, linger: float = LINGER_SECONDS) -> None:
        """Announce to all clients that their connections will be closed, and close them after `linger`
        seconds."""
        for link in list(self.links):
            await link.send(_disconnect(reason))
            task = asyncio.create_task(link.close_after(linger))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def silence(self) -> None:
        """Keep the connections open but send nothing more; new connections work."""
        for link in self.links:
            link.silent = True

    async def send_raw(self, text: str) -> None:
        """Send a raw frame through all connections."""
        for link in list(self.links):
            await link.send(text)

    async def close(self) -> None:
        """Close all connections."""
        for task in list(self._closing):
            task.cancel()
        await asyncio.gather(*self._closing, return_exceptions=True)
        for link in list(self.links):
            link.cut()

    async def _pick(self, seconds: float | None) -> Link | None:
        """The next connection in turn; waits for one at most `seconds`, or without limit if that is None."""
        with suppress(AssertionError):
            await self._changes.until(
                self._open, float("inf") if seconds is None else seconds, lambda: "a connection"
            )
        usable = self._open()
        if not usable:
            return None
        self._turn += 1
        return usable[self._turn % len(usable)]

    def _open(self) -> list[Link]:
        return [link for link in self.links if not link.gone.is_set()]

    async def _read(self, link: Link) -> None:
        async for message in link.socket:
            if link.silent:
                continue
            if message.type is WSMsgType.PING:
                with suppress(ConnectionError):
                    await link.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._take(message.data)

    def _take(self, text: str) -> None:
        try:
            frame: Any = json.loads(text)
            envelope_id, payload = frame["envelope_id"], frame.get("payload")
        except (ValueError, KeyError, TypeError, AttributeError):
            self._note("socket", {"frame": text}, Problem((), "it is no acknowledgement"))
            return
        if envelope_id not in self._pending:
            self._note("socket", frame, Problem(("envelope_id",), "there is no such envelope"))
            return
        delivery, acked = self._pending[envelope_id]
        if payload and not delivery.takes_payload:
            self._note("socket", frame, Problem(("payload",), "an event takes no answer"))
            payload = None
        self._delivery_queue.take_ack(delivery, payload or None)
        acked.set()


def _disconnect(reason: str) -> Payload:
    return {"type": "disconnect", "reason": reason}
