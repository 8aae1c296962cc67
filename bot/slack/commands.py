"""The commands and shortcuts for people who ask, and the form in which they ask."""

from contextlib import suppress
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.cards.answers import latest_card
from bot.cards.articles import article_card, sources_card
from bot.cards.card import Card
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Audience
from bot.messages.catalogue import Messages
from bot.service.dispatcher import Work
from bot.slack.api.interaction import Body, Interaction
from bot.slack.api.send import InteractionReply
from bot.slack.dispatch import Dispatch, ReplyTarget, Request
from bot.slack.drawing.forms import ask_form, read_form, read_note
from bot.slack.drawing.render import CANVAS, LABEL, OFFERS, option
from bot.slack.drawing.typed_options import dehyphenated, named, read_options
from bot.slack.drawing.words import plain_words, words_of
from corpus.errors import NewsdeskError


class QuestionHandlers:
    """Answers commands, shortcuts and the form; what Slack sends was acknowledged before."""

    def __init__(self, dispatch: Dispatch) -> None:
        """`dispatch` answers the questions that are made here."""
        self._dispatch = dispatch
        self._browsing = dispatch.service.browsing

    def register(self, app: AsyncApp) -> None:
        """Listen for them."""
        app.command(self._dispatch.command("ask"))(self._ask)
        app.command(self._dispatch.command("latest"))(self._latest)
        app.command(self._dispatch.command("sources"))(self._sources)
        app.command(self._dispatch.command("article"))(self._article)
        app.shortcut("check_news")(self._check)
        app.shortcut("ask_news")(self._open_form)
        app.view({"type": "view_submission", "callback_id": "nd:asked::"})(self._asked)
        app.options("source")(self._offer_sources)

    async def _ask(self, body: Body) -> None:
        used = Interaction.of(body)
        request = await self._dispatch.request(used)
        written = read_options(self._words(body))
        if not written.question:
            if self._dispatch.is_new(used.trigger):
                await self._form(used, request.messages)
            return
        try:
            known = self._browsing.source_names(request.venue)
        except NewsdeskError:
            known = []  # it is said by the answer
        source = named(written.source, known) if written.source else ""
        asking = QuestionRequest(
            request.venue,
            request.person,
            written.question,
            since=dehyphenated(written.since),
            until=dehyphenated(written.until),
            sources=(source,) if source else (),
            collections=(written.collection,) if written.collection else (),
            private=written.private,
        )
        await self._dispatch.ask(used.trigger, asking, _target(used))

    async def _form(self, used: Interaction, messages: Messages) -> None:
        await self._dispatch.client.views_open(trigger_id=used.trigger, view=ask_form(messages, used.note))

    async def _open_form(self, body: Body) -> None:
        used = Interaction.of(body)
        if not self._dispatch.is_new(used.trigger):
            return
        person = await self._dispatch.directory.person(used.user)
        channel = await self._dispatch.sender.direct(person.id)
        venue = self._dispatch.venue(channel, audience=Audience.PERSON)
        await self._form(replace(used, channel=channel), self._dispatch.say_in(venue, person.locale))

    async def _asked(self, body: Body) -> None:
        fields, used = read_form(body["view"]), Interaction.of_form(body)
        request = await self._dispatch.request(used)
        asking = QuestionRequest(
            request.venue,
            request.person,
            fields.get("question", ""),
            since=fields.get("since", ""),
            until=fields.get("until", ""),
            sources=(fields["source"],) if fields.get("source") else (),
            private=True if fields.get("private") and used.address else None,
        )
        await self._dispatch.ask(str(body["view"]["id"]), asking, _target(used))

    async def _offer_sources(self, ack: AsyncAck, body: Body) -> None:
        wanted = str(body.get("value") or "").casefold().strip()
        channel = read_note(body.get("view") or {}).get("channel", "")
        names: list[str] = []
        if self._dispatch.offers(Interaction.of(body)):
            with suppress(NewsdeskError):
                names = self._browsing.source_names(self._dispatch.venue(channel))
        found = [name for name in names if wanted in name.casefold() and len(name) <= LABEL]
        found.sort(key=lambda name: not name.casefold().startswith(wanted))
        await ack(options=[option(name, name) for name in found[:OFFERS]])

    async def _latest(self, body: Body) -> None:
        used = Interaction.of(body)
        request = await self._dispatch.request(used)
        topic = self._words(body)

        async def work() -> Card:
            found = await self._browsing.latest(request.venue, request.person, topic)
            return latest_card(found, topic, request.messages, CANVAS)

        if self._dispatch.is_new(used.trigger):
            private = self._dispatch.service.scope.preferences(request.venue).private
            show = self._dispatch.show_in(_target(used), used.user, private=private)
            aside = InteractionReply(self._dispatch.sender, used).aside
            await self._dispatch.attempt(show, work, request.messages, aside=aside)

    async def _sources(self, body: Body) -> None:
        used = Interaction.of(body)
        request = await self._dispatch.request(used)

        async def work() -> Card:
            return sources_card(await self._browsing.sources(request.venue), request.messages, CANVAS)

        await self._look(used, request, work)

    async def _article(self, body: Body) -> None:
        used = Interaction.of(body)
        request = await self._dispatch.request(used)
        name = self._words(body)

        async def work() -> Card:
            return article_card(
                await self._browsing.article(request.venue, name), 1, request.messages, CANVAS
            )

        await self._look(used, request, work)

    async def _look(self, used: Interaction, request: Request, work: Work) -> None:
        """Show something to its person alone, counted as something looked at."""
        if self._dispatch.is_new(used.trigger):
            show = InteractionReply(self._dispatch.sender, used).aside
            counted = self._dispatch.paced(request.venue, request.person, work)
            await self._dispatch.attempt(show, counted, request.messages)

    async def _check(self, body: Body) -> None:
        used = Interaction.of(body)
        request = await self._dispatch.request(used)
        message = body.get("message") or {}
        text = words_of(message, self._dispatch.bot)
        known = self._dispatch.message_of(request.venue.channel, str(message.get("ts") or ""))
        asking = QuestionRequest(
            request.venue, request.person, text, private=True, message=known, checked=True
        )
        await self._dispatch.ask(used.trigger, asking, _target(used))

    def _words(self, body: Body) -> str:
        """What was written behind a command."""
        return plain_words(str(body.get("text") or ""), self._dispatch.bot)


def _target(used: Interaction) -> ReplyTarget:
    """Where the answer to a question goes that came as a command, or as one's likes."""
    return ReplyTarget(used.channel, address=used.address, command=True)
