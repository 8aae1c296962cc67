"""A web server on 127.0.0.1 that sends the very bytes it is told to, well-behaved or not."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from corpus.web.ssrf_guard import Endpoint
from corpus.web.web_fetcher import Timeouts, WebFetcher

Play = Callable[[socket.socket], None]
"""Sends what it likes."""

HOST = "news.example"
BRIEF = Timeouts(connect=2.0, read=2.0, total=5.0)
"""Short enough for tests, long enough for a busy machine."""


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole response; `content_type="…"` becomes a header of that name."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if "content_length" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """A response that leads elsewhere."""
    return answer(status=status, location=location)


class Site:
    """Answers each path with its bytes, 404 for others; `requests` are the heads that came."""

    def __init__(self, pages: Mapping[str, bytes | Play], tls: ssl.SSLContext | None = None) -> None:
        self.pages = dict(pages)
        self.requests: list[str] = []
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._ending = threading.Event()
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    @property
    def endpoint(self) -> Endpoint:
        """Where it listens."""
        address, port = self._listener.getsockname()
        return address, port

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, but for robots.txt."""
        found = [request.split(" ")[1] for request in self.requests]
        return [path for path in found if path != "/robots.txt"]

    def fetcher(self, **options: Any) -> WebFetcher:
        """A fetcher for which every host is this site, and public, where the options say nothing else."""
        usual: dict[str, Any] = {
            "timeouts": BRIEF,
            "gap": 0.0,
            "resolve": lambda _host, _port: [self.endpoint],
            "public": lambda _address: True,
        }
        return WebFetcher(**(usual | options))

    def __enter__(self) -> "Site":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        with contextlib.suppress(OSError):  # wakes whoever waits for a connection
            socket.create_connection(self.endpoint).close()
        for thread in (self._accepting, *self._threads):
            thread.join(timeout=10)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self._ending.is_set():
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        # Whoever is refused or too slow hangs up: that is the other side's business.
        with contextlib.suppress(OSError), connection:
            connection.settimeout(10)
            if self._tls is None:
                self._answer(connection)
                return
            with self._tls.wrap_socket(connection, server_side=True) as wrapped:
                self._answer(wrapped)

    def _answer(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := connection.recv(65536)):
                return
            head += more
        self.requests.append(head.decode())
        page = self.pages.get(head.decode().split(" ")[1], answer(status="404 Not Found"))
        if callable(page):
            page(connection)
        else:
            connection.sendall(page)
