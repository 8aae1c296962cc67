"""Connections to public addresses alone, that end in time whatever the other side does.

The host is looked up once, and what the lookup gave is connected to: a name that leads elsewhere a moment
later leads nowhere.
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
"""What a host and its port stand for. Raises OSError where there is no such host."""

ENDPOINTS_TRIED = 3
"""Of a host's addresses; one that does not answer costs the whole time for connecting."""


class NotPublic(httpcore2.ConnectError):
    """The host has an address that is not a public one."""


class Deadline:
    """The moment at which all waiting ends, from now on."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Let all waiting end later: these seconds were waited for a turn, and not for the site."""
        self._end += seconds

    def cut(self, seconds: float | None) -> float:
        """As many of the seconds (None: any number) as are left. Raises ReadTimeout where none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is up")
        return left if seconds is None else min(seconds, left)


def resolve(host: str, port: int) -> list[Endpoint]:
    """What the system's own lookup says, each address once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(address[0]), port) for *_, address in found))


class PublicOnlyBackend(httpcore2.NetworkBackend):
    """The network as one fetch may see it, for httpcore."""

    def __init__(
        self,
        deadline: Deadline,
        resolve: Resolve = resolve,
        public: Callable[[str], bool] = is_public,
    ) -> None:
        """`resolve` and `public` are other ones in tests alone: nothing that a user says reaches them."""
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
        """Connect to the host's first address that answers. Raises NotPublic where any is not public."""
        endpoints = self._look_up(host, port, timeout)
        if not all(self._public(address) for address, _ in endpoints):
            raise NotPublic(host)
        failed: Exception = httpcore2.ConnectError("it has no address")
        for address, its_port in endpoints[:ENDPOINTS_TRIED]:
            seconds = self._deadline.cut(timeout)
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
        """In a thread of its own, which is left behind where it hangs: no lookup can be stopped."""
        answers: queue.SimpleQueue[Sequence[Endpoint] | OSError | ValueError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, ValueError) as error:  # a name that can't be encoded is a ValueError
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answers.get(timeout=self._deadline.cut(timeout))
        except queue.Empty as error:
            raise httpcore2.ConnectTimeout("its name is not looked up in time") from error
        if isinstance(found, Exception):
            raise httpcore2.ConnectError("there is no such host") from found
        return found


class _Stream(httpcore2.NetworkStream):
    """A stream that waits no longer than the deadline, however little it is given at a time."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.cut(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cut(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.cut(timeout))
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
