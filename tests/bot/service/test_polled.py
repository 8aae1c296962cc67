"""A service that polls: it answers from what came, within what a community may have, and stops at once."""

import asyncio
import logging
import time
from collections.abc import Callable

import pytest

import bot.polling.poll_loop
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Limits
from bot.polling.poller import Poller
from bot.service.service import Service
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.polling.newsstand import feed_at, story
from tests.bot.service.office import opened
from tests.bot.service.people import CITY_ADMIN
from tests.corpus.feeds import rss
from tests.fault.newsroom import register

ONE, TWO = feed_at("one"), feed_at("two")
PATIENCE = 30.0


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.polling.poll_loop, "LOOK", 0.05)


@pytest.fixture
def web() -> CannedFetcher:
    return CannedFetcher(
        {
            ONE: Fetched(ONE, rss(story("Ferry"), story("Tram")), "application/rss+xml"),
            TWO: Fetched(TWO, rss(story("Bus")), "application/rss+xml"),
        }
    )


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.05)


def ids(service: Service, collection: str) -> set[str]:
    held = service.desk.collections.get(collection)
    return {article.id for article in held.articles} if held else set()


async def test_what_a_feed_has_is_answered_from_without_anybody_s_doing(
    home: Home, minilm: OnnxEmbedder, web: CannedFetcher
) -> None:
    register(home, Source("feeds", ONE))
    async with opened(home, minilm, poller=Poller(home, fetcher=lambda: web)) as service:
        await until(lambda: len(ids(service, "feeds")) == 2)
        started = time.monotonic()
    assert time.monotonic() - started < 5


async def test_what_comes_by_itself_counts_against_what_its_community_may_have(
    home: Home, minilm: OnnxEmbedder, web: CannedFetcher, caplog: pytest.LogCaptureFixture
) -> None:
    upload = b'{"id": "a", "text": "A storm broke the weather vane.", "source": "The Post"}\n'
    async with opened(home, minilm, limits=Limits(articles=2)) as service:
        await service.corpus_editor.add_upload(CITY_ADMIN, "storms", "a.jsonl", upload, ChangeProgress())
    register(home, Source("storms", ONE), Source("feeds", TWO))
    with caplog.at_level(logging.WARNING):
        poller = Poller(home, fetcher=lambda: web)
        async with opened(home, minilm, limits=Limits(articles=2), poller=poller) as service:
            await until(lambda: bool(ids(service, "feeds")) and "was not taken in" in caplog.text)
            assert ids(service, "storms") == {"a"}
    assert f"what is new in {ONE} was not taken in: 1 of the 2 articles" in caplog.text
