"""Whose a collection's name becomes: of one community, by what it really added, and of nobody by trying."""

import asyncio
import os
import random
from collections.abc import Awaitable
from pathlib import Path

import pytest

from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Venue
from bot.chat_store.chat_store import ChatStore
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport
from bot.desk.desk import Desk
from bot.permissions.name_reservations import settle_abandoned
from bot.service.service import Service
from bot.service.service_factory import make_service
from corpus.errors import NewsdeskError, ReloadBusy, UnreadableSource
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import Model, hash_model
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.community_admin.test_corpus_editor import STORM, acts, under_way, upload
from tests.bot.service.office import ask, opened, publish
from tests.bot.service.people import ADMIN, ANN, CITY, CITY_ADMIN, DIRECT, TOWN, TOWN_ADMIN
from tests.bot.service.squatter import NAME, TEXT, add_for_ever
from tests.fault.forked import killed_after
from tests.fault.newsroom import QuickDisk

KILLS = int(os.environ.pop("NEWSDESK_RESERVATION_KILLS", "6"))
"""Taken out of the environment, for Newsdesk refuses settings that it does not know."""
LONGEST = 0.25
"""Seconds until the kill at the most: two or three adds on a quick disk."""
BOARD = {"id": "board", "title": "Board", "source": "Board", "text": "The board met on Monday about a code."}


def add(service: Service, venue: Venue, name: str, text: str = STORM["text"]) -> Awaitable[ReloadReport]:
    """A file that somebody who administers a community hands over for a collection."""
    data = upload(STORM | {"text": text})
    return service.corpus_editor.add_upload(Caller(venue, ADMIN), name, "a.jsonl", data, ChangeProgress())


def bound(service: Service, name: str) -> set[str]:
    """The communities that have the collection."""
    return {community for _, community in service.chat_store.bindings.all().get(name, ()) if community}


async def test_an_attempt_that_failed_leaves_the_name_to_whoever_adds_to_it(
    service: Service, home: Home
) -> None:
    editor = service.corpus_editor
    with pytest.raises(UnreadableSource):
        await editor.add_address(TOWN_ADMIN, "archive", "http://127.0.0.1/", ChangeProgress())
    with pytest.raises(NewsdeskError):
        await editor.add_upload(TOWN_ADMIN, "archive", "a.jsonl", b"\xff\xfe{", ChangeProgress())
    assert service.chat_store.bindings.all() == {}
    assert "archive" not in home.collections()
    with home.store() as store:
        assert "archive" not in {source.collection for source in store.sources()}
    await add(service, CITY, "archive", "The archive keeps a heron.")
    assert bound(service, "archive") == {"100"}
    assert "archive" not in service.access.visible(TOWN)
    assert "archive" not in service.admin_rights.governed(TOWN)
    with pytest.raises(Refusal, match="not-yours"):
        await editor.remove(TOWN_ADMIN, "archive", "storm", ChangeProgress())


async def test_a_name_with_a_registered_source_is_taken_before_it_is_served(
    service: Service, home: Home, tmp_path: Path
) -> None:
    (tmp_path / "later").mkdir()
    with home.store() as store:
        store.add_source(Source("archive", str(tmp_path / "later")))
    with pytest.raises(Refusal, match="not-yours"):
        await add(service, TOWN, "archive")
    assert service.chat_store.bindings.all() == {}
    assert await acts(service, TOWN) == [("add", "refused")]


async def test_what_another_process_just_published_for_all_is_not_taken_from_them(
    service: Service, home: Home, minilm: OnnxEmbedder
) -> None:
    await asyncio.to_thread(publish, home, "archive", [BOARD], minilm)
    assert "archive" not in service.desk.collections  # not looked at yet
    with pytest.raises(Refusal, match="not-yours"):
        await add(service, TOWN, "archive")
    service.desk.open()
    for place in (CITY, TOWN, DIRECT):
        assert "archive" in service.access.visible(place)


async def test_what_the_operator_named_for_all_is_not_taken_before_it_is_there(
    home: Home, minilm: OnnxEmbedder
) -> None:
    async with opened(home, minilm, named=("news", "archive")) as service:
        with pytest.raises(Refusal, match="not-yours"):
            await add(service, TOWN, "archive")
        assert service.chat_store.bindings.all() == {}


@pytest.mark.parametrize("name", ["discord-100", "slack-t0ab1", "slack-100", "discord-"])
async def test_a_communitys_own_name_is_kept_for_it(service: Service, name: str) -> None:
    with pytest.raises(Refusal, match="not-yours"):
        await add(service, TOWN, name)
    assert service.chat_store.bindings.all() == {}


async def test_of_two_who_add_at_once_from_two_processes_one_has_the_name(
    service: Service, home: Home, minilm: OnnxEmbedder
) -> None:
    other_home = Home(home.root, QuickDisk())
    desk = Desk(other_home, Model(minilm, minilm.vocabulary), print)
    desk.open()
    got: set[str] = set()
    async with make_service(other_home, desk) as other:
        for number in range(8):
            name = f"archive-{number}"
            tried = {"100": add(service, CITY, name, "Heron."), "200": add(other, TOWN, name, "Otter.")}
            found = await asyncio.gather(*tried.values(), return_exceptions=True)
            for outcome in found:
                assert isinstance(outcome, ReloadReport | ReloadBusy | Refusal), outcome
            done = {who for who, one in zip(tried, found, strict=True) if isinstance(one, ReloadReport)}
            assert len(done) <= 1
            assert bound(service, name) == done
            service.current_rights.look(service.desk.refresh)  # as it does every few seconds
            for venue in (CITY, TOWN):
                assert (name in service.access.visible(venue)) == (venue.community in done)
            got |= done
    assert got


@pytest.mark.parametrize("last", [0, 1], ids=["before it is published", "after it was published"])
async def test_what_was_stopped_is_never_seen_by_others(service: Service, last: int) -> None:
    class Stopped(ChangeProgress):
        def __call__(self, what: str, done: int, total: int) -> None:
            self.stopping = what == "writing" and done == last
            super().__call__(what, done, total)

    data = upload(STORM | {"text": "The heron sleeps."})
    with pytest.raises(Refusal, match="stopping"):
        await service.corpus_editor.add_upload(CITY_ADMIN, "archive", "a.jsonl", data, Stopped())
    service.desk.refresh()
    # What was published is theirs alone; of nothing, nothing is anybody's.
    assert bound(service, "archive") == ({"100"} if last else set())
    for place in (TOWN, DIRECT):
        assert "archive" not in service.access.visible(place)
        shown = await ask(service, place, ANN, "Where does the heron sleep?")
        assert "heron" not in repr(shown.quotes)


async def test_nobody_sees_what_is_published_before_it_is_somebodys(service: Service) -> None:
    class Looking(ChangeProgress):
        def __call__(self, what: str, done: int, total: int) -> None:
            if (what, done) == ("writing", 1):
                service.desk.refresh()  # as the look every few seconds does
                assert "archive" in service.desk.collections
                seen.extend(
                    place for place in (CITY, TOWN, DIRECT) if "archive" in service.access.visible(place)
                )
                looked.append(done)

    seen: list[Venue] = []
    looked: list[int] = []
    await service.corpus_editor.add_upload(CITY_ADMIN, "archive", "a.jsonl", upload(STORM), Looking())
    assert looked
    assert seen == []
    assert "archive" in service.access.visible(CITY)


async def test_the_operators_own_add_comes_after_one_that_is_under_way(
    service: Service, home: Home, tmp_path: Path
) -> None:
    """So that nobody is given what the operator adds under a name whose reservation is then undone."""
    from bot.polling.adding import add

    (tmp_path / "a.md").write_text("The otter swims.")

    def work(progress: ChangeProgress) -> Awaitable[ReloadReport]:
        return service.corpus_editor.add_upload(CITY_ADMIN, "archive", "a.jsonl", upload(STORM), progress)

    async with under_way(work, "writing"):
        with pytest.raises(ReloadBusy):
            add(Home(home.root), [Source("archive", str(tmp_path / "a.md"))], lambda _: pytest.fail("read"))


# After a crash


@pytest.mark.parametrize("seed", range(KILLS))
async def test_a_kill_leaves_a_name_to_whoever_has_something_under_it(tmp_path: Path, seed: int) -> None:
    home = Home(tmp_path / "home", QuickDisk())
    publish(home, "news", [BOARD], HashEmbedder())
    said = killed_after(random.Random(seed).uniform(0, LONGEST), add_for_ever, home.root)
    done = {line.split()[1] for line in said if line.startswith("done")}
    begun = {line.split()[1] for line in said if line.startswith("begin")}
    desk = Desk(home, hash_model(), print)
    desk.open()
    async with make_service(home, desk) as service:
        assert service.chat_store.reservations.all() == {}
        for name in begun:
            with home.store() as store:
                registered = name in {source.collection for source in store.sources()}
            there = registered or name in home.collections()
            assert bound(service, name) == ({"100"} if there else set())
            assert there or name not in done
            assert name not in service.access.visible(TOWN)
        # What is registered and was cut off is its community's alone to add to, and for it alone.
        for name in begun & set(service.chat_store.bindings.all()) - set(home.collections()):
            await add(service, CITY, name)
            assert name in service.access.visible(CITY)
            assert name not in service.access.visible(TOWN)
        shown = await ask(service, TOWN, ANN, "What does the heron keep?")
        assert TEXT not in repr(shown)
        for name in begun:
            if bound(service, name):
                with pytest.raises(Refusal, match="not-yours"):
                    await add(service, TOWN, name)
            else:
                await add(service, TOWN, name)
                assert bound(service, name) == {"200"}


def test_a_name_that_a_crash_left_reserved_is_free_for_the_operators_add(tmp_path: Path) -> None:
    home = Home(tmp_path, QuickDisk())
    with ChatStore(home.chats()) as chat_store:
        assert chat_store.reservations.reserve("discord", "200", NAME.format(0))
        with home.locked():
            settle_abandoned(home)
        assert chat_store.bindings.all() == {}


def test_a_reservation_that_somebody_holds_is_not_settled_by_another(tmp_path: Path) -> None:
    home = Home(tmp_path, QuickDisk())
    with ChatStore(home.chats()) as chat_store:
        chat_store.reservations.reserve("discord", "200", "archive")
        with Home(tmp_path).locked():
            settle_abandoned(home)
        assert chat_store.reservations.all() == {"archive": ("discord", "200")}
