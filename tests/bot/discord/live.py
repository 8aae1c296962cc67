"""The bot as it runs, with its real desk, model and corpus, on a Discord of its own."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.cards.press import Press, read_press
from bot.chat.answer_record import AnswerRecord
from bot.chat.audit_entry import AuditEntry
from bot.chat.venue import Venue
from bot.cli.composition import LoadModel, Parts
from bot.discord.api.shards import ShardRange
from bot.discord.app import NewsdeskClient, make_dispatcher
from bot.dispatch.dispatcher import Dispatcher
from bot.runtime.clock import Clock
from bot.settings import Settings
from tests.bot.running_bot import PASSING, PATIENCE, RunningBot
from tests.bot.samples.articles import jsonl
from tools.local_discord import (
    Channel,
    Conversation,
    Exchange,
    Guild,
    LocalDiscord,
    Message,
    Modal,
    Upload,
    User,
    pointed_at,
    walk_components,
)


class Incidents(logging.Handler):
    """What the bot logs as an error, a line each."""

    def __init__(self) -> None:
        """Hears errors alone."""
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class LiveBot(RunningBot):
    """A bot on a local Discord."""

    def __init__(
        self, discord: LocalDiscord, load: LoadModel, settings: Settings, clock: Clock | None = None
    ) -> None:
        """Nothing runs yet; by `clock` it waits before it connects again."""
        super().__init__(load, settings)
        self._clock = clock
        self.discord = discord
        self.incidents = Incidents()
        self.refusals: list[str] = []
        """What Discord refuses in these tests because they provoke it: no rule was broken."""
        self.missed = timedelta(0)
        """How old a mention that nobody heard may be to be answered."""
        self._client: NewsdeskClient | None = None

    @property
    def client(self) -> NewsdeskClient:
        """The connection that is up."""
        assert self._client is not None
        return self._client

    @property
    def dispatcher(self) -> Dispatcher:
        return self.client.dispatcher

    async def start(self, *, reads_messages: bool | None = None) -> None:
        listens = self.settings.discord_message_content if reads_messages is None else reads_messages
        chosen = self.settings.discord_shards
        shards = ShardRange(*chosen) if chosen else None
        service = await self._running.enter_async_context(Parts(self.settings, self._load).service())
        client = self._client = NewsdeskClient(
            make_dispatcher(service, reads_messages=listens),
            guild_ready_timeout=0,
            clock=self._clock,
            shards=shards,
            missed=self.missed,
        )
        if not self.discord.sessions.paced:  # five seconds at each restart, for a Discord that does not mind
            client._shards._turns.apart = 0.0
        serving = asyncio.create_task(client.start(self.discord.token))
        self._running.push_async_callback(asyncio.wait_for, serving, PATIENCE)
        self._running.push_async_callback(client.close)
        await self.discord.until(lambda: client.is_ready() or serving.done(), PATIENCE)
        assert client.is_ready(), serving
        self._running.push_async_callback(client.dispatcher.gate.drain)

    def assert_well_mannered(self) -> None:
        """No request broke a rule of Discord's, nobody was pinged, and no incident was logged."""
        problems = self.discord.problems
        assert not [one for one in problems if not any(known in one for known in self.refusals)]
        assert not self.discord.pings
        assert not self.incidents.lines

    # What people do, waited for

    async def ask(self, user: User, channel: Channel, question: str = PASSING, **options: Any) -> Exchange:
        """A question by command, answered."""
        return await self.command(user, channel, "ask", question=question, **options)

    async def command(self, user: User, channel: Channel, name: str, /, **options: Any) -> Exchange:
        """A command, answered."""
        return await self._done(await self.discord.command(user, channel, name, **options))

    async def type(
        self, user: User, channel: Channel, name: str, /, focused: str, value: str = "", **options: Any
    ) -> list[str]:
        """What is offered while somebody types."""
        typed = await self.discord.autocomplete(user, channel, name, focused, value, **options)
        return [str(choice["name"]) for choice in (await typed.settled(PATIENCE)).choices]

    async def say(self, user: User, channel: Channel, text: str, **more: Any) -> Conversation:
        """A message to the bot, answered."""
        said = await (await self.discord.say(user, channel, text, **more)).settled(PATIENCE)
        await self.idle()
        return said

    async def say_unheard(self, user: User, channel: Channel, text: str, **more: Any) -> Conversation:
        """A message that the bot has seen and let be: it answered the mention that came after it."""
        said = await self.discord.say(user, channel, text, **more)
        beacon = f"{self.discord.mention()} {PASSING}"
        await self.say(self.discord.admin, self.discord.random, beacon)
        assert said.message is None, said.text
        return said

    async def press(
        self, user: User, message: Message | None, act: str, argument: str | None = None
    ) -> Exchange:
        """The button of that act, pressed and answered; where it is behind another one, that one first."""
        message = await self.unfolded(user, message, act, argument)
        if not has_press(message, act, argument):
            act, argument = "actions", None
        name = custom_id(message, act, argument)
        return await self._done(await self.discord.click(user, message, name))

    async def unfolded(
        self, user: User, message: Message | None, act: str, argument: str | None = None
    ) -> Message | None:
        """The answer with a button of that act, after a press of the one that it is behind, as far as that is
        answered with it."""
        if has_press(message, act, argument) or "actions" not in acts_of(message):
            return message
        pressed = await self._done(await self.discord.click(user, message, custom_id(message, "actions")))
        return pressed.message if has_press(pressed.message, act, argument) else message

    async def choose(
        self, user: User, message: Message | None, setting: str, values: Sequence[str]
    ) -> Exchange:
        """Values chosen in a menu of the settings' panel."""
        name = custom_id(message, "set", setting)
        return await self._done(await self.discord.select(user, message, name, values))

    async def submit(self, user: User, modal: Modal | None, values: dict[str, Any]) -> Exchange:
        """A form, sent in and answered."""
        return await self._done(await self.discord.submit(user, modal, values))

    async def check(self, user: User, message: Message) -> Exchange:
        """Somebody's message checked against the news."""
        room = self.discord.world.channels[message.channel_id]
        name = "Check against the news"
        return await self._done(await self.discord.context_command(user, room, name, message))

    async def open_thread(self, user: User, message: Message | None) -> Channel:
        """A thread opened with an answer's button, with the bot's word of welcome in it."""
        message = await self.unfolded(user, message, "thread")
        assert message
        await self.discord.click(user, message, custom_id(message, "thread"))
        world = self.discord.world
        await self.discord.until(lambda: len(world.messages_in(message.id)) == 2, PATIENCE)
        await self.idle()
        return world.channels[message.id]

    async def _done(self, exchange: Exchange) -> Exchange:
        """An exchange with its last word: what shows progress is not settled with the first."""
        await exchange.settled(PATIENCE)
        await self.idle()
        return exchange

    # What is on record

    async def acts(self, guild: Guild) -> list[AuditEntry]:
        """The audit log of a server, newest first."""
        chat_store = self.service.chat_store
        return await self.service.db_worker.run(chat_store.audit.entries, "discord", guild.id, 100)

    async def record(self, message: Message | None, venue: Venue) -> AnswerRecord:
        """What is kept of the answer in a message."""
        press = next(one for one in presses_of(message) if one.act not in ("read", "page"))
        found = await self.service.db_worker.run(
            self.service.chat_store.answers.get, press.subject, venue.tenant
        )
        assert found
        return found


@asynccontextmanager
async def live_bot(
    load: LoadModel, home: Path, discord: LocalDiscord | None = None, **settings: Any
) -> AsyncIterator[LiveBot]:
    """A bot that runs for the time of the block, on a new Discord unless one is given.

    At the end no request has broken any of Discord's rules, nobody was pinged, and no incident was logged.
    """
    async with AsyncExitStack() as stack:
        place = await stack.enter_async_context(LocalDiscord()) if discord is None else discord
        stack.enter_context(pointed_at(place))
        custodians = frozenset({place.guild.id, place.other_guild.id})
        bot = LiveBot(place, load, Settings(home=home, **{"discord_servers": custodians, **settings}))
        logging.getLogger("bot").addHandler(bot.incidents)
        stack.callback(logging.getLogger("bot").removeHandler, bot.incidents)
        await bot.start()
        try:
            yield bot
        finally:
            await bot.stop()
        bot.assert_well_mannered()


def custom_ids(message: Message | None) -> list[str]:
    """The custom ids of a message, in order."""
    assert message is not None
    return [str(one["custom_id"]) for _, one in walk_components(message.components) if "custom_id" in one]


def custom_id(message: Message | None, act: str, argument: str | None = None) -> str:
    """The first custom id of that act, and with that argument where one is given."""
    for made in custom_ids(message):
        press = read_press(made)
        if press and press.act == act and argument in (None, press.argument):
            return made
    raise AssertionError(f"no {act} {argument or ''} among {custom_ids(message)}")


def has_press(message: Message | None, act: str, argument: str | None = None) -> bool:
    """Whether there is a button or menu of that act, and with that argument where one is given."""
    return any(one.act == act and argument in (None, one.argument) for one in presses_of(message))


def presses_of(message: Message | None) -> list[Press]:
    """What a message's buttons and menus say, in order."""
    return [press for made in custom_ids(message) if (press := read_press(made))]


def acts_of(message: Message | None) -> list[str]:
    """What a message's buttons and menus do, in order."""
    return [press.act for press in presses_of(message)]


def upload(name: str, *articles: Mapping[str, object] | str) -> Upload:
    """A JSON Lines file of these articles, to be handed over; a text is a line as it is."""
    return Upload(name, jsonl(name, *articles).content, "application/jsonl")
