"""Measure what polling costs in the same process: 500 feeds are followed while questions are answered.

    python -m benchmarks.polling_beside HOME [--minutes 3]

HOME must not exist yet. The feeds, with four items each, are added first. Then questions are asked one after
the other, for some minutes without polling and for as many with it: every seven seconds one feed is due, and
has a new article. Printed as JSON: the number of answers, their median, p95 and p99 in milliseconds, how many
feeds were polled (and how many an hour that is), and what was new.
"""

import argparse
import json
import random
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.polling import PLACES, SUBJECTS, Newsagents
from bot.cli.composition import load_model
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.desk.desk import Desk
from bot.polling.adding import add
from bot.polling.poller import Poller
from corpus.storage.source_states import SourceStates
from corpus.storage.store_records import Source
from corpus.web.web_fetcher import WebFetcher
from retrieval.models.packaged import PACKAGED
from retrieval.question.query import make_query
from retrieval.reading.chosen_reader import chosen_reader

FEEDS, ITEMS = 500, 4
AN_HOUR = timedelta(hours=1)
POLL_SECONDS = 20.0
"""Seconds between two checks for due feeds, as in `bot.polling.poll_loop`."""
PAUSE_SECONDS = 0.2
"""Seconds between an answer and the next question, as in a busy community."""


def main() -> None:
    """Add the feeds, then ask without polling and with it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("--minutes", type=float, default=3.0, help="how long each part takes")
    call = parser.parse_args()
    if call.home.exists():
        parser.error(f"{call.home} is there already")
    seconds = 60 * call.minutes
    home, model, agents = Home(call.home), load_model(PACKAGED), Newsagents(FEEDS, ITEMS, 0)
    with agents.served() as endpoint:
        fetcher = WebFetcher(resolve=lambda _host, _port: [endpoint], public=lambda _address: True)
        home.root.mkdir(parents=True)
        path = home.root / "feeds.opml"
        path.write_text(agents.opml)
        again = partial(reload, home, lambda: model.embedder, progress=_quiet)
        began = time.monotonic()
        add(home, [Source("news", str(path))], again, fetcher=lambda: fetcher)
        rows: list[dict[str, object]] = [
            {"what": f"{FEEDS} feeds are added", "seconds": round(time.monotonic() - began)}
        ]
        desk = Desk(home, model, print, chosen_reader(""))
        desk.open()
        _ask(desk, 20)  # warms up caches
        rows.append({"what": "answers without polls", **_ask(desk, seconds)})
        polls = _Polls(home, desk, agents, fetcher)
        polls.start(home)
        rows.append({"what": "answers beside polls", **_ask(desk, seconds), **polls.stop(seconds)})
    print(json.dumps(rows, indent=2))


def _ask(desk: Desk, seconds: float) -> dict[str, object]:
    rng, took = random.Random(7), list[float]()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        question = f"What happened to the {rng.choice(SUBJECTS)} of {rng.choice(PLACES)}?"
        began = time.perf_counter()
        desk.ask(make_query(question, ("news",)))
        took.append(1000 * (time.perf_counter() - began))
        time.sleep(PAUSE_SECONDS)
    median, high, highest = np.percentile(took, (50, 95, 99)).round().tolist()
    return {"answers": len(took), "p50": median, "p95": high, "p99": highest}


class _Polls:
    """A thread with a round of polling every POLL_SECONDS, of as many feeds as make FEEDS an hour."""

    def __init__(self, home: Home, desk: Desk, agents: Newsagents, fetcher: WebFetcher) -> None:
        self._desk, self._agents = desk, agents
        self._now = datetime.now(UTC)
        self._poller = Poller(home, pause=AN_HOUR, fetcher=lambda: fetcher, clock=lambda: self._now)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._asked = self._new = 0

    def start(self, home: Home) -> None:
        """Start, with the feeds' due times spread over the next hour."""
        with home.store() as store:
            states = SourceStates(store)
            for number, (source, state) in enumerate(sorted(states.all().items(), key=str)):
                due = self._now + number * AN_HOUR / FEEDS
                states.put(source, replace(state, due=due))
        self._thread.start()

    def stop(self, seconds: float) -> dict[str, object]:
        """Stop. Returns the figures."""
        self._stop.set()
        self._thread.join()
        return {
            "feeds asked": self._asked,
            "an hour": round(self._asked * 3600 / seconds),
            "new articles": self._new,
        }

    def _run(self) -> None:
        for number in range(FEEDS):
            self._agents.write(number, ITEMS + 1)
        while not self._stop.wait(POLL_SECONDS):
            self._now += timedelta(seconds=POLL_SECONDS)
            report = self._poller.round(self._desk.reload, _quiet, self._stop)
            self._asked += report.asked
            self._new += report.counts()[0]


def _quiet(_what: str, _done: int, _total: int) -> None:
    """Ignores progress."""


if __name__ == "__main__":
    main()
