"""The process that parses pages: `python -m corpus.readers.parsing.html_worker PARSER MEMORY SECONDS`.

PARSER is a module and its function (`module:name`), MEMORY the limit on address space in bytes, SECONDS the
processor time for each page. Each line of standard input is a page in base64; each line of standard output is
its result in JSON, after a first line that says that the worker is ready. It ends with its input.
`corpus.readers.parsing.html_process` is its only caller.
"""

import base64
import json
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO

NEARLY = 0.95
"""The share of MEMORY from which any failure is attributed to the limit."""
FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.bind",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
)
"""Prefixes of the audit events that no parser needs."""


def main() -> int:
    """Serve requests until the input ends."""
    # Output that a library prints must not be taken for a reply.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which stops this process
    parser, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    module, _, name = parser.partition(":")
    try:
        read = getattr(import_module(module), name)
    except ImportError as error:
        _answer(answers, {"failed": str(error)})
        return 1
    limit_memory(memory)
    forbid_network_and_processes()
    _answer(answers, {"ready": True})
    for line in sys.stdin.buffer:
        limit_time(seconds)
        try:
            found: dict[str, object] = dict(read(base64.b64decode(line)))
        except Exception as error:  # noqa: BLE001 - any parser error is a problem of the page
            found = {"failed": f"{type(error).__name__}: {error}"[:200]}
            # The parser reports a lack of memory in many ways, or not at all.
            if isinstance(error, MemoryError) or peak_memory() > NEARLY * memory:
                found = {"failed": f"it takes more than {memory // 1024 // 1024} MB of memory"}
        _answer(answers, found)
    return 0


def limit_memory(size: int) -> None:
    """Limit the address space to `size` bytes, and disable core dumps."""
    if sys.platform != "win32":
        import resource

        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_AS, size)


def peak_memory() -> int:
    """The peak address space of this process in bytes; 0 if the system does not report it."""
    try:
        status = Path("/proc/self/status").read_text()
        return 1024 * int(status.partition("VmPeak:")[2].split()[0])
    except (OSError, IndexError, ValueError):
        return 0


def limit_time(seconds: int) -> None:
    """End this process after this much more processor time.

    The parent kills it sooner; this is for a worker whose parent is gone.
    """
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def forbid_network_and_processes() -> None:
    """Make every network connection and every new process fail from now on."""

    def refuse(event: str, _: object) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"{event} is not allowed here")

    sys.addaudithook(refuse)


def _lower(kind: int, limit: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    with suppress(OSError, ValueError):  # macOS has no limit on address space; the time limit remains
        resource.setrlimit(kind, (soft, hard))


def _answer(answers: IO[bytes], found: dict[str, object]) -> None:
    answers.write(json.dumps(found).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
