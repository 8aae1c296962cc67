"""The process that parses pages: `python -m corpus.readers.parsing.html_worker PARSER MEMORY SECONDS`.

It reads a page a line (base64) from its standard input and writes what it found, a line of JSON each, to
its standard output; a first line says that it is ready. It ends when its input does. MEMORY is in bytes of
address space, SECONDS of processor time for a page, PARSER a module and its function, as in `module:name`.
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
"""Share of the memory allowed, from which a failure is put down to its limit."""
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
"""How the audit events begin that no parser has a reason for."""


def main() -> int:
    """Answer until the input ends."""
    # A library that prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which ends us
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
        except Exception as error:  # noqa: BLE001 - whatever a page does to the parser, it is the page's
            found = {"failed": f"{type(error).__name__}: {error}"[:200]}
            # The parser knows a lack of memory by many names, and some it does not tell.
            if isinstance(error, MemoryError) or peak_memory() > NEARLY * memory:
                found = {"failed": f"it takes more than {memory // 1024 // 1024} MB of memory"}
        _answer(answers, found)
    return 0


def limit_memory(size: int) -> None:
    """Let allocations beyond `size` bytes of address space fail, and leave no core file behind."""
    if sys.platform != "win32":
        import resource

        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_AS, size)


def peak_memory() -> int:
    """The most bytes of address space that this process has had; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text()
        return 1024 * int(status.partition("VmPeak:")[2].split()[0])
    except (OSError, IndexError, ValueError):
        return 0


def limit_time(seconds: int) -> None:
    """End this process after so many more seconds of processor time.

    The parent kills it sooner; this is for a worker whose parent is gone.
    """
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def forbid_network_and_processes() -> None:
    """Make every connection and every new process fail, for good."""

    def refuse(event: str, _: object) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"{event} is not allowed here")

    sys.addaudithook(refuse)


def _lower(kind: int, limit: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    with suppress(OSError, ValueError):  # macOS has no limit on address space; the wall clock stays
        resource.setrlimit(kind, (soft, hard))


def _answer(answers: IO[bytes], found: dict[str, object]) -> None:
    answers.write(json.dumps(found).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
