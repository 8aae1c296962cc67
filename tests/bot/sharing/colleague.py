"""A process of several on one database, within this one: its dispatcher, and a platform that all write to."""

import asyncio
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from bot.cards.card import Card
from bot.cards.notices import notice
from bot.cards.request import Request
from bot.chat.question_request import QuestionRequest
from bot.chat_store.chat_store import ChatStore
from bot.discord.drawing.render import CANVAS
from bot.dispatch.claims import Pending
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.fence import check_fence
from bot.dispatch.job import Job
from bot.dispatch.platform_profile import PlatformProfile
from bot.dispatch.reply import Placement, Reply
from bot.runtime.worker import Worker
from bot.service.service import Service
from bot.service.service_factory import SHARED_DEADLINE
from bot.sharing.peers import Peers
from corpus.storage.sql.server_address import ServerAddress
from tests.bot.dispatch.recording_reply import RecordingReply
from tests.bot.service.people import ANN, CITY

PROFILE = PlatformProfile("discord", CANVAS, 1, reads_messages=True)
QUESTION = QuestionRequest(CITY, ANN, "Who met in Nara?", message="9")
PATIENCE = 20.0
"""Seconds to wait, on however busy a machine."""


@dataclass(slots=True)
class Wall:
    """What stands on the platform, as who wrote it, and where a process stops for good."""

    stands: list[str] = field(default_factory=list)
    stop: tuple[str, str] = ("", "")
    """The process and the place at which it does."""
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    takes_promises: bool = True
    """Whether the platform still takes a promise of a reply."""
    told: list[str] = field(default_factory=list)
    """What was said directly."""

    async def pass_by(self, name: str, place: str) -> None:
        """Stand still here, if this is the process and the place, until it is told to go on."""
        if self.stop == (name, place):
            self.stopped.set()
            await self.go_on.wait()


class WallReply(RecordingReply):
    """Writes on the wall, as Slack does: what is sent twice stands there twice, unless it is looked for."""

    def __init__(self, wall: Wall, name: str) -> None:
        super().__init__()
        self._wall, self._name = wall, name

    async def acknowledge(self, placement: Placement) -> bool:
        await self._wall.pass_by(self._name, "claimed")
        return await super().acknowledge(placement) and self._wall.takes_promises

    async def direct(self, card: Card) -> None:
        self._wall.told.append(card.summary)

    async def show(self, card: Card) -> str | None:
        await self._wall.pass_by(self._name, "to be shown")
        await check_fence()
        self._wall.stands.append(self._name)
        await self._wall.pass_by(self._name, "shown")
        return "1"

    async def find(self, marks: Sequence[str]) -> tuple[str, str] | None:
        return (marks[0], "1") if self._wall.stands else None


class Colleague:
    """One process, by its name."""

    def __init__(self, service: Service, address: ServerAddress, peers: Peers, name: str, wall: Wall) -> None:
        """Its peers are started."""
        self.name = name
        self.wall = wall
        self.chat_store = ChatStore(address)
        self.worker = Worker(name, deadline=SHARED_DEADLINE)
        self.peers = peers
        self.service = replace(service, peers=peers, chat_store=self.chat_store, db_worker=self.worker)
        self.dispatcher = Dispatcher(self.service, PROFILE)
        self.done = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._stalled = threading.Event()

    def gets(self, event: str = "1", *, question: bool = True) -> asyncio.Task[None]:
        """The platform tells it of the event."""
        request, reply, job = self._made(question=question)
        return self._begin(self.dispatcher.run(event, request, reply, job))

    def takes_over(self) -> None:
        """From now on it answers what others leave."""

        async def again(_: Pending[str]) -> tuple[Request, Reply, Job]:
            return self._made()

        self._begin(self.dispatcher.recover(str, again))

    def _made(self, *, question: bool = True) -> tuple[Request, Reply, Job]:
        async def work() -> Card:
            await self.wall.pass_by(self.name, "promised")
            self.done += 1
            return notice("done")

        request = self.dispatcher.request(CITY, ANN)
        job = Job(Placement.PUBLIC, work, question=QUESTION if question else None)
        return request, WallReply(self.wall, self.name), job

    def stall(self) -> None:
        """Its database does not answer until it is to go on."""
        self._stalled.clear()
        stalled = asyncio.create_task(self.worker.run(self._stalled.wait, PATIENCE))
        stalled.add_done_callback(lambda task: task.cancelled() or task.exception())

    def go_on(self) -> None:
        """It answers again."""
        self._stalled.set()

    async def die(self) -> None:
        """End at once, whatever it does."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self.peers.stop)

    async def close(self) -> None:
        """Let go of everything."""
        self.go_on()
        await self.die()
        await asyncio.to_thread(self.worker.close)
        self.chat_store.close()

    def _begin(self, work: object) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)  # type: ignore[arg-type]
        self._tasks.append(task)
        return task


async def until(true: object) -> None:
    """Wait until it is so."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # type: ignore[operator]
            await asyncio.sleep(0.02)


async def never(true: object, seconds: float) -> None:
    """It is not so for as long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while True:
                assert not true()  # type: ignore[operator]
                await asyncio.sleep(0.02)
