"""The connection to Discord's gateway: resumed after every failure, and started as a new session only where
that is not possible.

discord.py's own loop ends at one malformed frame or if the very first connection fails, pauses for up to 17
minutes after a long outage, and does not pause at all if connections are accepted and closed at once.
"""

import asyncio
import logging
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot.discord.api.send import UNREACHABLE
from bot.discord.api.session_starts import SessionStarts
from bot.runtime.backoff import pause
from bot.runtime.clock import Clock

HANDSHAKE = 60.0
"""Timeout in seconds for opening a connection, as in discord.py."""
RESUME_TRIES = 3
"""Failed attempts in a row before the session is given up, as its resume address may no longer exist."""
SESSION_GONE = frozenset({4003, 4007})
"""Close codes after which a session can't be resumed: the server does not know it, or not its sequence
number."""
INTENT_REFUSED = 4014
OWN_CLOSE = 1000
GOODBYE = 2.0
"""Seconds to wait for Discord's part of the closing handshake: it takes one round trip, and nothing depends
on it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """What is needed to resume a session: the gateway's address, the session id, and the sequence number of
    the last event."""

    gateway: yarl.URL
    session: str
    sequence: int | None


class Connection:
    """Keeps one shard of a client connected to the gateway."""

    def __init__(
        self,
        client: discord.Client,
        broke: Callable[[str], str],
        clock: Clock,
        starts: SessionStarts,
        holds: Callable[[bool], None] = lambda _holds: None,
        shard: int = 0,
    ) -> None:
        """`broke` logs the current exception with a description of what was being done. `holds` is called
        with whether there is a working connection, whenever that changes. `starts` is awaited before each new
        session of the `shard`."""
        self._holds = holds
        self.greeted = False
        """Whether the current connection works: its READY or RESUMED arrived and was parsed."""
        self._client = client
        self._broke = broke
        self._clock = clock
        self._starts = starts
        self._shard = shard
        self._place: ResumePoint | None = None
        self._identified = False
        self._failures = 0
        self._socket: DiscordWebSocket | None = None
        self._leaving = False

    def greet(self) -> None:
        """Note that the current connection works."""
        self.greeted, self._failures = True, 0
        self._holds(True)

    async def hold(self) -> None:
        """Stay connected until the client is closed; on cancellation, close the session first.

        Raises ConnectionClosed and PrivilegedIntentsRequired if Discord closes the connection permanently.
        """
        holding = asyncio.create_task(self._hold(), name="gateway")
        try:
            await asyncio.shield(holding)
        except asyncio.CancelledError:
            await self._leave(holding)
            raise

    @property
    def socket(self) -> DiscordWebSocket | None:
        """The open socket, if there is one."""
        return self._socket

    async def close(self) -> None:
        """Close the session permanently; called from outside `hold`."""
        self._leaving = True
        if self._socket is not None:
            with suppress(Exception):  # the connection may be lost already
                await self._socket.close(OWN_CLOSE)

    async def _leave(self, holding: asyncio.Task[None]) -> None:
        """Close the session permanently, so that the bot is shown as offline.

        The listener continues until Discord's own close frame arrives: the system resets a socket that is
        closed with unread frames, and the last frames sent are lost with it.
        """
        self._leaving = True
        if self._socket is not None:
            with suppress(Exception):  # the line may be broken already
                await self._socket.socket.send_frame(struct.pack("!H", OWN_CLOSE), aiohttp.WSMsgType.CLOSE)
                await asyncio.wait({holding}, timeout=GOODBYE)
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)

    async def _hold(self) -> None:
        while not self._over():
            if self._place is None:
                await self._starts.wait()
            began = self._clock.now()
            try:
                await self._once()
            finally:
                self._holds(False)
            self._client.dispatch("disconnect")
            self._failures += not self.greeted
            if self._failures >= RESUME_TRIES:
                self._place = None
            if not self._over():
                await self._clock.sleep(pause(self._failures, self._clock.now() - began))

    def _over(self) -> bool:
        return self._leaving or self._client.is_closed()

    async def _once(self) -> None:
        """Run one connection until it ends."""
        self.greeted = anew = False
        socket = None
        try:
            socket = await asyncio.wait_for(self._open(), HANDSHAKE)
            self._socket = socket
            self._identified = True
            await self._listen(socket)
        except ReconnectWebSocket as end:
            anew = not end.resume
        except discord.ConnectionClosed as end:
            if end.code == INTENT_REFUSED:
                raise discord.PrivilegedIntentsRequired(end.shard_id) from end
            if end.code != OWN_CLOSE:
                raise
        except UNREACHABLE as error:
            _log.warning("Discord's gateway can't be reached (%s)", type(error).__name__)
        except Exception:  # noqa: BLE001 - a malformed greeting, or a bug of discord.py
            self._broke("staying connected to Discord")
            anew = True
        self._socket = None
        if socket is not None:
            anew |= socket.socket.close_code in SESSION_GONE
            self._place = None if anew else _place(socket)
            with suppress(Exception):  # whatever it is, the next one is another socket
                await socket.close(4000)

    async def _open(self) -> DiscordWebSocket:
        place = self._place
        if place is None:
            initial = not self._identified
            return await DiscordWebSocket.from_client(self._client, initial=initial, shard_id=self._shard)
        return await DiscordWebSocket.from_client(
            self._client,
            gateway=place.gateway,
            shard_id=self._shard,
            session=place.session,
            sequence=place.sequence,
            resume=True,
        )

    async def _listen(self, socket: DiscordWebSocket) -> None:
        """Handle frames until the connection ends; a malformed one is logged and skipped."""
        while True:
            last = socket.sequence
            try:
                await socket.poll_event()
            except (ReconnectWebSocket, discord.ConnectionClosed, *UNREACHABLE):
                raise
            except zlib.error as error:
                # All frames are one compressed stream, so nothing after this can be decompressed.
                self._broke("unpacking a frame")
                await socket.close(4000)
                raise ReconnectWebSocket(socket.shard_id) from error
            except Exception:
                if not self.greeted:
                    raise
                self._broke("reading a frame")
            if not isinstance(socket.sequence, int):
                socket.sequence = last


def _place(socket: DiscordWebSocket) -> ResumePoint | None:
    if not socket.session_id:
        return None
    return ResumePoint(socket.gateway, socket.session_id, socket.sequence)
