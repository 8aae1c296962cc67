"""Slack's driver: Bolt for Python itself over real sockets on a local Slack."""

import json
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Self

from bot.answers.answer import Quote
from bot.answers.excerpt import at_once
from bot.chat.venue import Venue
from bot.cli.composition import LoadModel
from bot.standing.standing_rounds import StandingRounds
from corpus.article import Article
from tests.bot.platforms.platform import Form, Outcome, Person, Platform, Room, Seen, person_of
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.samples.articles import File
from tests.bot.slack import reader
from tests.bot.slack.live import LiveBot, bold_of, live_bot, local_slack
from tools.local_slack import (
    EXTERNAL,
    LocalSlack,
    Message,
    Upload,
    block_elements,
    initial_value,
    text_of,
)


class SlackSeen(Seen):
    """A message in Slack."""

    key = "action_id"

    @property
    def text(self) -> str:
        return text_of(self.now)

    @property
    def answers(self) -> str | None:
        thread: str | None = self.now.thread_ts
        return thread

    @property
    def bold(self) -> list[str]:
        return bold_of(self.now)

    @property
    def elements(self) -> list[dict[str, Any]]:
        return [one for block in self.now.blocks for one in block_elements(block) if "action_id" in one]

    def label(self, element: Mapping[str, Any]) -> str:
        return str((element.get("text") or element.get("placeholder") or {}).get("text", ""))

    def chosen(self, setting: str) -> list[str]:
        element = self.element("set", setting)
        value = initial_value(element)
        options = value.get("selected_options") or [value.get("selected_option")]
        return [str(one["text"]["text"]) for one in options if one] or list(value.get("selected_users") or ())

    @property
    def files(self) -> dict[str, str]:
        world = self.server.world
        under = [one for one in world.messages.values() if one.thread_ts == self.id]
        found = [file for one in (self.now, *under) for file in one.files]
        return {one.name: world.contents[one.id].decode() for one in found}

    @property
    def source(self) -> str:
        message = self.now
        return f"{message.text}\n{self.text}\n{json.dumps(message.blocks, ensure_ascii=False)}"

    @property
    def stored_id(self) -> str:
        return f"{self.room.id}/{self.id}"


class SlackOutcome(Outcome):
    """What came of a command, a press, a form or a message."""

    found: list[Message] | None = None
    """What came of a form, by whichever way."""

    @property
    def said(self) -> Seen:
        assert self.raw.said
        return self._platform.seen(self.raw.said)

    @property
    def messages(self) -> list[Seen]:
        found = [*self.raw.messages, *self.raw.ephemerals] if self.found is None else self.found
        return [self._platform.seen(one) for one in found]

    @property
    def form(self) -> Form | None:
        view = self.raw.view
        return Form(view.title, view) if view and view.type == "modal" else None

    @property
    def offered(self) -> dict[str, str]:
        return {str(one["value"]): str(one["text"]["text"]) for one in self.raw.options}

    @property
    def acknowledged_after(self) -> float | None:
        times = [one.acked_after for one in self.raw.deliveries]
        return None if None in times else max((time for time in times if time is not None), default=None)


class SlackPlatform(Platform):
    """A local Slack, in which the app is set up as the manifest says."""

    name = "slack"
    can: ClassVar[frozenset[str]] = frozenset({"whispers"})
    direct_is_of_the_community = True

    outcome = SlackOutcome
    server: LocalSlack
    live: LiveBot | None = None

    def __init__(self, server: LocalSlack) -> None:
        """No bot runs yet."""
        super().__init__(server)
        self.moderator = person_of(server.owner)
        self.community = server.team.id
        self.other_community = server.other_team.id
        self.editors = ("admin_groups", server.editors.id)

    @classmethod
    @asynccontextmanager
    async def serve(cls) -> AsyncIterator[Self]:
        async with local_slack() as server:
            yield cls(server)

    @asynccontextmanager
    async def bot(self, load: LoadModel, home: Path, **settings: Any) -> AsyncIterator[None]:
        if "custodians" in settings:
            settings["slack_workspaces"] = settings.pop("custodians")
        # Messages reach an app in any case, but what stands above them only one that is not distributed.
        self.server.world.history_allowed = settings.pop("reads_all", False)
        async with live_bot(load, home, self.server, **settings) as self.live:
            yield
        self.live = None

    async def start(self, *, reads_all: bool = False) -> None:
        await self.running.start()

    # People and rooms

    def seen(self, message: Message) -> SlackSeen:
        """A message as people see it."""
        return SlackSeen(self.server, message.ts, Room(message.channel_id, message.thread_ts), message)

    def be_alone(self) -> None:
        pass  # a token is of one workspace

    def somebody(self, name: str = "Somebody") -> Person:
        user = self.server.world.add_user(self.server.team, f"{name} {len(self.server.world.users)}")
        made = person_of(user)
        for room in (self.general, self.random, self.sealed):
            self.join(room, made)
        return made

    def new_room(self, name: str = "room") -> Room:
        world, team = self.server.world, self.server.team
        people = [one for one in world.users.values() if one.team_id == team.id and not one.bot]
        return Room(world.add_channel(team, f"{name}-{len(world.channels)}", people).id)

    def join(self, room: Room, *people: Person) -> None:
        there = self.channel(room)
        joined = replace(there, member_ids=there.member_ids | {one.id for one in people})
        self.server.world.keep_channel(joined)

    async def new_thread(self, person: Person, room: Room) -> Room:
        asked = await self.call(person, room)
        return Room(room.id, asked.said.id)

    @asynccontextmanager
    async def without_the_role(self) -> AsyncIterator[None]:
        server, directory = self.server, self.running.app.requests.directory
        server.world.groups[server.editors.id] = replace(server.editors, user_ids=())
        directory._groups = None  # as after a minute
        try:
            yield
        finally:
            server.world.groups[server.editors.id] = server.editors
            directory._groups = None

    def let_try(self, person: Person) -> None:
        pass  # Slack shows its commands to everybody

    # What people do

    async def command(
        self, person: Person, room: Room, name: str, text: str = "", *, wait: bool = True
    ) -> Outcome:
        """A slash command with what is typed behind it."""
        made = await self.server.command(self.user(person), self.channel(room), name, text)
        return await self._came(person, made, wait=wait)

    def send_again(self, asked: Outcome) -> None:
        assert isinstance(asked, SlackOutcome)
        deliveries = asked.raw.deliveries
        deliveries.append(self.server.delivery_queue.again(deliveries[0]))

    @property
    def looked_up(self) -> list[str]:
        return [str(request.arguments["user"]) for request in self.server.requests.of("users.info")]

    async def ask(
        self, person: Person, room: Room, question: str = PASSING, *, wait: bool = True, **options: Any
    ) -> Outcome:
        typed = [question, *_options(options)]
        return await self.command(person, room, "/ask", " ".join(typed), wait=wait)

    async def fill_in(self, person: Person, room: Room, question: str, **options: Any) -> Outcome:
        form = (await self.command(person, room, "/ask")).form
        assert form
        if source := options.get("source"):
            await (await self.server.suggest(self.user(person), form.raw, "source", source)).settled(PATIENCE)
        return await self.submit(person, form, question=question, **options)

    async def look(
        self,
        person: Person,
        room: Room,
        what: str,
        words: str = "",
        *,
        wait: bool = True,
        every: bool = False,
    ) -> Outcome:
        words = f"{words} all:yes".strip() if every else words
        if what == "help":
            return await self.command(person, room, "/newsdesk", "help", wait=wait)
        return await self.command(person, room, f"/{what}", words, wait=wait)

    async def watch(self, person: Person, room: Room, question: str = "", **options: Any) -> Outcome:
        typed = [question, *(f"{name}:{_typed(value)}" for name, value in options.items())]
        return await self.command(person, room, "/watch", " ".join(filter(None, typed)))

    @property
    def rounds(self) -> StandingRounds:
        return self.running.app.standing  # type: ignore[no-any-return]

    def leave(self, person: Person) -> None:
        users = self.server.world.users
        users[person.id] = replace(users[person.id], deleted=True)

    def close_channel(self, room: Room) -> None:
        world = self.server.world
        world.keep_channel(replace(world.channels[room.id], bot_may_post=False))

    def cut_posts(self, *, arrived: bool) -> Any:
        return (self.server.faults.lose if arrived else self.server.faults.cut)("chat.postMessage")

    async def administer(self, person: Person, room: Room, act: str, **options: Any) -> Outcome:
        words = [act, *(str(options[key]) for key in ("target", "article", "url") if key in options)]
        if where := options.get("collection"):
            words.append(str(where) if act == "rollback" else f"in:{where}")
        words += ["forget:yes"] if options.get("forget") else []
        words += ["refused"] if options.get("refused") else []
        words += _options({name: options[name] for name in READING if name in options})
        return await self.command(person, room, "/corpus", " ".join(words))

    async def add(
        self,
        person: Person,
        room: Room,
        file: File,
        *,
        collection: str = "",
        wait: bool = True,
        **said: str,
    ) -> Outcome:
        words = f"Please take this in:{collection}" if collection else "Please take this in."
        words = " ".join([words, *_options(said)])
        given = Upload(file.name, file.content, file.kind)
        message = await self.server.say(self.user(person), self.channel(room), words, files=(given,))
        assert message.said
        made = await self.server.shortcut(self.user(person), "add_file", message.said)
        return await self._came(person, made, wait=wait)

    async def settings(self, person: Person, room: Room, *, whole: bool = True) -> Outcome:
        return await self.command(person, room, "/newsdesk", "settings" if whole else "settings channel")

    async def say(
        self,
        person: Person,
        room: Room,
        text: str,
        *,
        to: Seen | None = None,
        wait: bool = True,
        forwards: Seen | None = None,
    ) -> Outcome:
        thread = to.now.root_ts if to else room.thread
        user, channel = self.user(person), self.channel(room)
        said = await self.server.say(
            user, channel, text, thread_ts=thread, forwards=forwards.now if forwards else None
        )
        return await self._came(person, said, wait=wait)

    async def check(self, person: Person, message: Seen) -> Outcome:
        return await self._came(
            person, await self.server.shortcut(self.user(person), "check_news", message.now)
        )

    async def choose(
        self, person: Person, panel: Seen, setting: str, *values: str, act: str = "set"
    ) -> Outcome:
        user, shown, menu = self.user(person), panel.now, panel.element(act, setting)
        key, kind = menu[panel.key], menu["type"]
        if kind in EXTERNAL:
            await (await self.server.suggest(user, shown, key, "")).acknowledged(PATIENCE)
        chosen = list(values) if kind.startswith("multi_") else values[0]
        return await self._came(person, await self.server.choose(user, shown, key, chosen))

    async def dismiss(self, person: Person, answer: Seen) -> None:
        self.running.refusals.add("message_not_found")  # of an edit that comes after it
        await super().dismiss(person, answer)

    async def submit(self, person: Person, form: Form | None, **values: str) -> Outcome:
        assert form
        sent = await self.server.submit(self.user(person), form.raw, values)

        def said() -> list[Message]:
            return [
                one
                for one in self.server.world.messages.values()
                if one.bot_id and (one.ts > sent.action.ts or (one.changed or 0.0) >= sent.action.began)
            ]

        # What comes of a form comes through whichever address its opening had.
        await self.until(lambda: sent.failed or said())
        outcome = SlackOutcome(self, person, sent)
        await self._came(person, sent)
        outcome.found = said()
        return outcome

    async def typed(
        self, person: Person, room: Room, option: str, words: str, command: str = "ask"
    ) -> dict[str, str]:
        assert command == "ask", "Slack completes in forms alone"
        form = (await self.command(person, room, "/ask")).form
        assert form
        offered = await self.server.suggest(self.user(person), form.raw, option, words)
        await offered.acknowledged(PATIENCE)
        return SlackOutcome(self, person, offered).offered

    async def tell_again(self, message: Seen) -> None:
        again = [
            self.server.delivery_queue.again(one)
            for one in list(self.server.delivery_queue.deliveries)
            if one.event_type in ("app_mention", "message") and one.payload["event"].get("ts") == message.id
        ]
        assert again
        await self.until(lambda: all(one.acked is not None for one in again))

    async def edit(self, message: Seen, text: str) -> None:
        changed = await self.server.edit(message.now, text)
        await changed.acknowledged(PATIENCE)
        await self.idle()

    async def preview(self, message: Seen) -> None:
        unfolded = await self.server.unfurl(message.now)
        await unfolded.acknowledged(PATIENCE)
        await self.idle()

    async def delete(self, message: Seen) -> None:
        self.running.refusals |= {"message_not_found", "thread_not_found"}  # of an answer under way
        await self.server.delete(message.now)

    # What there is to be seen

    def shown_in(self, room: Room) -> list[Seen]:
        found = self.server.world.messages_in(room.id)
        return [self.seen(one) for one in found if one.bot_id and not one.ephemeral]

    def check_sound(
        self, message: Seen, articles: Collection[Article] = (), quotes: Sequence[Quote] = ()
    ) -> None:
        now = message.now
        made = reader.check_sound({"text": now.text, "blocks": list(now.blocks)}, articles)
        for quote, one in zip(quotes, reader.quotes_in(made), strict=False):
            reader.check_verbatim(one, at_once(quote))

    # Trouble

    def refuse_answer(self) -> None:
        self.running.refusals.add("invalid_blocks")
        self.server.faults.refuse("chat.postMessage", "invalid_blocks")

    def slow_answers(self, seconds: float, *, answered_late: bool = False, times: int | None = 1) -> Any:
        return self.server.faults.slow("chat.postMessage", seconds, answer_only=answered_late, times=times)

    def expect_incident(self) -> None:
        pass

    def hold_answers(self) -> Callable[[], bool]:
        posts, responses = (
            self.server.faults.limit(method, retry_after=60, times=None)
            for method in ("chat.postMessage", "response_url")
        )
        return lambda: responses.hits >= 1 and posts.hits >= 2

    # What is on record

    def venue(self, room: Room) -> Venue:
        thread = f"{room.id}:{room.thread}" if room.thread else None
        return Venue(self.name, self.community, room.id, thread)


READING = ("source", "language", "dates", "encoding", "fields")
"""What can be said of a source that is added."""


def _options(options: Mapping[str, str]) -> list[str]:
    return [f"{name}:{_typed(value)}" for name, value in options.items()]


def _typed(value: str | bool) -> str:
    """The value of an option as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f'"{value}"' if " " in value else value
