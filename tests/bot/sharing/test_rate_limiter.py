import asyncio
import time
from collections.abc import Mapping

from bot.runtime.rate_limit import RateLimits
from bot.runtime.worker import Worker
from bot.sharing.rate_limiter import PATIENCE, SharedRateLimiter
from corpus.errors import HomeUnusable


class Away:
    """A table of which the database does not answer, or only after so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def take(self, _limits: Mapping[str, int]) -> float:
        time.sleep(self.seconds)
        raise HomeUnusable("the database is away")


async def test_while_the_database_is_away_a_process_counts_its_own() -> None:
    for seconds in (0.0, 4 * PATIENCE):
        worker = Worker("test")
        pace = SharedRateLimiter(Away(seconds), worker, RateLimits())  # type: ignore[arg-type]
        began = time.monotonic()
        assert await pace.take({"ann": 1}) == 0
        assert time.monotonic() - began < 3 * PATIENCE
        assert await pace.take({"ann": 1}) > 50
        await asyncio.to_thread(worker.close)
