"""What every way of asking on Slack has in common."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.answers import Frame
from bot.cards.card import Card
from bot.cards.notices import failure
from bot.messages.catalogue import Messages
from bot.service.people import Person, Venue
from bot.service.reception import Asking, Shown
from bot.service.service import Service
from bot.service.turns import Pending, Show, Turns, Unshowable
from bot.slack.draw import CANVAS
from bot.slack.people import Directory
from bot.slack.voice import Voice

PLATFORM = "slack"


class Where(msgspec.Struct, frozen=True):
    """Where an answer goes: to a channel and the thread there, or through a response address."""

    channel: str
    thread: str = ""
    address: str = ""
    command: bool = False
    """It came as a command: its question is not seen by others, and it may be private."""


class Front(Turns):
    """Carries out what people ask of the bot on Slack, through the service that all platforms share."""

    def __init__(self, service: Service, client: AsyncWebClient, team: str, bot: str) -> None:
        """The service must be open; `team` is the bot's workspace and `bot` its user there."""
        super().__init__(service, PLATFORM, CANVAS)
        self.client = client
        self.team = team
        self.bot = bot
        self.directory = Directory(client, team)
        self.voice = Voice(client)
        self.publish_home: Callable[[str], Awaitable[None]] = self._no_home

    async def _no_home(self, _user: str) -> None:
        """Before there is a page to publish."""

    def venue(self, channel: str, thread: str | None = None, *, direct: bool = False) -> Venue:
        """A place in the bot's workspace, whoever writes there: in a channel that is shared with another
        workspace, ours counts. `thread` is the timestamp of its first message."""
        name = f"{channel}:{thread}" if thread else None
        place = Venue(PLATFORM, self.team, channel, name)
        own = direct or (name is not None and (place.tenant, name) in self.opened)
        return Venue(PLATFORM, self.team, channel, name, own=own)

    async def say_to(self, person: Person, venue: Venue) -> Messages:
        """The words for a person there."""
        return self.say_in(venue, person.locale)

    # Where an answer goes

    def show_in(self, where: Where, *, private: bool) -> Show:
        """Shows a card as an answer; gives its timestamp where Slack tells it."""

        async def show(card: Card) -> str | None:
            if private:
                await self.voice.respond(where.address, card)
                return None
            try:
                return await self.voice.post(where.channel, card, where.thread or None)
            except Unshowable:
                if not where.address:
                    raise
                # The bot is not in that channel; the address of the command reaches it all the same.
                await self.voice.respond(where.address, card, public=True)
                return None

        return show

    async def ask(self, event: str, asking: Asking, where: Where) -> None:
        """Answer a question, once, and remember the thread that people may ask on in."""
        if not self.is_new(event) or not await self.claim(event, Pending(asking, where)):
            return
        await self._answer(asking, where)
        await self.settle(event)

    async def again(self, pending: Pending[Where]) -> None:
        """Answer a question that a crash had left."""
        await self._answer(pending.asking, pending.where)

    async def _answer(self, asking: Asking, where: Where) -> None:
        private = where.command and self.service.reception.is_private(asking)
        frame = Frame(question=where.command, shareable=private)
        show = self.show_in(where, private=private)
        stamp: list[str] = []

        async def shown(card: Card) -> str | None:
            message = await show(card)
            if message and not private:
                stamp.append(message)
                self._listen(where.channel, where.thread or message)
            return message

        given: list[Shown] = []
        if where.thread and not private:
            self._listen(where.channel, where.thread)
        try:
            await self.answer(shown, asking, frame, given.append)
        except Unshowable:
            await self._tell(asking)
            return
        root = where.thread or next(iter(stamp), "")
        if given and root and not private:
            await self.open_thread(given[0], where.channel, root)

    def _listen(self, channel: str, root: str) -> Venue:
        """From now on, a thread is one in which people ask on; before anybody can have seen the answer."""
        place = Venue(PLATFORM, self.team, channel, f"{channel}:{root}", own=True)
        self.opened |= {(place.tenant, place.room)}
        return place

    async def _tell(self, asking: Asking) -> None:
        """Tell the asker directly that the bot may not write where they asked."""
        say = self.say_in(asking.venue, asking.person.locale)
        try:
            channel = await self.voice.direct(asking.person.id)
            await self.voice.post(channel, failure(say("cannot-write-there")))
        except Exception:  # noqa: BLE001 - there is nobody left to tell but the log
            self.broke("telling somebody that their channel is closed to the bot")

    async def open_thread(self, shown: Shown, channel: str, root: str) -> None:
        """Remember a thread as one in which people ask on from that answer."""
        await self.service.reception.carry(shown, self._listen(channel, root))

    # Pressing

    async def pressed(
        self,
        body: Mapping[str, Any],
        work: Callable[[], Awaitable[Card | Shown | None]],
        say: Messages,
        *,
        in_place: bool,
        frame: Frame | None = None,
    ) -> None:
        """Show what comes of a press: in the place of the message, or for its person alone."""
        aside = self.aside(body)
        await self.attempt(self.replacing(body) if in_place else aside, work, say, frame, aside)

    def aside(self, body: Mapping[str, Any]) -> Show:
        """Shows a card to who pressed, alone; from App Home, where nothing can be said, directly."""
        address = str(body.get("response_url") or "")

        async def show(card: Card) -> None:
            if address:
                await self.voice.respond(address, card)
            else:
                await self.voice.post(await self.voice.direct(str(body["user"]["id"])), card)

        return show

    def replacing(self, body: Mapping[str, Any]) -> Show:
        """Shows a card in the place of the message that was pressed."""
        container = body.get("container") or {}
        address = str(body.get("response_url") or "")

        async def show(card: Card) -> str | None:
            if container.get("type") == "view":
                await self.publish_home(str(body["user"]["id"]))
                return None
            if container.get("is_ephemeral"):
                await self.voice.respond(address, card, replace=True)
                return None
            return await self.voice.update(str(container["channel_id"]), str(container["message_ts"]), card)

        return show
