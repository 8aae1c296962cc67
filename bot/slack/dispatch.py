"""What every way of asking on Slack has in common."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import msgspec
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.cards.answers import Frame
from bot.cards.card import Card
from bot.cards.notices import failure
from bot.chat.preferences import Answers
from bot.chat.question_message import QuestionMessage
from bot.chat.question_request import DeliveredAnswer, QuestionRequest
from bot.chat.venue import Audience, Person, Venue
from bot.messages.catalogue import Messages
from bot.service.dispatcher import Dispatcher, Pending, Show, Unshowable
from bot.service.service import Service
from bot.slack.api.audiences import Audiences
from bot.slack.api.directory import Directory
from bot.slack.api.interaction import Body, Interaction, user_of
from bot.slack.api.send import UNREACHED, Sender, Unspoken
from bot.slack.drawing.render import CANVAS

PLATFORM = "slack"
_log = logging.getLogger(__name__)

TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired"})
"""Slack's errors where a form would open more than 3 s after what somebody did."""


class ReplyTarget(msgspec.Struct, frozen=True):
    """Where an answer goes: to a channel and the thread there, or through a response address."""

    channel: str
    thread: str = ""
    address: str = ""
    command: bool = False
    """It came as a command: its question is not seen by others, and it may be private."""
    message: str = ""
    edited: str = ""
    """The message that asks, where it is one, and when it was last edited."""
    words: str = ""
    """What it says itself, where that is not what is looked up."""
    answer: str = ""
    """The message whose place the answer takes: the one that answered before the question was edited."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants something, where, and in which words they are answered."""

    venue: Venue
    person: Person
    messages: Messages


class Dispatch(Dispatcher):
    """Carries out what people ask of the bot on Slack, through the service that all platforms share."""

    def __init__(
        self, service: Service, client: AsyncWebClient, team: str, bot: str, prefix: str = ""
    ) -> None:
        """The service must be open; `team` is the bot's workspace and `bot` its user there, `prefix` what
        stands before the names of the commands."""
        super().__init__(service, PLATFORM, CANVAS)
        self.prefix = prefix
        self.client = client
        self.team = team
        self.bot = bot
        self.directory = Directory(client, team)
        self.audiences = Audiences(client)
        self.sender = Sender(client)

    def command(self, name: str) -> str:
        """What a command is called in this workspace: `/ask`."""
        return f"/{self.prefix}{name}"

    def venue(self, channel: str, thread: str | None = None, audience: Audience = Audience.CHANNEL) -> Venue:
        """A place in the bot's workspace, whoever writes there: in a channel that is shared with another
        workspace, ours counts. `thread` is the timestamp of its first message."""
        name = f"{channel}:{thread}" if thread else None
        place = Venue(PLATFORM, self.team, channel, name, audience=audience)
        own = place.alone or (name is not None and (place.tenant, name) in self.opened)
        return replace(place, own=own)

    async def venue_of(self, used: Interaction) -> Venue:
        """Where an interaction took place."""
        audience = await self.audiences.named(used.channel, used.name, used.user)
        return self.venue(used.channel, used.thread or None, audience)

    async def request(self, used: Interaction, *, groups: bool = False) -> Request:
        """What an interaction asks for, by whom and where; with the `groups` that they are in where those
        matter."""
        person = await self.directory.person(used.user, groups=groups)
        venue = await self.venue_of(used)
        return Request(venue, person, self.say_in(venue, person.locale))

    def offers(self, used: Interaction) -> bool:
        """Whether anything is offered while somebody types: not where they ask for it without end."""
        return self.service.scope.offers(self.venue(""), Person(used.user, ""))

    def message_of(self, channel: str, stamp: str) -> str:
        """What a message is known by in the workspace."""
        return f"{channel}/{stamp}"

    async def delete_answer(self, room: str, message: str) -> None:
        """Delete a message of the bot's, if it is still there and Slack lets the bot reach it."""
        try:
            await self.sender.delete(room.partition(":")[0], message)
        except SlackApiError as error:
            if error.response.get("error") not in UNREACHED:
                raise
            _log.info("an answer can't be taken away any more (%s)", error.response.get("error"))

    # Where an answer goes

    def show_in(self, where: ReplyTarget, asker: str, *, private: bool) -> Show:
        """Shows a card as an answer; gives its timestamp where Slack tells it."""

        async def show(card: Card) -> str | None:
            if private:
                await self.sender.whisper(where.address, card, asker)
                return None
            if where.answer:
                return await self._replaced(where, card)
            try:
                return await self.sender.post(where.channel, card, where.thread or None)
            except Unshowable:
                if not where.address:
                    raise
                # The bot is not in that channel; the address of the command reaches it all the same.
                try:
                    await self.sender.respond(where.address, card, public=True, thread=where.thread)
                except Unspoken as error:
                    raise Unshowable from error
                return None

        return show

    async def _replaced(self, where: ReplyTarget, card: Card) -> str | None:
        """Show a card in the place of an answer; where it is gone, or Slack does not let it be changed,
        nothing is shown."""
        try:
            return await self.sender.update(where.channel, where.answer, card)
        except SlackApiError as error:
            if error.response.get("error") not in UNREACHED:
                raise
            _log.info("an answer can't be changed any more (%s)", error.response.get("error"))
            return None

    async def ask(
        self,
        event: str,
        asking: QuestionRequest,
        where: ReplyTarget,
        first: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Answer a question, once, and remember the thread that people may ask on in; `first` is done before
        the answer."""
        if not await self.take(event, Pending(asking, where)):
            return
        with self.under_way():
            if first:
                await first()
            await self._answer(asking, where)
            await self.settle(event)

    async def again(self, pending: Pending[ReplyTarget]) -> None:
        """Answer a question that a crash had left."""
        with self.under_way():
            await self._answer(pending.asking, pending.where)

    async def _answer(self, asking: QuestionRequest, where: ReplyTarget) -> None:
        # Without an address nobody can be told in private; that is so where nobody else is there.
        private = bool(where.address) and where.command and self.service.scope.is_private(asking)
        frame = Frame(question=where.command or asking.checked, shareable=private and not asking.venue.alone)
        show = self.show_in(where, asking.person.id, private=private)
        given: list[DeliveredAnswer] = []
        roots: list[str] = []
        sent: list[str] = []

        async def shown(card: Card) -> str | None:
            message = await show(card)
            sent.extend([message] if message else ())
            return message

        if where.thread and not private and asking.addressed:
            await self._listen(asking.venue, where.thread)
        try:
            await self.answer(
                show if private else self.listening(asking.venue, where, shown, roots),
                asking,
                frame,
                given.append,
                aside=self._aside_of(asking, where),
            )
        except Unshowable as error:
            await self._tell(asking, error.key)
        if self.is_deleted(asking):
            return
        if where.message:
            # What could not be put into its place leaves the old answer there.
            await self.stood(self.written(asking, where), (sent or [where.answer])[0])
        await self.go_on(asking.venue, given, roots)

    def written(self, asking: QuestionRequest, where: ReplyTarget) -> QuestionMessage:
        """The message that asks, as it stands."""
        return QuestionMessage(asking.venue, where.message, where.words or asking.text, where.edited)

    def _aside_of(self, asking: QuestionRequest, where: ReplyTarget) -> Show | None:
        """Tells the asker alone why there is no answer; None where that stands with the question, for all who
        read it."""
        person = asking.person.id
        if where.address:
            return lambda card: self.sender.whisper(where.address, card, person)
        closed = self.service.scope.preferences(asking.venue).answers is Answers.NOWHERE
        if where.answer or (closed and not asking.venue.alone):
            return lambda card: self.sender.hint(where.channel, person, card, where.thread or None)
        return None

    def listening(self, venue: Venue, where: ReplyTarget, show: Show, roots: list[str]) -> Show:
        """Shows a card in the venue and listens to the thread that it stands in, whose root is put into
        `roots`."""

        async def shown(card: Card) -> str | None:
            message = await show(card)
            if message:
                roots.append(where.thread or message)
                await self._listen(venue, roots[-1])
            return message

        return shown

    async def go_on(self, venue: Venue, given: Sequence[DeliveredAnswer], roots: Sequence[str]) -> None:
        """Remember the thread of an answer that was given as one in which people ask on from it."""
        if given and roots:
            await self.service.questions.carry(given[0], await self._listen(venue, roots[0]))

    async def _listen(self, venue: Venue, root: str) -> Venue:
        """From now on, a thread is one in which people ask on; before anybody can have seen the answer."""
        place = replace(venue, thread=f"{venue.channel}:{root}", own=True)
        await self.listen(place)
        return place

    async def _tell(self, asking: QuestionRequest, key: str) -> None:
        """Tell the asker directly why the bot does not write where they asked."""
        messages = self.say_in(asking.venue, asking.person.locale)
        try:
            channel = await self.sender.direct(asking.person.id)
            await self.sender.post(channel, failure(messages(key)))
        except Exception:  # noqa: BLE001 - there is nobody left to tell but the log
            self.broke("telling somebody that their channel is closed to the bot")

    async def apologise(self, body: Body, number: str, error: Exception) -> None:
        """Tell whoever waits for an answer to an event that there is none, because of an incident."""
        event = body.get("event") or {}
        address, person = str(body.get("response_url") or ""), user_of(body)
        spoken_to = event.get("type") == "app_mention" or event.get("channel_type") == "im"
        if not person or (event and not spoken_to):
            return  # nobody waits
        try:
            known = await self.directory.person(person)
            channel = str(event.get("channel") or body.get("channel_id") or person)
            venue = self.venue(channel)
            messages = self.say_in(venue, known.locale)
            late = isinstance(error, SlackApiError) and error.response.get("error") in TOO_LATE
            card = failure(messages("too-late") if late else messages("broken", incident=number))
            thread = event.get("thread_ts") or event.get("ts")
            if event and self.service.scope.preferences(venue).answers is Answers.NOWHERE:
                await self.sender.hint(channel, person, card, thread)
            elif event:
                await self.sender.post(channel, card, thread)
            else:
                await self.sender.whisper(address, card, person)
        except Exception:  # noqa: BLE001 - there is nobody left to tell but the log
            self.broke("saying that something went wrong")
