"""The bot's own pages on Slack: App Home and the assistant's pane."""

import asyncio
from contextlib import suppress

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.actions.call import ButtonPress
from bot.actions.settings_panel import show_panel
from bot.answers.wording import newest_words
from bot.cards.card import Card, Divider, Paragraph, ParagraphStyle, Part, Span, Tone, markup, plain, truncate
from bot.cards.press import Press
from bot.cards.request import Request
from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Person
from bot.dispatch.dispatcher import Dispatcher
from bot.permissions.rights import may_administer
from bot.slack.api.client import UNREACHABLE
from bot.slack.api.interaction import Body, Interaction
from bot.slack.api.send import Sender
from bot.slack.drawing.render import blocks
from bot.slack.replies import InteractionReply
from bot.slack.requests import Requests
from corpus.errors import NewsdeskError

RECENT = 5
"""How many of the reader's recent questions are listed."""
PROMPTS = 4
"""How many prompts the assistant's pane accepts."""
BLOCKS = 100
"""The most blocks of an App Home."""
PROMPT_TIMEOUT = 5.0
"""Timeout in seconds for offering prompts; later, the person is already typing."""
PROMPT = 100
"""The most characters of a prompt's title."""


class HomeTab:
    """Publishes each reader's App Home, and greets people in the assistant's pane."""

    def __init__(
        self, dispatcher: Dispatcher, requests: Requests, sender: Sender, client: AsyncWebClient
    ) -> None:
        """`client` publishes the pages."""
        self._dispatcher = dispatcher
        self._service = dispatcher.service
        self._requests = requests
        self._sender = sender
        self._client = client

    def register(self, app: AsyncApp) -> None:
        """Register the listeners."""
        app.event("app_home_opened")(self._opened)
        app.event("assistant_thread_started")(self._started)
        app.event("assistant_thread_context_changed")(self._nothing)
        app.event("app_context_changed")(self._nothing)

    async def _opened(self, event: Body) -> None:
        user, tab = str(event["user"]), event.get("tab", "home")
        if tab not in ("home", "messages") or not self._admits(user):
            return
        if tab == "home":
            await self.publish(user)
        elif channel := str(event.get("channel") or ""):
            await self._prompt(await self._requests.in_private(user, channel), None)

    def _admits(self, user: str) -> bool:
        """Whether a page is made for this person now; the rate is limited."""
        try:
            self._service.access.admit_look(Caller(self._requests.venue(user), Person(user, "")), "home")
        except Refusal:
            return False
        return True

    async def _nothing(self) -> None:
        """Ignore a change of the channel from which a person uses the assistant."""

    async def publish(self, user: str) -> None:
        """Publish the current App Home of a person."""
        card = await self.card(user)
        await self._client.views_publish(
            user_id=user, view={"type": "home", "callback_id": "home", "blocks": blocks(card, BLOCKS)}
        )

    async def card(self, user: str) -> Card:
        """The content of App Home: the corpus, the reader's recent questions, and the settings for
        administrators."""
        request = await self._requests.in_private(user, user, groups=True)
        parts: list[Part] = [plain(request.messages("help")), Divider()]
        parts += [*await self._corpus(request), Divider(), *await self._asked(request)]
        if may_administer(request.person, self._service.access.preferences(request.venue)):
            parts += [Divider(), *(await self._settings(request)).parts]
        return Card(Tone.NEUTRAL, tuple(parts))

    async def _corpus(self, request: Request) -> list[Part]:
        messages = request.messages
        parts: list[Part] = [markup(messages("home-corpus"), ParagraphStyle.HEADING)]
        try:
            sources = await self._service.browsing.sources(request.venue)
        except NewsdeskError:
            return [*parts, markup(messages("latest-none"))]
        articles = sum(source.articles for source in sources)
        newest = max((source.newest for source in sources if source.newest), default=None)
        names = ", ".join(truncate(source.name, 60) for source in sources[:20])
        return [*parts, plain(newest_words(articles, newest, messages)), plain(names, ParagraphStyle.SMALL)]

    async def _asked(self, request: Request) -> list[Part]:
        messages = request.messages
        parts: list[Part] = [markup(messages("home-questions"), ParagraphStyle.HEADING)]
        asked = await self._service.stored_answers.history(request.caller, RECENT)
        for record in asked:
            words = Span(f"{truncate(record.asked, 200)} · ")
            parts.append(
                Paragraph((words, Span(messages.date(record.created), moment=record.created, style="age")))
            )
        return parts if asked else [*parts, markup(messages("home-no-questions"))]

    async def _settings(self, request: Request) -> Card:
        reply = InteractionReply(self._sender, request, Interaction(request.person.id), self.publish)
        groups = await self._requests.directory.groups()
        profile = self._dispatcher.profile
        return await show_panel(
            ButtonPress(self._service, profile, request, reply, Press("settings"), groups=groups)
        )

    async def _started(self, body: Body, event: Body) -> None:
        """Greet the person in a new thread of the assistant's pane, and offer the newest titles as
        prompts."""
        gate, opened = self._dispatcher.gate, str(body["event_id"])
        if not gate.is_new(opened):
            return
        thread = event.get("assistant_thread") or {}
        user, channel, stamp = (str(thread[name]) for name in ("user_id", "channel_id", "thread_ts"))
        if not self._admits(user):
            return
        request = await self._requests.in_private(user, channel)
        if not await gate.claims.claim(opened, request.venue.tenant):
            return
        greeting = Card(Tone.NEUTRAL, (plain(request.messages("help")),))
        await self._sender.post(channel, greeting, stamp)
        await self._prompt(request, stamp)

    async def _prompt(self, request: Request, thread: str | None) -> None:
        """Offer the newest titles as prompts: in a thread of the assistant's pane, or above the messages in
        the newer experience, where `thread` is None."""
        titles: list[str] = []
        with suppress(NewsdeskError):
            newest = await self._service.browsing.newest(request.venue, PROMPTS)
            titles = [quote.citation.title for quote in newest]
        if not titles:
            return
        # Decoration only, and not every app has one of the two experiences.
        with suppress(SlackApiError, *UNREACHABLE):
            async with asyncio.timeout(PROMPT_TIMEOUT):
                await self._client.assistant_threads_setSuggestedPrompts(
                    channel_id=request.venue.channel,
                    thread_ts=thread,
                    title=request.messages("latest-title"),
                    prompts=[{"title": truncate(title, PROMPT), "message": title} for title in titles],
                )
