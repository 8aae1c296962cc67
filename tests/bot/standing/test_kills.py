"""`kill -9` at random moments while standing questions are looked after and sources fail and come back:
nothing is posted twice or lost.

NEWSDESK_POSTING_KILLS sets how many kills there are.
"""

import random
import re
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.chat.posting_pace import PostingPace
from bot.chat.preferences import PreferenceChanges
from bot.chat.standing_question import StandingKind, make_standing
from bot.chat.venue import Caller
from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from corpus.plan import ReloadRequest
from corpus.storage.source_states import NEVER_ASKED, SourceStates
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from tests.bot.knobs import POSTING_KILLS
from tests.bot.service.people import ANN, CITY, TOWN
from tests.bot.standing.poster import messages, post
from tests.fault.forked import PATIENCE, fork
from tests.fault.newsroom import QuickDisk, no_progress, register, write_rows

FEED = Source("feeds", "https://feeds.example/rss")
PAPERS = ("The Post", "The Times")
LONGEST = 0.5
"""Seconds from when a process is ready until it is killed, at most: a dozen rounds."""
ENOUGH = 20
"""Kills of which one at least surely falls into a posting."""
NEW = 3
"""Articles that come before each kill, of each paper."""


def stories(count: int) -> list[dict[str, str]]:
    """So many articles of each paper."""
    return [
        {
            "id": f"{paper}-{number}",
            "source": paper,
            "title": f"{paper} story {number}",
            "text": f"Word {number} of the harbour came to {paper} at hour {number}.",
        }
        for number in range(count)
        for paper in PAPERS
    ]


def publish(home: Home, folder: Path, count: int) -> None:
    write_rows(folder, stories(count))
    reload(home, HashEmbedder, ReloadRequest(collections=frozenset({"news"})), progress=no_progress)


def fail(home: Home, *, fails: bool) -> None:
    """A source can't be had, or can again."""
    failing = replace(NEVER_ASKED, failures=3, told=True, error="no answer", failing_since=datetime.now(UTC))
    register(home, FEED)
    with home.store() as store:
        SourceStates(store).put(FEED, failing if fails else NEVER_ASKED)


def wait_for_notice(file: Path) -> None:
    """Until one stands there, so that one is told on however busy a machine."""
    until = time.monotonic() + PATIENCE
    while all(row["standing"] for row in messages(file)):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_each_story_stands_there_once_for_each_who_waits_for_it(tmp_path: Path) -> None:
    folder, file, chance = tmp_path / "sources", tmp_path / "platform.jsonl", random.Random(7)
    home = Home(tmp_path / "home", QuickDisk())
    register(home, Source("news", str(folder)))
    publish(home, folder, 1)
    pace = PostingPace(daily=1_000_000)
    waiting = {}
    with ChatStore(home.chats()) as chat_store:
        for venue in (CITY, TOWN):
            for paper in PAPERS:
                one = make_standing(
                    Caller(venue, ANN), StandingKind.SOURCE, "", datetime.now(UTC), source=paper, pace=pace
                )
                waiting[one.id] = replace(one)
                chat_store.standing.add(one, (), 100, 100)
        pointer = home.generation_store("news").pointer()
        assert pointer
        chat_store.standing_found.record("discord", {}, {"news": pointer})
        chat_store.bindings.bind("discord", CITY.community or "", FEED.collection)
        chat_store.settings.put(
            "discord", CITY.community or "", CITY.channel, PreferenceChanges(notices=True)
        )
    count, interrupted = 1, 0
    for kill in range(POSTING_KILLS):
        process, saying = fork(post, home.root, file, kill, False)
        with saying:
            assert saying.poll(PATIENCE)
            assert saying.recv() == "ready"
            count += NEW
            publish(home, folder, count)
            fail(home, fails=kill % 2 == 0)
            if not kill:
                wait_for_notice(file)
            time.sleep(chance.uniform(0, LONGEST))
            process.kill()
            process.join(PATIENCE)
        with ChatStore(home.chats()) as chat_store:
            interrupted += len(chat_store.standing_postings.under_way("discord"))
    for _ in range(2):  # the first may end before it has looked at the sources
        process, saying = fork(post, home.root, file, 0, True)
        with saying:
            process.join(PATIENCE)
            assert process.exitcode == 0
    print(f"{interrupted} postings were interrupted by {POSTING_KILLS} kills")  # noqa: T201 - for `pytest -rP`
    assert interrupted or POSTING_KILLS < ENOUGH
    notices = [row["text"] for row in messages(file) if not row["standing"]]
    told = ["can’t be read" in text for text in notices]
    assert told
    assert told == [number % 2 == 0 for number in range(len(told))], "something was told twice, or not at all"
    assert len(told) % 2 == POSTING_KILLS % 2  # how it is in the end is known
    posted = Counter(
        (row["standing"], int(number))
        for row in messages(file)
        for number in re.findall(r"story (\d+)", row["text"])
    )
    expected = {(standing_id, number) for standing_id in waiting for number in range(1, count)}
    assert {key for key, times in posted.items() if times > 1} == set()
    assert expected - posted.keys() == set()
    assert posted.keys() == expected
