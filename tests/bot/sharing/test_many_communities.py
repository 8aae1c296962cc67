"""Two real processes on one database: workspaces that install the app by themselves, and a shard in each."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.chat_store.chat_store import ChatStore
from bot.discord.api.shards import ID_SHIFT
from bot.settings import Settings
from bot.slack.workspaces.install_pages import INSTALL
from bot.slack.workspaces.installation_store import UNDER
from bot.slack.workspaces.stored_installation import StoredInstallation
from bot.slack.workspaces.token_cipher import TokenCipher
from corpus.storage.sql.server_address import ServerAddress
from tests.bot.discord.live import upload
from tests.bot.platforms.process import PATIENCE, QUICKLY, Process, free_port
from tests.bot.running_bot import PASSING
from tests.bot.samples.articles import jsonl
from tests.bot.samples.committees import EGRET, HERON, OTTER, QUESTION, STOAT
from tests.bot.slack.workspaces.many import KEY, browser, consent, decide, shared_slack
from tools.local_discord import Channel as DiscordChannel
from tools.local_discord import LocalDiscord
from tools.local_slack import Channel, LocalSlack, Team, Upload, User

pytestmark = pytest.mark.asyncio
PROCESSES = 2
NAMES = frozenset({"Heron", "Otter", "Stoat", "Egret"})
"""What each community's own collection names, and no other may show."""
LEFT_OUT = "for a workspace that is not installed was left out"


@dataclass(slots=True)
class Pair:
    """Both processes. Whoever opens the page that installs the app comes to the first, and Slack sends them
    back to the second, as a server in front of both may."""

    url: str
    slack: LocalSlack
    discord: LocalDiscord
    ports: list[int] = field(default_factory=list)
    processes: list[Process] = field(default_factory=list)

    async def install(self, user: User) -> None:
        """Somebody has the app in their workspace."""
        public = Settings(slack_oauth_address=f"http://127.0.0.1:{self.ports[1]}/")
        page = f"http://127.0.0.1:{self.ports[0]}{INSTALL}"
        async with browser(self.slack, public, user) as web:
            status, text = await decide(web, await consent(web, page), "allow")
        assert status == 200
        assert "Newsdesk is in" in text

    async def join(self, team: Team, *people: User) -> Channel:
        """A new channel of theirs that the bot is in."""
        world = self.slack.world
        return world.invite_bot(world.add_channel(team, "desk", people, bot_inside=False))

    async def add(self, user: User, channel: Channel, name: str, row: dict[str, str]) -> None:
        """A collection of a workspace's own, from its chat."""
        file = Upload(f"{name}.jsonl", jsonl(name, row).content, "application/jsonl")
        said = await self.slack.say(user, channel, "Please take this in.", files=[file])
        assert said.said
        added = await self.slack.shortcut(user, "add_file", said.said)
        assert ": 1 new" in (await added.settled(PATIENCE)).text

    async def add_there(self, room: DiscordChannel, name: str, row: dict[str, str]) -> None:
        """A collection of a server's own, from its chat."""
        admin, file = self.discord.admin, upload(f"{name}.jsonl", row)
        added = await self.discord.command(admin, room, "corpus add", file=file, collection=name)
        await self.discord.until(lambda: f"**{name}**: 1 new" in added.text, PATIENCE)

    async def ask(self, user: User, channel: Channel, words: str, way: str = "/ask") -> str:
        """All that is shown for a question in Slack."""
        asked = await self.begin(user, channel, words, way)
        await asked.settled(PATIENCE)
        return f"{asked.text}{json.dumps([one.blocks for one in asked.messages])}"

    async def begin(self, user: User, channel: Channel, words: str, way: str = "/ask") -> Any:
        """A question by that command, or by mention where there is none."""
        if way:
            return await self.slack.command(user, channel, way, words)
        bot = self.slack.world.bot(channel.team_id)
        return await self.slack.say(user, channel, f"{self.slack.mention(bot)} {words}")

    async def both(self, user: User, channel: Channel, words: str = PASSING) -> list[str]:
        """The same asked until each of the processes had its turn: Slack gives to one after the other, be it
        only that they leave it out."""
        return [await self.ask(user, channel, words) for _ in range(PROCESSES)]

    async def told(self, channel: DiscordChannel, question: str) -> str:
        """All that is shown for a question in Discord."""
        asked = await self.discord.command(self.discord.admin, channel, "ask", question=question)
        await asked.settled(PATIENCE)
        assert asked.message
        return f"{asked.text}{json.dumps(asked.message.components)}"

    async def leave_out(self, user: User, channel: Channel) -> None:
        """What is sent from there is answered by neither of them."""
        before = [one.said.count(LEFT_OUT) for one in self.processes]
        asked = [await self.begin(user, channel, PASSING, way) for way in ("/ask", "/ask")]
        for one in asked:
            await one.acknowledged(PATIENCE)
        assert not any(one.messages for one in asked)
        for process, count in zip(self.processes, before, strict=True):
            await process.says_more(LEFT_OUT, count)

    def kept(self) -> dict[str, StoredInstallation]:
        """The installations as they are in the database."""
        cipher = TokenCipher((KEY,))
        with ChatStore(ServerAddress(self.url)) as chats:
            found = chats.notes.under(UNDER)
        assert not any("xoxb" in value for value in found.values())
        return {
            name.removeprefix(UNDER): msgspec.json.decode(cipher.decrypt(value), type=StoredInstallation)
            for name, value in found.items()
        }

    async def until_kept(self, *teams: Team) -> None:
        """Until these have the app, and no others."""
        async with asyncio.timeout(PATIENCE):
            while set(self.kept()) != {one.id for one in teams}:
                await asyncio.sleep(0.05)

    def expire(self, team: Team) -> str:
        """The token of a workspace is too old from now on; what it was."""
        kept = self.kept()[team.id]
        assert kept.expires
        old = msgspec.structs.replace(kept, expires=time.time() - 1)
        with ChatStore(ServerAddress(self.url)) as chats:
            value = TokenCipher((KEY,)).encrypt(msgspec.json.encode(old).decode())
            chats.notes.put(UNDER + team.id, value)
        return kept.token


@asynccontextmanager
async def pair(root: Path, url: str) -> AsyncIterator[Pair]:
    """Both, each with one of two shards and a folder of its own, started at once: one loads the sample."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(shared_slack())
        discord = await stack.enter_async_context(LocalDiscord(shards=PROCESSES))
        made = Pair(url, slack, discord, [free_port() for _ in range(PROCESSES)])
        slack.oauth.redirect_uris.add(f"http://127.0.0.1:{made.ports[1]}/slack/oauth_redirect")
        for number, port in enumerate(made.ports):
            process = Process(
                root / f"home-{number}",
                slack,
                discord,
                module=QUICKLY,
                SLACK_BOT_TOKEN=None,
                NEWSDESK_SLACK_CLIENT_ID=slack.oauth.client_id,
                NEWSDESK_SLACK_CLIENT_SECRET=slack.oauth.client_secret,
                NEWSDESK_SLACK_OAUTH_ADDRESS=f"http://127.0.0.1:{made.ports[1]}/",
                NEWSDESK_SLACK_OAUTH_PORT=str(port),
                NEWSDESK_SECRET_KEY=KEY,
                NEWSDESK_DISCORD_SHARDS=f"{number}-{number}/{PROCESSES}",
                NEWSDESK_DATABASE=url,
            )
            made.processes.append(await stack.enter_async_context(process))
        for process in made.processes:
            await process.up()
            await process.says("connected to Slack")
        yield made


def one_in_each_shard(discord: LocalDiscord) -> list[DiscordChannel]:
    """A channel in a server of each shard."""
    found: dict[int, DiscordChannel] = {}
    while len(found) < PROCESSES:
        guild = discord.add_guild(f"Server {len(discord.world.guilds)}")
        channel = discord.world.add_channel(guild, "lobby")
        found.setdefault((int(guild.id) >> ID_SHIFT) % PROCESSES, channel)
    return [found[number] for number in range(PROCESSES)]


def only(shown: str, own: str) -> None:
    """Of all communities' collections that one alone is shown."""
    assert {name for name in NAMES if name in shown} == {own}


async def test_two_workspaces_and_two_shards_on_two_processes(tmp_path: Path, database_url: str) -> None:
    async with pair(tmp_path, database_url) as bots:
        slack, discord = bots.slack, bots.discord
        await bots.install(slack.admin)
        await bots.install(slack.stranger)
        ours = await bots.join(slack.team, slack.admin, slack.ann, slack.kim)
        theirs = await bots.join(slack.other_team, slack.stranger)
        rooms = one_in_each_shard(discord)
        assert set(bots.kept()) == {slack.team.id, slack.other_team.id}

        # Use: by whichever process, and nothing of the others
        await bots.add(slack.admin, ours, "heron", HERON)
        await bots.add(slack.stranger, theirs, "otter", OTTER)
        for room, name, row in zip(rooms, ("stoat", "egret"), (STOAT, EGRET), strict=True):
            await bots.add_there(room, name, row)
        for user, channel, own in ((slack.ann, ours, "Heron"), (slack.stranger, theirs, "Otter")):
            for way in ("/ask", "/ask", ""):
                only(await bots.ask(user, channel, QUESTION, way), own)
        for room, own in zip(rooms, ("Stoat", "Egret"), strict=True):
            only(await bots.told(room, QUESTION), own)

        # A token that has expired is refreshed once, also where both need it at the same moment
        first = bots.expire(slack.team)
        slack.clock.advance(43_300)
        asked = [await bots.begin(slack.kim, ours, PASSING, "") for _ in range(2 * PROCESSES)]
        for one in asked:
            assert "mine" in (await one.settled(PATIENCE)).text
        assert bots.kept()[slack.team.id].token != first
        refreshed = [one for one in slack.requests.of("oauth.v2.access") if "refresh_token" in one.arguments]
        assert len(refreshed) == 1
        slack.assert_valid()

        # One takes the app out: the process that was told, and the other, serve it no more
        await (await slack.uninstall(slack.stranger)).acknowledged(PATIENCE)
        await bots.until_kept(slack.team)
        await bots.leave_out(slack.stranger, theirs)
        assert all("mine" in shown for shown in await bots.both(slack.ann, ours))
        await bots.install(slack.stranger)
        theirs = await bots.join(slack.other_team, slack.stranger)
        for shown in await bots.both(slack.stranger, theirs, QUESTION):
            only(shown, "Otter")

        # A token that is taken away: one process meets that, and the other knows it too
        slack.requests.clear()  # what was asked with the token that had been void
        for token in slack.tokens_of(slack.other_team):
            slack.revoke(token)
        await bots.begin(slack.stranger, theirs, PASSING, "")
        await bots.until_kept(slack.team)
        await bots.leave_out(slack.stranger, theirs)
        assert all("mine" in shown for shown in await bots.both(slack.ann, ours))
        for room in rooms:
            assert "mine" in await bots.told(room, PASSING)
        # What the bot itself said was acknowledged: Slack does not send it again, and no stop waits for it
        said = [one for one in slack.delivery_queue.deliveries if "bot_id" in one.payload.get("event", {})]
        await slack.until(lambda: all(one.acked is not None for one in said), PATIENCE)
        assert {len(one.sent) for one in said} == {1}
        for process in bots.processes:
            await process.stopped()
            assert "incident" not in process.said
