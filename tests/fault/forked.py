"""Processes that are killed in the midst of their work, forked from one that has imported what they need."""

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any
from unittest.mock import patch

PATIENCE = 60.0
"""Seconds to wait for one, on however busy a machine."""
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.fault.test_forgetting", "tests.fault.test_kill"])


def fork(work: Callable[..., None], *arguments: Any) -> tuple[ForkServerProcess, Connection]:
    """Call `work(connection, *arguments)` in a process of its own: that process, and what reads from it."""
    listening, saying = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=work, args=(saying, *arguments))
    with patch.dict(os.environ, OMP_NUM_THREADS="1"):  # a process with threads is not forked soundly
        process.start()
    saying.close()
    return process, listening
