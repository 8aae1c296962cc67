"""Somebody else's server: it answers anything, and keeps every byte that it was sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

ARTICLE = (
    b'{"title": "Elsewhere", "text": "This came from another server than the platform\'s own.", "url": ""}'
)


class Listener:
    """Listens on a port of its own; `heard` is what each connection sent."""

    def __init__(self, host: str) -> None:
        """Nothing listens yet."""
        self.host = host
        self.port = 0
        self.heard: list[bytes] = []

    def url(self, path: str = "/elsewhere.jsonl") -> str:
        """An address here."""
        return f"http://{self.host}:{self.port}{path}"

    def answer(self, request: bytes) -> bytes:
        """What is answered: an article as it could be added."""
        del request
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(ARTICLE)}\r\n"
        return head.encode() + b"Connection: close\r\n\r\n" + ARTICLE

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.heard.append(b"")
        place = len(self.heard) - 1
        while b"\r\n\r\n" not in self.heard[place] and (more := await reader.read(65536)):
            self.heard[place] += more
        writer.write(self.answer(self.heard[place]))
        await writer.drain()
        writer.close()


class Redirecting(Listener):
    """Sends whoever asks on to another address, with the method and the body."""

    def __init__(self, host: str, target: str) -> None:
        """`target` is where to."""
        super().__init__(host)
        self.target = target

    def answer(self, request: bytes) -> bytes:
        """A redirect that keeps the method."""
        del request
        return (
            f"HTTP/1.1 307 Temporary Redirect\r\nLocation: {self.target}\r\nContent-Length: 0\r\n"
            "Connection: close\r\n\r\n"
        ).encode()


@asynccontextmanager
async def listening(listener: Listener) -> AsyncIterator[Listener]:
    """A listener that listens for the time of the block."""
    server = await asyncio.start_server(listener.serve, listener.host, 0)
    listener.port = int(server.sockets[0].getsockname()[1])
    async with server:
        yield listener
