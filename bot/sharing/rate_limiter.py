"""Rate limits over all processes, or in this one if there is no other."""

import logging
from collections.abc import Mapping
from typing import Protocol

from bot.chat_store.sharing.rate_limit_table import RateLimitTable
from bot.runtime.rate_limit import RateLimits
from bot.runtime.worker import Worker
from corpus.errors import NewsdeskError

PATIENCE = 0.3
"""Timeout in seconds for the shared count, which takes one millisecond; after it this process counts by
itself."""

_log = logging.getLogger(__name__)


class RateLimiter(Protocol):
    """Counts questions."""

    async def take(self, limits: Mapping[str, int]) -> float:
        """Count one question against every key, each with its limit per minute, and return 0; if one has no
        room, nothing is counted, and the seconds until all have room are returned."""
        ...


class LocalRateLimiter:
    """Counts the questions of one process."""

    def __init__(self, limits: RateLimits) -> None:
        """`limits` may count other things too."""
        self._limits = limits

    async def take(self, limits: Mapping[str, int]) -> float:
        """As `RateLimiter`."""
        return self._limits.take(limits)


class SharedRateLimiter:
    """Counts the questions of all processes on one database, by its clock; while it is away, each counts by
    itself."""

    def __init__(self, table: RateLimitTable, db_worker: Worker, own: RateLimits) -> None:
        """The table is used in `db_worker`."""
        self._table = table
        self._db_worker = db_worker
        self._own = own

    async def take(self, limits: Mapping[str, int]) -> float:
        """As `RateLimiter`."""
        tenant = next(iter(limits), "")
        try:
            return await self._db_worker.run(self._table.take, limits, tenant=tenant, deadline=PATIENCE)
        except NewsdeskError as error:
            _log.warning("questions are counted in this process alone: %s", error)
            return self._own.take(limits)
