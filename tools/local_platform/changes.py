"""Waits for a condition."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

LOOK_AGAIN = 0.05
"""Seconds after which a condition is checked again without a change on the server: the bot may have
changed."""


class Changes:
    """Announces all changes on the server."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def announce(self) -> None:
        """Announce a change."""
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, true: Callable[[], object], timeout: float, what: Callable[[], str]) -> None:
        """Wait until the condition is true; after `timeout` seconds raises AssertionError with the text of
        `what`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while not true():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._next.wait(), LOOK_AGAIN)
                return
        if not true():
            raise AssertionError(f"not within {timeout:g} s: {what()}")
