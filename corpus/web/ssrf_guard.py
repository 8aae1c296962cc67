"""Connections to public addresses only, with a deadline whatever the other side does.

The host is resolved once, and exactly these addresses are connected to, so that a later change of its DNS
record has no effect (DNS rebinding).
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore2

from corpus.web.address import is_public

Endpoint = tuple[str, int]
"""An IP address and a port."""
Resolve = Callable[[str, int], Sequence[Endpoint]]
"""Resolves a host and port. Raises OSError if the host does not exist."""

MAX_ENDPOINTS = 3
"""The most addresses of a host that are tried; one that does not answer takes the whole connection
timeout."""


class NotPublic(httpcore2.ConnectError):
    """The host has an address that is not public."""


class Deadline:
    """A point in time at which all waiting ends, `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Postpone the deadline by the time that was spent waiting for a turn instead of for the site."""
        self._end += seconds

    def clamp(self, seconds: float | None) -> float:
        """The remaining seconds, at most `seconds` (None: no limit). Raises ReadTimeout if none remain."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is up")
        return left if seconds is None else min(seconds, left)


def resolve(host: str, port: int) -> list[Endpoint]:
    """The addresses from the system's resolver, without duplicates."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(address[0]), port) for *_, address in found))


class PublicOnlyBackend(httpcore2.NetworkBackend):
    """A network backend of httpcore for one fetch."""

    def __init__(
        self,
        deadline: Deadline,
        resolve: Resolve = resolve,
        public: Callable[[str], bool] = is_public,
    ) -> None:
        """`resolve` and `public` are replaced only in tests; no user input can set them."""
        self._deadline = deadline
        self._resolve = resolve
        self._public = public

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of the host that answers. Raises NotPublic if any of them is not
        public."""
        endpoints = self._look_up(host, port, timeout)
        if not all(self._public(address) for address, _ in endpoints):
            raise NotPublic(host)
        failed: Exception = httpcore2.ConnectError("it has no address")
        for address, its_port in endpoints[:MAX_ENDPOINTS]:
            seconds = self._deadline.clamp(timeout)
            try:
                stream = httpcore2.SyncBackend().connect_tcp(
                    address, its_port, seconds, local_address, socket_options or ()
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
                continue
            return _Stream(stream, self._deadline)
        raise failed

    def _look_up(self, host: str, port: int, timeout: float | None) -> Sequence[Endpoint]:
        """Resolve in a separate thread, which is abandoned if it hangs, since a lookup can't be cancelled."""
        answers: queue.SimpleQueue[Sequence[Endpoint] | OSError | ValueError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, ValueError) as error:  # ValueError: a name that can't be encoded
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answers.get(timeout=self._deadline.clamp(timeout))
        except queue.Empty as error:
            raise httpcore2.ConnectTimeout("its name is not looked up in time") from error
        if isinstance(found, Exception):
            raise httpcore2.ConnectError("there is no such host") from found
        return found


class _Stream(httpcore2.NetworkStream):
    """A stream whose waits end at the deadline, even if data trickles in."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.clamp(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.clamp(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.clamp(timeout))
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
