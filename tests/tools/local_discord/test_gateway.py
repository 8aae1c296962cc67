"""Sessions: begun, refused, broken, resumed."""

import json
import zlib
from typing import Any

import aiohttp
import pytest

from tools.local_discord import LocalDiscord
from tools.local_discord.state.gateway_protocol import Close, Intent

QUERY = "?v=10&encoding=json"


class Line:
    """A gateway connection without a library."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self._inflate = zlib.decompressobj()

    async def read(self) -> Any:
        """The next frame, or the code that the connection was closed with."""
        message = await self.socket.receive(timeout=5)
        if message.type is aiohttp.WSMsgType.BINARY:
            return json.loads(self._inflate.decompress(message.data))
        if message.type is aiohttp.WSMsgType.TEXT:
            return json.loads(message.data)
        return message.data

    async def send(self, op: int, data: Any) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": data}))


def identity(discord: LocalDiscord, **changes: Any) -> dict[str, Any]:
    return {
        "token": discord.token,
        "properties": {"os": "linux", "browser": "test", "device": "test"},
        "intents": int(Intent.GUILDS | Intent.GUILD_MESSAGES),
        **changes,
    }


async def test_a_session_is_greeted_and_hears_of_its_guilds(discord: LocalDiscord) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(discord.gateway + QUERY) as socket:
        line = Line(socket)
        assert (await line.read())["d"]["heartbeat_interval"] == 41_250
        await line.send(1, None)
        assert (await line.read())["op"] == 11
        await line.send(2, identity(discord))
        ready = await line.read()
        assert (ready["t"], ready["s"]) == ("READY", 1)
        assert [(await line.read())["t"] for _ in ready["d"]["guilds"]] == ["GUILD_CREATE", "GUILD_CREATE"]


async def test_compressed_frames_are_one_stream(discord: LocalDiscord) -> None:
    address = discord.gateway + QUERY + "&compress=zlib-stream"
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as socket:
        message = await socket.receive()
        assert message.data.endswith(b"\x00\x00\xff\xff")
        line = Line(socket)
        assert json.loads(line._inflate.decompress(message.data))["op"] == 10
        await line.send(1, None)
        assert (await line.read())["op"] == 11


@pytest.mark.parametrize(
    ("op", "changes", "code"),
    [
        (2, {"token": "wrong"}, Close.AUTHENTICATION_FAILED),
        (2, {"intents": 1 << 40}, Close.INVALID_INTENTS),
        (2, {"intents": None}, Close.INVALID_INTENTS),
        (2, {"shard": [2, 2]}, Close.INVALID_SHARD),
        (3, {}, Close.NOT_AUTHENTICATED),
        (8, {}, Close.UNKNOWN_OPCODE),
    ],
)
async def test_a_wrong_beginning_is_closed_with_its_code(
    discord: LocalDiscord, op: int, changes: dict[str, Any], code: int
) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(discord.gateway + QUERY) as socket:
        line = Line(socket)
        await line.read()
        await line.send(op, identity(discord, **changes))
        assert await line.read() == code


async def test_too_many_frames_are_closed(discord: LocalDiscord) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(discord.gateway + QUERY) as socket:
        line = Line(socket)
        await line.read()
        for _ in range(121):
            await line.send(1, None)
        frames = [await line.read() for _ in range(121)]
        assert frames[-1] == Close.RATE_LIMITED
        assert all(frame["op"] == 11 for frame in frames[:-1])


async def test_events_go_to_the_shard_and_the_intent_they_belong_to(discord: LocalDiscord) -> None:
    number = (int(discord.guild.id) >> 22) % 2
    async with aiohttp.ClientSession() as session:
        lines = []
        for shard, intents in ((number, 512), (1 - number, 512), (number, 0)):
            line = Line(await session.ws_connect(discord.gateway + QUERY))
            await line.read()
            await line.send(2, identity(discord, shard=[shard, 2], intents=intents))
            assert (await line.read())["t"] == "READY"
            lines.append(line)
        await discord.say(discord.ann, discord.general, f"{discord.mention()} hello")
        assert (await lines[0].read())["t"] == "MESSAGE_CREATE"
        for line in lines[1:]:
            await line.send(1, None)
            assert (await line.read())["op"] == 11
        for line in lines:
            await line.socket.close()
