"""What strangers do to the port: nothing of it holds up what Slack sends, or fills the log."""

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp

from bot.slack.api.http import AGE, PATH, RequestVerifier, web_app
from bot.slack.api.server import ConnectionLimiter, Limits, listening
from tools.local_slack import HttpMode, LocalSlack

PATIENCE = 20.0
"""Seconds to wait, on however busy a machine."""
POST = f"POST {PATH} HTTP/1.1\r\nHost: x\r\n"
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nX-Filling: ".encode()
"""A header that never ends."""
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(slots=True)
class Door:
    """A server that listens, and the Slack that sends to it."""

    port: int
    mode: HttpMode
    opened: list[asyncio.StreamWriter] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)

    async def open(self, data: bytes = b"") -> Streams:
        """A connection on which this was sent."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.opened.append(writer)
        writer.write(data)
        await writer.drain()
        return reader, writer

    async def answers(self) -> bool:
        """Whether what Slack sends is answered."""
        verified = await self.mode.url_verification(f"challenge {next(self.numbers)}")
        return verified.status == 200


@asynccontextmanager
async def serving(head: float = 60.0, connections: int = 256) -> AsyncIterator[Door]:
    """The server, for the time of the block."""
    async with LocalSlack() as slack:
        app = AsyncApp(token="xoxb-1", signing_secret="", request_verification_enabled=False)
        limiter = ConnectionLimiter(Limits(head, connections))
        served = web_app(app, RequestVerifier(slack.signing_secret), limiter)
        async with listening(served, limiter, "127.0.0.1", 0) as port:
            door = Door(port, slack.over_http(f"http://127.0.0.1:{port}{PATH}"))
            try:
                yield door
            finally:
                for writer in door.opened:
                    writer.close()


async def ended(streams: Streams) -> bytes:
    """What came before the server closed the connection."""
    async with asyncio.timeout(PATIENCE):
        try:
            return await streams[0].read()
        except ConnectionError:
            return b""


async def dribble(streams: Streams) -> None:
    """Send a byte at a time, without end."""
    while not streams[1].is_closing():
        streams[1].write(b"x")
        await asyncio.sleep(0.01)


# Headers and connections without end


@pytest.mark.parametrize("sent", [b"", b"P", HEAD, HEAD + b"x\r\n" * 20])
async def test_a_connection_whose_header_does_not_end_is_closed_in_time(sent: bytes) -> None:
    async with serving(head=0.1) as door:
        streams = await door.open(sent)
        dribbling = asyncio.create_task(dribble(streams)) if sent else None
        await ended(streams)
        if dribbling:
            dribbling.cancel()
        assert await door.answers()


async def test_a_second_header_that_does_not_end_is_closed_in_time_too() -> None:
    async with serving(head=0.1) as door:
        streams = await door.open(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert b"405" in await streams[0].readline()
        streams[1].write(HEAD)
        dribbling = asyncio.create_task(dribble(streams))
        await ended(streams)
        dribbling.cancel()


async def test_more_connections_than_there_may_be_push_one_another_out_and_not_what_slack_sends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving(connections=8) as door:
        held = [await door.open(HEAD) for _ in range(30)]
        assert await door.answers()
        await ended(held[0])  # the oldest went first
        still = [streams for streams in held if not streams[0].at_eof()]
        assert len(still) < 30
        assert await door.answers()
    assert "the oldest without a request is closed" in caplog.text


async def test_a_request_that_is_under_way_is_never_pushed_out() -> None:
    async with serving(connections=4) as door:
        body = b"x" * 10
        head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        under_way = await door.open(head + body[:5])
        await asyncio.sleep(0)
        for _ in range(12):
            await door.open(HEAD)
        under_way[1].write(body[5:])
        assert b" 401 " in await under_way[0].readline()


# Noise


MANY = "X: y\r\n" * 500
NOISE: dict[str, str] = {
    "no http": "\x16\x03\x01\x02\x00\x01 a secret of somebody\r\n\r\n",
    "a bad line": "POST\r\n\r\n",
    "another version": f"POST {PATH} HTTP/9.9\r\nHost: x\r\n\r\n",
    "a header too long": f"{POST}X: {'x' * 20_000}\r\n\r\n",
    "too many headers": f"{POST}{MANY}\r\n",
    "a line too long": f"POST /{'x' * 20_000} HTTP/1.1\r\nHost: x\r\n\r\n",
    "a bad length": f"{POST}Content-Length: many\r\n\r\n",
    "a bad chunk": f"{POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "both lengths": f"{POST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
    "packed": f"{POST}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nxyz",
    "an upgrade": f"GET {PATH} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "an odd host": f"POST {PATH} HTTP/1.1\r\nHost: \x00\r\n\r\n",
    "an expectation": f"{POST}Expect: nothing\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("what", NOISE)
async def test_what_slack_did_not_sign_is_one_line_without_a_traceback(
    what: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(head=0.5) as door:
        caplog.set_level(logging.INFO)
        streams = await door.open(NOISE[what].encode("latin-1"))
        streams[1].write_eof()
        status = (await ended(streams))[:12]
        assert status == b"" or status[9:10] == b"4", status
        lines = [record for record in caplog.records if record.name.startswith(("bot", "aiohttp"))]
        assert len(lines) <= 1
        for record in lines:
            assert record.getMessage().startswith("a request was refused: 4")
            assert record.levelno == logging.WARNING
            assert record.exc_info is None
            assert "secret" not in record.getMessage()
        assert lines or status == b""
        assert await door.answers()


FORGED: dict[str, dict[str, str]] = {
    "another secret": {"secret": "another"},
    "too old": {"age": str(AGE + 100)},
    "of the future": {"age": str(-AGE - 100)},
    "timestamp of letters": {"X-Slack-Request-Timestamp": "abc"},
    "timestamp of other digits": {"X-Slack-Request-Timestamp": "١٧٧٠٠٠٠٠٠٠"},
    "negative timestamp": {"X-Slack-Request-Timestamp": "-1"},
    "no timestamp": {"X-Slack-Request-Timestamp": ""},
    "timestamp of 5,000 digits": {"X-Slack-Request-Timestamp": "9" * 5000},
    "no signature": {"X-Slack-Signature": ""},
    "signature in other letters": {"X-Slack-Signature": "v0=é"},
    "signature of another version": {"X-Slack-Signature": f"v1={'0' * 64}"},
    "half a signature": {"X-Slack-Signature": "v0="},
}


@pytest.mark.parametrize("how", FORGED)
async def test_what_slack_did_not_sign_lately_is_refused_with_one_line(
    how: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving() as door:
        given = dict(FORGED[how])
        age, secret = float(given.pop("age", 0)), given.pop("secret", None)
        body = {"type": "url_verification", "challenge": "a secret of ours"}
        got = await door.mode.event(body, secret=secret, age=age, headers=given)
        assert (got.status, got.text) == (401, "")
        (line,) = [record for record in caplog.records if record.name.startswith("bot")]
        assert line.getMessage().startswith("a request was refused: 401, ")
        assert line.exc_info is None


async def test_what_is_sent_again_and_what_is_no_text_is_refused_with_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving() as door:
        assert await door.answers()
        assert (await door.mode.send(door.mode.sent[-1])).status == 401
        signed = door.mode.sign(b"\xff", {"Content-Type": "application/json"})
        assert (await door.mode.send(signed)).status == 401
        lines = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
        assert lines == ["a request was refused: 401, seen before", "a request was refused: 401, no text"]


async def test_a_body_without_end_is_given_up() -> None:
    async with serving() as door:
        chunked = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        streams = await door.open(chunked)
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        for _ in range(17):
            streams[1].write(chunk)
        assert b" 413 " in await asyncio.wait_for(streams[0].readline(), PATIENCE)


async def test_what_is_packed_is_not_unpacked() -> None:
    async with serving() as door, aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{door.port}{PATH}"
        body = gzip.compress(b"x" * 50_000_000)
        headers = {"Content-Encoding": "gzip"}
        async with session.post(address, data=body, headers=headers) as answer:
            assert answer.status == 401
