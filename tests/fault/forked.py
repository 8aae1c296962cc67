"""Processes that are killed in the midst of their work, forked from one that has imported what they need."""

import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any
from unittest.mock import patch

PATIENCE = 60.0
"""Seconds to wait for one, on however busy a machine."""
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        "tests.bot.service.squatter",
        "tests.bot.standing.poster",
        "tests.fault.test_forgetting",
        "tests.fault.test_kill",
    ]
)


def fork(work: Callable[..., None], *arguments: Any) -> tuple[ForkServerProcess, Connection]:
    """Call `work(connection, *arguments)` in a process of its own: that process, and what reads from it."""
    listening, saying = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=work, args=(saying, *arguments))
    with patch.dict(os.environ, OMP_NUM_THREADS="1"):  # a process with threads is not forked soundly
        process.start()
    saying.close()
    return process, listening


def killed_after(seconds: float, work: Callable[..., None], *arguments: Any, things: int = 1) -> list[Any]:
    """What such a call said until it was killed, so many seconds after it had said so many things."""
    process, saying = fork(work, *arguments)
    said = []
    for _ in range(things):
        assert saying.poll(PATIENCE)
        said.append(saying.recv())
    time.sleep(seconds)
    process.kill()
    process.join(PATIENCE)
    with saying, suppress(EOFError):
        while True:
            said.append(saying.recv())
    return said
