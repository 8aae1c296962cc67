"""Channels that were chosen for it hear of each source that fails and is back once, whatever crashes."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.venue import Venue
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.standing import source_notices
from bot.standing.poster import Gone
from bot.standing.posting_search import GIVEN_UP, LOOKED_AGAIN
from bot.standing.source_notices import APART
from corpus.errors import PlatformRefused
from corpus.storage.source_states import NEVER_ASKED, SourceStates
from corpus.storage.store_records import Source
from tests.bot.service.people import CITY, CITY_OTHER, TOWN
from tests.bot.standing.conftest import Newsroom

FEED = Source("news", "https://post.example/feed.xml")
OTHER = Source("news", "https://times.example/rss")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each round looks."""
    monkeypatch.setattr(source_notices, "CHECK_INTERVAL", 0.0)


async def choose(newsroom: Newsroom, channel: Venue = CITY, *, wanted: bool = True) -> None:
    """The channel's community has the collection for its own, and the channel hears of its sources."""
    await newsroom.service.settings.bind(channel, "news")
    await newsroom.service.settings.choose(channel, {"notices": wanted}, whole=False)


def fail(newsroom: Newsroom, *sources: Source, reason: str = "the server says 500") -> None:
    """They have failed as often as is told."""
    with newsroom.home.store() as store:
        for source in sources:
            store.add_source(source)
            failing = replace(
                NEVER_ASKED,
                failures=3,
                told=True,
                error=reason,
                failing_since=newsroom.now.replace(microsecond=0),
            )
            SourceStates(store).put(source, failing)


def recover(newsroom: Newsroom, *sources: Source) -> None:
    """They can be had again."""
    with newsroom.home.store() as store:
        for source in sources:
            SourceStates(store).put(source, replace(NEVER_ASKED, succeeded=newsroom.now))


def remove(newsroom: Newsroom, source: Source) -> None:
    with newsroom.home.store() as store:
        store.remove_source(source)


async def later(newsroom: Newsroom) -> list[str]:
    """What a round posts when enough time has gone by."""
    newsroom.pass_time(hours=APART.total_seconds() / 3600)
    return await newsroom.round()


async def test_a_source_that_fails_is_told_once_and_once_more_when_it_is_back(newsroom: Newsroom) -> None:
    await choose(newsroom)
    assert await newsroom.round() == []
    fail(newsroom, FEED)
    (said,) = await newsroom.round()
    assert "A source can’t be read" in said
    assert f"{FEED.location} · the server says 500" in said
    assert newsroom.poster.rooms() == [CITY.room]
    fail(newsroom, FEED, reason="no connection")  # as with each further try
    newsroom.start()
    assert await later(newsroom) == []
    recover(newsroom, FEED)
    (said,) = await later(newsroom)
    assert "A source can be read again" in said
    assert FEED.location in said
    assert await later(newsroom) == []
    fail(newsroom, FEED)
    assert len(await later(newsroom)) == 1


async def test_nobody_is_told_who_did_not_choose_to_be(newsroom: Newsroom) -> None:
    fail(newsroom, FEED)
    await newsroom.service.settings.bind(CITY, "news")
    assert await newsroom.round() == []
    await choose(newsroom)
    assert len(await newsroom.round()) == 1
    await choose(newsroom, wanted=False)
    recover(newsroom, FEED)
    assert await later(newsroom) == []


async def test_a_community_hears_of_what_it_looks_after_alone(newsroom: Newsroom) -> None:
    """Where a collection was given away meanwhile, not even that its source is back."""
    fail(newsroom, FEED)
    await newsroom.service.settings.choose(TOWN, {"notices": True}, whole=False)
    await choose(newsroom, CITY)
    await choose(newsroom, CITY_OTHER)
    assert len(await newsroom.round()) == 2
    assert newsroom.poster.rooms() == [CITY.room, CITY_OTHER.room]
    await newsroom.service.db_worker.run(
        newsroom.service.chat_store.bindings.unbind, "discord", "100", "news"
    )
    await newsroom.service.settings.bind(TOWN, "news")
    recover(newsroom, FEED)
    assert await later(newsroom) == []


async def test_what_fails_together_is_one_message_an_hour(newsroom: Newsroom) -> None:
    await choose(newsroom)
    feeds = [Source("news", f"https://post.example/{number}.xml") for number in range(9)]
    fail(newsroom, *feeds)
    (said,) = await newsroom.round()
    assert "9 sources can’t be read" in said
    assert said.count("https://post.example/") == 5
    assert "and 4 more" in said
    fail(newsroom, OTHER)
    assert await newsroom.round() == []
    recover(newsroom, *feeds[:2])
    (said,) = await later(newsroom)
    assert "A source can’t be read" in said
    assert "2 sources can be read again" in said
    fail(newsroom, feeds[0])
    recover(newsroom, feeds[0])  # between two notices
    assert await later(newsroom) == []


async def test_a_source_that_was_taken_out_is_not_said_to_be_back(newsroom: Newsroom) -> None:
    await choose(newsroom)
    fail(newsroom, FEED, OTHER)
    assert len(await newsroom.round()) == 1
    remove(newsroom, FEED)
    recover(newsroom, OTHER)
    (said,) = await later(newsroom)
    assert FEED.location not in said


async def test_of_a_file_no_folder_is_told(newsroom: Newsroom) -> None:
    await choose(newsroom)
    fail(newsroom, Source("news", "/srv/secret/articles.jsonl"), reason="/srv/secret/articles.jsonl is gone")
    (said,) = await newsroom.round()
    assert "articles.jsonl" in said
    assert "secret" not in said


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_notice_that_was_cut_off_stands_there_once(newsroom: Newsroom, arrived: bool) -> None:
    await choose(newsroom)
    fail(newsroom, FEED)
    if arrived:
        newsroom.poster.lost = OutcomeUnknown()
    else:
        newsroom.poster.breaks["post"] = OutcomeUnknown()
    await newsroom.round()
    newsroom.poster.lost = None
    newsroom.poster.breaks.clear()
    for _ in range(3):
        newsroom.start()
        newsroom.pass_time(seconds=LOOKED_AGAIN.total_seconds() + 1)
        await newsroom.round()
    assert len(newsroom.poster.posted) == 1


async def test_where_nobody_can_say_whether_it_arrived_it_is_not_sent_again(newsroom: Newsroom) -> None:
    await choose(newsroom)
    fail(newsroom, FEED)
    newsroom.poster.lost = OutcomeUnknown()
    assert len(await newsroom.round()) == 1
    newsroom.poster.lost, newsroom.poster.breaks["find"] = None, OutcomeUnknown()
    newsroom.pass_time(hours=1)
    assert await newsroom.round() == []
    newsroom.pass_time(seconds=GIVEN_UP.total_seconds())
    recover(newsroom, FEED)
    assert await newsroom.round() != []  # it counts as told: that it is back is news


async def test_within_the_time_of_a_mark_it_is_sent_again_as_the_same(newsroom: Newsroom) -> None:
    newsroom.poster.repeatable = timedelta(minutes=2)
    await choose(newsroom)
    fail(newsroom, FEED)
    newsroom.poster.breaks |= {"post": OutcomeUnknown(), "find": OutcomeUnknown()}
    assert await newsroom.round() == []
    del newsroom.poster.breaks["post"]
    newsroom.pass_time(seconds=61)
    assert len(await newsroom.round()) == 1
    newsroom.pass_time(seconds=61)
    assert await newsroom.round() == []


async def test_where_it_may_not_write_nothing_is_tried_again_and_a_channel_that_is_gone_is_forgotten(
    newsroom: Newsroom,
) -> None:
    await choose(newsroom)
    fail(newsroom, FEED)
    newsroom.poster.breaks["post"] = Unshowable()
    assert await newsroom.round() == []
    newsroom.poster.breaks.clear()
    assert await later(newsroom) == []
    recover(newsroom, FEED)
    newsroom.poster.breaks["post"] = Gone()
    assert await later(newsroom) == []
    assert newsroom.service.settings.noticed("discord") == []
    assert newsroom.service.chat_store.notes.under("source-notices") == {}


async def test_what_breaks_one_channels_notice_is_an_incident_and_no_loop(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    await choose(newsroom)
    fail(newsroom, FEED)
    newsroom.poster.breaks["post"] = RuntimeError("odd")
    assert await newsroom.round() == []
    assert "notice on sources" in caplog.text
    newsroom.poster.breaks.clear()
    assert await later(newsroom) == []
    fail(newsroom, OTHER)
    newsroom.poster.breaks["post"] = PlatformRefused("the token is void")
    with pytest.raises(PlatformRefused):
        await later(newsroom)


async def test_a_community_that_took_the_bot_out_is_forgotten(newsroom: Newsroom) -> None:
    await choose(newsroom)
    fail(newsroom, FEED)
    assert len(await newsroom.round()) == 1
    newsroom.service.chat_store.notes.put("source-notices discord/1001/10", "{}")
    await newsroom.service.settings.forget("discord", "100")
    assert list(newsroom.service.chat_store.notes.under("source-notices")) == [
        "source-notices discord/1001/10"
    ]


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_crashes_each_change_is_told_once_in_the_end(newsroom: Newsroom, seed: int) -> None:
    """Sources fail and come back at random, and posts are lost and cut off."""
    chance = random.Random(seed)
    await choose(newsroom)
    sources = [Source("news", f"https://post.example/{number}.xml") for number in range(4)]
    failing: set[Source] = set()
    for _ in range(25):
        source = chance.choice(sources)
        (recover if source in failing else fail)(newsroom, source)
        failing ^= {source}
        newsroom.poster.lost = OutcomeUnknown() if chance.random() < 0.3 else None
        newsroom.poster.breaks = {"post": OutcomeUnknown()} if chance.random() < 0.3 else {}
        if chance.random() < 0.5:
            newsroom.start()
        newsroom.pass_time(minutes=chance.choice([1, 61]))
        await newsroom.round()
    newsroom.poster.lost, newsroom.poster.breaks = None, {}
    for _ in range(3):
        await later(newsroom)
    known: set[str] = set()
    for text in newsroom.poster.texts():
        failed, _, back = text.partition("can be read again")
        for source in sources:
            if source.location in failed:
                assert source.location not in known
                known.add(source.location)
            elif source.location in back:
                known.remove(source.location)
    assert known == {source.location for source in failing}
