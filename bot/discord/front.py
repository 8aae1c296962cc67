"""What every way of asking on Discord has in common: once, acknowledged, answered, and never silent."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import discord
import msgspec
from discord import ui

from bot.discord.answers import Frame, answer_message
from bot.discord.notices import failure
from bot.discord.people import PLATFORM, person_of_interaction, venue_of_interaction
from bot.discord.reply import MESSAGE_LIFE, InteractionReply, MessageReply, persist
from bot.messages.catalogue import Messages, messages_for
from bot.service.explain import explained
from bot.service.logs import incident
from bot.service.people import Person, Venue
from bot.service.reception import Asking, Shown
from bot.service.refusal import Refusal
from bot.service.service import Service
from corpus.errors import NewsdeskError

SEEN = 10_000
"""Events known in memory; the ledger knows those of the last day."""
DRAIN = 10.0
"""Seconds that answers under way have to be finished when the bot is stopped."""
RECOVERABLE = timedelta(minutes=14)
"""How long after a crash a question can still be answered: its interaction's token lives for 15 minutes."""

Work = Callable[[], Awaitable[ui.LayoutView | Shown | None]]

_log = logging.getLogger(__name__)


class Pending(msgspec.Struct, frozen=True):
    """A question under way, with what is needed to answer it after a crash: the interaction's token, or the
    channel and message that it stands in."""

    asking: Asking
    application: int = 0
    token: str = ""
    channel: int = 0
    message: int = 0


class Front:
    """Carries out what people ask of the bot on Discord, through the service that all platforms share."""

    def __init__(self, service: Service, *, reads_messages: bool) -> None:
        """The service must be open; `reads_messages` is whether the bot sees messages that do not name it."""
        self.service = service
        self.reads_messages = reads_messages
        self.opened: frozenset[tuple[str, str]] = frozenset()
        self.stopping = False
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._under_way: set[asyncio.Task[Any]] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    async def load(self) -> None:
        """Read which threads are ours."""
        self.opened = await self.service.clerk.run(self.service.ledger.threads)

    # Once, and to the end

    def is_new(self, event: int) -> bool:
        """Whether an event did not come before in this process."""
        key = str(event)
        if key in self._seen:
            return False
        self._seen[key] = None
        if len(self._seen) > SEEN:
            self._seen.popitem(last=False)
        return True

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """For the time of the block, the task answers something; a stop waits for it."""
        task = asyncio.current_task()
        if task is None or task in self._under_way:
            yield
            return
        self._under_way.add(task)
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way.discard(task)
            if not self._under_way:
                self._idle.set()

    async def drain(self) -> None:
        """Take nothing more, stop the reload that goes on, and wait for what is under way.

        What is not finished in time is left as after a crash: the next start answers it.
        """
        self.stopping = True
        try:
            async with asyncio.timeout(DRAIN):
                await self.service.keeper.stop()
                await self._idle.wait()
        except TimeoutError:
            left = list(self._under_way)
            _log.warning("%d answers were not finished in time; they come after the next start", len(left))
            for task in left:
                task.cancel()
            if left:
                await asyncio.wait(left, timeout=1)

    # Who and where

    def venue(self, interaction: discord.Interaction) -> Venue:
        """Where an interaction comes from."""
        return venue_of_interaction(interaction, self.opened)

    def say(self, interaction: discord.Interaction) -> Messages:
        """The words for the reader of what an interaction gets."""
        return self.say_in(self.venue(interaction), str(interaction.locale))

    def say_in(self, venue: Venue, locale: str) -> Messages:
        """The words for a reader of that language, unless the venue has chosen one."""
        return messages_for(self.service.reception.preferences(venue).language or locale)

    def names(self, shown: Shown) -> dict[str, str]:
        """How the sources that an answer was narrowed to are written."""
        wanted = shown.record.query.sources
        written: dict[str, str] = {}
        for snapshot in self.service.desk.snapshots.values() if wanted else ():
            written |= {key: name for key, name in snapshot.source_names.items() if key in wanted}
        return written

    async def open_thread(self, shown: Shown, thread: int) -> None:
        """Remember a thread as ours, in which people ask on from that answer."""
        venue = replace(shown.record.venue, thread=str(thread), own=True)
        await self.service.reception.carry(shown, venue)
        await self.load()

    # Answering

    async def ask(self, interaction: discord.Interaction, asking: Asking) -> None:
        """Answer a question that came as a command."""
        private = self.service.reception.is_private(asking)
        reply = InteractionReply(interaction)
        if not await reply.acknowledge(private=private):
            return
        pending = Pending(asking, application=interaction.application_id, token=interaction.token)
        if not await self.claim(str(interaction.id), pending):
            return
        await self.answer(reply, asking, Frame(shareable=private and asking.venue.community is not None))
        await self.settle(str(interaction.id))

    async def answer(self, reply: InteractionReply | MessageReply, asking: Asking, frame: Frame) -> None:
        """Answer a question where it was asked, or say why not."""
        say = self.say_in(asking.venue, asking.person.locale)

        async def work() -> Shown:
            if self.stopping:
                raise Refusal("stopping")
            shown = await self.service.reception.ask(asking)
            question = f" {asking.text!r}" if self.service.log_questions else ""
            _log.info(
                "asked%s: %s, confidence %.2f",
                question,
                type(shown.result).__name__,
                shown.result.confidence,
            )
            return shown

        await self.attempt(reply.show, work, say, frame)

    async def attempt(
        self,
        show: Callable[[ui.LayoutView], Awaitable[str]],
        work: Work,
        say: Messages,
        frame: Frame | None = None,
        aside: Callable[[ui.LayoutView], Awaitable[str]] | None = None,
    ) -> None:
        """Show what the work gives; where it fails, say so in words, with an incident's id if it is a bug.

        Failures are said `aside`, where that is given, so that what `show` would replace stays.
        """
        shown: Shown | None = None
        with self.under_way():
            try:
                made = await work()
                if made is None:
                    return
                if isinstance(made, Shown):
                    shown = made
                    framed = replace(frame or Frame(), names=self.names(shown))
                    made = answer_message(shown, say, framed)
            except NewsdeskError as error:
                made, show = failure(explained(error, say)), aside or show
            except Exception:  # noqa: BLE001 - whatever it is, the person gets a word
                made, show = failure(say("broken", incident=self.broke("answering"))), aside or show
            try:
                message = await show(made)
            except discord.Forbidden:
                raise
            except Exception:  # noqa: BLE001 - whatever it is, the person gets a word
                number = self.broke("sending an answer")
                try:
                    await (aside or show)(failure(say("broken", incident=number)))
                except Exception:  # noqa: BLE001 - there is nobody left to tell but the log
                    self.broke("saying that an answer could not be sent")
                return
            if shown:
                try:
                    await self.service.reception.posted(shown, message)
                except NewsdeskError:
                    self.broke("remembering where an answer stands")  # it stands there all the same

    def broke(self, what: str) -> str:
        """Put the exception at hand into the log under a new incident's id, and give the id."""
        number = incident()
        _log.exception("incident %s while %s", number, what)
        return number

    async def claim(self, event: str, pending: Pending | None = None) -> bool:
        """Whether the event is ours to answer: no other process, and none before a restart, has it."""
        body = msgspec.json.encode(pending).decode() if pending else None
        try:
            return await self.service.clerk.run(lambda: self.service.ledger.claim(PLATFORM, event, body))
        except NewsdeskError:
            self.broke("claiming an event")
            return True  # rather twice than never

    async def settle(self, event: str) -> None:
        """The event was answered: nothing of it is needed any more."""
        try:
            await self.service.clerk.run(lambda: self.service.ledger.settle(PLATFORM, event))
        except NewsdeskError:
            self.broke("settling an event")

    async def recover(self, client: discord.Client) -> None:
        """Answer what was under way when the bot crashed, as long as Discord takes an answer to it."""
        unsettled = list(await self.service.clerk.run(lambda: self.service.ledger.unsettled(PLATFORM)))
        for event, at, body in unsettled:
            if self.stopping:
                return
            try:
                if datetime.now(UTC) - at < RECOVERABLE:
                    await self._recovered(client, msgspec.json.decode(body, type=Pending))
            except Exception:  # noqa: BLE001 - the others still want their answers
                self.broke("answering what a crash had left")
            await self.settle(event)

    async def _recovered(self, client: discord.Client, pending: Pending) -> None:
        asking = pending.asking
        private = self.service.reception.is_private(asking)
        if pending.token:
            webhook = discord.Webhook.partial(pending.application, pending.token, client=client)

            async def show(made: ui.LayoutView) -> str:
                # discord.py means a message's id there; the address takes this name for it as well.
                original = cast(int, "@original")
                message = await webhook.edit_message(original, view=made)
                return str(message.id)

            frame = Frame(shareable=private and asking.venue.community is not None)
        else:
            channel = client.get_partial_messageable(pending.channel)

            async def show(made: ui.LayoutView) -> str:
                reference = discord.MessageReference(
                    message_id=pending.message, channel_id=pending.channel, fail_if_not_exists=False
                )
                message = await channel.send(
                    view=made, reference=reference, mention_author=False, nonce=str(pending.message)
                )
                return str(message.id)

            frame = Frame(question=False)
        say = self.say_in(asking.venue, asking.person.locale)
        until = time.monotonic() + MESSAGE_LIFE
        await self.attempt(
            lambda made: persist(lambda: show(made), until),
            lambda: self.service.reception.ask(asking),
            say,
            frame,
        )

    # For what is pressed

    def person(self, interaction: discord.Interaction) -> Person:
        """Who acts, with what Discord says of them now."""
        return person_of_interaction(interaction)
