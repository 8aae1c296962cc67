"""A home that follows feeds, the web that they are on, and a clock that goes by hand."""

import random
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.polling.poll_report import PollReport
from bot.polling.poller import Poller
from bot.polling.reload_with_progress import ReloadWithProgress
from corpus.storage.disk import Disk
from corpus.storage.source_states import SourceState, SourceStates
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched, Validators
from retrieval.models.embedder import HashEmbedder
from tests.corpus.feeds import LONG, item, rss
from tests.fault.newsroom import QuickDisk, no_progress, register, served

START = datetime(2026, 1, 14, 9, tzinfo=UTC)
PAUSE = timedelta(minutes=15)


def feed_at(name: str) -> str:
    """The address of a feed by its name."""
    return f"https://{name}.example/feed"


def story(title: str, link: str = "", guid: str = "", text: str = "", date: str = "") -> str:
    """An item that holds the whole of an article of its own."""
    name = title.lower().replace(" ", "-")
    whole = f"{text or f'{title} is what it says.'} {LONG}"
    return item(title, link or f"/{name}", guid or name, whole, date)


class Newsstand:
    """Follows the feeds of these names, in the collection `news`."""

    def __init__(self, folder: Path, *names: str, disk: Disk | None = None) -> None:
        self.home = Home(folder / "home", disk or QuickDisk())
        self.web = CannedFetcher({})
        self.now = START
        self.stop = threading.Event()
        self.reload: ReloadWithProgress = partial(reload, self.home, HashEmbedder)
        self.poller = self.another_poller()
        register(self.home, *(Source("news", feed_at(name)) for name in names))

    def another_poller(self) -> Poller:
        """As a process that starts now has it."""
        return Poller(
            self.home,
            pause=PAUSE,
            fetcher=lambda: self.web,
            clock=lambda: self.now,
            chance=random.Random(1),
        )

    def give(self, name: str, *items: str, tag: str | None = None, max_age: int | None = None) -> None:
        """Let a feed hold these items."""
        address = feed_at(name)
        self.web.pages[address] = Fetched(
            address,
            rss(*items, title=name),
            "application/rss+xml",
            validators=Validators(tag),
            max_age=max_age,
        )

    def fail(self, name: str, reason: str = "its server answers with status 500") -> None:
        """Let a feed be down."""
        self.web.pages[feed_at(name)] = reason

    def poll(self, after: timedelta = 2 * PAUSE, *, everything: bool = False) -> PollReport:
        """Let time pass, and make a round."""
        self.now += after
        return self.poller.round(self.reload, no_progress, self.stop, everything=everything)

    def titles(self) -> list[str]:
        """The first word of each served article, sorted."""
        return sorted(text.split(" is ")[0] for text in served(self.home, "news").values())

    def state(self, name: str) -> SourceState:
        """How it is about a feed."""
        with self.home.store() as store:
            return SourceStates(store).get(Source("news", feed_at(name)))

    def sources(self) -> list[str]:
        """The addresses that are followed."""
        with self.home.store() as store:
            return [source.location for source in store.sources()]


def outcome(report: PollReport) -> tuple[int, int, Iterable[str]]:
    """How many were asked, how many had something else, and whose hosts failed."""
    return report.asked, len(report.changed), [one.source.location for one in report.failures]
