"""Communities that do everything people can do, at random and at the same time, and reach for each other's.

Each has a word of its own that stands in all that is its own: texts, titles, sources, authors, names of files
and of collections; and another that it alone says in its questions and reasons. Nobody else types them; what
others type that is like the first (`quartzbeak-0`, `quartzbeek`) is taken out of what they get before it is
looked through.
"""

import itertools
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.actions import settings_panel
from bot.actions.button_table import button_job
from bot.actions.call import ButtonPress
from bot.cards import answers, articles
from bot.cards.administration import reports
from bot.cards.answer_buttons import AnswerContext
from bot.cards.card import Attached, Canvas, Card
from bot.cards.failures import explained
from bot.cards.notices import failure
from bot.cards.press import Press
from bot.cards.request import Request
from bot.chat.button_key import button_key
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Caller, Person, Venue
from bot.community_admin.change_progress import ChangeProgress
from bot.discord.drawing import render as discord_draw
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.job import Job, PrivateAnswer
from bot.dispatch.platform_profile import PlatformProfile
from bot.dispatch.reply import Placement
from bot.messages.catalogue import Messages, messages_for
from bot.service.service import Service
from bot.slack.drawing import render as slack_draw
from corpus.article import Article
from corpus.errors import NewsdeskError
from tests.bot.dispatch.recording_reply import RecordingReply
from tests.bot.service.people import ADMIN, somebody

CANVASES: Mapping[str, Canvas] = {"discord": discord_draw.CANVAS, "slack": slack_draw.CANVAS}
OWN = 3
"""Collections that each community may have under its own word; others type the name of the first alone."""
DISPUTED = ("hall-0", "hall-1", "hall-2")
"""Names that all of them would like."""
QUESTIONS = (
    "Who keeps the code of the vault for {said}?",
    "What did the minutes say about {said}?",
    "Who opened the vault of {said} yesterday?",
    "{said} vault",
    "{said} 금고의 비밀번호는?",
)
GOING_ON = ("And why?", "When?", "And who else?", "왜?")
"""Questions that lean on the one before them, whose words are taken over."""
NOTICE = "noticeheron"
"""A word of what is for all, but for the times when one of them has it alone."""
THREADS = ("77", "78")
"""Conversations with the bot, of the same numbers with everybody; the first is the direct message's too."""


@dataclass(slots=True)
class Community:
    """One of them: where it is, its word, a slip of it, the word that it says in questions, and what it has
    got so far."""

    venue: Venue
    word: str
    slip: str
    said: str
    administers: bool = True
    answers: list[str] = field(default_factory=lambda: ["none"])
    messages: list[str] = field(default_factory=lambda: ["none"])
    typed: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    """In how many of the outcomes of each path its own word stood."""
    corrected: int = 0
    """How many of its own slips were put right."""

    @property
    def secrets(self) -> tuple[str, str]:
        """What nobody else may see."""
        return self.word, self.said

    @property
    def names(self) -> tuple[str, ...]:
        """What its own collections are called."""
        return tuple(f"{self.word}-{number}" for number in range(OWN))

    def article(self, number: int, place: str) -> dict[str, str]:
        """An article of its own for a collection, under an id that others have too."""
        return {
            "id": f"minutes-{number}",
            "title": f"Minutes {number} of {self.word}",
            "source": f"{self.word} Gazette",
            "author": f"A. {self.word}",
            "published": f"2026-02-{number + 1:02}",
            "text": f"The code of the vault is {self.word}{number}. {self.word} keeps the code of the vault. "
            f"The minutes said that {self.word} opened it, as is put down in {place}.",
        }

    def file(self, chance: random.Random, place: str) -> bytes:
        """Some of them, to be handed over for a collection."""
        rows = [self.article(number, place) for number in chance.sample(range(6), chance.randint(1, 3))]
        return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """The time for which a community alone has what was for all."""

    by: Community


class Stopped(ChangeProgress):
    """ChangeProgress of something that fails on the way, wherever that may be."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._left = chance.randrange(12)

    def __call__(self, what: str, done: int, total: int) -> None:
        self._left -= 1
        self.stopping = self._left < 0
        super().__call__(what, done, total)


class Rivals:
    """What they do, one act after another; `turns` has one for each platform."""

    def __init__(
        self,
        service: Service,
        communities: list[Community],
        chance: random.Random,
        holding: Callable[[], Holding | None],
        extra: "Paths | None" = None,
    ) -> None:
        self.service = service
        self.holding = holding
        self.communities = communities
        self.chance = chance
        self.dispatcher = {
            name: Dispatcher(service, PlatformProfile(name, canvas, 1, reads_messages=True))
            for name, canvas in CANVASES.items()
        }
        self.events = itertools.count()
        self.reads: Counter[str] = Counter()
        """Outcomes that were looked through, by path."""
        self.paths: Paths = {**ASKING, **BROWSING, **PRESSING, **KEEPING, **(extra or {})}
        self._weights = [WEIGHTS.get(name, 3) for name in self.paths]

    async def act(self) -> None:
        """One act of one community. Raises AssertionError where it shows what is another's."""
        community = self.chance.choice(self.communities)
        [path] = self.chance.choices(list(self.paths), self._weights)
        if path in KEEPING and not community.administers:
            path = "ask"
        deed = Deed(self, community)
        holding = self.holding()
        try:
            found = await self.paths[path](deed)
        except NewsdeskError as error:
            found = [f"{error!r} {vars(error)}", failure(explained(error, deed.say))]
        hidden = [word for one in self.communities if one is not community for word in one.secrets]
        if holding and holding is self.holding() and holding.by is not community:
            hidden.append(NOTICE)  # all the while
        self.check(path, community, found, hidden)

    def check(self, path: str, community: Community, found: object, hidden: list[str]) -> None:
        """Look through everything that came of it, as objects and as it is drawn."""
        text = shown_text(found, community.venue.platform).casefold()
        for word in sorted(community.typed, key=len, reverse=True):
            text = text.replace(word.casefold(), "")
        self.reads[path] += 1
        for word in hidden:
            place = text.find(word)
            shown = text[max(place - 300, 0) : place + 200]
            assert place < 0, f"{path} of {community.word} has {word}: …{shown}…"
        for name in community.names:  # which it may have typed
            text = text.replace(name, "")
        community.seen[path] += community.word in text


@dataclass(slots=True)
class Deed:
    """Somebody of a community who does something that half of the time reaches for another's."""

    rivals: Rivals
    by: Community
    other: Community = field(init=False)
    person: Person = field(init=False)
    venue: Venue = field(init=False)

    def __post_init__(self) -> None:
        chance = self.rivals.chance
        self.other = chance.choice(self.rivals.communities)
        self.person = replace(somebody(chance.randrange(50)), locale=chance.choice(("en", "ko", "ja")))
        self.venue = self.by.venue
        if self.by.venue.community is not None:
            thread = chance.choice((None, None, *THREADS))
            self.venue = replace(
                self.venue, channel=str(chance.randrange(200)), thread=thread, own=thread is not None
            )

    @property
    def chance(self) -> random.Random:
        """Where it all comes from."""
        return self.rivals.chance

    @property
    def service(self) -> Service:
        """What all of them use."""
        return self.rivals.service

    @property
    def say(self) -> Messages:
        """The words of the bot for who asks."""
        return messages_for(self.person.locale, self.venue.platform)

    @property
    def canvas(self) -> Canvas:
        """What the platform holds."""
        return CANVASES[self.venue.platform]

    def type(self, words: str) -> str:
        """Something that may come back to who typed it, as it was typed."""
        if self.other is not self.by:
            self.by.typed.add(words)
        return words

    def name(self) -> str:
        """A collection's name: one's own, the other's first, one that is disputed, or one for all."""
        own = self.chance.choice(self.by.names)
        return self.chance.choice(
            (own, own, self.type(self.other.names[0]), self.chance.choice(DISPUTED), "news", "board")
        )

    def place(self) -> str:
        """A collection to change: not the board, which the operator opens once what he put there is out."""
        name = self.name()
        return "news" if name == "board" else name

    def text(self) -> str:
        """A question, one that goes on, or one with a slip: of another's word, which must not be put right,
        or of one's own, which is."""
        kind = self.chance.randrange(4)
        if kind == 0:
            return self.chance.choice(GOING_ON)
        if kind == 1:
            return self.chance.choice(QUESTIONS).format(said=self.by.said)
        slip = self.by.slip if kind == 2 else self.type(self.other.slip)
        return f"Does {slip} keep the code of the vault?"

    def answer(self) -> str:
        """The id of an answer: one's own, or another's that was overheard."""
        return self.chance.choice(self.chance.choice((self.by, self.other)).answers[-20:])

    def key(self) -> str:
        """The key of an article: one's own, or another's that was overheard."""
        whose = self.chance.choice((self.by, self.other))
        collection = self.chance.choice((*whose.names, *DISPUTED, "board"))
        blank = Article(id="", title="", text="", source="")
        return button_key(replace(blank, id=f"minutes-{self.chance.randrange(6)}", collection=collection))

    async def ask(self, **options: object) -> object:
        """A question, answered through what every platform shares, to the card that is shown."""
        given: list[DeliveredAnswer] = []
        message = self.chance.choice(self.chance.choice((self.by, self.other)).messages[-20:])
        at = self.venue
        if message != "none" and at.community is not None and self.chance.random() < 0.5:
            at = replace(at, channel=message.partition("/")[0], thread=None, own=False)
        asking = QuestionRequest(at, self.person, self.text(), replied=message, **options)  # type: ignore[arg-type]

        async def work() -> DeliveredAnswer:
            given.append(await self.service.questions.ask(asking))
            return given[0]

        dispatcher = self.rivals.dispatcher[at.platform]
        reply = RecordingReply(f"{at.room}/{len(self.by.messages)}")
        job = Job(Placement.PUBLIC, work, question=asking)
        event = f"event-{next(self.rivals.events)}"
        await dispatcher.run(event, dispatcher.request(at, self.person), reply, job)
        if given:
            self.by.answers.append(given[0].record.id)
            self.by.messages.append(f"{at.room}/{len(self.by.messages)}")
            self.by.corrected += any(hint.name == self.by.word for hint in given[0].record.query.parsed.hints)
        # What was found and is shown no more, as it was given away meanwhile, is looked at where it is shown.
        return reply.cards

    async def press(self, act: str, subject: str, argument: str = "", values: tuple[str, ...] = ()) -> object:
        """A press, also of a button that was never shown."""
        job = button_job(self.pressed(Press(act, subject, argument), values))
        assert job
        found = await job.work()
        if isinstance(found, PrivateAnswer):
            found = found.answer
        if isinstance(found, DeliveredAnswer):
            return [found, answers.answer_card(found, self.say, AnswerContext(), self.canvas)]
        return found

    def pressed(self, press: Press, values: tuple[str, ...] = ()) -> ButtonPress:
        """A press by who administers."""
        profile = self.rivals.dispatcher[self.venue.platform].profile
        request = Request(self.venue, ADMIN, self.say, self.say, self.canvas)
        return ButtonPress(self.service, profile, request, RecordingReply(), press, values)

    async def keep(self, work: Awaitable[object], card: Callable[..., Card]) -> object:
        """Something of those who administer, and the card of what came of it."""
        found = await work
        return [found, card(found, self.say, self.canvas)]


Path = Callable[[Deed], Awaitable[object]]
Paths = dict[str, Path]


async def _now(found: object) -> object:
    return found


async def _shared(deed: Deed) -> object:
    shown = await deed.service.stored_answers.share(deed.answer(), Caller(deed.venue, deed.person))
    return [shown, answers.answer_card(shown, deed.say, AnswerContext(shared="x"), deed.canvas)]


async def _widened(deed: Deed) -> object:
    name = deed.chance.choice(("since", "sources", "read", "filters"))
    shown = await deed.service.questions.widen(
        deed.answer(), Caller(deed.venue, deed.person), name, private=False
    )
    return [shown, answers.answer_card(shown, deed.say, AnswerContext(), deed.canvas)]


async def _latest(deed: Deed, topic: str = "") -> object:
    found = await deed.service.browsing.latest(Caller(deed.venue, deed.person), topic)
    return [found, articles.latest_card(found, topic, deed.say, deed.canvas)]


async def _sources(deed: Deed) -> object:
    found = await deed.service.browsing.sources(deed.venue)
    return [found, articles.sources_card(found, deed.say, deed.canvas)]


async def _article(deed: Deed, name: str) -> object:
    found = await deed.service.browsing.article(deed.venue, name)
    return [found, articles.article_card(found, 1, deed.say, deed.canvas)]


async def _panel(deed: Deed) -> object:
    press = deed.pressed(Press("settings", deed.chance.choice(("", deed.venue.channel))))
    offered = [settings_panel.choices(deed.service, name, deed.venue) for name in ("sources", "collections")]
    return [await settings_panel.show_panel(press), offered]


async def _add(deed: Deed, progress: ChangeProgress, data: bytes | None = None) -> object:
    place, file = deed.place(), f"{deed.by.word}-9.jsonl"
    made = data or deed.by.file(deed.chance, place)
    work = deed.service.corpus_editor.add_upload(Caller(deed.venue, ADMIN), place, file, made, progress)
    return await deed.keep(work, reports.report_card)


async def _add_address(deed: Deed) -> object:
    address = deed.chance.choice(("http://127.0.0.1/", "nothing", "file:///etc/passwd"))
    return await deed.service.corpus_editor.add_address(
        Caller(deed.venue, ADMIN), deed.place(), address, ChangeProgress()
    )


ASKING: Paths = {
    "ask": lambda deed: deed.ask(),
    "ask in": lambda deed: deed.ask(collections=(deed.name(),)),
    "ask of": lambda deed: deed.ask(sources=(deed.type(f"{deed.other.slip} Gazette"),)),
    "ask since": lambda deed: deed.ask(since="2026-02", private=True),
    "check": lambda deed: deed.ask(checked=True),
    "share": _shared,
    "widen": _widened,
    "questions": lambda deed: deed.service.stored_answers.history(Caller(deed.venue, deed.person), 9),
}
BROWSING: Paths = {
    "latest": _latest,
    "latest of": lambda deed: _latest(deed, deed.text()),
    "newest": lambda deed: deed.service.browsing.newest(deed.venue, 9),
    "sources": _sources,
    "source names": lambda deed: _now(deed.service.browsing.source_names(deed.venue)),
    "titles": lambda deed: deed.service.browsing.titled(
        deed.venue, deed.chance.choice(("", "m", "vault")), 99
    ),
    "collections": lambda deed: _now(
        (deed.service.access.visible(deed.venue), deed.service.access.collections(deed.venue))
    ),
    "article": lambda deed: _article(deed, f"minutes-{deed.chance.randrange(6)}"),
    "article in": lambda deed: _article(deed, f"{deed.name()}:minutes-{deed.chance.randrange(6)}"),
    "article titled": lambda deed: _article(deed, "minutes"),
}
PRESSING: Paths = {
    "more": lambda deed: deed.press("more", deed.answer()),
    "context": lambda deed: deed.press("context", deed.answer(), "1"),
    "actions": lambda deed: deed.press("actions", deed.answer(), ""),
    "why": lambda deed: deed.press("why", deed.answer()),
    "read": lambda deed: deed.press("read", deed.key()),
    "page": lambda deed: deed.press("page", deed.key(), "2-1"),
    "up": lambda deed: deed.press("up", deed.answer()),
    "reason": lambda deed: deed.press(
        "reason", deed.answer(), "wrong", (f"It is wrong about {deed.by.said}.",)
    ),
}
KEEPING: Paths = {
    "status": lambda deed: deed.keep(
        deed.service.corpus_overview.status(Caller(deed.venue, ADMIN)), reports.status_card
    ),
    "history": lambda deed: deed.keep(
        deed.service.corpus_overview.history(Caller(deed.venue, ADMIN)), reports.history_card
    ),
    "audit": lambda deed: deed.service.corpus_overview.audit(Caller(deed.venue, ADMIN)),
    "governed titles": lambda deed: deed.service.browsing.titled(
        deed.venue, "", 99, deed.service.admin_rights.governed(deed.venue)
    ),
    "panel": _panel,
    "set": lambda deed: deed.press("set", "", f"collections={deed.name()}"),
    "named-sources": lambda deed: deed.press(
        "named-sources", "", "", (deed.type(f"{deed.other.slip} Gazette"),)
    ),
    "reset": lambda deed: deed.press("reset", ""),
    "plan": lambda deed: deed.keep(
        deed.service.corpus_editor.plan(Caller(deed.venue, ADMIN), ChangeProgress()), reports.plan_card
    ),
    "reload": lambda deed: deed.keep(
        deed.service.corpus_editor.reload(
            Caller(deed.venue, ADMIN), ChangeProgress(), force=deed.chance.random() < 0.5
        ),
        reports.report_card,
    ),
    "add": lambda deed: _add(deed, ChangeProgress()),
    "add nothing": lambda deed: _add(deed, ChangeProgress(), b"\xff{"),
    "add, stopped": lambda deed: _add(deed, Stopped(deed.chance)),
    "add address": _add_address,
    "remove": lambda deed: deed.keep(
        deed.service.corpus_editor.remove(
            Caller(deed.venue, ADMIN),
            deed.place(),
            deed.chance.choice((f"minutes-{deed.chance.randrange(6)}", f"{deed.by.word}-9.jsonl")),
            ChangeProgress(),
        ),
        reports.report_card,
    ),
    "restore": lambda deed: deed.keep(
        deed.service.corpus_editor.restore(
            Caller(deed.venue, ADMIN), deed.place(), f"minutes-{deed.chance.randrange(6)}", ChangeProgress()
        ),
        reports.report_card,
    ),
    "rollback": lambda deed: deed.service.corpus_editor.roll_back(
        Caller(deed.venue, ADMIN),
        deed.chance.choice((*deed.by.names, *DISPUTED, deed.type(deed.other.names[0]))),
    ),
}
WEIGHTS = {"ask": 12, "add": 4, "reload": 1, "remove": 1, "restore": 1, "plan": 1, "set": 1, "reset": 3}
"""How often an act is taken; 3 where nothing is said. What changes the corpus takes the longest."""


def shown_text(found: object, platform: str) -> str:
    """Everything in it: objects by their `repr`, cards also as the platform draws them, with their files."""
    if isinstance(found, (list, tuple)):
        return "\n".join(shown_text(one, platform) for one in found)
    if not isinstance(found, Card):
        return repr(found)
    files = [part.content for part in found.parts if isinstance(part, Attached)]
    if platform == "slack":
        return f"{found!r}{json.dumps(slack_draw.blocks(found), ensure_ascii=False)}{files}"
    view, _ = discord_draw.draw(found)
    drawn = view.to_components()  # type: ignore[no-untyped-call]
    return f"{found!r}{json.dumps(drawn, ensure_ascii=False)}{files}"
