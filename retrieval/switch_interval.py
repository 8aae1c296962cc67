"""A shorter thread switch interval while questions are answered.

A question leaves Python a hundred times, for FAISS, ONNX Runtime and NumPy, and must acquire the GIL again
each time; so must the event loop that acknowledges messages. By default another thread may hold it for 5 ms.
"""

import sys
import threading
from types import TracebackType

SECONDS = 0.0002
"""The interval. With 53,345 passages and 32 questions at once on a busy machine, 5 ms gave 14.0 questions a
second and event loop ticks up to 58 ms late (p99), 1 ms gave 16.5 and 43, 0.2 ms gave 19.3 and 30, for a
twentieth more CPU time (`docs/performance.md`)."""


class ShortSwitchInterval:
    """A context manager for any number of threads: the process's switch interval is SECONDS while any thread
    is inside, and is restored afterwards."""

    def __init__(self) -> None:
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
"""The one of this process."""
