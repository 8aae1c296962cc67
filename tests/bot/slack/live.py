"""The bot as it runs, with its real desk, model and corpus, on a Slack that the manifest set up for it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import yaml

from bot.cards.press import Press, read_press
from bot.chat.answer_record import AnswerRecord
from bot.chat.audit_entry import AuditEntry
from bot.chat.venue import Venue
from bot.cli.composition import LoadModel, Parts
from bot.dispatch.dispatcher import Dispatcher
from bot.settings import Settings
from bot.slack.api.connection import HEARTBEAT, Connection
from bot.slack.api.send import CLOSED
from bot.slack.app import SlackApp, make_app
from bot.slack.app_manifest import manifest
from bot.slack.requests import PLATFORM
from tests.bot.running_bot import PASSING, PATIENCE, RunningBot
from tests.bot.samples.articles import jsonl
from tools.local_slack import (
    EXTERNAL,
    App,
    Channel,
    Chosen,
    Exchange,
    LocalSlack,
    Message,
    Upload,
    User,
    View,
    block_elements,
    blocks_total,
    find_element,
    text_of,
)

TOTAL = 10_000
"""Characters of a message's blocks, below what Slack fails at."""
MANIFEST = yaml.safe_load((Path(__file__).parents[3] / "manifest.yaml").read_text(encoding="utf-8"))
ASSISTANT = manifest(assistant=True)
"""The manifest of an app with the older experience: it has all that the newer has, and the pane."""


def local_slack() -> LocalSlack:
    """A Slack in which the app is set up as the manifest says, and may do nothing more."""
    return LocalSlack(App.of_manifest(ASSISTANT))


class LiveBot(RunningBot):
    """A bot on a local Slack."""

    def __init__(
        self, slack: LocalSlack, load: LoadModel, settings: Settings, heartbeat: float = HEARTBEAT
    ) -> None:
        """Nothing runs yet; a connection that is silent for longer than `heartbeat` seconds is given up."""
        super().__init__(load, settings)
        self.slack = slack
        self._heartbeat = heartbeat
        self.refusals: set[str] = set(CLOSED | {"ratelimited"})
        """Slack's errors that break no rule: where the bot may not write it finds out by trying."""
        self._app: SlackApp | None = None

    @property
    def app(self) -> SlackApp:
        """The side that is up."""
        assert self._app is not None
        return self._app

    @property
    def dispatcher(self) -> Dispatcher:
        return self.app.dispatcher

    async def start(self) -> None:
        service = await self._running.enter_async_context(Parts(self.settings, self._load).service())
        self._app = await make_app(
            service, self.slack.bot_token, self.slack.api, self.settings.slack_commands
        )
        connection = Connection(
            self.app.bolt, self.app.client, self.slack.app_token, heartbeat=self._heartbeat
        )
        holding = asyncio.create_task(connection.hold())
        self._running.push_async_callback(_end, holding)
        await self.slack.until(lambda: self.slack.sockets.links or holding.done(), PATIENCE)
        assert not holding.done(), holding
        self._running.push_async_callback(self.app.dispatcher.gate.drain)
        await self.app.recover()

    # What people do, waited for

    async def ask(self, user: User, channel: Channel, text: str = PASSING) -> Exchange:
        """A question by command, answered."""
        return await self.command(user, channel, "/ask", text)

    async def command(self, user: User, channel: Channel, name: str, text: str = "") -> Exchange:
        """A command, answered."""
        return await self.done(await self.slack.command(user, channel, name, text))

    async def say(self, user: User, channel: Channel, text: str, **more: Any) -> Exchange:
        """A message to the bot, answered."""
        return await self.done(await self.slack.say(user, channel, text, **more))

    async def say_unheard(self, user: User, channel: Channel, text: str, **more: Any) -> Exchange:
        """A message that the bot has seen and let be: it answered the one that came after it."""
        said = await self.slack.say(user, channel, text, **more)
        await self.say(self.slack.admin, self.slack.world.dm(self.slack.admin), PASSING)
        assert not said.messages, text_of(said.messages[0])
        assert not said.ephemerals
        return said

    async def press(
        self, user: User, shown: Message | View | None, act: str, argument: str | None = None
    ) -> Exchange:
        """The button of that act, pressed and answered; where it is behind another one, that one first."""
        shown = await self.unfolded(user, shown, act, argument)
        if not has_press(shown, act, argument):
            return await self.done(await self.slack.click(user, shown, action_id(shown, "actions")))
        return await self.done(await self.slack.click(user, shown, action_id(shown, act, argument)))

    async def unfolded(
        self, user: User, shown: Message | View | None, act: str, argument: str | None = None
    ) -> Message | View | None:
        """The answer with a button of that act, after a press of the one that it is behind, as far as that is
        answered with it."""
        if has_press(shown, act, argument) or "actions" not in acts_of(shown):
            return shown
        pressed = await self.done(await self.slack.click(user, shown, action_id(shown, "actions")))
        made = pressed.message or shown
        return made if has_press(made, act, argument) else shown

    async def choose(
        self, user: User, shown: Message | View | None, setting: str, chosen: Chosen | Sequence[Chosen]
    ) -> Exchange:
        """Something chosen in a menu of the settings' panel, out of all that it offers."""
        name = action_id(shown, "set", setting)
        assert shown
        if find_element(shown, name)[1]["type"] in EXTERNAL:
            await (await self.slack.suggest(user, shown, name, "")).acknowledged(PATIENCE)
        return await self.done(await self.slack.choose(user, shown, name, chosen))

    async def submit(self, user: User, view: View | None, values: dict[str, Any]) -> Message:
        """A form, sent in; the message that was written or changed for it, through whichever address."""
        sent = await self.slack.submit(user, view, values)

        def said() -> list[Message]:
            return [
                message
                for message in self.slack.world.messages.values()
                if message.bot_id
                and (message.ts > sent.action.ts or (message.changed or 0.0) >= sent.action.began)
            ]

        await self.slack.until(lambda: sent.failed or said(), PATIENCE)
        await self.done(sent)
        (message,) = said()
        return message

    async def check(self, user: User, message: Message | None) -> Exchange:
        """Somebody's message checked against the news."""
        assert message
        return await self.done(await self.slack.shortcut(user, "check_news", message))

    async def dismiss(self, user: User, message: Message | None) -> None:
        """An answer taken away."""
        unfolded = await self.unfolded(user, message, "dismiss")
        pressed = await self.slack.click(user, unfolded, action_id(unfolded, "dismiss"))
        await self.slack.until(lambda: pressed.deleted, PATIENCE)
        await self.idle()

    async def done(self, exchange: Exchange) -> Exchange:
        """An exchange with its last word."""
        await exchange.settled(PATIENCE)
        await self.idle()
        assert exchange.acked_after is not None
        assert exchange.acked_after < 3
        return exchange

    # What is on record

    def venue(self, channel: Channel, thread: str | None = None) -> Venue:
        """The channel as a place where questions are asked."""
        return Venue(PLATFORM, self.slack.team.id, channel.id, f"{channel.id}:{thread}" if thread else None)

    async def acts(self) -> list[AuditEntry]:
        """The audit log, newest first."""
        chat_store = self.service.chat_store
        return await self.service.db_worker.run(chat_store.audit.entries, PLATFORM, self.slack.team.id, 100)

    async def record(self, message: Message | None) -> AnswerRecord:
        """What is kept of the answer in a message."""
        press = next(one for one in presses_of(message) if one.act not in ("read", "page"))
        tenant = f"{PLATFORM}:{self.slack.team.id}"
        found = await self.service.db_worker.run(self.service.chat_store.answers.get, press.subject, tenant)
        assert found
        return found

    def assert_well_mannered(self) -> None:
        """No call broke a rule of Slack's, each message was small enough, and nobody was pinged."""
        assert not self.slack.mentions
        for request in self.slack.requests:
            assert not request.problems or request.error in self.refusals, str(request)
            if "view" not in request.arguments:
                assert blocks_total(request.arguments.get("blocks") or []) < TOTAL, request


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@asynccontextmanager
async def live_bot(
    load: LoadModel, home: Path, slack: LocalSlack | None = None, **settings: Any
) -> AsyncIterator[LiveBot]:
    """A bot that runs for the time of the block, on a new Slack unless one is given.

    At the end no call has broken any of Slack's rules, and nobody was pinged.
    """
    async with AsyncExitStack() as stack:
        place = await stack.enter_async_context(local_slack()) if slack is None else slack
        custodians = frozenset({place.team.id})
        bot = LiveBot(place, load, Settings(home=home, **{"slack_workspaces": custodians, **settings}))
        await bot.start()
        try:
            yield bot
        finally:
            await bot.stop()
        bot.assert_well_mannered()


def action_ids(shown: Message | View | None) -> list[str]:
    """The action ids of what is shown, in order."""
    assert shown is not None
    return [
        str(one["action_id"]) for block in shown.blocks for one in block_elements(block) if "action_id" in one
    ]


def action_id(shown: Message | View | None, act: str, argument: str | None = None) -> str:
    """The first action id of that act, and with that argument where one is given."""
    for made in action_ids(shown):
        press = read_press(made)
        if press and press.act == act and argument in (None, press.argument):
            return made
    raise AssertionError(f"no {act} {argument or ''} among {action_ids(shown)}")


def has_press(shown: Message | View | None, act: str, argument: str | None = None) -> bool:
    """Whether there is a button or menu of that act, and with that argument where one is given."""
    return any(one.act == act and argument in (None, one.argument) for one in presses_of(shown))


def presses_of(shown: Message | View | None) -> list[Press]:
    """What the buttons and menus say, in order."""
    return [press for made in action_ids(shown) if (press := read_press(made))]


def acts_of(shown: Message | View | None) -> list[str]:
    """What the buttons and menus do, in order."""
    return [press.act for press in presses_of(shown)]


def bold_of(shown: Message | View | None) -> list[str]:
    """The pieces of quotes that are bold."""
    assert shown is not None
    return [
        str(piece["text"])
        for block in shown.blocks
        if block["type"] == "rich_text"
        for quote in block["elements"]
        if quote["type"] == "rich_text_quote"
        for piece in quote["elements"]
        if piece.get("style", {}).get("bold")
    ]


def upload(name: str, *articles: Mapping[str, object] | str) -> Upload:
    """A JSON Lines file of these articles, to be sent; a text is a line as it is."""
    return Upload(name, jsonl(name, *articles).content, "application/jsonl")


async def added(live: LiveBot, *files: Upload, words: str = "Please take this in.") -> str:
    """What is said after an administrator added the files of a message."""
    slack = live.slack
    said = await slack.say(slack.admin, slack.general, words, files=files)
    assert said.said
    taken = await live.done(await slack.shortcut(slack.admin, "add_file", said.said))
    return taken.text
