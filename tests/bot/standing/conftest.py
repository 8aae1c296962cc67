"""A service with standing questions, on the small corpus of two outlets, and an poster that keeps posts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.posting_pace import PostingPace
from bot.chat.standing_question import StandingQuestion
from bot.chat.venue import Caller, Person, Venue
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.discord.drawing.render import CANVAS
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.platform_profile import PlatformProfile
from bot.service.service import Service
from bot.standing.standing_questions import StandingQuestions
from bot.standing.standing_rounds import StandingRounds
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.service.office import rows, sources_of
from tests.bot.service.people import ANN, CITY
from tests.bot.standing.recording_poster import RecordingPoster
from tests.fault.newsroom import no_progress

ELBE = "Why was the Elbe bridge closed?"
CRANE = {
    "id": "crane",
    "source": "The Post",
    "title": "Crane",
    "text": "The Elbe bridge was closed because a crane fell on it.",
    "url": "https://post.example/crane",
}
TULIPS = {"id": "tulips", "source": "The Times", "title": "Tulips", "text": "Tulips cost more this spring."}


@dataclass
class Newsroom:
    """People set standing questions, and articles come."""

    home: Home
    service: Service
    embedder: OnnxEmbedder
    poster: RecordingPoster = field(default_factory=RecordingPoster)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self.questions = StandingQuestions(self.service)
        self.start()

    def start(self) -> None:
        """As after a restart: nothing is in memory."""
        profile = PlatformProfile("discord", CANVAS, 1, reads_messages=True)
        dispatcher = Dispatcher(self.service, profile)
        self.rounds = StandingRounds(dispatcher, self.poster, lambda: self.now)

    async def watch(
        self,
        question: str = ELBE,
        venue: Venue = CITY,
        person: Person = ANN,
        *,
        source: str = "",
        private: bool = False,
        pace: PostingPace | None = None,
    ) -> StandingQuestion:
        """Somebody sets one, and what is published by then was looked at."""
        made = await self.questions.ask(
            Caller(venue, person), question, source=source, private=private, pace=pace
        )
        await self.rounds.look()
        return made

    def publish(self, *articles: dict[str, str]) -> None:
        """These come to the corpus, in the place of those that came before; the desk takes them on."""
        (sources_of(self.home) / "outlets.jsonl").write_text(rows(*articles))
        reload(self.home, lambda: self.embedder, progress=no_progress)
        assert self.service.desk.refresh()

    async def round(self, *articles: dict[str, str]) -> list[str]:
        """They come, and a round is made; what it posted."""
        if articles:
            self.publish(*articles)
        before = len(self.poster.posted)
        await self.rounds.round()
        return self.poster.texts()[before:]

    def pass_time(self, **much: float) -> None:
        """The clock goes on."""
        self.now += timedelta(**much)


@pytest.fixture
def newsroom(home: Home, service: Service, minilm: OnnxEmbedder) -> Newsroom:
    return Newsroom(home, service, minilm)


@pytest.fixture
def many() -> Callable[[int], list[dict[str, str]]]:
    """So many articles by The Post, each of a crane of its own."""
    return lambda count: [{**CRANE, "id": f"crane-{n}", "title": f"Crane {n}"} for n in range(count)]
