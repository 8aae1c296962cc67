"""Where a channel was chosen for it, a source that fails and one that is back are told there, each once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.standing import posting_search, source_notices, standing_rounds
from corpus.storage.source_states import NEVER_ASKED, SourceStates
from corpus.storage.store_records import Source
from tests.bot.platforms.platform import Platform, Room, Seen

pytestmark = pytest.mark.asyncio(loop_scope="module")

FEED = "https://gazette.example/feed.xml"


@pytest.fixture(scope="module", autouse=True)
def by_hand() -> Iterator[None]:
    """Rounds are made by the tests, each looks, and what was interrupted is looked for at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing_rounds, "ROUND_INTERVAL", 3600.0)
        patch.setattr(source_notices, "CHECK_INTERVAL", 0.0)
        patch.setattr(source_notices, "APART", timedelta(0))
        for name in ("LEAST_AGE", "LOOKED_AGAIN"):
            patch.setattr(posting_search, name, timedelta(0))
        yield


@pytest.fixture(autouse=True)
def readable(platform: Platform) -> None:
    """The app may read what was said, where the platform has that limited."""
    if hasattr(platform.server.world, "history_allowed"):
        platform.server.world.history_allowed = True


def put(platform: Platform, address: str, *, fails: bool) -> None:
    """How it is about a source."""
    source = Source("news", address)
    now = datetime.now(UTC)
    failing = replace(NEVER_ASKED, failures=3, told=True, error="the server answered 500", failing_since=now)
    with platform.service.home.store() as store:
        store.add_source(source)
        SourceStates(store).put(source, failing if fails else replace(NEVER_ASKED, succeeded=now))


async def posted(platform: Platform, room: Room) -> list[Seen]:
    """What a round posts there."""
    before = {one.id for one in platform.shown_in(room)}
    await platform.rounds.round()
    return [one for one in platform.shown_in(room) if one.id not in before]


async def test_a_channel_is_chosen_in_its_settings_and_told_once_also_after_a_restart(
    platform: Platform,
) -> None:
    room = platform.new_room("desk")
    panel = await platform.settings(platform.admin, room, whole=False)
    chosen = await platform.choose(platform.admin, panel.answer, "notices", "yes")
    assert chosen.answer.chosen("notices") == ["say so here"]
    assert (await platform.audit())[0].act == "settings"
    put(platform, FEED, fails=True)
    (told,) = await posted(platform, room)
    assert "A source can’t be read" in told.text
    assert FEED in told.text
    assert "the server answered 500" in told.text
    assert told.alone is None
    assert await posted(platform, room) == []
    await platform.restart()
    assert await posted(platform, room) == []
    status = await platform.press(platform.admin, told, "corpus-status")
    (shown,) = status.asides
    assert shown.alone == platform.admin.id
    assert "can't be read now" in shown.text
    refused = await platform.press(platform.ann, told, "corpus-status")
    refused.assert_told_alone("that they chose in")
    put(platform, FEED, fails=False)
    (told,) = await posted(platform, room)
    assert "A source can be read again" in told.text
    assert await posted(platform, room) == []
    platform.assert_well_mannered()
    await platform.prefer(room, notices=None)


async def test_the_whole_communitys_settings_offer_no_such_channel(platform: Platform) -> None:
    panel = await platform.settings(platform.admin, platform.general, whole=True)
    assert not panel.answer.has_button("set", "notices")


@pytest.mark.parametrize("arrived", [False, True])
async def test_a_notice_that_was_cut_off_stands_there_once(platform: Platform, arrived: bool) -> None:
    room = platform.new_room(f"cut-{arrived}".lower())
    await platform.prefer(room, notices=True)
    address = f"https://cut.example/{arrived}"
    put(platform, address, fails=True)
    platform.cut_posts(arrived=arrived)
    await platform.rounds.round()
    await platform.restart()
    for _ in range(3):
        await platform.rounds.round()
    assert len([one for one in platform.shown_in(room) if address in one.text]) == 1
    await platform.prefer(room, notices=None)


async def test_where_it_may_not_write_it_says_nothing_and_answers_on(platform: Platform) -> None:
    room = platform.new_room("closed")
    await platform.prefer(room, notices=True)
    put(platform, "https://closed.example/feed", fails=True)
    platform.close_channel(room)
    assert await posted(platform, room) == []
    assert await posted(platform, room) == []
    asked = await platform.ask(platform.ann, platform.general)
    assert "Nara" in asked.text
