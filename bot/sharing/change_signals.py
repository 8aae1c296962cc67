"""Signals to the event loop that another process has changed something."""

import asyncio
from contextlib import suppress


class Signal:
    """Wakes one task. Several signals before it wakes count as one."""

    def __init__(self) -> None:
        """Nothing was signalled yet."""
        self._said = asyncio.Event()

    def give(self) -> None:
        """Wake the task, or keep it from sleeping; called in its event loop."""
        self._said.set()

    async def wait(self, seconds: float | None) -> None:
        """Sleep until a signal, at most that many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._said.wait()
        self._said.clear()


class ChangeSignals:
    """Signals what has to be read again: what was published, and settings or bindings."""

    def __init__(self) -> None:
        """Nothing was signalled yet."""
        self.published = Signal()
        self.chosen = Signal()
        self._loop: asyncio.AbstractEventLoop | None = None

    def begin(self) -> None:
        """Use the running event loop for waking tasks."""
        self._loop = asyncio.get_running_loop()

    def tell(self, kinds: frozenset[str]) -> None:
        """Signal changes of these kinds; thread-safe."""
        if self._loop is None or self._loop.is_closed():
            return
        if "settings" in kinds:
            self._loop.call_soon_threadsafe(self.chosen.give)
        if kinds & {"generation", "withdrawn"}:
            self._loop.call_soon_threadsafe(self.published.give)
