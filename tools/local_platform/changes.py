"""Waiting for something to become true."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

LOOK_AGAIN = 0.05
"""Seconds after which a condition is looked at again though the server saw no change: it may be the bot's."""


class Changes:
    """Everything that happens on the server is announced here."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def announce(self) -> None:
        """Something has changed."""
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, true: Callable[[], object], timeout: float, what: Callable[[], str]) -> None:
        """Wait until it is true; raises AssertionError with what is so instead after `timeout` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while not true():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._next.wait(), LOOK_AGAIN)
                return
        if not true():
            raise AssertionError(f"not within {timeout:g} s: {what()}")
