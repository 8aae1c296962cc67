"""At whatever point a process stands still or ends, each event is answered once, by it or by another."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio

import bot.dispatch.claims
import bot.dispatch.event_gate
import bot.dispatch.fence
from bot.chat_store.chat_store import ChatStore
from bot.service.service import Service
from corpus.errors import DatabaseAway
from corpus.storage.sql.server_address import ServerAddress
from tests.bot.chat_store.unsettled import unsettled
from tests.bot.sharing.colleague import Colleague, Wall, never, until
from tests.bot.sharing.conftest import Start

Make = Callable[[str], Colleague]


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def record(address: ServerAddress) -> Iterator[ChatStore]:
    """What is on record of the events, by a connection that no process uses."""
    with ChatStore(address) as chat_store:
        yield chat_store


@pytest_asyncio.fixture
async def make(service: Service, address: ServerAddress, start: Start, wall: Wall) -> AsyncIterator[Make]:
    """Makes a process by its name."""
    made: list[Colleague] = []

    def one(name: str) -> Colleague:
        peers, _ = start("Discord")
        made.append(Colleague(service, address, peers, name, wall))
        return made[-1]

    yield one
    for colleague in made:
        await colleague.close()


@pytest_asyncio.fixture
async def pair(make: Make) -> tuple[Colleague, Colleague]:
    """Two processes that know of one another; the second one takes over."""
    one, other = await asyncio.to_thread(make, "one"), await asyncio.to_thread(make, "other")
    other.takes_over()
    await until(lambda: other.peers.others_on("discord"))
    return one, other


@pytest.mark.parametrize(
    ("place", "writers"),
    [
        ("claimed", ["other"]),
        ("promised", ["other"]),
        ("to be shown", ["other"]),
        ("shown", ["one"]),
    ],
)
async def test_what_one_that_ends_has_begun_is_answered_once(
    pair: tuple[Colleague, Colleague],
    wall: Wall,
    record: ChatStore,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    writers: list[str],
) -> None:
    one, other = pair
    wall.stop = ("one", place)
    one.gets()
    await wall.stopped.wait()
    await other.gets()  # the platform tells both
    monkeypatch.setattr(other.chat_store.answers, "to_question", lambda *_: [("", _Kept())])
    await one.die()
    await until(lambda: not unsettled(record, "discord"))
    assert wall.stands == writers


class _Kept:
    """An answer that was kept before it was sent."""

    id = "kept"


@pytest.mark.parametrize("place", ["claimed", "promised", "to be shown"])
async def test_one_that_stood_still_until_another_took_over_shows_nothing(
    pair: tuple[Colleague, Colleague], wall: Wall, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.dispatch.fence, "FRESH", 0.0)
    one, _ = pair
    wall.stop = ("one", place)
    answering = one.gets()
    await wall.stopped.wait()
    await asyncio.to_thread(one.peers.stop)  # nobody hears of it any more
    await until(lambda: wall.stands)
    wall.go_on.set()
    await answering
    assert wall.stands == ["other"]


async def test_one_whose_claim_takes_long_answers_once_the_database_says_that_it_is_its_own(
    pair: tuple[Colleague, Colleague], wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.dispatch.claims, "CLAIM", 0.05)
    one, other = pair
    for process in pair:
        process.stall()
    answering = [process.gets() for process in pair]
    await until(lambda: one.done and other.done)  # both have worked, as nobody could say whose it is
    assert wall.stands == []
    for process in pair:
        process.go_on()
    await asyncio.gather(*answering)
    assert len(wall.stands) == 1


async def test_what_is_no_question_waits_for_a_claim_that_takes_long_and_is_done_once(
    pair: tuple[Colleague, Colleague], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.dispatch.claims, "CLAIM", 0.05)
    one, other = pair
    for process in pair:
        process.stall()
    answering = [process.gets(question=False) for process in pair]
    await never(lambda: one.done or other.done, 0.2)
    for process in pair:
        process.go_on()
    await asyncio.gather(*answering)
    assert one.done + other.done == 1


async def test_an_event_that_nobody_could_claim_is_answered_all_the_same(
    pair: tuple[Colleague, Colleague], wall: Wall, record: ChatStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair

    def away(*_: object, **__: object) -> bool:
        raise DatabaseAway("the database is away")

    for process in pair:
        monkeypatch.setattr(process.chat_store.events, "claim", away)
    await asyncio.gather(one.gets(), other.gets())
    assert len(wall.stands) == 1
    assert not record.events.claim("discord", "1", "needed", "somebody")


@pytest.mark.parametrize("lost", ["the call", "its answer"])
async def test_a_take_over_of_which_nothing_was_heard_is_tried_again(
    pair: tuple[Colleague, Colleague],
    wall: Wall,
    record: ChatStore,
    monkeypatch: pytest.MonkeyPatch,
    lost: str,
) -> None:
    monkeypatch.setattr(bot.dispatch.event_gate, "pause", lambda *_: 0.05)
    one, other = pair
    take_over, failures = other.chat_store.events.take_over, [DatabaseAway("the database is away")]

    def unheard(*arguments: object) -> object:
        if lost == "the call" and failures:
            raise failures.pop()
        left = take_over(*arguments)  # type: ignore[arg-type]
        if left and failures:
            raise failures.pop()
        return left

    monkeypatch.setattr(other.chat_store.events, "take_over", unheard)
    wall.stop = ("one", "promised")
    one.gets()
    await wall.stopped.wait()
    await one.die()
    await until(lambda: not unsettled(record, "discord"))
    assert wall.stands == ["other"]
    assert not failures


async def test_who_loses_what_it_took_over_does_not_settle_it(
    pair: tuple[Colleague, Colleague], make: Make, wall: Wall, record: ChatStore
) -> None:
    one, other = pair
    wall.stop = ("one", "promised")
    one.gets()
    await wall.stopped.wait()
    wall.stopped.clear()
    wall.stop = ("other", "promised")
    await one.die()
    await wall.stopped.wait()
    third = await asyncio.to_thread(make, "third")
    await asyncio.to_thread(other.peers.stop)
    assert [event for event, *_ in record.events.take_over("discord", third.peers.id)] == ["1"]
    wall.go_on.set()
    await never(lambda: not unsettled(record, "discord"), 0.3)  # it is the third one's to answer
    assert wall.stands == []


@pytest.mark.parametrize("question", [True, False])
async def test_who_asked_is_told_directly_where_it_is_too_late_to_promise_a_reply(
    pair: tuple[Colleague, Colleague], wall: Wall, record: ChatStore, question: bool
) -> None:
    one, _ = pair
    wall.takes_promises = False
    await one.gets(question=question)
    assert not unsettled(record, "discord")
    assert wall.stands == []
    assert ["This took too long" in words for words in wall.told] == [True] * question


async def test_what_could_not_be_settled_is_settled_later_and_not_answered_again(
    pair: tuple[Colleague, Colleague], wall: Wall, record: ChatStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.dispatch.claims, "pause", lambda *_: 0.05)
    one, _ = pair
    table, failures = one.chat_store.events, [DatabaseAway("the database is away")] * 3
    settle = table.settle

    def away(platform: str, event: str, owner: str) -> None:
        if failures:
            raise failures.pop()
        settle(platform, event, owner)

    monkeypatch.setattr(table, "settle", away)
    await one.gets()
    await until(lambda: not unsettled(record, "discord"))
    await one.die()
    await never(lambda: len(wall.stands) > 1, 0.2)


async def test_what_could_not_be_claimed_is_claimed_later_so_that_it_is_not_lost(
    pair: tuple[Colleague, Colleague], wall: Wall, record: ChatStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.dispatch.claims, "pause", lambda *_: 0.05)
    one, _ = pair
    table, failures = one.chat_store.events, [DatabaseAway("the database is away")]
    claim = table.claim

    def away(*arguments: object) -> bool:
        if failures:
            raise failures.pop()
        return claim(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(table, "claim", away)
    wall.stop = ("one", "promised")
    one.gets()
    await wall.stopped.wait()
    await until(lambda: unsettled(record, "discord"))
    await one.die()
    await until(lambda: wall.stands == ["other"])
