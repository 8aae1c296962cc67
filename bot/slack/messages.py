"""Messages: mentions, direct messages, threads, edits, and channels where everything is answered."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import msgspec
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.cards.articles import help_card
from bot.cards.card import Card, truncate
from bot.cards.notices import failure
from bot.chat.addressing import IncomingMessage, is_meant, language_of
from bot.chat.preferences import Answers
from bot.chat.question_message import NEW_MENTION, QuestionMessage
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Audience
from bot.permissions.rights import may_administer
from bot.slack.api.client import UNREACHABLE
from bot.slack.api.interaction import Body
from bot.slack.api.pointed_messages import pointed
from bot.slack.dispatch import Dispatch, ReplyTarget
from bot.slack.drawing.render import LABEL
from bot.slack.drawing.words import mentions, plain_words

ORNAMENT = 1.0
"""Seconds that an answer may wait for what only adorns it."""


class MessageHandlers:
    """Decides which messages are questions for the bot, and answers those."""

    def __init__(self, dispatch: Dispatch) -> None:
        """`dispatch` answers the questions that are made here."""
        self._dispatch = dispatch

    def register(self, app: AsyncApp) -> None:
        """Listen for them."""
        app.event("app_mention")(self._mentioned)
        app.event("message")(self._heard)

    async def _mentioned(self, event: Body) -> None:
        await self._hear(event, mentioned=True)

    async def _heard(self, event: Body) -> None:
        await self._dispatch.audiences.learn(str(event.get("channel")), str(event.get("channel_type")))
        if gone := deleted(event):
            channel = str(event.get("channel"))
            tenant = self._dispatch.venue(channel).tenant
            await self._dispatch.question_deleted(tenant, self._dispatch.message_of(channel, gone))
            return
        if event.get("subtype") == "message_changed":
            event = {**(event.get("message") or {}), "channel": event.get("channel")}
            if not edited(event):
                return  # what a link in it leads to is shown, or somebody answered in its thread
        if event.get("subtype") not in (None, "file_share", "thread_broadcast"):
            return
        direct = str(event.get("channel")).startswith("D")
        if not direct and self._dispatch.bot in mentions(str(event.get("text") or "")):
            return  # it comes as a mention too
        await self._hear(event, mentioned=False)

    async def _hear(self, event: Body, *, mentioned: bool) -> None:
        user, channel = event.get("user"), event.get("channel")
        if event.get("bot_id") or not user or not channel or user == self._dispatch.bot:
            return
        raw = str(event.get("text") or "")
        text = plain_words(raw, self._dispatch.bot)
        audience = await self._dispatch.audiences.mentioned(str(channel))
        direct = audience is Audience.PERSON
        thread = str(event.get("thread_ts") or "")
        if thread:
            await self._dispatch.know(self._dispatch.venue(str(channel)).tenant, f"{channel}:{thread}")
        venue = self._dispatch.venue(str(channel), thread or None, audience)
        others = bool(mentions(raw) - {self._dispatch.bot})
        heard = IncomingMessage(text, mentioned=mentioned, direct=direct, own=venue.own, to_others=others)
        preferences = self._dispatch.service.scope.preferences(venue)
        if not is_meant(heard, preferences.answers):
            return
        written = QuestionMessage(venue, str(event["ts"]), text, edited(event))
        # What was no question of the bot's, or one of long ago, becomes none by being edited.
        late = bool(written.edited) and not (mentioned and _is_recent(written.message))
        async with self._dispatch.place_for(written, answered=late) as place:
            if place is not None:
                await self._answer(event, written, heard, place, audience)

    async def _answer(
        self, event: Body, written: QuestionMessage, heard: IncomingMessage, place: str, audience: Audience
    ) -> None:
        """Answer a message that is meant for the bot, in the place of an earlier answer if there is one."""
        text, channel = written.text, written.venue.channel
        direct = audience is Audience.PERSON
        person = await self._dispatch.directory.person(str(event["user"]))
        # An answer stands in a thread, its own where the question stands in none: channels stay readable.
        thread = str(event.get("thread_ts") or "")
        root = thread or ("" if direct else written.message)
        venue = self._dispatch.venue(channel, root or None, audience)
        preferences = self._dispatch.service.scope.preferences(venue)
        where = ReplyTarget(
            channel, thread=root, message=written.message, edited=written.edited, answer=place
        )
        # Where nobody spoke to the bot, nothing is looked at for them.
        checked = await self._pointed(event, text, own=heard.own) if heard.addressed else None
        locale = language_of(text or checked or "") or person.locale
        messages = self._dispatch.say_in(venue, locale)
        speaker = replace(person, locale=locale)
        if preferences.answers is Answers.COMMANDS and not direct:
            await self._say(written, where, failure(messages("commands-only")))
        elif checked == "":
            await self._say(written, where, failure(messages("check-how")))
        elif not text and not checked:
            administers = may_administer(person, preferences)
            await self._say(written, where, help_card(messages, administers=administers))
        else:
            where = msgspec.structs.replace(where, words=text if checked else "")
            asking = QuestionRequest(
                venue,
                speaker,
                checked or text,
                private=False,
                message=self._dispatch.message_of(channel, written.message),
                checked=bool(checked),
                addressed=heard.addressed,
            )
            if direct and thread:
                status = messages("working")
                await self._dispatch.ask(
                    written.event, asking, where, lambda: self._assist(channel, thread, text, status)
                )
            else:
                await self._dispatch.ask(written.event, asking, where)

    async def _pointed(self, event: Body, text: str, *, own: bool) -> str | None:
        return await pointed(self._dispatch.client, self._dispatch.bot, event, text, own=own)

    async def _say(self, written: QuestionMessage, where: ReplyTarget, card: Card) -> None:
        if await self._dispatch.take(written.event):
            message = await self._dispatch.show_in(where, "", private=False)(card)
            await self._dispatch.stood(written, message or where.answer)

    async def _assist(self, channel: str, thread: str, text: str, status: str) -> None:
        """In the assistant's pane: what the bot is doing, and what the conversation is about."""
        client = self._dispatch.client
        # An ornament, and not every thread with the bot is one of the pane.
        with suppress(SlackApiError, *UNREACHABLE):
            async with asyncio.timeout(ORNAMENT):
                await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=status)
                title = truncate(text, LABEL)
                await client.assistant_threads_setTitle(channel_id=channel, thread_ts=thread, title=title)


def edited(event: Body) -> str:
    """When a message was last edited by who wrote it, as Slack's timestamp; empty where it never was."""
    return str((event.get("edited") or {}).get("ts") or "")


def deleted(event: Body) -> str:
    """The timestamp of the message that an event says was deleted; empty where it says nothing of the kind.
    Of a message with a thread there is left one that says so."""
    if event.get("subtype") == "message_deleted":
        return str(event.get("deleted_ts") or "")
    changed = event.get("message") or {}
    if event.get("subtype") == "message_changed" and changed.get("subtype") == "tombstone":
        return str(changed.get("ts") or "")
    return ""


def _is_recent(stamp: str) -> bool:
    try:
        written = datetime.fromtimestamp(float(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        return False
    return datetime.now(UTC) - written < NEW_MENTION
