"""The bot's own pages on Slack: App Home, and the assistant's pane."""

import asyncio
from contextlib import suppress

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.answers.wording import newest_words
from bot.cards.card import Card, Divider, Paragraph, Part, Shape, Span, Tone, markup, plain, truncate
from bot.cards.press import Press
from bot.chat.refusal import Refusal
from bot.chat.venue import Audience, Person, Venue
from bot.permissions.rights import may_administer
from bot.service.actions import Actions, ButtonPress
from bot.slack.api.client import UNREACHABLE
from bot.slack.api.interaction import Body
from bot.slack.dispatch import Dispatch
from bot.slack.drawing.render import CANVAS, blocks
from corpus.errors import NewsdeskError

RECENT = 5
"""Questions of the reader's own that are listed."""
PROMPTS = 4
"""Prompts that the assistant's pane takes."""
BLOCKS = 100
"""Blocks of a Home."""
PROMPTED = 5.0
"""Seconds after which prompts are not worth offering any more: who opened the pane is typing."""
PROMPT = 100
"""Characters of a prompt's title."""


class HomeTab:
    """Publishes each reader's App Home, and begins conversations in the assistant's pane."""

    def __init__(self, dispatch: Dispatch, actions: Actions) -> None:
        """`actions` make the settings' panel."""
        self._dispatch = dispatch
        self._actions = actions

    def register(self, app: AsyncApp) -> None:
        """Listen for who comes to them."""
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
            person = await self._dispatch.directory.person(user)
            await self._prompt(self._dispatch.venue(channel, audience=Audience.PERSON), person, None)

    def _admits(self, user: str) -> bool:
        """Whether a page is made once more: who opens it without end has one that is a minute old."""
        try:
            self._dispatch.service.scope.admit_look(self._dispatch.venue(user), Person(user, ""), "home")
        except Refusal:
            return False
        return True

    async def _nothing(self) -> None:
        """Where somebody looks from changes no answer."""

    async def publish(self, user: str) -> None:
        """The reader's own page, as it is now."""
        card = await self.card(user)
        await self._dispatch.client.views_publish(
            user_id=user, view={"type": "home", "callback_id": "home", "blocks": blocks(card, BLOCKS)}
        )

    async def card(self, user: str) -> Card:
        """What the corpus holds, what the reader asked of late, and for administrators the settings."""
        dispatch = self._dispatch
        person = await dispatch.directory.person(user, groups=True)
        venue = dispatch.venue(user, audience=Audience.PERSON)
        messages = dispatch.say_in(venue, person.locale)
        parts: list[Part] = [
            plain(messages("help")),
            Divider(),
            markup(messages("home-corpus"), Shape.HEADING),
        ]
        try:
            sources = await dispatch.service.browsing.sources(venue)
            articles = sum(source.articles for source in sources)
            newest = max((source.newest for source in sources if source.newest), default=None)
            parts.append(plain(newest_words(articles, newest, messages)))
            names = ", ".join(truncate(source.name, 60) for source in sources[:20])
            parts.append(plain(names, Shape.SMALL))
        except NewsdeskError:
            parts.append(markup(messages("latest-none")))
        parts += [Divider(), markup(messages("home-questions"), Shape.HEADING)]
        asked = await dispatch.service.questions.questions(venue, person, RECENT)
        for record in asked:
            parts.append(
                Paragraph(
                    (
                        Span(f"{truncate(record.asked, 200)} · "),
                        Span(messages.date(record.created), moment=record.created, style="age"),
                    )
                )
            )
        if not asked:
            parts.append(markup(messages("home-no-questions")))
        if may_administer(person, dispatch.service.scope.preferences(venue)):
            groups = await dispatch.directory.groups()
            turn = ButtonPress(Press("settings"), venue, person, messages, CANVAS, groups=groups)
            parts += [Divider(), *(await self._actions.panel(turn)).parts]
        return Card(Tone.NEUTRAL, tuple(parts))

    async def _started(self, body: Body, event: Body) -> None:
        """Greet, and offer what could be asked: the newest titles."""
        if not self._dispatch.is_new(str(body["event_id"])):
            return
        thread = event.get("assistant_thread") or {}
        if not self._admits(str(thread["user_id"])):
            return
        channel, stamp = str(thread["channel_id"]), str(thread["thread_ts"])
        dispatch = self._dispatch
        person = await dispatch.directory.person(str(thread["user_id"]))
        venue: Venue = dispatch.venue(channel, stamp, Audience.PERSON)
        messages = dispatch.say_in(venue, person.locale)
        await dispatch.sender.post(channel, Card(Tone.NEUTRAL, (plain(messages("help")),)), stamp)
        await self._prompt(venue, person, stamp)

    async def _prompt(self, venue: Venue, person: Person, thread: str | None) -> None:
        """Offer the newest titles as questions: in a thread of the assistant's pane, or, in the newer
        experience, on top of the messages, where Slack takes no thread."""
        titles: list[str] = []
        with suppress(NewsdeskError):
            newest = await self._dispatch.service.browsing.newest(venue, PROMPTS)
            titles = [quote.citation.title for quote in newest]
        if not titles:
            return
        # An ornament, and not every app has one of the two experiences.
        with suppress(SlackApiError, *UNREACHABLE):
            async with asyncio.timeout(PROMPTED):
                await self._dispatch.client.assistant_threads_setSuggestedPrompts(
                    channel_id=venue.channel,
                    thread_ts=thread,
                    title=self._dispatch.say_in(venue, person.locale)("latest-title"),
                    prompts=[{"title": truncate(title, PROMPT), "message": title} for title in titles],
                )
