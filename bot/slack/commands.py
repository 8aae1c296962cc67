"""The ways of asking on Slack: commands, the form, mentions, direct messages, threads, the message's menu."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from bot.cards.answers import latest_card
from bot.cards.articles import article_card, help_card, sources_card
from bot.cards.card import Card, truncate
from bot.cards.notices import failure
from bot.chat.addressing import IncomingMessage, is_meant, language_of
from bot.chat.preferences import Answers
from bot.chat.question_message import NEW_MENTION, QuestionMessage
from bot.chat.request import QuestionRequest
from bot.chat.venue import Audience, Person, Venue
from bot.permissions.rights import may_administer
from bot.slack.api.client import UNREACHABLE
from bot.slack.api.pointed_messages import pointed
from bot.slack.dispatch import Dispatch, ReplyTarget
from bot.slack.drawing.forms import ask_form, read_form, read_note
from bot.slack.drawing.render import CANVAS, LABEL, OFFERS, option
from bot.slack.drawing.typed_options import dehyphenated, named, read_options
from bot.slack.drawing.words import mentions, plain_words, words_of
from corpus.errors import NewsdeskError

ORNAMENT = 1.0
"""Seconds that an answer may wait for what only adorns it."""
Body = dict[str, Any]


class QuestionHandlers:
    """What is done where somebody asks. Everything is acknowledged first."""

    def __init__(self, front: Dispatch) -> None:
        """The front has what they work with."""
        self._front = front
        self._questions = front.service.questions

    def register(self, app: AsyncApp) -> None:
        """Listen for them."""
        app.command(self._front.command("ask"))(self._ask)
        app.command(self._front.command("latest"))(self._latest)
        app.command(self._front.command("sources"))(self._sources)
        app.command(self._front.command("article"))(self._article)
        app.shortcut("check_news")(self._check)
        app.shortcut("ask_news")(self._open_form)
        app.view({"type": "view_submission", "callback_id": "nd:asked::"})(self._asked)
        app.options("source")(self._offer_sources)
        app.event("app_mention")(self._mentioned)
        app.event("message")(self._heard)

    # Commands

    async def _ask(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        person, venue = await self._who(body)
        written = read_options(self._words(body))
        where = ReplyTarget(venue.channel, address=str(body.get("response_url") or ""), command=True)
        if not written.question:
            if self._front.is_new(str(body["trigger_id"])):
                await self._form(body, person, venue, where, str(body.get("channel_name") or ""))
            return
        try:
            known = self._front.service.browsing.source_names(venue)
        except NewsdeskError:
            known = []  # it is said by the answer
        source = named(written.source, known) if written.source else ""
        asking = QuestionRequest(
            venue,
            person,
            written.question,
            since=dehyphenated(written.since),
            until=dehyphenated(written.until),
            sources=(source,) if source else (),
            collections=(written.collection,) if written.collection else (),
            private=written.private,
        )
        await self._front.ask(str(body["trigger_id"]), asking, where)

    async def _form(
        self, body: Body, person: Person, venue: Venue, where: ReplyTarget, place: str = ""
    ) -> None:
        messages = self._front.say_in(venue, person.locale)
        note = {"channel": where.channel, "place": place, "address": where.address}
        await self._front.client.views_open(trigger_id=str(body["trigger_id"]), view=ask_form(messages, note))

    async def _open_form(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        if not self._front.is_new(str(body["trigger_id"])):
            return
        person = await self._front.directory.person(str(body["user"]["id"]))
        channel = await self._front.voice.direct(person.id)
        await self._form(
            body, person, self._front.venue(channel, audience=Audience.PERSON), ReplyTarget(channel)
        )

    async def _asked(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        fields, note = read_form(body["view"]), read_note(body["view"])
        person = await self._front.directory.person(str(body["user"]["id"]))
        where = ReplyTarget(note.get("channel", ""), address=note.get("address", ""), command=True)
        asking = QuestionRequest(
            await self._front.venue_of({"id": where.channel, "name": note.get("place")}, person.id),
            person,
            fields.get("question", ""),
            since=fields.get("since", ""),
            until=fields.get("until", ""),
            sources=(fields["source"],) if fields.get("source") else (),
            private=True if fields.get("private") and where.address else None,
        )
        await self._front.ask(str(body["view"]["id"]), asking, where)

    async def _offer_sources(self, ack: AsyncAck, body: Body) -> None:
        wanted = str(body.get("value") or "").casefold().strip()
        channel = read_note(body.get("view") or {}).get("channel", "")
        names: list[str] = []
        if self._front.offers(body):
            with suppress(NewsdeskError):
                names = self._front.service.browsing.source_names(self._front.venue(channel))
        found = [name for name in names if wanted in name.casefold() and len(name) <= LABEL]
        found.sort(key=lambda name: not name.casefold().startswith(wanted))
        await ack(options=[option(name, name) for name in found[:OFFERS]])

    async def _latest(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        person, venue = await self._who(body)
        messages = self._front.say_in(venue, person.locale)
        topic = self._words(body)

        async def work() -> Card:
            return latest_card(
                await self._front.service.browsing.latest(venue, person, topic), topic, messages, CANVAS
            )

        if not self._front.is_new(str(body["trigger_id"])):
            return
        where = ReplyTarget(venue.channel, address=str(body.get("response_url") or ""), command=True)
        private = self._front.service.scope.preferences(venue).private
        show = self._front.show_in(where, person.id, private=private)
        await self._front.attempt(show, work, messages, aside=self._front.aside(body))

    async def _sources(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        person, venue = await self._who(body)
        messages = self._front.say_in(venue, person.locale)

        async def work() -> Card:
            return sources_card(await self._front.service.browsing.sources(venue), messages, CANVAS)

        if self._front.is_new(str(body["trigger_id"])):
            await self._front.pressed(body, self._front.paced(venue, person, work), messages, in_place=False)

    async def _article(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        person, venue = await self._who(body)
        messages = self._front.say_in(venue, person.locale)
        name = self._words(body)

        async def work() -> Card:
            return article_card(await self._front.service.browsing.article(venue, name), 1, messages, CANVAS)

        if self._front.is_new(str(body["trigger_id"])):
            await self._front.pressed(body, self._front.paced(venue, person, work), messages, in_place=False)

    async def _check(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        person = await self._front.directory.person(str(body["user"]["id"]))
        message = body.get("message") or {}
        venue = await self._front.venue_of(body["channel"], person.id)
        text = words_of(message, self._front.bot)
        known = self._front.message_of(venue.channel, str(message.get("ts") or ""))
        asking = QuestionRequest(venue, person, text, private=True, message=known, checked=True)
        where = ReplyTarget(venue.channel, address=str(body.get("response_url") or ""), command=True)
        await self._front.ask(str(body["trigger_id"]), asking, where)

    def _words(self, body: Body) -> str:
        """What was written behind a command."""
        return plain_words(str(body.get("text") or ""), self._front.bot)

    async def _who(self, body: Body) -> tuple[Person, Venue]:
        person = await self._front.directory.person(str(body["user_id"]))
        place = {"id": body["channel_id"], "name": body.get("channel_name")}
        return person, await self._front.venue_of(place, person.id)

    # Messages

    async def _mentioned(self, event: Body) -> None:
        await self._hear(event, mentioned=True)

    async def _heard(self, event: Body) -> None:
        await self._front.rooms.learn(str(event.get("channel")), str(event.get("channel_type")))
        if gone := deleted(event):
            channel = str(event.get("channel"))
            tenant = self._front.venue(channel).tenant
            await self._front.question_deleted(tenant, self._front.message_of(channel, gone))
            return
        if event.get("subtype") == "message_changed":
            event = {**(event.get("message") or {}), "channel": event.get("channel")}
            if not edited(event):
                return  # what a link in it leads to is shown, or somebody answered in its thread
        if event.get("subtype") not in (None, "file_share", "thread_broadcast"):
            return
        direct = str(event.get("channel")).startswith("D")
        if not direct and self._front.bot in mentions(str(event.get("text") or "")):
            return  # it comes as a mention too
        await self._hear(event, mentioned=False)

    async def _hear(self, event: Body, *, mentioned: bool) -> None:
        user, channel = event.get("user"), event.get("channel")
        if event.get("bot_id") or not user or not channel or user == self._front.bot:
            return
        raw = str(event.get("text") or "")
        text = plain_words(raw, self._front.bot)
        audience = await self._front.rooms.mentioned(str(channel))
        direct = audience is Audience.PERSON
        thread = str(event.get("thread_ts") or "")
        if thread:
            await self._front.know(self._front.venue(str(channel)).tenant, f"{channel}:{thread}")
        venue = self._front.venue(str(channel), thread or None, audience)
        others = bool(mentions(raw) - {self._front.bot})
        heard = IncomingMessage(text, mentioned=mentioned, direct=direct, own=venue.own, to_others=others)
        preferences = self._front.service.scope.preferences(venue)
        if not is_meant(heard, preferences.answers):
            return
        written = QuestionMessage(venue, str(event["ts"]), text, edited(event))
        # What was no question of the bot's, or one of long ago, becomes none by being edited.
        late = bool(written.edited) and not (mentioned and _is_recent(written.message))
        async with self._front.place_for(written, answered=late) as place:
            if place is not None:
                await self._answer(event, written, heard, place, audience)

    async def _answer(
        self, event: Body, written: QuestionMessage, heard: IncomingMessage, place: str, audience: Audience
    ) -> None:
        """Answer a message that is meant for the bot, in the place of an earlier answer if there is one."""
        text, channel = written.text, written.venue.channel
        direct = audience is Audience.PERSON
        person = await self._front.directory.person(str(event["user"]))
        # An answer stands in a thread, its own where the question stands in none: channels stay readable.
        thread = str(event.get("thread_ts") or "")
        root = thread or ("" if direct else written.message)
        venue = self._front.venue(channel, root or None, audience)
        preferences = self._front.service.scope.preferences(venue)
        where = ReplyTarget(
            channel, thread=root, message=written.message, edited=written.edited, answer=place
        )
        # Where nobody spoke to the bot, nothing is looked at for them.
        checked = await self._pointed(event, text, own=heard.own) if heard.addressed else None
        locale = language_of(text or checked or "") or person.locale
        messages = self._front.say_in(venue, locale)
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
                message=self._front.message_of(channel, written.message),
                checked=bool(checked),
                addressed=heard.addressed,
            )
            if direct and thread:
                status = messages("working")
                await self._front.ask(
                    written.event, asking, where, lambda: self._assist(channel, thread, text, status)
                )
            else:
                await self._front.ask(written.event, asking, where)

    async def _pointed(self, event: Body, text: str, *, own: bool) -> str | None:
        return await pointed(self._front.client, self._front.bot, event, text, own=own)

    async def _say(self, written: QuestionMessage, where: ReplyTarget, card: Card) -> None:
        if await self._front.take(written.event):
            message = await self._front.show_in(where, "", private=False)(card)
            await self._front.stood(written, message or where.answer)

    async def _assist(self, channel: str, thread: str, text: str, status: str) -> None:
        """In the assistant's pane: what the bot is doing, and what the conversation is about."""
        client = self._front.client
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
