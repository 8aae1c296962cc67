"""Sessions: begun, refused, broken, resumed."""

import asyncio
import json
import zlib
from typing import Any

import aiohttp
import discord as library
import pytest

from tests.tools.local_discord.small_bot import SmallBot
from tools.local_discord import LocalDiscord, Permission
from tools.local_discord.discord_py import pointed_at
from tools.local_discord.state.gateway_protocol import Close, Intent, needed_intent

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


def test_reactions_need_another_intent_than_messages() -> None:
    assert needed_intent("MESSAGE_REACTION_ADD", in_guild=True) == Intent.GUILD_REACTIONS
    assert needed_intent("MESSAGE_UPDATE", in_guild=False) == Intent.DIRECT_MESSAGES
    assert needed_intent("INTERACTION_CREATE", in_guild=True) == 0


@pytest.mark.parametrize("trouble", ["cut", "closed", "asked", "invalid"])
async def test_a_broken_session_is_resumed_and_hears_what_it_missed(
    discord: LocalDiscord, bot: SmallBot, trouble: str
) -> None:
    if trouble == "cut":
        discord.drop()
    elif trouble == "closed":
        discord.drop(4000)
    elif trouble == "asked":
        discord.reconnect()
    else:
        discord.invalidate(resumable=True)
    await discord.until(lambda: not discord.sessions.connections)
    said = await discord.say(discord.ann, discord.general, f"{discord.mention()} are you there?")
    await said.settled()
    assert discord.sessions.resumes == 1
    assert len(discord.sessions.identifies) == 1


async def test_an_invalid_session_is_begun_anew(discord: LocalDiscord, bot: SmallBot) -> None:
    discord.invalidate(resumable=False)
    await discord.until(lambda: len(discord.sessions.identifies) == 2)
    assert discord.sessions.resumes == 0


async def test_a_client_finds_a_server_that_was_down(discord: LocalDiscord, bot: SmallBot) -> None:
    await discord.down()
    await discord.until(lambda: bot.disconnects)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(discord.api + "/gateway")
    await discord.up()
    # A sharded client does not resume after a connection was refused: what it missed is lost to it.
    await discord.until(lambda: len(discord.sessions.identifies) == 2)
    await (await discord.say(discord.ann, discord.general, f"{discord.mention()} again?")).settled()


async def test_silence_is_noticed_by_heartbeats_that_nobody_answers() -> None:
    async with LocalDiscord(heartbeat_seconds=0.2) as discord:
        with pointed_at(discord):
            client = library.Client(
                intents=library.Intents(guilds=True), heartbeat_timeout=0.5, guild_ready_timeout=0
            )
            running = asyncio.create_task(client.start(discord.token))
            await discord.until(client.is_ready)
            discord.silence()
            await discord.until(lambda: discord.sessions.resumes)
            await client.close()
            await running


async def test_a_revoked_token_ends_the_client(discord: LocalDiscord) -> None:
    with pointed_at(discord):
        client = library.Client(intents=library.Intents(guilds=True), guild_ready_timeout=0)
        running = asyncio.create_task(client.start(discord.token))
        await discord.until(client.is_ready)
        discord.revoke_token()
        with pytest.raises(library.ConnectionClosed) as closed:
            await running
        assert closed.value.code == 4004
        await client.close()
        again = library.Client(intents=library.Intents.none())
        with pytest.raises(library.LoginFailure):
            await again.start(discord.token)
        await again.close()


async def test_a_disallowed_intent_ends_the_client(discord: LocalDiscord) -> None:
    discord.sessions.allowed_intents &= ~Intent.MESSAGE_CONTENT
    with pointed_at(discord):
        client = library.Client(intents=library.Intents(guilds=True, message_content=True))
        with pytest.raises(library.PrivilegedIntentsRequired):
            await client.start(discord.token)
        await client.close()


async def test_a_client_with_shards_hears_of_every_guild(discord: LocalDiscord) -> None:
    discord.sessions.shards = 2
    with pointed_at(discord):
        bot = SmallBot()
        running = asyncio.create_task(bot.start(discord.token))
        await discord.until(lambda: bot.is_ready() and len(bot.guilds) == 2, 20)
        assert [one["shard"] for one in discord.sessions.identifies] == [[0, 2], [1, 2]]
        for channel in (discord.general, discord.elsewhere):
            await (await discord.command(discord.ann, channel, "ask", question="Who?")).settled()
        await bot.close()
        await running


async def test_malformed_and_repeated_events_reach_the_client(discord: LocalDiscord, bot: SmallBot) -> None:
    said = await discord.say(discord.ann, discord.general, f"{discord.mention()} once")
    await said.settled()
    discord.duplicate("MESSAGE_CREATE")  # the newest is the bot's own
    discord.dispatch_raw("UNKNOWN_EVENT", None)
    discord.send_raw(json.dumps({"op": 99}))
    await discord.until(lambda: len(bot.heard) == 3)
    assert bot.heard[1] == bot.heard[2]


async def test_what_is_said_to_the_bot_is_read_and_answered(discord: LocalDiscord, bot: SmallBot) -> None:
    mentioned = await discord.say(discord.ann, discord.general, f"{discord.mention()} hello")
    await mentioned.settled()
    assert mentioned.message is not None
    assert mentioned.message.reply_to == mentioned.said.id
    replied = await discord.say(discord.kim, discord.general, "and then?", reply_to=mentioned.message)
    assert (await replied.settled()).text == "You said: and then?"
    await discord.say(discord.kim, discord.general, "quiet?", reply_to=mentioned.message, ping=False)
    await discord.say(discord.sato, discord.world.dm(discord.sato), "between us")
    await discord.until(lambda: "between us" in bot.heard)
    assert "quiet?" not in bot.heard


async def test_what_happens_to_guilds_and_channels_is_told(discord: LocalDiscord, bot: SmallBot) -> None:
    discord.deny(discord.random, Permission.SEND_MESSAGES)
    channel = bot.get_channel(int(discord.random.id))
    assert isinstance(channel, library.TextChannel)
    await discord.until(lambda: not channel.permissions_for(channel.guild.me).send_messages)
    guild = discord.add_guild("The Library", locale="ja")
    await discord.until(lambda: bot.get_guild(int(guild.id)))
    discord.remove_bot(guild)
    await discord.until(lambda: not bot.get_guild(int(guild.id)))
