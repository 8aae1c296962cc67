"""The bot's shards in this process, each with a connection of its own.

discord.py's sharded client manages what they share (API calls, servers, commands); its loop around their
connections has the faults that `bot.discord.api.connection` avoids.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import discord
from discord.gateway import DiscordWebSocket

from bot.discord.api.connection import Connection
from bot.discord.api.identify_turns import IdentifyTurns
from bot.discord.api.send import UNREACHABLE
from bot.discord.api.session_starts import SessionStarts, StartLimit
from bot.dispatch.incidents import log_incident
from bot.runtime.clock import Clock
from bot.runtime.tasks import run_until_one_ends
from bot.service.service import Service

ID_SHIFT = 22
"""The number of id bits below the timestamp; Discord assigns servers to shards by the bits above them."""
RECOMMENDATION_TIMEOUT = 5.0
"""Timeout in seconds for asking Discord how many shards it recommends."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ShardRange:
    """The numbers of some shards, and the count of all."""

    numbers: range
    count: int


class Shards:
    """Keeps the shards of a client connected."""

    def __init__(
        self,
        client: discord.AutoShardedClient,
        service: Service,
        clock: Clock,
        holds: Callable[[bool], None],
        chosen: ShardRange | None,
    ) -> None:
        """`holds` is called with whether all of them have a working connection. If `chosen` is None, this
        process has all shards, as many as Discord recommends."""
        self._client = client
        self._clock = clock
        self._holds = holds
        self._chosen = chosen
        self._range = chosen or ShardRange(range(1), 1)
        self._turns = IdentifyTurns(service, clock)
        self._lines: dict[int, Connection] = {}

    @property
    def whole(self) -> bool:
        """Whether all of the bot's shards are in this process."""
        return len(self._range.numbers) == self._range.count

    @property
    def greeted(self) -> bool:
        """Whether each shard has a working connection."""
        return bool(self._lines) and all(line.greeted for line in self._lines.values())

    def of(self, guild: int) -> int:
        """The number of the shard that receives a server's events; the first one receives direct messages
        (server 0)."""
        return (guild >> ID_SHIFT) % self._range.count

    def has(self, number: int) -> bool:
        """Whether a shard is in this process."""
        return number in self._range.numbers

    def socket(self, number: int) -> DiscordWebSocket:
        """The open socket of a shard. Raises KeyError if it has none."""
        socket = self._lines[number].socket
        if socket is None:
            raise KeyError(number)
        return socket

    def greet(self, number: int, *, works: bool = True) -> None:
        """Note whether a shard's connection works, or sent a greeting that could not be parsed."""
        line = self._lines[number]
        if works:
            line.greet()
        else:
            line.greeted = False

    async def hold(self) -> None:
        """Stay connected until the client is closed; if one shard is closed permanently, all are.

        Raises ConnectionClosed and PrivilegedIntentsRequired.
        """
        if self._chosen is None:
            self._range = await self._recommended()
        numbers, count = self._range.numbers, self._range.count
        self._client.shard_count = self._client._connection.shard_count = count  # noqa: SLF001 - no other way
        self._client.shard_ids = self._client._connection.shard_ids = list(numbers)  # noqa: SLF001
        if count > 1:
            _log.info("connecting shards %d to %d of %d", numbers[0], numbers[-1], count)
        self._lines = {number: self._line(number) for number in numbers}
        await run_until_one_ends(*(line.hold() for line in self._lines.values()), name="gateway")

    async def close(self) -> None:
        """Close the session of each shard permanently."""
        await asyncio.gather(*(line.close() for line in self._lines.values()))

    def _line(self, number: int) -> Connection:
        async def turn(limit: StartLimit | None) -> None:
            await self._turns.wait(self._client.application_id, number, limit)

        starts = SessionStarts(self._clock, self._limit, turn, self._range.count)
        return Connection(self._client, log_incident, self._clock, starts, self._tell, number)

    def _tell(self, works: bool) -> None:
        self._holds(works and self.greeted)

    async def _recommended(self) -> ShardRange:
        """All shards, as many as Discord recommends. One if it does not reply: if that is too few, it closes
        the connection, and is asked again."""
        try:
            async with asyncio.timeout(RECOMMENDATION_TIMEOUT):
                count, _, _ = await self._client.http.get_bot_gateway()
        except (discord.DiscordException, *UNREACHABLE, KeyError, TypeError) as error:
            _log.warning("Discord does not say how many shards it wants (%s)", type(error).__name__)
            count = 1
        return ShardRange(range(count), count)

    async def _limit(self) -> StartLimit:
        _, _, said = await self._client.http.get_bot_gateway()
        at_once = max(1, int(said.get("max_concurrency", 1)))
        return StartLimit(
            int(said["remaining"]), int(said["total"]), int(said["reset_after"]) / 1000, at_once
        )


def shard_of(data: Any) -> int:
    """The number of the shard that received READY or RESUMED."""
    return int(data["shard"][0] if "shard" in data else data["__shard_id__"])
