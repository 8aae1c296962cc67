"""The connection to Discord: commands in step, events once, and no event that ends it."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cards.notices import failure
from bot.cards.press import Press, read_press
from bot.chat.venue import Venue
from bot.discord.admin import add_corpus_commands
from bot.discord.api.connection import Connection
from bot.discord.api.send import InteractionReply
from bot.discord.buttons import Act, ButtonHandlers
from bot.discord.commands import add_commands
from bot.discord.departures import forget_left
from bot.discord.dispatch import Dispatch, ReplyTarget
from bot.discord.messages import MessageHandlers
from bot.discord.people import PLATFORM
from bot.discord.settings_commands import add_settings_commands
from bot.discord.translator import Translator
from bot.runtime.clock import Clock, SystemClock
from bot.service.actions import Actions

GUILDS_ARRIVE = 2.0
"""Seconds without another server after which the bot counts as connected: discord.py's own value."""

UNAUTHORIZED = 401
SYNC_PATIENCE = 10.0
"""Seconds that the start waits for the commands to be told. Discord's daily limit on that can hold it up for
hours, and those that it has go on working meanwhile."""

SYNC_AGAIN = 30.0
SYNC_SELDOM = 3600.0
"""Seconds to the next try where telling the commands failed, doubled each time up to an hour: Discord counts
the commands that are told, and takes 200 new ones a day."""

_log = logging.getLogger(__name__)


def connect_to(api: str, gateway: str) -> None:
    """Where discord.py connects, for the whole process; empty is Discord itself."""
    if api:
        Route.BASE = api.rstrip("/")
    if gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


def intents(*, reads_messages: bool) -> discord.Intents:
    """What the bot is told of: servers and messages, and what these say only where everything is answered."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=reads_messages)


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands, each event once, and a word where one breaks."""

    front: Dispatch

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """False for an event that came before."""
        return self.front.is_new(str(interaction.id))

    async def _call(self, interaction: discord.Interaction) -> None:
        """As discord.py does, but a stop waits for it, and what is no error of a command is told as well:
        the library starts this as a task that nobody looks at."""
        with self.front.under_way():
            try:
                await super()._call(interaction)
            except app_commands.AppCommandError:
                raise
            except Exception as error:  # noqa: BLE001 - an event of an odd shape, for one
                await _tell(self.front, interaction, error)

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Log it, and tell the person."""
        if isinstance(error, app_commands.CheckFailure):
            return  # it came before
        await _tell(self.front, interaction, error)


class NewsdeskClient(discord.Client):
    """One bot on Discord."""

    def __init__(
        self,
        front: Dispatch,
        *,
        guild_ready_timeout: float = GUILDS_ARRIVE,
        clock: Clock | None = None,
        unauthorized: Callable[[], None] = lambda: None,
    ) -> None:
        """Nothing is connected yet; `front` is what it works with, `clock` else the machine's own.

        `unauthorized` is called at each answer of Discord's that does not take a token, the bot's own or an
        interaction's.
        """
        # The library would warn in the log that what it needs for speech is not there.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=intents(reads_messages=front.reads_messages),
            allowed_mentions=discord.AllowedMentions.none(),
            # Nothing of what people write is kept: neither messages nor members.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=guild_ready_timeout,
            http_trace=_watching(unauthorized),
        )
        self.front = front
        front.client = self
        self.tree = Tree(self)
        self.tree.front = front
        self._hearing = MessageHandlers(front)
        acts = Actions(front.service, hears_everything=front.reads_messages)
        self._presses = ButtonHandlers(front, acts)
        add_commands(self.tree, front)
        self._corpus = add_corpus_commands(self.tree, front)
        add_settings_commands(self.tree, front, acts, self._presses)
        self._clock = clock or SystemClock()
        self._line = Connection(self, front.broke, self._clock)
        self._tasks: list[asyncio.Task[None]] = []

    async def setup_hook(self) -> None:
        """Before any event: take care of odd ones, bring the commands in step, answer what a crash left."""
        self._guard()
        await self.front.load()
        await self.tree.set_translator(Translator())
        tried = asyncio.Event()
        self._tasks.append(asyncio.create_task(self._keep_in_step(tried), name="sync"))
        with suppress(TimeoutError):
            await asyncio.wait_for(tried.wait(), SYNC_PATIENCE)
        self._tasks.append(asyncio.create_task(self._recover(), name="recovery"))

    async def _recover(self) -> None:
        await self.front.recover(ReplyTarget, lambda pending: self.front.again(self, pending))

    async def connect(self, *, reconnect: bool = True) -> None:  # noqa: ARG002 - it always does
        """Stay connected. Raises ConnectionClosed, PrivilegedIntentsRequired."""
        await self._line.hold()

    async def close(self) -> None:
        """Leave Discord."""
        for task in self._tasks:
            task.cancel()
        await super().close()

    def _guard(self) -> None:
        """discord.py lets an exception over one odd event end the connection; here it is logged instead."""
        parsers = self._connection.parsers
        for event, parse in list(parsers.items()):
            parsers[event] = self._guarded(event, parse)

    def _guarded(self, event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
        def guarded(data: Any) -> None:
            try:
                parse(data)
            except Exception:
                if event == "READY":  # nothing that follows would be understood
                    self._line.greeted = False
                    raise
                self.front.broke(f"reading an event {event}")
            else:
                if event in ("READY", "RESUMED"):
                    self._line.greet()

        return guarded

    async def _keep_in_step(self, tried: asyncio.Event) -> None:
        """Tell Discord the commands, until it has them; `tried` is set after the first try."""
        pause = SYNC_AGAIN
        while True:
            try:
                await self._sync()
            except Exception:  # noqa: BLE001 - whatever it is, the commands that Discord has go on working
                self.front.broke(f"telling Discord the commands; trying again in {pause:.0f} s")
            else:
                return
            finally:
                tried.set()
            await self._clock.sleep(pause)
            pause = min(2 * pause, SYNC_SELDOM)

    async def _sync(self) -> None:
        """Tell Discord the commands, unless it has them already: there is a daily limit on that."""
        translator = self.tree.translator
        made = [
            await command.get_translated_payload(self.tree, translator)
            if translator
            else command.to_dict(self.tree)
            for command in self.tree.get_commands()
        ]
        digest = hashlib.sha256(json.dumps(made, sort_keys=True, default=str).encode()).hexdigest()
        note, chat_store, db_worker = (
            f"{PLATFORM}-commands-{self.application_id}",
            self.front.service.chat_store,
            self.front.service.db_worker,
        )
        there = {command.name for command in await self.tree.fetch_commands()}
        if await db_worker.run(chat_store.notes.get, note) == digest and there == {
            one["name"] for one in made
        }:
            return
        await self.tree.sync()
        await db_worker.run(chat_store.notes.put, note, digest)
        _log.info("Discord knows the %d commands now", len(made))

    async def on_ready(self) -> None:
        """Say so in the log, and forget the servers that were left meanwhile."""
        _log.info("connected to Discord as %s, in %d servers", self.user, len(self.guilds))
        await forget_left(self, self.front.service)
        await self.front.service.settings.meet(PLATFORM, [str(guild.id) for guild in self.guilds])

    async def on_resumed(self) -> None:
        """Say so in the log."""
        _log.info("connected to Discord again, nothing missed")

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote something."""
        with self.front.under_way():
            await self._hearing.hear(self, message)

    async def on_raw_message_edit(self, changed: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed what they wrote, or Discord added a preview of a link, which is no edit."""
        if changed.message.edited_at is not None:
            with self.front.under_way():
                await self._hearing.hear(self, changed.message)

    async def on_raw_message_delete(self, deleted: discord.RawMessageDeleteEvent) -> None:
        """A message was deleted, by whomever."""
        await self._deleted(deleted, {deleted.message_id})

    async def on_raw_bulk_message_delete(self, deleted: discord.RawBulkMessageDeleteEvent) -> None:
        """Several were deleted at once, as moderators do."""
        await self._deleted(deleted, deleted.message_ids)

    async def _deleted(
        self,
        where: discord.RawMessageDeleteEvent | discord.RawBulkMessageDeleteEvent,
        messages: Iterable[int],
    ) -> None:
        community = str(where.guild_id) if where.guild_id else None
        tenant = Venue(PLATFORM, community, str(where.channel_id)).tenant
        for message in messages:
            await self.front.question_deleted(tenant, str(message))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A button, a menu or a form was used. By its custom id alone, so that it works after a restart:
        discord.py's own views are forgotten then."""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        press = read_press(str(dict(interaction.data or {}).get("custom_id", "")))
        act = self._act(press) if press else None
        if press is None or act is None or not self.front.is_new(str(interaction.id)):
            return
        with self.front.under_way():
            try:
                await act(interaction, press)
            except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a word
                await _tell(self.front, interaction, error)

    def _act(self, press: Press) -> Act | None:
        return self._corpus.confirmed if press.act == "reload" else self._presses.act(press)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was taken out of a server: nothing of its talk is kept."""
        await self.front.service.settings.forget(PLATFORM, str(guild.id))

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Something broke that nobody waits for."""
        self.front.broke(event_method)


def _watching(unauthorized: Callable[[], None]) -> aiohttp.TraceConfig:
    async def ended(_session: object, _context: object, end: aiohttp.TraceRequestEndParams) -> None:
        if end.response.status == UNAUTHORIZED:
            unauthorized()

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace


async def _tell(front: Dispatch, interaction: discord.Interaction, error: BaseException) -> None:
    """Log an error under an incident's id, and say it to the person."""
    try:
        raise error
    except Exception:  # noqa: BLE001 - it is the one at hand
        number = front.broke("carrying out what somebody asked for")
    try:
        await InteractionReply(interaction).apologise(
            failure(front.say(interaction)("broken", incident=number))
        )
    except Exception as failed:  # noqa: BLE001 - there is nobody left to tell but the log
        _log.warning("incident %s could not be told: %s", number, type(failed).__name__)
