"""Socket Mode: envelopes, acknowledgements, resends, and trouble with connections."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from tests.tools.local_slack.conftest import Raw
from tools.local_slack import LocalSlack

SHORT = 0.1
"""Seconds in which these tests acknowledge, where Slack gives three."""


class Line:
    """A connection without a library."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> dict[str, Any]:
        """The next frame."""
        frame: dict[str, Any] = json.loads(await self.socket.receive_str(timeout=5))
        return frame

    async def quiet(self, seconds: float = SHORT) -> None:
        """Fail where anything comes."""
        with pytest.raises(TimeoutError):
            await self.socket.receive(timeout=seconds)

    async def ack(self, frame: dict[str, Any], **payload: Any) -> None:
        answer = {"envelope_id": frame["envelope_id"], **({"payload": payload} if payload else {})}
        await self.socket.send_json(answer)


class Lines:
    """Makes connections."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._lines: list[Line] = []

    async def address(self) -> str:
        self._raw.token = self._raw.slack.app_token
        answer = await self._raw("apps.connections.open")
        assert answer.error is None
        return str(answer.body["url"])

    async def open(self) -> tuple[Line, dict[str, Any]]:
        """A connection, and what it is greeted with."""
        line = Line(await self._raw.session.ws_connect(await self.address(), autoping=False))
        # One that nobody holds is closed.
        self._lines.append(line)
        return line, await line.next()


@pytest.fixture
def lines(slack: LocalSlack, raw: Raw) -> Lines:
    slack.delivery_queue.ack_seconds = SHORT
    slack.delivery_queue.retry_seconds = (0.0, SHORT, SHORT)
    return Lines(raw)


async def test_hello_tells_how_many_connections_there_are(slack: LocalSlack, lines: Lines) -> None:
    for number in range(1, 11):
        _, hello = await lines.open()
        assert hello["type"] == "hello"
        assert hello["num_connections"] == number
    line, refused = await lines.open()
    assert refused == {"type": "disconnect", "reason": "too_many_websockets"}
    assert (await line.socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE


async def test_an_address_is_good_once(slack: LocalSlack, lines: Lines, raw: Raw) -> None:
    address = await lines.address()
    await raw.session.ws_connect(address)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await raw.session.ws_connect(address)


async def test_pings_are_answered(slack: LocalSlack, lines: Lines) -> None:
    line, _ = await lines.open()
    await line.socket.ping(b"sdk-ping-pong:1")
    pong = await line.socket.receive(timeout=5)
    assert (pong.type, pong.data) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")
    slack.sockets.ping_seconds = SHORT
    other, _ = await lines.open()
    assert (await other.socket.receive(timeout=5)).type is aiohttp.WSMsgType.PING
    # Whoever does not answer is let go.
    assert (await other.socket.receive(timeout=5)).type is not aiohttp.WSMsgType.TEXT


async def test_an_event_is_sent_four_times_and_no_more(slack: LocalSlack, lines: Lines) -> None:
    line, _ = await lines.open()
    said = await slack.say(slack.ann, slack.general, "Words")
    frames = [await line.next() for _ in range(4)]
    assert [frame["retry_attempt"] for frame in frames] == [0, 1, 2, 3]
    assert [frame["retry_reason"] for frame in frames] == ["", "timeout", "timeout", "timeout"]
    assert len({frame["payload"]["event_id"] for frame in frames}) == 1
    assert len({frame["envelope_id"] for frame in frames}) == 4
    await slack.until(lambda: said.failed)
    assert said.failed == "timeout"
    await line.quiet()


async def test_a_late_acknowledgement_does_not_stop_the_resend(slack: LocalSlack, lines: Lines) -> None:
    slack.delivery_queue.retry_seconds = (5 * SHORT,)
    line, _ = await lines.open()
    said = await slack.say(slack.ann, slack.general, "Words")
    first = await line.next()
    await asyncio.sleep(2 * SHORT)
    await line.ack(first)
    second = await line.next()
    assert second["retry_attempt"] == 1
    await line.ack(second)
    await line.quiet(2 * SHORT)
    assert said.acked_after is not None
    assert said.acked_after > SHORT


async def test_a_command_is_not_sent_again(slack: LocalSlack, lines: Lines) -> None:
    line, _ = await lines.open()
    asked = await slack.command(slack.ann, slack.general, "/ask", "who?")
    await line.next()
    await slack.until(lambda: asked.failed)
    with pytest.raises(AssertionError, match="failed: timeout"):
        await asked.settled()
    await line.quiet()


async def test_without_a_connection_events_wait_and_commands_fail(slack: LocalSlack, lines: Lines) -> None:
    said = await slack.say(slack.ann, slack.general, "Words")
    asked = await slack.command(slack.ann, slack.general, "/ask", "who?")
    await slack.until(lambda: asked.failed)
    assert asked.failed == "dispatch_failed"
    line, _ = await lines.open()
    frame = await line.next()
    assert frame["payload"]["event"]["text"] == "Words"
    assert frame["retry_attempt"] == 0
    await line.ack(frame)
    await said.acknowledged()


async def test_envelopes_take_turns_and_go_to_another_connection(slack: LocalSlack, lines: Lines) -> None:
    one, _ = await lines.open()
    two, _ = await lines.open()
    for text in ("first", "second"):
        await slack.say(slack.ann, slack.general, text)
    frames = [await one.next(), await two.next()]
    assert {frame["payload"]["event"]["text"] for frame in frames} == {"first", "second"}
    await two.ack(frames[1])
    slack.sockets.links[0].cut()
    again = await two.next()
    assert again["payload"] == frames[0]["payload"]
    assert again["retry_attempt"] == 1


async def test_disconnects_are_announced(slack: LocalSlack, lines: Lines) -> None:
    for reason in ("warning", "refresh_requested"):
        line, _ = await lines.open()
        await slack.disconnect(reason, linger=SHORT)
        frame = await line.next()
        assert (frame["type"], frame["reason"]) == ("disconnect", reason)
        assert (await line.socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
        # As slack_sdk's client does: the other side is told that it was heard.
        await line.socket.close()
    await slack.disconnect("link_disabled", linger=0)
    with pytest.raises(AssertionError):
        await lines.open()


async def test_events_that_come_twice(slack: LocalSlack, lines: Lines) -> None:
    line, _ = await lines.open()
    slack.delivery_queue.twice_every = 2
    for text in ("one", "two"):
        await slack.say(slack.ann, slack.general, text)
    frames = [await line.next() for _ in range(3)]
    for frame in frames:
        await line.ack(frame)
    assert [frame["payload"]["event"]["text"] for frame in frames] == ["one", "two", "two"]
    assert frames[1]["payload"]["event_id"] == frames[2]["payload"]["event_id"]
    assert [frame["retry_attempt"] for frame in frames] == [0, 0, 1]
    slack.delivery_queue.twice_every = None
    slack.duplicate("message")
    frame = await line.next()
    assert frame["payload"] == frames[1]["payload"]
    await line.ack(frame)


async def test_acknowledgements_that_are_none(slack: LocalSlack, lines: Lines) -> None:
    line, _ = await lines.open()
    await slack.say(slack.ann, slack.general, "Words")
    await line.ack(await line.next(), text="An event takes no answer")
    await line.socket.send_str("no JSON")
    await line.socket.send_json({"envelope_id": "strange"})
    await slack.until(lambda: len(slack.problems) == 3)
    assert slack.problems == [
        "socket: an event takes no answer [json-pointer:/payload]",
        "socket: it is no acknowledgement",
        "socket: there is no such envelope [json-pointer:/envelope_id]",
    ]


async def test_anything_malformed_can_be_sent(slack: LocalSlack, lines: Lines) -> None:
    line, _ = await lines.open()
    slack.dispatch({"type": "message", "text": None}, authorizations=..., team_id=None)
    payload = (await line.next())["payload"]
    assert payload["event"] == {"type": "message", "text": None}
    assert payload["team_id"] is None
    assert "authorizations" not in payload
    slack.send_raw("interactive", {"type": "block_actions"})
    assert (await line.next())["payload"] == {"type": "block_actions"}
    slack.send_raw("slash_commands", {})
    assert (await line.next())["type"] == "slash_commands"
    await slack.sockets.send_raw("{}")
    assert await line.next() == {}
