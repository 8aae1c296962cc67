"""Discord's driver: discord.py itself over real sockets on a local Discord."""

import json
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from bot.answers.answer import Quote
from bot.answers.excerpt import at_once
from bot.chat.venue import Venue
from bot.cli.composition import LoadModel
from bot.standing.standing_rounds import StandingRounds
from corpus.article import Article
from tests.bot.discord import reader
from tests.bot.discord.live import LiveBot, live_bot
from tests.bot.platforms.platform import Form, Outcome, Person, Platform, Room, Seen, person_of
from tests.bot.running_bot import PASSING, RELOAD_PATIENCE
from tests.bot.samples.articles import File
from tools.local_discord import Conversation, Exchange, LocalDiscord, Message, Permission, Upload
from tools.local_discord import MarkdownNode as Node
from tools.local_discord import component_texts as texts
from tools.local_discord import parse_markdown as parse
from tools.local_discord import plain_text as plain
from tools.local_discord import walk_components as walk
from tools.local_discord import walk_markdown as nodes_of

SELECT = 3
"""The input of a form that takes a list of values."""
UPDATE = 7
"""The response that changes the message on which a button was pressed."""
ANSWERS = ("PATCH", "/webhooks/*/messages/@original")
"""How the answer to a command or a press is shown."""
REPLIES = ("POST", "/channels/*/messages")
"""How a message is answered."""


def read(content: str) -> tuple[Node, ...]:
    """What a client makes of a text, a date as an English reader sees it."""
    return tuple(_dated(node) for node in parse(content))


def _dated(node: Node) -> Node:
    if node.kind == "timestamp":
        day = datetime.fromtimestamp(int(node.text), UTC)
        return replace(node, text=f"{day.day} {day:%B %Y}")
    return replace(node, children=tuple(_dated(one) for one in node.children))


class DiscordSeen(Seen):
    """A message on Discord."""

    key = "custom_id"

    @property
    def nodes(self) -> list[Node]:
        """What its texts are made of."""
        message = self.now
        return [node for text in (message.content, *texts(message.components)) for node in read(text)]

    @property
    def text(self) -> str:
        message = self.now
        shown = [plain(read(text)) for text in (message.content, *texts(message.components))]
        return "\n".join(text.strip("\n") for text in shown if text)

    @property
    def answers(self) -> str | None:
        asked: str | None = self.now.reply_to
        return asked

    @property
    def bold(self) -> list[str]:
        quotes = [node for node in nodes_of(self.nodes) if node.kind == "quote"]
        return [plain([one]) for quote in quotes for one in nodes_of([quote]) if one.kind == "strong"]

    @property
    def elements(self) -> list[dict[str, Any]]:
        return [one for _, one in walk(self.now.components) if "custom_id" in one or "url" in one]

    def label(self, element: Mapping[str, Any]) -> str:
        return element.get("label") or ""

    def chosen(self, setting: str) -> list[str]:
        menu = self.element("set", setting)
        if "options" not in menu:
            return [one["id"] for one in menu.get("default_values") or ()]
        return [option["label"] for option in menu["options"] if option.get("default")]

    @property
    def files(self) -> dict[str, str]:
        files = self.server.world.files
        return {one.filename: files[one.id].decode() for one in self.now.attachments}

    @property
    def source(self) -> str:
        return json.dumps([self.text, *self.now.components], ensure_ascii=False)

    @property
    def stored_id(self) -> str:
        return self.id


class DiscordOutcome(Outcome):
    """What came of an interaction or a message."""

    @property
    def said(self) -> Seen:
        assert isinstance(self.raw, Conversation)
        return self._platform.seen(self.raw.said)

    @property
    def messages(self) -> list[Seen]:
        if isinstance(self.raw, Conversation):
            found = self.raw.replies
        else:
            about, message = self.raw.interaction, self.raw.message
            changed = message and (
                message.id != about.source_id or about.edits or self.raw.ack_type == UPDATE
            )
            found = [*([message] if message and changed and not message.loading else []), *self.raw.followups]
        seen = [self._platform.seen(one) for one in found]
        return sorted(seen, key=lambda one: one.alone is not None)

    @property
    def form(self) -> Form | None:
        assert isinstance(self.raw, Exchange)
        modal = self.raw.modal
        return Form(modal.title, modal) if modal else None

    @property
    def offered(self) -> dict[str, str]:
        assert isinstance(self.raw, Exchange)
        return {str(one["value"]): str(one["name"]) for one in self.raw.choices}

    @property
    def acknowledged_after(self) -> float | None:
        # A message is not acknowledged on Discord: the gateway hands it over once.
        return 0.0 if isinstance(self.raw, Conversation) else self.raw.acked_after


class DiscordPlatform(Platform):
    """A local Discord."""

    name = "discord"
    can: ClassVar[frozenset[str]] = frozenset({"threads of its own"})
    direct_is_of_the_community = False

    outcome = DiscordOutcome
    server: LocalDiscord
    live: LiveBot | None = None

    def __init__(self, server: LocalDiscord) -> None:
        """No bot runs yet."""
        super().__init__(server)
        self._heard: dict[str, dict[str, Any]] = {}
        self.moderator = person_of(server.moderator)
        self.community = server.guild.id
        self.other_community = server.other_guild.id
        self.editors = ("admin_roles", server.editor_role.id)

    @classmethod
    @asynccontextmanager
    async def serve(cls) -> AsyncIterator[Self]:
        async with LocalDiscord() as server:
            yield cls(server)

    @asynccontextmanager
    async def bot(self, load: LoadModel, home: Path, **settings: Any) -> AsyncIterator[None]:
        if "custodians" in settings:
            settings["discord_servers"] = settings.pop("custodians")
        if "reads_all" in settings:
            settings["discord_message_content"] = settings.pop("reads_all")
        async with live_bot(load, home, self.server, **settings) as self.live:
            # What is deleted or closed may be tried, and Discord says so.
            self.live.refusals[:] = [
                "REPLIES_UNKNOWN_MESSAGE",
                "Unknown Message",
                "Missing Permissions (50013)",
                "Cannot send messages to this user (50007)",
            ]
            yield
        self.live = None

    async def start(self, *, reads_all: bool = False) -> None:
        await self.running.start(reads_messages=reads_all or None)

    # People and rooms

    def seen(self, message: Message) -> DiscordSeen:
        """A message as people see it."""
        return DiscordSeen(self.server, message.id, Room(message.channel_id), message)

    def be_alone(self) -> None:
        other = self.server.other_guild
        self.server.world.guilds[other.id] = replace(other, bot_inside=False)

    def somebody(self, name: str = "Somebody") -> Person:
        user = self.server.world.add_user(name)
        self.server.world.join(self.server.guild, user)
        return person_of(user)

    def new_room(self, name: str = "room") -> Room:
        return Room(self.server.add_channel(self.server.guild, name).id)

    def join(self, room: Room, *people: Person) -> None:
        pass  # a channel is open to all of its server

    async def new_thread(self, person: Person, room: Room) -> Room:
        return await self.open_thread(person, (await self.ask(person, room)).answer)

    async def open_thread(self, person: Person, answer: Seen) -> Room:
        await self.press(person, answer, "thread", wait=False)
        world = self.server.world
        await self.until(lambda: len(world.messages_in(answer.id)) == 2, RELOAD_PATIENCE)
        await self.idle()
        return Room(answer.id)

    @asynccontextmanager
    async def without_the_role(self) -> AsyncIterator[None]:
        server = self.server
        server.world.join(server.guild, server.editor)
        try:
            yield
        finally:
            server.world.join(server.guild, server.editor, server.editor_role)

    def let_try(self, person: Person) -> None:
        self.server.granted.update((person.id, name) for name in ("corpus", "settings"))

    # What people do

    async def command(
        self, person: Person, room: Room, name: str, options: Mapping[str, Any], *, wait: bool = True
    ) -> Outcome:
        """A slash command with its options."""
        made = await self.server.command(self.user(person), self.channel(room), name, **options)
        return await self._came(person, made, wait=wait)

    async def ask(
        self, person: Person, room: Room, question: str = PASSING, *, wait: bool = True, **options: Any
    ) -> Outcome:
        return await self.command(person, room, "ask", {"question": question, **options}, wait=wait)

    async def fill_in(self, person: Person, room: Room, question: str, **options: Any) -> Outcome:
        return await self.ask(person, room, question, **options)

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
        name = {"latest": "topic", "article": "article"}.get(what, "")
        given: dict[str, Any] = {name: words} if words else {}
        return await self.command(person, room, what, given | ({"all": True} if every else {}), wait=wait)

    async def watch(self, person: Person, room: Room, question: str = "", **options: Any) -> Outcome:
        asked = {"question": question} if question else {}
        return await self.command(person, room, "watch", {**asked, **options})

    @property
    def rounds(self) -> StandingRounds:
        return self.running.client.standing  # type: ignore[no-any-return]

    def crash(self) -> None:
        super().crash()
        self.running.refusals.append("40060")  # whoever goes on promises a reply that may be promised already

    def leave(self, person: Person) -> None:
        del self.server.world.members[self.community][person.id]
        self.running.refusals.append("Unknown Member")  # the bot finds out by asking

    def close_channel(self, room: Room) -> None:
        self.server.deny(self.channel(room), Permission.SEND_MESSAGES)
        self.running.refusals.append("Missing Permissions")  # the same

    def cut_posts(self, *, arrived: bool) -> Any:
        return (self.server.faults.lose if arrived else self.server.faults.cut)(*REPLIES)

    async def administer(self, person: Person, room: Room, act: str, **options: Any) -> Outcome:
        return await self.command(person, room, f"corpus {act}", options)

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
        where = {"collection": collection} if collection else {}
        given = Upload(file.name, file.content, file.kind)
        return await self.command(person, room, "corpus add", {"file": given, **where, **said}, wait=wait)

    async def settings(self, person: Person, room: Room, *, whole: bool = True) -> Outcome:
        return await self.command(person, room, f"settings {'server' if whole else 'channel'}", {})

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
        user, channel = self.user(person), self.channel(room)
        if forwards:
            said = await self.server.forward(user, channel, forwards.now)
        else:
            said = await self.server.say(user, channel, text, reply_to=to.now if to else None)
        return await self._came(person, said, wait=wait)

    async def check(self, person: Person, message: Seen) -> Outcome:
        room = self.channel(message.room)
        name = "Check against the news"
        made = await self.server.context_command(self.user(person), room, name, message.now)
        return await self._came(person, made)

    async def choose(
        self, person: Person, panel: Seen, setting: str, *values: str, act: str = "set"
    ) -> Outcome:
        key = panel.element(act, setting)[panel.key]
        chosen = await self.server.select(self.user(person), panel.now, key, values)
        return await self._came(person, chosen)

    async def submit(self, person: Person, form: Form | None, **values: str) -> Outcome:
        assert form
        inputs = {one.get("custom_id"): one["type"] for _, one in walk(form.raw.components)}
        given = {name: [one] if inputs[name] == SELECT else one for name, one in values.items()}
        return await self._came(person, await self.server.submit(self.user(person), form.raw, given))

    async def typed(
        self, person: Person, room: Room, option: str, words: str, command: str = "ask"
    ) -> dict[str, str]:
        user, channel = self.user(person), self.channel(room)
        question = {"question": PASSING} if command == "ask" else {}
        made = await self.server.autocomplete(user, channel, command, option, words, **question)
        return (await self._came(person, made)).offered

    async def tell_again(self, message: Seen) -> None:
        sent = [frame for session in self.server.sessions.sessions.values() for frame in session.sent]
        told = self._heard.setdefault(message.id, {})
        told |= next((f["d"] for f in sent if f["t"] == "MESSAGE_CREATE" and f["d"]["id"] == message.id), {})
        self.server.dispatch_raw("MESSAGE_CREATE", told)

    async def edit(self, message: Seen, text: str) -> None:
        self.server.clock.advance(1)
        await self.server.edit(message.now, text)
        await self.catch_up()

    async def preview(self, message: Seen) -> None:
        shown = replace(message.now, embeds=({"type": "rich", "title": "The Chosei mine"},))
        self.server.publish("MESSAGE_UPDATE", self.server.world.keep_message(shown))
        await self.catch_up()

    async def delete(self, message: Seen) -> None:
        await self.server.delete(message.now)

    async def catch_up(self) -> None:
        # In a channel, where what is said comes through the same gateway.
        await self.call(self.admin, self.random)
        self.rest()

    # What there is to be seen

    def shown_in(self, room: Room) -> list[Seen]:
        world = self.server.world
        rooms = [room.id, *(one.id for one in world.channels.values() if one.parent_id == room.id)]
        found = [message for name in rooms for message in world.messages_in(name)]
        return [self.seen(one) for one in found if one.author == self.server.bot and not one.ephemeral]

    def typing_in(self, room: Room) -> int:
        return sum(channel == room.id for channel, _ in self.server.typing)

    def check_sound(
        self, message: Seen, articles: Collection[Article] = (), quotes: Sequence[Quote] = ()
    ) -> None:
        shown = reader.quotes_in(reader.check_sound(message.now.components, articles))
        for quote, one in zip(quotes, shown, strict=False):
            reader.check_verbatim(one, at_once(quote))

    # Trouble

    def refuse_answer(self) -> None:
        self.server.faults.fail(*ANSWERS, status=400)
        self.server.faults.fail(*REPLIES, status=400)

    def slow_answers(self, seconds: float, *, answered_late: bool = False, times: int | None = 1) -> Any:
        faults = self.server.faults
        faults.slow(*ANSWERS, seconds, answer_only=answered_late, times=times)
        return faults.slow(*REPLIES, seconds, answer_only=answered_late, times=times)

    def expect_incident(self) -> None:
        assert self.running.incidents.lines
        self.running.incidents.lines.clear()

    def hold_answers(self) -> Callable[[], bool]:
        held = [self.server.faults.cut(*route, times=None) for route in (ANSWERS, REPLIES)]
        return lambda: held[0].hits >= 1 and held[1].hits >= 2

    # What is on record

    def venue(self, room: Room) -> Venue:
        channel = self.channel(room)
        if channel.is_thread:
            return Venue(self.name, channel.guild_id, channel.parent_id or "", channel.id)
        return Venue(self.name, channel.guild_id, channel.id)
