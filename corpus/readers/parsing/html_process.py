"""Parses pages and feeds in a separate process.

lxml is C code and may crash, hang or exhaust the memory on a malicious page. So a worker process parses it,
which can be killed without harm and is then replaced.
"""

import atexit
import base64
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

from corpus.errors import BadArticle

PAGE_SECONDS = 20.0
"""Wall time for one page; 5 MB of nothing but links take 15 s, an ordinary page 0.02 s."""
START_SECONDS = 60.0
"""Wall time to import the parser: 0.3 s on an idle machine, much more on a busy one."""
MEMORY_LIMIT = 1024 * 1024 * 1024
"""The worker's most bytes of address space: it needs 0.23 GB once started, and 0.73 GB for the page of
links."""
IDLE_SECONDS = 30.0
"""The worker ends after this time without pages: a bot that reloads once a day should not keep it."""
PAGES_PER_WORKER = 1000
"""The worker is then replaced, since the parser's caches only grow."""
REPLY_LIMIT = 64 * 1024 * 1024
"""The most bytes of a reply: every character of the largest page, escaped, with room to spare."""

BYTES_EXAMINED = 1024 * 1024
"""The most bytes of a misplaced page that are read to see what it says."""

PAGE_PARSER = "corpus.readers.parsing.html_page:read_page"
"""The module and the function that parse a page."""

_HOME = Path(__file__).resolve().parents[3]
_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT")
"""The environment variables of the worker; it must not see the bot's tokens."""


class WorkerParser:
    """Reads pages one at a time, from any thread, in a worker that is started for the first page."""

    def __init__(
        self,
        parser: str = PAGE_PARSER,
        *,
        what: str = "page",
        seconds: float = PAGE_SECONDS,
        memory: int = MEMORY_LIMIT,
        idle: float = IDLE_SECONDS,
    ) -> None:
        """`parser` is the module and function (`module:name`) that parse the bytes; `what` is the word for
        them in problems."""
        self._parser = parser
        self._what = what
        self._seconds = seconds
        self._memory = memory
        self._idle = idle
        self._lock = threading.Lock()
        self._worker: _Worker | None = None
        self._rest: threading.Timer | None = None
        self._ending = False

    @property
    def pid(self) -> int | None:
        """The process id of the worker; None if there is none."""
        return self._worker.pid if self._worker else None

    def read(self, page: bytes) -> dict[str, object]:
        """The parser's result for a page. Raises BadArticle with the reason."""
        request = base64.b64encode(page) + b"\n"
        with self._lock:
            if self._rest:
                self._rest.cancel()
            try:
                return self._read(request)
            finally:
                if self._worker:
                    self._rest = threading.Timer(self._idle, self.close)
                    self._rest.daemon = True
                    self._rest.start()

    def close(self) -> None:
        """Stop the worker, if there is one; the next page starts another."""
        with self._lock:
            self._stop()

    def _read(self, request: bytes) -> dict[str, object]:
        used = self._worker is not None and self._worker.usable
        try:
            return self._ask(request)
        except _WorkerDied:
            if not used:
                raise
        # Earlier pages may have caused the worker's death, so the page is tried again in a new one.
        return self._ask(request)

    def _ask(self, request: bytes) -> dict[str, object]:
        if self._worker is None or not self._worker.usable:
            self._stop()
            self._start()
        assert self._worker  # noqa: S101 - _start has just made it
        reply = self._worker.ask(request, self._seconds)
        if "failed" in reply:
            self._stop()
            raise BadArticle(f"the {self._what} can't be parsed: {reply['failed']}")
        return reply

    def _start(self) -> None:
        if self._ending:
            raise BadArticle("it was not read, because the program is ending")
        atexit.register(self._end)
        try:
            self._worker = _Worker(self._parser, self._what, self._memory, self._seconds)
            failed = self._worker.ask(b"", START_SECONDS).get("failed")
        except (OSError, BadArticle) as error:
            failed = error
        if failed:
            self._stop()
            raise BadArticle(f"the parser can't be started: {failed}")

    def _stop(self) -> None:
        if self._rest:
            self._rest.cancel()
            self._rest = None
        atexit.unregister(self._end)
        if self._worker:
            self._worker.stop()
            self._worker = None

    def _end(self) -> None:
        # Does not take the lock, which a thread that waits for its page may hold for seconds.
        self._ending = True
        if worker := self._worker:
            worker.stop()


class _WorkerDied(BadArticle):
    """The worker ended without a reply."""


class _Worker:
    """One worker process; requests are lines of base64, replies are lines of JSON."""

    def __init__(self, parser: str, what: str, memory: int, seconds: float) -> None:
        command = [
            sys.executable,
            "-m",
            "corpus.readers.parsing.html_worker",
            parser,
            str(memory),
            str(int(seconds) + 1),
        ]
        # It runs in the folder of Newsdesk's packages: `-m` imports from the working directory first, so it
        # must not be the caller's.
        self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_HOME,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )
        self._what = what
        self._late = False
        self._asked = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def usable(self) -> bool:
        return not self._late and self._asked <= PAGES_PER_WORKER and self._process.poll() is None

    def ask(self, request: bytes, seconds: float) -> dict[str, object]:
        """The reply. Raises BadArticle if it takes too long, _WorkerDied if the process ends without one."""
        self._asked += 1
        # Killing the process ends a blocked write as well as a blocked read.
        watchdog = threading.Timer(seconds, self._expire)
        watchdog.daemon = True
        watchdog.start()
        try:
            line = self._exchange(request)
            if line.endswith(b"\n"):
                reply = json.loads(line)
                if isinstance(reply, dict):
                    return reply
        except BaseException:
            self.stop()
            raise
        finally:
            watchdog.cancel()
        self.stop()
        if self._late:
            raise BadArticle(f"the {self._what} took longer than {seconds:g} s to parse")
        raise _WorkerDied(f"the {self._what} made the parser end ({self._ending()})")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError, ValueError):  # unsent data, or another thread reading
                if pipe:
                    pipe.close()

    def _exchange(self, request: bytes) -> bytes:
        """The raw reply, truncated if the process ends."""
        assert self._process.stdin  # noqa: S101 - both are pipes
        assert self._process.stdout  # noqa: S101
        with suppress(BrokenPipeError):
            self._process.stdin.write(request)
            self._process.stdin.flush()
        return self._process.stdout.readline(REPLY_LIMIT)

    def _expire(self) -> None:
        self._late = True
        self._process.kill()

    def _ending(self) -> str:
        status = self._process.returncode
        return f"signal {-status}" if status < 0 else f"status {status}"


@cache
def page_parser() -> WorkerParser:
    """The parser of pages, whose process all of their readers share."""
    return WorkerParser()


def misplaced_page(page: bytes, wanted: str) -> str:
    """Why a page stands where something else is wanted, as far as it says so, and what to do: sites send
    their errors and checks of the browser under the addresses of feeds and files too."""
    try:
        reason = page_parser().read(page[:BYTES_EXAMINED]).get("no_article")
    except BadArticle:
        reason = None
    if isinstance(reason, str):
        return f"it is no {wanted} but a web page: {reason}"
    return f"it is no {wanted} but a web page: open it in a browser, and save it as .html if it is an article"
