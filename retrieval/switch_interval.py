"""A shorter thread switch interval while questions are answered.

A question leaves Python a hundred times, for FAISS, ONNX Runtime and NumPy, and then needs the interpreter's
lock again; so does the event loop that acknowledges a message. By default another thread keeps it for 5 ms.
"""

import sys
import threading
from types import TracebackType

SECONDS = 0.0002
"""The interval. At 53,345 passages, 32 questions at once on a busy machine: with 5 ms 14.0 questions a second
and a tick up to 58 ms late (p99), with 1 ms 16.5 and 43, with 0.2 ms 19.3 and 30, for a twentieth more of the
processor (`docs/performance.md`)."""


class ShortSwitchInterval:
    """A context manager for any number of threads: while one is in it, the process's switch interval is
    SECONDS. Afterwards it is what it was before."""

    def __init__(self) -> None:
        """No thread is in it."""
        self._lock, self._inside, self._before = threading.Lock(), 0, 0.0

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._before = sys.getswitchinterval()
                sys.setswitchinterval(SECONDS)
            self._inside += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                sys.setswitchinterval(self._before)


SHORT_INTERVAL = ShortSwitchInterval()
"""That of the process."""
