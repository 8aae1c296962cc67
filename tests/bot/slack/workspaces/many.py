"""A bot that any workspace may install, and a browser in which somebody does."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import yarl

from bot.cli.composition import LoadModel, Parts
from bot.service.service import Service
from bot.settings import Settings
from bot.slack.api.http import PATH
from bot.slack.app_manifest import manifest
from bot.slack.workspaces.install_pages import INSTALL
from bot.slack.workspaces.served_workspaces import run_workspaces
from tests.bot.platforms.process import free_port
from tests.bot.running_bot import PATIENCE
from tests.bot.samples.articles import jsonl
from tools.local_slack import App, Channel, Exchange, LocalSlack, Team, Upload, User

KEY = "4Z2bW1t9nH0yq7v5u3s1p8o6m4k2j0h9f7d5a3Z1x2c="
OTHER_KEY = "A1bW1t9nH0yq7v5u3s1p8o6m4k2j0h9f7d5a3Z1x2c4="
"""Keys of tests."""
PUBLIC = "https://news.example"


def shared_slack() -> LocalSlack:
    """A Slack in which the app is set up for everybody, and nobody has it yet."""
    slack = LocalSlack(App.of_manifest(manifest(oauth=PUBLIC)), installed=False)
    slack.oauth.rotates = True
    return slack


def settings_for_many(slack: LocalSlack, home: Path, **more: Any) -> Settings:
    """How `newsdesk run` is told of that Slack."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    slack.oauth.redirect_uris.add(f"{address}slack/oauth_redirect")
    return Settings(
        home=home,
        **{
            "slack_app_token": slack.app_token,
            "slack_api": slack.api,
            "slack_client_id": slack.oauth.client_id,
            "slack_client_secret": slack.oauth.client_secret,
            "slack_oauth_address": address,
            "slack_oauth_port": port,
            "secret_key": (KEY,),
            **more,
        },
    )


class ManyBot:
    """A bot that runs, with its service."""

    def __init__(self, slack: LocalSlack, settings: Settings, service: Service) -> None:
        """It runs already."""
        self.slack, self.settings, self.service = slack, settings, service

    @property
    def page(self) -> str:
        """Where people begin to install the app."""
        return self.settings.slack_oauth_address.rstrip("/") + INSTALL

    async def install(self, user: User, decision: str = "allow", language: str = "en") -> tuple[int, str]:
        """Somebody installs the app, by a browser; the status and the text of the last page."""
        async with browser(self.slack, self.settings, user, language) as web:
            return await decide(web, await consent(web, self.page), decision)

    async def join(self, team: Team, *people: User, name: str = "desk") -> Channel:
        """A new channel with these people and the bot in it."""
        channel = self.slack.world.add_channel(team, name, people, bot_inside=False)
        return self.slack.world.invite_bot(channel)

    async def ask(self, user: User, channel: Channel, words: str) -> Exchange:
        """A question by command, answered."""
        return await (await self.slack.command(user, channel, "/ask", words)).settled(PATIENCE)

    async def add(self, user: User, channel: Channel, name: str, row: dict[str, str]) -> str:
        """A collection of the workspace's own, added from its chat; what is said of it."""
        file = Upload(f"{name}.jsonl", jsonl(name, row).content, "application/jsonl")
        said = await self.slack.say(user, channel, "Please take this in.", files=[file])
        assert said.said
        return (await (await self.slack.shortcut(user, "add_file", said.said)).settled(PATIENCE)).text

    async def kept(self) -> dict[str, str]:
        """What is noted of installations, as it stands in the database."""
        notes = self.service.chat_store.notes
        return await self.service.db_worker.run(notes.under, "slack-installation/")

    async def until_kept(self, count: int) -> None:
        """Wait until there are so many installations."""
        async with asyncio.timeout(PATIENCE):
            while len(await self.kept()) != count:
                await asyncio.sleep(0.05)


@asynccontextmanager
async def many_bot(
    load: LoadModel, home: Path, slack: LocalSlack, *, over_http: bool = False, **settings: Any
) -> AsyncIterator[ManyBot]:
    """A bot that runs for the time of the block, as `newsdesk run` has it; `over_http` by requests."""
    if over_http:
        port = free_port()
        slack.over_http(f"http://127.0.0.1:{port}{PATH}")
        settings |= {"slack_app_token": "", "slack_signing_secret": slack.signing_secret, "slack_port": port}
    chosen = settings_for_many(slack, home, **settings)
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(Parts(chosen, load).service())
        stop = asyncio.Event()
        running = asyncio.create_task(run_workspaces(chosen, service, stop))

        async def end() -> None:
            stop.set()
            await asyncio.wait_for(running, PATIENCE)

        async with asyncio.timeout(PATIENCE):
            while not (service.presence.platforms.get("slack") or running.done()):
                await asyncio.sleep(0.02)
        assert not running.done(), running
        stack.push_async_callback(end)
        yield ManyBot(slack, chosen, service)


@asynccontextmanager
async def browser(
    slack: LocalSlack, settings: Settings, user: User, language: str = "en"
) -> AsyncIterator[aiohttp.ClientSession]:
    """One in which somebody is signed in to Slack. The page's own cookie is for https alone; there is no
    server with TLS in front of these."""
    secure = [yarl.URL(settings.slack_oauth_address).origin()]
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=secure)
    jar.update_cookies({"d": user.id}, yarl.URL(slack.authorize))
    async with aiohttp.ClientSession(cookie_jar=jar, headers={"Accept-Language": language}) as web:
        yield web


async def consent(web: aiohttp.ClientSession, page: str) -> str:
    """The address of Slack's question, to which the page leads; it is shown."""
    async with web.get(page) as shown:
        assert shown.status == 200
        assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]
        link = re.search(r'href="([^"]+)"', await shown.text())
    assert link
    address = link[1].replace("&amp;", "&")
    async with web.get(yarl.URL(address, encoded=True)) as asked:
        assert asked.status == 200, await asked.text()
    return address


async def decide(web: aiohttp.ClientSession, address: str, decision: str) -> tuple[int, str]:
    """Slack's question answered; what is shown in the end."""
    async with web.post(yarl.URL(address, encoded=True), data={"decision": decision}) as shown:
        return shown.status, await shown.text()
