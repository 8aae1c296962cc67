"""Slack's driver: Bolt for Python itself over real sockets on a local Slack."""

import json
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Self

from bot.answers.answer import Quote
from bot.cards.press import read_press
from bot.chat.venue import Venue
from bot.cli.composition import LoadModel
from bot.dispatch.dispatcher import Dispatcher
from corpus.article import Article
from tests.bot.platforms.platform import (
    PASSING,
    PATIENCE,
    Button,
    Form,
    Outcome,
    Person,
    Platform,
    Room,
    Seen,
)
from tests.bot.samples.articles import File
from tests.bot.slack import reader
from tests.bot.slack.live import LiveBot, action_id, bold_of, live_bot, local_slack
from tools.local_slack import (
    EXTERNAL,
    Channel,
    Exchange,
    LocalSlack,
    Message,
    Upload,
    User,
    initial_value,
    text_of,
)
from tools.local_slack import block_elements as elements
from tools.local_slack import find_element as find


@dataclass(frozen=True, eq=False, repr=False)
class SlackSeen(Seen):
    """A message in Slack."""

    slack: LocalSlack
    id: str
    room: Room
    first: Message = field()

    @property
    def now(self) -> Message:
        """The message as Slack has it."""
        return self.slack.world.messages.get(self.id, self.first)

    @property
    def is_there(self) -> bool:
        return self.id in self.slack.world.messages

    @property
    def text(self) -> str:
        return text_of(self.now)

    @property
    def alone(self) -> str | None:
        return self.now.viewer_id

    @property
    def answers(self) -> str | None:
        return self.now.thread_ts

    @property
    def bold(self) -> list[str]:
        return bold_of(self.now)

    @property
    def buttons(self) -> list[Button]:
        made = []
        for block in self.now.blocks:
            for one in elements(block):
                if "action_id" in one:
                    press = read_press(one["action_id"])
                    act, argument = (press.act, press.argument) if press else ("", "")
                    words = one.get("text") or one.get("placeholder") or {}
                    made.append(Button(words.get("text", ""), act, argument, one.get("url", "")))
        return made

    def chosen(self, setting: str) -> list[str]:
        _, element = find(self.now, action_id(self.now, "set", setting))
        value = initial_value(element)
        options = value.get("selected_options") or [value.get("selected_option")]
        return [str(one["text"]["text"]) for one in options if one] or list(value.get("selected_users") or ())

    @property
    def files(self) -> dict[str, str]:
        world = self.slack.world
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

    def __init__(
        self, platform: "SlackPlatform", by: Person, raw: Exchange, found: list[Message] | None = None
    ) -> None:
        """As things stand now; `found` is what came of a form, by whichever way."""
        self.by = by
        self.raw = raw
        self._platform = platform
        self._found = found

    def __repr__(self) -> str:
        return repr(self.raw)

    @property
    def said(self) -> Seen:
        assert self.raw.said
        return self._platform.seen(self.raw.said)

    @property
    def messages(self) -> list[Seen]:
        found = [*self.raw.messages, *self.raw.ephemerals] if self._found is None else self._found
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

    async def settled(self, patience: float = PATIENCE) -> Self:
        await self.raw.settled(patience)
        return self


class SlackPlatform(Platform):
    """A local Slack, in which the app is set up as the manifest says."""

    name = "slack"
    can: ClassVar[frozenset[str]] = frozenset()
    direct_is_of_the_community = True

    def __init__(self, server: LocalSlack) -> None:
        """No bot runs yet."""
        self.server: LocalSlack = server
        self.live: LiveBot | None = None
        for name in ("admin", "editor", "ann", "kim", "sato"):
            setattr(self, name, person(getattr(server, name)))
        self.moderator = person(server.owner)
        for name in ("general", "random", "sealed"):
            setattr(self, name, Room(getattr(server, name).id))
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

    @property
    def running(self) -> LiveBot:
        """The bot that runs."""
        assert self.live
        return self.live

    @property
    def home(self) -> Path:
        return self.running.home

    async def start(self, *, reads_all: bool = False) -> None:
        await self.running.start()

    async def stop(self) -> None:
        await self.running.stop()

    @property
    def dispatcher(self) -> Dispatcher | None:
        return self.live.app.dispatcher if self.live else None

    # People and rooms

    def user(self, who: Person) -> User:
        """Somebody as Slack has them."""
        return self.server.world.users[who.id]

    def channel(self, room: Room) -> Channel:
        """A room as Slack has it."""
        return self.server.world.channels[room.id]

    def seen(self, message: Message) -> SlackSeen:
        """A message as people see it."""
        return SlackSeen(self.server, message.ts, Room(message.channel_id, message.thread_ts), message)

    def be_alone(self) -> None:
        pass  # a token is of one workspace

    def somebody(self, name: str = "Somebody") -> Person:
        user = self.server.world.add_user(self.server.team, f"{name} {len(self.server.world.users)}")
        made = person(user)
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

    def direct(self, person: Person) -> Room:
        return Room(self.server.world.dm(self.user(person)).id)

    def mention(self, person: Person | None = None) -> str:
        return self.server.mention(self.user(person) if person else None)

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

    async def _came(self, by: Person, raw: Exchange, *, wait: bool = True) -> SlackOutcome:
        if wait:
            await raw.settled(PATIENCE)
            await self.idle()
            assert raw.acked_after is not None
            assert raw.acked_after < 3
        return SlackOutcome(self, by, raw)

    async def command(
        self, person: Person, room: Room, name: str, text: str = "", *, wait: bool = True
    ) -> SlackOutcome:
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
        typed = [question, *(f"{name}:{_typed(value)}" for name, value in options.items())]
        return await self.command(person, room, "/ask", " ".join(typed), wait=wait)

    async def fill_in(self, person: Person, room: Room, question: str, **options: Any) -> Outcome:
        form = (await self.command(person, room, "/ask")).form
        assert form
        if source := options.get("source"):
            await (await self.server.suggest(self.user(person), form.raw, "source", source)).settled(PATIENCE)
        return await self.submit(person, form, question=question, **options)

    async def look(
        self, person: Person, room: Room, what: str, words: str = "", *, wait: bool = True
    ) -> Outcome:
        if what == "help":
            return await self.command(person, room, "/newsdesk", "help", wait=wait)
        return await self.command(person, room, f"/{what}", words, wait=wait)

    async def administer(self, person: Person, room: Room, act: str, **options: Any) -> Outcome:
        words = [act, *(str(options[key]) for key in ("target", "article", "url") if key in options)]
        if where := options.get("collection"):
            words.append(str(where) if act == "rollback" else f"in:{where}")
        words += ["forget:yes"] if options.get("forget") else []
        words += ["refused"] if options.get("refused") else []
        return await self.command(person, room, "/corpus", " ".join(words))

    async def add(
        self, person: Person, room: Room, file: File, *, collection: str = "", wait: bool = True
    ) -> Outcome:
        words = f"Please take this in:{collection}" if collection else "Please take this in."
        given = Upload(file.name, file.content, file.kind)
        said = await self.server.say(self.user(person), self.channel(room), words, files=(given,))
        assert said.said
        made = await self.server.shortcut(self.user(person), "add_file", said.said)
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
        thread = _now(to).root_ts if to else room.thread
        user, channel = self.user(person), self.channel(room)
        said = await self.server.say(
            user, channel, text, thread_ts=thread, forwards=_now(forwards) if forwards else None
        )
        return await self._came(person, said, wait=wait)

    async def check(self, person: Person, message: Seen) -> Outcome:
        return await self._came(
            person, await self.server.shortcut(self.user(person), "check_news", _now(message))
        )

    async def press(
        self, person: Person, message: Seen, name: str, argument: str | None = None, *, wait: bool = True
    ) -> Outcome:
        button = message.button(name, argument)
        key = action_id(_now(message), button.act, button.argument)
        return await self._came(
            person, await self.server.click(self.user(person), _now(message), key), wait=wait
        )

    async def choose(self, person: Person, panel: Seen, setting: str, *values: str) -> Outcome:
        user, shown = self.user(person), _now(panel)
        key = action_id(shown, "set", setting)
        kind = find(shown, key)[1]["type"]
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
        await self._came(person, sent)
        return SlackOutcome(self, person, sent, said())

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
        changed = await self.server.edit(_now(message), text)
        await changed.acknowledged(PATIENCE)
        await self.idle()

    async def preview(self, message: Seen) -> None:
        unfolded = await self.server.unfurl(_now(message))
        await unfolded.acknowledged(PATIENCE)
        await self.idle()

    async def delete(self, message: Seen) -> None:
        self.running.refusals |= {"message_not_found", "thread_not_found"}  # of an answer under way
        await self.server.delete(_now(message))

    async def press_forged(self, person: Person, message: Seen, press: str, *, wait: bool = True) -> Outcome:
        shown = [one for block in _now(message).blocks for one in elements(block) if "action_id" in one]
        (button, *_) = (one for one in shown if read_press(one["action_id"]))
        before = button["action_id"]
        button["action_id"] = press
        try:
            pressed = await self.server.click(self.user(person), _now(message), press)
            return await self._came(person, pressed, wait=wait)
        finally:
            button["action_id"] = before

    # What there is to be seen

    def shown_in(self, room: Room) -> list[Seen]:
        found = self.server.world.messages_in(room.id)
        return [self.seen(one) for one in found if one.bot_id and not one.ephemeral]

    def asides(self, person: Person) -> list[Seen]:
        found = self.server.world.messages.values()
        return [self.seen(one) for one in found if one.viewer_id == person.id]

    def check_sound(
        self, message: Seen, articles: Collection[Article] = (), quotes: Sequence[Quote] = ()
    ) -> None:
        now = _now(message)
        made = reader.check_sound({"text": now.text, "blocks": list(now.blocks)}, articles)
        for quote, one in zip(quotes, reader.quotes_in(made), strict=False):
            reader.check_verbatim(one, quote)

    def assert_well_mannered(self) -> None:
        self.running.assert_well_mannered()
        assert not self.server.pings

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

    def subject(self, answer: Seen) -> str:
        press = read_press(action_id(_now(answer), "up"))
        assert press
        return press.subject


def person(user: User) -> Person:
    """Somebody in Slack."""
    return Person(user.id, user.name)


def _now(seen: Seen) -> Message:
    assert isinstance(seen, SlackSeen)
    return seen.now


def _typed(value: str | bool) -> str:
    """The value of an option as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f'"{value}"' if " " in value else value
