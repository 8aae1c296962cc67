"""Signals to the event loop that another process has changed something."""

import asyncio
from contextlib import suppress


class Signal:
    """Wakes one task. Several words before it looks are one."""

    def __init__(self) -> None:
        """Nothing was said yet."""
        self._said = asyncio.Event()

    def give(self) -> None:
        """Wake it, or let it not sleep; in its event loop."""
        self._said.set()

    async def wait(self, seconds: float | None) -> None:
        """Sleep until something is said, or so many seconds went by."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._said.wait()
        self._said.clear()


class ChangeSignals:
    """What is to be read again: what was published, and what was chosen or given."""

    def __init__(self) -> None:
        """Nothing is to be read."""
        self.published = Signal()
        self.chosen = Signal()
        self._loop: asyncio.AbstractEventLoop | None = None

    def begin(self) -> None:
        """The event loop at hand is the one whose tasks are woken."""
        self._loop = asyncio.get_running_loop()

    def tell(self, kinds: frozenset[str]) -> None:
        """Something of these kinds was changed; from any thread."""
        if self._loop is None or self._loop.is_closed():
            return
        if "settings" in kinds:
            self._loop.call_soon_threadsafe(self.chosen.give)
        if kinds & {"generation", "withdrawn"}:
            self._loop.call_soon_threadsafe(self.published.give)
