"""A service that is open, on a home with a corpus that a test may change."""

import json
import shutil
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Person, Venue
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Limits
from bot.corpus_admin.reload import reload
from bot.desk.desk import Desk
from bot.permissions.rights import Community
from bot.polling.poller import Poller
from bot.service.service import Service
from bot.service.service_factory import make_service
from bot.service.service_options import ServiceOptions
from corpus.plan import ReloadRequest
from corpus.storage.store_records import Source
from retrieval.models.embedder import Embedder
from retrieval.reading.reader import Reader
from tests.fault.newsroom import QuickDisk, no_progress
from tests.retrieval.snapshots import model_of

POST = (
    {
        "id": "post-bridge",
        "title": "Bridge closed",
        "published": "2026-02-10",
        "url": "https://post.example/b",
    },
    {
        "id": "post-ferry",
        "title": "Ferry runs late",
        "published": "2026-02-12",
        "url": "https://post.example/f",
    },
)
TEXTS = {
    "post-bridge": "The old bridge over the Elbe was closed after the storm. The mayor inspected its cables.",
    "post-ferry": "The ferry across the Elbe runs every hour while the bridge is closed. Nobody was hurt.",
    "times-bridge": "Engineers found rust in the cables of the Elbe bridge. Repairs will take nine weeks.",
}
ROWS = (
    *({**row, "source": "The Post", "text": TEXTS[row["id"]]} for row in POST),
    {"id": "times-bridge", "title": "Rust", "source": "The Times", "text": TEXTS["times-bridge"]},
)
"""Articles of two outlets, one of them without a date or an address."""


def rows(*more: dict[str, str]) -> str:
    """The articles as JSON Lines."""
    return "".join(f"{json.dumps(row)}\n" for row in (*ROWS, *more))


def sources_of(home: Home) -> Path:
    """The folder that the home's collection `news` is read from."""
    return home.root.parent / "articles"


def furnish(home: Home, sample: Path, embedder: Embedder) -> None:
    """Give the home the sample corpus and the articles above, to be read from a folder beside it."""
    folder = sources_of(home)
    shutil.copytree(sample, folder)
    (folder / "outlets.jsonl").write_text(rows())
    point(home)
    reload(home, lambda: embedder, progress=no_progress)


def point(home: Home) -> None:
    """Make the folder beside the home its one source."""
    with home.store() as store:
        for source in store.sources():
            store.remove_source(source)
        store.add_source(Source("news", str(sources_of(home))))


def publish(home: Home, collection: str, articles: Iterable[dict[str, str]], embedder: Embedder) -> None:
    """Serve the articles as a collection of their own, as another process does."""
    folder = home.root.parent / collection
    folder.mkdir()
    (folder / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in articles))
    with home.store() as store:
        store.add_source(Source(collection, str(folder)))
    reload(home, lambda: embedder, ReloadRequest(collections=frozenset({collection})), progress=no_progress)


def copied(furnished: Path, to: Path) -> Home:
    """A home like the one in the folder, with its sources, for one test."""
    shutil.copytree(furnished, to, dirs_exist_ok=True)
    home = Home(to / "home", QuickDisk())
    point(home)
    return home


@asynccontextmanager
async def opened(
    home: Home,
    embedder: Embedder,
    named: tuple[str, ...] = (),
    custodians: frozenset[Community] = frozenset({("discord", "100"), ("discord", "200")}),
    limits: Limits | None = None,
    poller: Poller | None = None,
    reader: Reader | None = None,
) -> AsyncIterator[Service]:
    """A service on that home; both communities may look after what is for all."""
    notices: list[str] = []
    desk = Desk(home, model_of(embedder), notices.append, reader)
    desk.open()
    options = ServiceOptions(named=named, custodians=custodians, limits=limits or Limits())
    made = make_service(home, desk, options, poller=poller)
    async with made as service:
        yield service
    assert notices == []


async def ask(
    service: Service, venue: Venue, person: Person, text: str, **options: object
) -> DeliveredAnswer:
    """The answer to a question, which stands in a message of its own."""
    shown = await service.questions.ask(QuestionRequest(venue, person, text, **options))  # type: ignore[arg-type]
    await service.stored_answers.set_message(shown, f"message-{shown.record.id}")
    return shown


def message_of(shown: DeliveredAnswer) -> str:
    """The message that the answer stands in."""
    return f"message-{shown.record.id}"


def words(shown: DeliveredAnswer) -> list[str]:
    """What is quoted; each is what its article has there."""
    for quote in shown.quotes:
        assert quote.article.text[quote.start : quote.end] == quote.text
    return [quote.text for quote in shown.quotes]


def assert_all_closed(home: Home) -> None:
    """Nothing of the home is open any more."""
    assert not {"chat-store_0", "search_0"} & {thread.name for thread in threading.enumerate()}
    assert not list(home.root.glob("chats.sqlite3-*")), "a database is still open"
