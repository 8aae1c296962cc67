"""What people do on a chat platform, and what they see come of it: the driver's contract, in users' words."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Self

from bot.answers.answer import Quote
from bot.cards.press import read_press
from bot.chat.answer_record import AnswerRecord
from bot.chat.audit_entry import AuditEntry
from bot.chat.preferences import PreferenceChanges, Preferences
from bot.chat.venue import Venue
from bot.cli.composition import LoadModel
from bot.dispatch.dispatcher import Dispatcher
from bot.service.service import Service
from bot.standing.standing_rounds import StandingRounds
from corpus.article import Article
from tests.bot.running_bot import PASSING, PATIENCE, RunningBot
from tests.bot.samples.articles import File
from tests.bot.searching import searching

ACKNOWLEDGED = 3.0
"""Seconds until Discord takes an interaction for void, and Slack a command for failed."""
FURTHER = "And how many people died there?"
"""A question that goes on from PASSING; its answer is 183."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by their id on the platform."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """Where people write: a channel, a thread of one, or direct messages."""

    id: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button or menu as it is shown. `act` and `argument` are what it does, `url` is where it leads."""

    label: str
    act: str = ""
    argument: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is open for somebody; `raw` is the platform's own."""

    title: str
    raw: Any = field(repr=False)


@dataclass(frozen=True, eq=False, repr=False)
class Seen(ABC):
    """A message, as it stands now."""

    server: Any
    id: str
    room: Room
    first: Any
    """The message as it was when it was first looked at."""
    key: ClassVar[str]
    """What the platform calls the id of a button."""

    @property
    def now(self) -> Any:
        """The message as the platform has it."""
        return self.server.world.messages.get(self.id, self.first)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Seen) and (self.id, self.room.id) == (other.id, other.room.id)

    def __hash__(self) -> int:
        return hash((self.id, self.room.id))

    def __repr__(self) -> str:
        return f"<message {self.id} in {self.room.id}, to {self.alone or 'all'}: {self.text!r}>"

    @property
    def is_there(self) -> bool:
        """Whether nobody has deleted it."""
        return self.id in self.server.world.messages

    @property
    @abstractmethod
    def text(self) -> str:
        """All that it says, as plain text. Where its lines are broken is the platform's own."""

    @property
    def alone(self) -> str | None:
        """The id of the one person who sees it; none where everybody in the room does."""
        viewer: str | None = self.now.viewer_id
        return viewer

    @property
    @abstractmethod
    def answers(self) -> str | None:
        """The id of the message under which it stands: that it replies to, or on which its thread hangs."""

    @property
    @abstractmethod
    def bold(self) -> list[str]:
        """The pieces of its quotes that are bold."""

    @property
    @abstractmethod
    def elements(self) -> list[dict[str, Any]]:
        """Its buttons and menus as the platform was given them, in order."""

    @abstractmethod
    def label(self, element: Mapping[str, Any]) -> str:
        """What is shown on a button or in a menu."""

    @property
    def buttons(self) -> list[Button]:
        """Its buttons and menus, in order."""
        made = []
        for one in self.elements:
            press = read_press(one.get(self.key, ""))
            act, argument = (press.act, press.argument) if press else ("", "")
            made.append(Button(self.label(one), act, argument, one.get("url") or ""))
        return made

    def element(self, act: str, argument: str | None = None) -> dict[str, Any]:
        """The first button or menu of that act, and with that argument where one is given."""
        for one in self.elements:
            press = read_press(one.get(self.key, ""))
            if press and press.act == act and argument in (None, press.argument):
                return one
        raise AssertionError(f"no {act} {argument or ''} among {self.buttons}")

    @abstractmethod
    def chosen(self, setting: str) -> list[str]:
        """What is chosen in the menu of a setting, as it is shown."""

    @property
    @abstractmethod
    def files(self) -> dict[str, str]:
        """The texts of the files that came with it, by name."""

    @property
    @abstractmethod
    def source(self) -> str:
        """All of it as the platform was given it, with ids, labels and options."""

    @property
    @abstractmethod
    def stored_id(self) -> str:
        """What the bot calls it in what it keeps."""

    @property
    def moment(self) -> float:
        """When it was written, in a unit of the platform's own."""
        return float(self.id)

    @property
    def acts(self) -> list[str]:
        """What its buttons and menus do, in order."""
        return [button.act for button in self.buttons if button.act]

    @property
    def links(self) -> list[str]:
        """Where its buttons lead."""
        return [button.url for button in self.buttons if button.url]

    def has_button(self, name: str, argument: str | None = None) -> bool:
        """Whether there is such a button."""
        return any(
            name == one.label or (name == one.act and argument in (None, one.argument))
            for one in self.buttons
        )

    def button(self, name: str, argument: str | None = None) -> Button:
        """The first button with this label, or failing that with this act and argument."""
        for button in self.buttons:
            if name == button.label or (name == button.act and argument in (None, button.argument)):
                return button
        raise AssertionError(f"no {name} {argument or ''} among {self.buttons}")


class Outcome(ABC):
    """What came of something that somebody did: always as things stand now."""

    def __init__(self, platform: "Platform", by: Person, raw: Any) -> None:
        """`raw` is what the platform knows of it."""
        self.by = by
        self.raw = raw
        self._platform = platform

    def __repr__(self) -> str:
        return repr(self.raw)

    @property
    @abstractmethod
    def said(self) -> Seen:
        """The message that they wrote."""

    @property
    @abstractmethod
    def messages(self) -> list[Seen]:
        """All that the bot said or changed for it and that is still there: first what the room sees, then
        what they see alone."""

    @property
    @abstractmethod
    def form(self) -> Form | None:
        """The form that opened."""

    @property
    @abstractmethod
    def offered(self) -> dict[str, str]:
        """What was offered while they typed: its label by its value."""

    @property
    @abstractmethod
    def acknowledged_after(self) -> float | None:
        """The seconds until the platform was told that the bot is at work; none as long as it was not."""

    @property
    def acknowledged(self) -> bool:
        """Whether the platform was told that in time."""
        after = self.acknowledged_after
        return after is not None and after < ACKNOWLEDGED

    async def settled(self, patience: float = PATIENCE) -> Self:
        """Wait until the bot has answered."""
        await self.raw.settled(patience)
        return self

    @property
    def message(self) -> Seen | None:
        """The first message."""
        return next(iter(self.messages), None)

    @property
    def answer(self) -> Seen:
        """The first message, which is there."""
        assert self.messages, self
        return self.messages[0]

    @property
    def text(self) -> str:
        """What the first message says; empty where there is none."""
        return self.message.text if self.message else ""

    @property
    def public(self) -> list[Seen]:
        """What everybody in the room sees of it."""
        return [one for one in self.messages if one.alone is None]

    @property
    def asides(self) -> list[Seen]:
        """What one person sees of it."""
        return [one for one in self.messages if one.alone is not None]

    @property
    def texts(self) -> list[str]:
        """What each message says."""
        return [one.text for one in self.messages]

    def assert_told_alone(self, words: str) -> None:
        """They were told this, nobody else saw it, and nothing was said to the room."""
        assert [one.alone for one in self.messages] == [self.by.id], self.messages
        assert words in self.text, self.text


class Platform(ABC):
    """A local server of the platform, its people, and the bot on it: the real adapter over real sockets."""

    name: ClassVar[str]
    """What the platform is called in a Venue."""
    can: ClassVar[frozenset[str]]
    """What only some platforms have; a test asks for it with `@pytest.mark.needs`: threads of its own, which
    a button opens, and whispers, by which one person is answered alone to a message in a channel."""
    outcome: ClassVar[type[Outcome]]
    """What comes of what people do."""
    server: Any
    """The local server."""
    live: RunningBot | None = None
    """The bot, where one runs in this process."""
    moderator: Person
    """Somebody who may take away what others asked for."""
    admin: Person
    editor: Person
    """Somebody in the group of editors, which may be chosen to administer."""
    editors: tuple[str, str]
    """The setting in which the editors are chosen to administer, and its value."""
    ann: Person
    kim: Person
    """Who reads in Korean."""
    sato: Person
    """Who reads in Japanese."""
    general: Room
    random: Room
    sealed: Room
    """Where the bot may not write."""
    community: str
    """The id of the server or workspace that all of these belong to."""
    other_community: str
    """The id of another one."""
    direct_is_of_the_community: ClassVar[bool]
    """Whether direct messages belong to a community, and see what is its own."""

    def __init__(self, server: Any) -> None:
        """No bot runs yet."""
        self.server = server
        for name in ("admin", "editor", "ann", "kim", "sato"):
            setattr(self, name, person_of(getattr(server, name)))
        for name in ("general", "random", "sealed"):
            setattr(self, name, Room(getattr(server, name).id))

    # The bot

    @classmethod
    @abstractmethod
    def serve(cls) -> AbstractAsyncContextManager[Self]:
        """A local server, on which no bot runs yet."""

    @abstractmethod
    def bot(self, load: LoadModel, home: Path, **settings: Any) -> AbstractAsyncContextManager[None]:
        """A bot that runs for the time of the block and breaks none of the platform's rules.

        `custodians` are the communities that look after the collections for all, its own unless given.
        """

    @property
    def running(self) -> Any:
        """The bot that runs."""
        assert self.live
        return self.live

    @property
    def home(self) -> Path:
        """The folder with all of the running bot's state."""
        assert self.live
        return self.live.home

    @property
    def service(self) -> Service:
        """What the bot that runs works with."""
        assert self.live
        return self.live.service

    @abstractmethod
    async def start(self, *, reads_all: bool = False) -> None:
        """Connect again, on what was kept, as one that reads all messages where the platform has a choice."""

    async def stop(self) -> None:
        """Disconnect, as a stop by signal does: what is under way is finished first."""
        assert self.live
        await self.live.stop()

    @property
    def dispatcher(self) -> Dispatcher | None:
        """What has the platform's events carried out, where a bot runs in this process."""
        return self.live.dispatcher if self.live else None

    def crash(self) -> None:
        """End what is under way as if the process had been killed."""
        assert self.dispatcher
        for task in self.dispatcher.gate._under_way:
            task.cancel()

    async def idle(self) -> None:
        """Until nothing is under way: an answer is then also remembered, and not only shown."""
        if self.live:
            await self.live.idle()

    @property
    def deletions(self) -> int:
        """How many deleted questions the bot has heard of."""
        assert self.dispatcher
        return len(self.dispatcher.messages._deleted)

    async def restart(self, *, reads_all: bool = False) -> None:
        """Stop, and start anew on what was kept."""
        await self.stop()
        await self.start(reads_all=reads_all)

    def rest(self) -> None:
        """As if nobody had asked anything in the last minute."""
        assert self.live
        self.live.rest()

    async def until(self, true: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait until it is true."""
        await self.server.until(true, patience)

    def searching(self) -> AbstractAsyncContextManager[None]:
        """For the time of the block the search takes for ever, so that questions are under way."""
        return searching(self.service)

    # People and rooms

    def user(self, who: Person) -> Any:
        """Somebody as the platform has them."""
        return self.server.world.users[who.id]

    def channel(self, room: Room) -> Any:
        """A room as the platform has it."""
        return self.server.world.channels[room.id]

    @abstractmethod
    def seen(self, message: Any) -> Seen:
        """A message of the platform's as people see it."""

    @abstractmethod
    def be_alone(self) -> None:
        """The bot is in no other community than this one, from before its first start."""

    @abstractmethod
    def somebody(self, name: str = "Somebody") -> Person:
        """Somebody new, who has asked nothing yet."""

    @abstractmethod
    def new_room(self, name: str = "room") -> Room:
        """A new channel, with everybody in it and the bot."""

    @abstractmethod
    def join(self, room: Room, *people: Person) -> None:
        """They come into a room, where the platform does not let everybody write in it anyway."""

    @abstractmethod
    async def new_thread(self, person: Person, room: Room) -> Room:
        """A new thread, begun by a question of theirs and its answer."""

    async def open_thread(self, person: Person, answer: Seen) -> Room:
        """A thread opened with an answer's button, with the bot's word of welcome in it."""
        raise NotImplementedError

    def direct(self, person: Person) -> Room:
        """Somebody's direct messages with the bot."""
        return Room(self.server.world.dm(self.user(person)).id)

    def mention(self, person: Person | None = None) -> str:
        """What names somebody in a text; the bot where nobody is given."""
        return str(self.server.mention(self.user(person) if person else None))

    @abstractmethod
    def without_the_role(self) -> AbstractAsyncContextManager[None]:
        """For the time of the block the editor is none, and the bot could know."""

    @abstractmethod
    def let_try(self, person: Person) -> None:
        """The platform itself lets them use administrative commands; the bot has still to ask."""

    # What people do. Each is waited for until it is answered, unless `wait` is off.

    async def _came(self, by: Person, raw: Any, *, wait: bool = True) -> Outcome:
        """What comes of it, once it is answered."""
        outcome = self.outcome(self, by, raw)
        if wait:
            await outcome.settled()
            await self.idle()
            assert outcome.acknowledged
        return outcome

    @abstractmethod
    async def ask(
        self, person: Person, room: Room, question: str = PASSING, *, wait: bool = True, **options: Any
    ) -> Outcome:
        """Ask by command. Options are source, since, until, collection and private."""

    @abstractmethod
    async def fill_in(self, person: Person, room: Room, question: str, **options: Any) -> Outcome:
        """Ask with options that are filled in as they are: a command's own, or those of a form."""

    @abstractmethod
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
        """Look around by command: latest (of a topic, with `every` report), sources, article (of that name),
        or help."""

    @abstractmethod
    async def watch(self, person: Person, room: Room, question: str = "", **options: Any) -> Outcome:
        """Set a standing question by command, or list them. Options are those of the command."""

    @property
    @abstractmethod
    def rounds(self) -> StandingRounds:
        """What looks after standing questions on the platform."""

    @abstractmethod
    def leave(self, person: Person) -> None:
        """They are not in the community any more."""

    @abstractmethod
    def close_channel(self, room: Room) -> None:
        """The bot may not write there any more."""

    @abstractmethod
    def cut_posts(self, *, arrived: bool) -> Any:
        """The connection breaks at the next post, before it has arrived or after it."""

    @abstractmethod
    async def administer(self, person: Person, room: Room, act: str, **options: Any) -> Outcome:
        """Administer the corpus by command: status, reload, history, audit, rollback, add, remove, restore.

        Options are collection, url, target, article, forget and refused; of add also what `add` takes.
        """

    @abstractmethod
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
        """Add a file to the corpus. What is `said` of it are the options source, language, dates, encoding
        and fields."""

    @abstractmethod
    async def settings(self, person: Person, room: Room, *, whole: bool = True) -> Outcome:
        """Open the settings of the whole community, or of the channel."""

    @abstractmethod
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
        """Write a message, in reply to one (where the platform has threads: in its thread)."""

    async def let_be(self, person: Person, room: Room, text: str, *, to: Seen | None = None) -> Outcome:
        """Write a message that the bot sees and leaves alone: it answers another one after it."""
        said = await self.say(person, room, text, to=to, wait=False)
        await self.catch_up()
        assert not said.messages, said.messages
        return said

    async def catch_up(self) -> None:
        """Until the bot has heard of all that happened so far: it answers a question that comes after it."""
        await self.say(self.admin, self.direct(self.admin), PASSING)
        self.rest()

    async def call(
        self, person: Person, room: Room, words: str = PASSING, *, to: Seen | None = None, wait: bool = True
    ) -> Outcome:
        """Ask by mention."""
        return await self.say(person, room, f"{self.mention()} {words}".strip(), to=to, wait=wait)

    @abstractmethod
    async def check(self, person: Person, message: Seen) -> Outcome:
        """Have a message checked against the news."""

    async def press(
        self, person: Person, message: Seen, name: str, argument: str | None = None, *, wait: bool = True
    ) -> Outcome:
        """Press the button with that label, or that act; where it is behind another one, that one first."""
        if not message.has_button(name, argument) and message.has_button("actions"):
            unfolded = await self.press(person, message, "actions")
            if not unfolded.answer.has_button(name, argument):
                return unfolded  # what it was refused with
            message = unfolded.answer
        button = message.button(name, argument)
        key = message.element(button.act, button.argument)[message.key]
        pressed = await self.server.click(self.user(person), message.now, key)
        return await self._came(person, pressed, wait=wait)

    @abstractmethod
    async def choose(
        self, person: Person, panel: Seen, setting: str, *values: str, act: str = "set"
    ) -> Outcome:
        """Choose values in a menu of the settings, or of another act."""

    @abstractmethod
    async def submit(self, person: Person, form: Form | None, **values: str) -> Outcome:
        """Send a form with these values."""

    @abstractmethod
    async def typed(
        self, person: Person, room: Room, option: str, words: str, command: str = "ask"
    ) -> dict[str, str]:
        """What is offered while they type into an option of a command: its label by its value."""

    @abstractmethod
    async def tell_again(self, message: Seen) -> None:
        """The platform tells the bot of a message once more, just as it did at first."""

    def send_again(self, asked: Outcome) -> None:  # noqa: B027 - Discord sends each event once
        """The platform sends the event of what somebody did once more, where it does that."""

    @property
    def looked_up(self) -> list[str]:
        """The ids of those whom the bot has asked the platform about, each time."""
        return []

    @property
    def change_shown(self) -> str:
        """All that the administrator was told in the main channel or directly: how far a change is."""
        room = self.shown_in(self.general)
        seen = (*room, *self.asides(self.admin), *self.told(self.admin))
        return "\n".join(one.text for one in seen)

    @abstractmethod
    async def edit(self, message: Seen, text: str) -> None:
        """The author of a message changes what it says; the bot has heard of it afterwards."""

    @abstractmethod
    async def preview(self, message: Seen) -> None:
        """The platform shows beneath a message what an address in it leads to; the bot has heard of it."""

    @abstractmethod
    async def delete(self, message: Seen) -> None:
        """Somebody deletes a message."""

    async def dismiss(self, person: Person, answer: Seen) -> None:
        """Have an answer taken away."""
        await self.press(person, answer, "dismiss", wait=False)
        await self.until(lambda: not answer.is_there)
        await self.idle()

    async def press_forged(self, person: Person, message: Seen, press: str, *, wait: bool = True) -> Outcome:
        """Press a button of a message that the bot never made, by the id that it would have."""
        (button, *_) = (one for one in message.elements if read_press(one.get(message.key, "")))
        before = button[message.key]
        button[message.key] = press
        try:
            pressed = await self.server.click(self.user(person), message.now, press)
            return await self._came(person, pressed, wait=wait)
        finally:
            button[message.key] = before

    # What there is to be seen

    @abstractmethod
    def shown_in(self, room: Room) -> list[Seen]:
        """What the bot has written in a room (in all of its threads), and everybody there sees."""

    def typing_in(self, room: Room) -> int:
        """How often the bot was seen typing there; never where the platform shows nothing of the kind."""
        return 0

    def asides(self, person: Person) -> list[Seen]:
        """What a person alone sees of what the bot has said in rooms."""
        found = self.server.world.messages.values()
        return [self.seen(one) for one in found if one.viewer_id == person.id]

    def told(self, person: Person) -> list[Seen]:
        """What the bot has written to a person directly."""
        return self.shown_in(self.direct(person))

    def told_alone(self, person: Person) -> list[Seen]:
        """What the bot has told a person alone, directly or in a room, in order."""
        return sorted([*self.asides(person), *self.told(person)], key=lambda one: one.moment)

    @abstractmethod
    def check_sound(
        self, message: Seen, articles: Collection[Article] = (), quotes: Sequence[Quote] = ()
    ) -> None:
        """Fail where a message breaks a limit, could ping, forges a link, or shows a date that is none of the
        articles', and where its quotes are not these, word for word and bold where they answer."""

    def assert_well_mannered(self) -> None:
        """No request broke a rule of the platform's, and nobody was pinged."""
        assert self.live
        self.live.assert_well_mannered()
        assert not self.server.pings

    # Trouble

    @abstractmethod
    def refuse_answer(self) -> None:
        """The platform takes the next answer in a channel for broken, as if it had a bug in it."""

    @abstractmethod
    def slow_answers(self, seconds: float, *, answered_late: bool = False, times: int | None = 1) -> Any:
        """The platform takes so long for an answer, or to say that it has it; `hits` of what is given back
        counts."""

    @abstractmethod
    def hold_answers(self) -> Callable[[], bool]:
        """No answer comes through from now on; tells whether answers to a private command and to two messages
        have been tried."""

    @abstractmethod
    def expect_incident(self) -> None:
        """The trouble that was made is logged as an incident, which is otherwise a failure of the test."""

    def end_trouble(self) -> None:
        """Everything works again."""
        self.server.faults.clear()

    # What is on record

    @abstractmethod
    def venue(self, room: Room) -> Venue:
        """The room as the bot knows it."""

    def preferences(self, room: Room) -> Preferences:
        """What holds in a room."""
        return self.service.settings.preferences(self.venue(room))

    def changes(self, room: Room, *, whole: bool = True) -> PreferenceChanges:
        """What was chosen for the community, or for the room."""
        return self.service.settings.chosen(self.venue(room), whole=whole)

    async def prefer(self, room: Room, *, whole: bool = False, **values: object) -> None:
        """Settings, as if somebody had chosen them."""
        await self.service.settings.choose(self.venue(room), values, whole=whole)

    async def audit(self) -> list[AuditEntry]:
        """The audit log of the community, newest first."""
        entries = self.service.chat_store.audit.entries
        return await self.service.db_worker.run(entries, self.name, self.community, 100)

    async def record(self, answer: Seen) -> AnswerRecord:
        """What is kept of an answer."""
        subject = self.subject(answer)
        get, tenant = self.service.chat_store.answers.get, self.venue(answer.room).tenant
        found = await self.service.db_worker.run(get, subject, tenant)
        assert found
        return found

    def subject(self, answer: Seen) -> str:
        """The id of the answer in a message, as its buttons carry it."""
        presses = (read_press(one.get(answer.key, "")) for one in answer.elements)
        return next(one.subject for one in presses if one and one.act not in ("read", "page"))

    async def votes(self, answer: Seen) -> list[Any]:
        """The votes on an answer."""
        kept = await self.record(answer)
        return list(self.service.chat_store.votes.of(kept.id))

    async def kept(self, question: Seen) -> int:
        """How many answers to a message are on record."""
        find, tenant = self.service.chat_store.answers.to_question, self.venue(question.room).tenant
        return len(await self.service.db_worker.run(find, tenant, question.stored_id))

    def served(self) -> list[str]:
        """The generations that are served."""
        return sorted(snapshot.generation for snapshot in self.service.desk.collections.values())


def person_of(user: Any) -> Person:
    """A user of the platform's as a person."""
    return Person(user.id, user.name)


def flat(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def texts(messages: Sequence[Seen]) -> list[str]:
    """What each of the messages says."""
    return [one.text for one in messages]
