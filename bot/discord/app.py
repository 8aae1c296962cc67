"""The Discord client and its event handlers; no exception ends a connection."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.actions.question_jobs import recovered_job
from bot.cards.request import Request
from bot.chat.question_message import QuestionMessage
from bot.discord.api.command_sync import sync_commands
from bot.discord.api.send import UNREACHABLE
from bot.discord.api.shards import ShardRange, Shards, shard_of
from bot.discord.buttons import ButtonHandlers
from bot.discord.commands import Translator, add_commands
from bot.discord.drawing.render import CANVAS
from bot.discord.message_reply import MessageReply
from bot.discord.messages import MessageHandlers
from bot.discord.missed_messages import WINDOW, direct_channels, handle_missed
from bot.discord.poster import DiscordPoster
from bot.discord.recovered_reply import RecoveredReply
from bot.discord.removals import forget_removed
from bot.discord.replies import InteractionReply, ReplyTarget
from bot.discord.requests import PLATFORM, request_of
from bot.dispatch.claims import Pending
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.incidents import apologise, log_incident
from bot.dispatch.job import Job
from bot.dispatch.platform_profile import PlatformProfile
from bot.dispatch.reply import Reply
from bot.runtime.clock import Clock, SystemClock
from bot.runtime.tasks import start_task
from bot.service.service import Service
from bot.standing.standing_rounds import StandingRounds

GUILDS_ARRIVE = 2.0
"""Seconds without another server after which the bot counts as connected: discord.py's default."""
SYNC_PATIENCE = 10.0
"""Seconds that the start waits for the command sync. Discord's daily limit can delay it for hours, while the
registered commands continue to work."""
EDIT_EVERY = 2.0
"""Seconds between two edits of a progress message: Discord allows five edits in five seconds in a channel,
from all senders together."""

_log = logging.getLogger(__name__)


def connect_to(api: str, gateway: str) -> None:
    """Set where discord.py connects, for the whole process; empty is Discord itself."""
    if api:
        Route.BASE = api.rstrip("/")
    if gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


def intents(*, reads_messages: bool) -> discord.Intents:
    """The events that the bot receives: servers and messages, with the content of messages only if
    `reads_messages`."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=reads_messages)


def make_dispatcher(service: Service, *, reads_messages: bool) -> Dispatcher:
    """The dispatcher for the events of all connections. The service must be open; `reads_messages` is whether
    Discord sends the content of messages that do not mention the bot."""
    return Dispatcher(service, PlatformProfile(PLATFORM, CANVAS, EDIT_EVERY, reads_messages))


class Tree(app_commands.CommandTree[discord.Client]):
    """The command tree, which also replies if a command fails before the dispatcher handles it."""

    def __init__(self, client: discord.Client, dispatcher: Dispatcher) -> None:
        """Register all commands."""
        super().__init__(client)
        self._dispatcher = dispatcher
        add_commands(self, dispatcher)

    async def _call(self, interaction: discord.Interaction) -> None:
        """As in discord.py, but other exceptions than a command's errors are reported too, since discord.py
        starts this as a task that nothing awaits."""
        try:
            await super()._call(interaction)
        except app_commands.AppCommandError:
            raise
        except Exception as error:  # noqa: BLE001 - a malformed event, for example
            await _tell(self._dispatcher, interaction, error)

    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Log the error, and tell the person."""
        await _tell(self._dispatcher, interaction, error)


class NewsdeskClient(discord.AutoShardedClient):
    """The bot on Discord, with one connection for each shard in this process."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        *,
        guild_ready_timeout: float = GUILDS_ARRIVE,
        clock: Clock | None = None,
        unauthorized: Callable[[], None] = lambda: None,
        shards: ShardRange | None = None,
        missed: timedelta = WINDOW,
    ) -> None:
        """Nothing is connected yet. `clock` is the system's by default, and `shards` all that Discord
        recommends. Messages that no process received are answered if they are at most `missed` old.

        `unauthorized` is called for each response of Discord that rejects a token, the bot's or an
        interaction's.
        """
        # discord.py would log a warning that its dependencies for voice are missing.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=intents(reads_messages=dispatcher.profile.reads_messages),
            allowed_mentions=discord.AllowedMentions.none(),
            # Nothing of what people write is cached, neither messages nor members.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=guild_ready_timeout,
            http_trace=_watching(unauthorized),
        )
        self.dispatcher = dispatcher
        self.tree = Tree(self, dispatcher)
        messages = MessageHandlers(self, dispatcher)
        for listener in (
            messages.on_message,
            messages.on_raw_message_edit,
            messages.on_raw_message_delete,
            messages.on_raw_bulk_message_delete,
            ButtonHandlers(dispatcher).on_interaction,
        ):
            self.event(listener)
        self._clock = clock or SystemClock()
        self._missed = missed
        self._shards = Shards(self, dispatcher.service, self._clock, self._holds, shards)
        self._tasks: set[asyncio.Task[Any]] = set()
        self.standing = StandingRounds(dispatcher, DiscordPoster(self, lambda: self.serves(None)))
        self._standing: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        """Before any event: guard against malformed ones, sync the commands, and resume the questions that a
        crash left."""
        self._guard()
        await self.dispatcher.threads.load()
        await self.tree.set_translator(Translator())
        tried = asyncio.Event()
        sync = sync_commands(self.tree, self.dispatcher.service, tried, self._clock)
        start_task(sync, self._tasks, name="sync")
        with suppress(TimeoutError):
            await asyncio.wait_for(tried.wait(), SYNC_PATIENCE)
        recovery = self.dispatcher.recover(ReplyTarget, self._resume)
        start_task(recovery, self._tasks, name="recovery")

    async def _resume(self, pending: Pending[ReplyTarget]) -> tuple[Request, Reply, Job]:
        """The request, reply and job of a question that a crash left unanswered."""
        question, target, service = pending.asking, pending.where, self.dispatcher.service
        request = self.dispatcher.request(question.venue, question.person)
        person = int(question.person.id)
        if target.token:
            reply = RecoveredReply(self, person, target)
            return request, reply, recovered_job(service, request, question, None)
        channel = self.get_partial_messageable(target.channel)
        place = str(target.answer or "")
        asked = QuestionMessage(question.venue, str(target.message), question.text, target.edited)
        replied = MessageReply(self, person, target, channel, question.venue.community)
        return request, replied, recovered_job(service, request, question, asked, place)

    async def connect(self, *, reconnect: bool = True) -> None:  # noqa: ARG002 - it always reconnects
        """Stay connected. Raises ConnectionClosed, PrivilegedIntentsRequired."""
        await self._shards.hold()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do nothing: each shard waits for its turn before it opens its connection."""

    def _get_websocket(
        self, guild_id: int | None = None, *, shard_id: int | None = None
    ) -> discord.gateway.DiscordWebSocket:
        return self._shards.socket(self._shards.of(guild_id or 0) if shard_id is None else shard_id)

    @property
    def greeted(self) -> bool:
        """Whether every shard has a working connection."""
        return self._shards.greeted

    def serves(self, guild: int | None) -> bool:
        """Whether this process receives the events of a server, or direct messages (None)."""
        return self._shards.has(self._shards.of(guild or 0))

    async def close(self) -> None:
        """Close all sessions."""
        for task in self._tasks:
            task.cancel()
        await self._shards.close()
        await super().close()

    def _guard(self) -> None:
        """Log exceptions of event parsers; discord.py lets one malformed event end the connection."""
        parsers = self._connection.parsers
        for event, parse in list(parsers.items()):
            parsers[event] = self._guarded(event, parse)

    def _guarded(self, event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
        def guarded(data: Any) -> None:
            try:
                parse(data)
            except Exception:
                if event == "READY":  # no later event could be parsed
                    self._shards.greet(shard_of(data), works=False)
                    raise
                log_incident(f"reading an event {event}")
            else:
                if event in ("READY", "RESUMED"):
                    self._shards.greet(shard_of(data))

        return guarded

    def _holds(self, holds: bool) -> None:
        self.dispatcher.service.presence.set(PLATFORM, connected=holds)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Delete what is stored for servers of the shard that removed the bot, handle messages that no
        process received, and start posting for standing questions."""
        service = self.dispatcher.service
        await forget_removed(self, service, lambda guild: self._shards.of(guild) == shard_id)
        start_task(self._handle_missed(shard_id), self._tasks, name="missed")
        if self._standing is None:  # this is called for each new session
            self._standing = start_task(self.standing.run(), self._tasks, name="standing")

    async def _handle_missed(self, shard_id: int) -> None:
        guilds = [one for one in self.guilds if self._shards.of(one.id) == shard_id]
        try:
            # The first shard receives direct messages.
            direct = await direct_channels(self.dispatcher.service) if self._shards.of(0) == shard_id else []
            handle = self._connection.parsers["MESSAGE_CREATE"]
            await handle_missed(self, guilds, direct, self._missed, handle)
        except Exception:  # noqa: BLE001 - new messages are answered all the same
            log_incident("looking for messages that no process received")

    async def on_ready(self) -> None:
        """Log the connection, and note the servers at the first start."""
        _log.info("connected to Discord as %s, in %d servers", self.user, len(self.guilds))
        guilds = [str(guild.id) for guild in self.guilds]
        if not self._shards.whole:
            # Not only those of this process, of which a stranger's server may be the only one.
            try:
                guilds = [str(guild["id"]) for guild in await self.http.get_guilds(2)]
            except (*UNREACHABLE, discord.HTTPException):
                return  # custodians are only settled once all servers are known
        await self.dispatcher.service.settings.record_communities(PLATFORM, guilds)

    async def on_resumed(self) -> None:
        """Log the resumed session."""
        _log.info("connected to Discord again, nothing missed")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server: delete everything stored for it except its collections."""
        await self.dispatcher.service.settings.forget(PLATFORM, str(guild.id))

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log an exception that nobody waits for."""
        log_incident(event_method)


def _watching(unauthorized: Callable[[], None]) -> aiohttp.TraceConfig:
    async def ended(_session: object, _context: object, end: aiohttp.TraceRequestEndParams) -> None:
        if end.response.status == HTTPStatus.UNAUTHORIZED:
            unauthorized()

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    return trace


async def _tell(dispatcher: Dispatcher, interaction: discord.Interaction, error: BaseException) -> None:
    """Log an error with an incident number, and tell the person the number."""
    try:
        raise error
    except Exception:  # noqa: BLE001 - it is only logged
        await apologise(partial(request_of, dispatcher, interaction), InteractionReply(interaction))
