"""Handles messages: mentions, direct messages, threads, edits, and channels where everything is answered."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.actions.message_policy import Response, needs_earlier_answer, response_to
from bot.actions.question_jobs import message_job, recovered_job
from bot.cards.request import Request
from bot.chat.incoming_message import IncomingMessage, is_meant, language_of
from bot.chat.preferences import AnswerPolicy
from bot.chat.question_message import QuestionMessage
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Audience, Venue
from bot.dispatch.claims import Pending
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.job import Job
from bot.dispatch.reply import Reply
from bot.slack.api.interaction import Body, Interaction
from bot.slack.api.send import Sender
from bot.slack.api.text_to_check import text_to_check
from bot.slack.drawing.words import mentions, question_words
from bot.slack.message_reply import MessageReply
from bot.slack.replies import InteractionReply, ReplyTarget
from bot.slack.requests import Requests, message_key


@dataclass(frozen=True, slots=True)
class Message:
    """A message that a person wrote."""

    user: str
    channel: str
    stamp: str
    """Its timestamp, which is its id in the channel."""
    thread: str
    """The timestamp of the first message of its thread; empty outside a thread."""
    raw: str
    """Its text with Slack's escapes."""
    edited: str
    """The timestamp of its writer's last edit; empty if there is none."""
    mentioned: bool
    """It came as an event of type `app_mention`."""
    body: Body


class MessageHandlers:
    """Decides which messages are for the bot, and runs the replies to them."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        requests: Requests,
        sender: Sender,
        client: AsyncWebClient,
        bot: str,
    ) -> None:
        """`client` reads the first message of a thread, and `bot` is the bot's user id."""
        self._dispatcher = dispatcher
        self._requests = requests
        self._sender = sender
        self._client = client
        self._bot = bot

    def register(self, app: AsyncApp) -> None:
        """Register the listeners."""
        app.event("app_mention")(self._answer)
        app.event("message")(self._answer)

    async def _answer(self, event: Body) -> None:
        """Answer a message if it is meant for the bot. The answer to an edited message replaces the earlier
        one."""
        message = await self._read(event)
        if message is None:
            return
        text = question_words(message.raw, self._bot)
        venue = await self._venue(message)
        incoming = IncomingMessage(
            text,
            mentioned=message.mentioned,
            direct=venue.alone,
            own=venue.own,
            to_others=bool(mentions(message.raw) - {self._bot}),
        )
        if not is_meant(incoming, self._dispatcher.service.access.preferences(venue).answers):
            return
        asked = QuestionMessage(venue, message.stamp, text, message.edited)
        late = needs_earlier_answer(incoming, edited=bool(message.edited), age=_age(message.stamp))
        async with self._dispatcher.messages.place_for(asked, answered=late) as place:
            if place is not None:
                request, reply, job = await self._job(message, incoming, asked, place)
                await self._dispatcher.run(asked.event, request, reply, job)

    async def _read(self, event: Body) -> Message | None:
        """The message of an event; None if no person wrote it, or another event has it too."""
        channel, mentioned = str(event.get("channel") or ""), event.get("type") == "app_mention"
        if not mentioned:
            await self._requests.audiences.learn(channel, str(event.get("channel_type")))
            if gone := deleted(event):
                await self._forget(channel, gone)
                return None
            if event.get("subtype") == "message_changed":
                event = event.get("message") or {}
                if not edited(event):
                    return None  # a link preview was added, or somebody answered in its thread
            if event.get("subtype") not in (None, "file_share", "thread_broadcast"):
                return None
        user, raw = str(event.get("user") or ""), str(event.get("text") or "")
        if event.get("bot_id") or not user or not channel or user == self._bot:
            return None
        if not mentioned and not channel.startswith("D") and self._bot in mentions(raw):
            return None  # it also comes as a mention
        thread = str(event.get("thread_ts") or "")
        body = {**event, "channel": channel}
        return Message(user, channel, str(event["ts"]), thread, raw, edited(event), mentioned, body)

    async def _forget(self, channel: str, stamp: str) -> None:
        """Delete the answer to a message that was deleted."""
        tenant = self._requests.venue(channel).tenant
        key = message_key(channel, stamp)
        await self._dispatcher.messages.delete(tenant, key, self._sender.delete_if_there)

    async def _venue(self, message: Message) -> Venue:
        """The venue of a message."""
        audience = await self._requests.audiences.mentioned(message.channel)
        if message.thread:
            tenant = self._requests.venue(message.channel).tenant
            await self._dispatcher.threads.find(tenant, f"{message.channel}:{message.thread}")
        return self._requests.venue(message.channel, message.thread or None, audience)

    async def _job(
        self, message: Message, incoming: IncomingMessage, asked: QuestionMessage, place: str
    ) -> tuple[Request, Reply, Job]:
        """The arguments of `Dispatcher.run` for a message that is meant for the bot."""
        service, direct = self._dispatcher.service, asked.venue.audience is Audience.PERSON
        person = await self._requests.directory.person(message.user)
        # An answer is always in a thread, if necessary a new one, so that channels stay readable.
        root = message.thread or ("" if direct else message.stamp)
        venue = self._requests.venue(message.channel, root or None, asked.venue.audience)
        preferences = service.access.preferences(venue)
        # Other messages are only read for people who addressed the bot.
        checked = None
        if incoming.addressed:
            checked = await text_to_check(self._client, self._bot, message.body, asked.text, own=incoming.own)
        locale = language_of(asked.text or checked or "") or person.locale
        request = self._dispatcher.request(venue, replace(person, locale=locale))
        question = QuestionRequest(
            venue,
            request.person,
            checked or asked.text,
            private=False,
            message=message_key(message.channel, message.stamp),
            checked=bool(checked),
            addressed=incoming.addressed,
        )
        response = response_to(incoming, preferences.answers, checked=checked)
        target = ReplyTarget(
            message.channel,
            thread=root,
            message=message.stamp,
            edited=message.edited,
            words=asked.text if checked else "",
            answer=place,
        )
        is_question = response is Response.ANSWER
        reply = self._reply(
            request,
            target,
            question if is_question else None,
            topic=asked.text if is_question and direct and message.thread else "",
        )
        job = message_job(service, request, response, question, asked, place)
        return request, reply, job

    def _reply(
        self, request: Request, target: ReplyTarget, question: QuestionRequest | None, topic: str = ""
    ) -> MessageReply:
        closed = self._dispatcher.service.access.preferences(request.venue).answers is AnswerPolicy.NOWHERE
        return MessageReply(
            self._sender,
            request,
            target,
            question,
            fails_alone=bool(target.answer) or (closed and not request.venue.alone),
            topic=topic,
        )

    async def resume(self, pending: Pending[ReplyTarget]) -> tuple[Request, Reply, Job]:
        """The request, reply and job of a question that a crash left unanswered."""
        question, target = pending.asking, pending.where
        request = self._dispatcher.request(question.venue, question.person)
        asked = target.asked(question)
        used = Interaction(question.person.id, channel=target.channel, address=target.address)
        reply: Reply = (
            self._reply(request, target, question) if asked else InteractionReply(self._sender, request, used)
        )
        return (
            request,
            reply,
            recovered_job(self._dispatcher.service, request, question, asked, target.answer),
        )


def edited(event: Body) -> str:
    """The timestamp of the writer's last edit of a message; empty if there is none."""
    return str((event.get("edited") or {}).get("ts") or "")


def deleted(event: Body) -> str:
    """The timestamp of the message that an event reports as deleted; empty for other events. A deleted
    message with replies is replaced by a tombstone."""
    if event.get("subtype") == "message_deleted":
        return str(event.get("deleted_ts") or "")
    changed = event.get("message") or {}
    if event.get("subtype") == "message_changed" and changed.get("subtype") == "tombstone":
        return str(changed.get("ts") or "")
    return ""


def _age(stamp: str) -> timedelta:
    """The age of a message; `timedelta.max` if its timestamp is malformed."""
    try:
        return datetime.now(UTC) - datetime.fromtimestamp(float(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        return timedelta.max
