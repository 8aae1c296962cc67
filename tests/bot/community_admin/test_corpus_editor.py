"""Looking after the corpus: who may, what is on record, and that one community does nothing to another."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Person, Venue
from bot.community_admin.audit_log import ACTS, AdminAction
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport
from bot.service.service import Service
from corpus import lock_wait
from corpus.errors import (
    NewsdeskError,
    ReloadBusy,
    ReloadRefused,
    UnreadableSource,
    WrongCall,
)
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.service.office import ask, opened, publish, rows, sources_of
from tests.bot.service.people import (
    ADMIN,
    ANN,
    CITY,
    CITY_ADMIN,
    CITY_EDITOR,
    CITY_THREAD,
    DIRECT,
    EDITOR,
    MODERATOR,
    TOWN,
    TOWN_ADMIN,
)

PATIENCE = 20.0
"""Seconds to wait for another thread, on however busy a machine."""
STORM = {"id": "storm", "title": "Storm", "source": "The Post", "text": "A storm broke the weather vane."}


class Held(ChangeProgress):
    """ChangeProgress that stops whoever works at the first stage of a name until it is let go."""

    def __init__(self, at: str = "reading") -> None:
        super().__init__()
        self.at = at
        self.reached, self.go = threading.Event(), threading.Event()

    def __call__(self, what: str, done: int, total: int) -> None:
        if what == self.at and not self.reached.is_set():
            self.reached.set()
            assert self.go.wait(PATIENCE)
        super().__call__(what, done, total)


@asynccontextmanager
async def under_way(
    work: Callable[[Held], Awaitable[object]], at: str = "reading"
) -> AsyncIterator[asyncio.Future[object]]:
    """The work, stopped at that stage for the time of the block."""
    progress = Held(at)
    task = asyncio.ensure_future(work(progress))
    assert await asyncio.to_thread(progress.reached.wait, PATIENCE)
    try:
        yield task
    finally:
        progress.go.set()
        await asyncio.wait({task}, timeout=PATIENCE)


def upload(*articles: dict[str, str]) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in articles).encode()


async def acts(service: Service, venue: Venue) -> list[tuple[str, str]]:
    """What is on record of a community: each act and its result, also refused ones, oldest first."""
    platform, community = venue.platform, venue.community or ""
    found = await service.db_worker.run(service.chat_store.audit.entries, platform, community, 100)
    return [(act.act, act.result) for act in reversed(found)]


TRIED: dict[str, tuple[str, str, tuple[object, ...]]] = {
    "status": ("status", "status", ()),
    "history": ("history", "history", ()),
    "audit": ("audit", "audit", ()),
    "plan": ("reload --dry-run", "plan", ()),
    "reload": ("reload", "reload", ()),
    "roll_back": ("rollback", "roll_back", ("news",)),
    "add_address": ("add", "add_address", ("news", "http://127.0.0.1/")),
    "add_upload": ("add", "add_upload", ("news", "storm.jsonl", upload(STORM))),
    "add_new": ("add", "add_upload", ("fresh", "storm.jsonl", upload(STORM))),
    "remove": ("remove", "remove", ("news", "post-ferry")),
    "restore": ("restore", "restore", ("news", "post-ferry")),
}
"""Each act as it stands on record, the method that does it, and what this is given beside who and where."""
FAILS = {"add_address": UnreadableSource, "restore": WrongCall}
"""Acts that come to nothing here, also for who may do them."""
READS = frozenset({"status", "history", "audit"})
"""Acts that change nothing, and are on record where they were refused alone."""


async def attempt(service: Service, tried: str, venue: Venue, person: Person) -> object:
    """What comes of that act."""
    _, method, given = TRIED[tried]
    if tried in READS:
        return await getattr(service.corpus_overview, method)(Caller(venue, person))
    progress = () if tried == "roll_back" else (ChangeProgress(),)
    return await getattr(service.corpus_editor, method)(Caller(venue, person), *given, *progress)


# Who may


@pytest.mark.parametrize("tried", TRIED)
@pytest.mark.parametrize("person", [ANN, MODERATOR, EDITOR], ids=lambda person: person.name)
async def test_who_does_not_administer_is_refused_and_put_on_record(
    service: Service, tried: str, person: Person
) -> None:
    name = TRIED[tried][0]
    before = dict(service.desk.collections)
    with pytest.raises(Refusal, match="not-allowed"):
        await attempt(service, tried, CITY, person)
    assert await acts(service, CITY) == [(name, "refused")]
    [on_record] = await service.corpus_overview.audit(CITY_ADMIN, refused=True)
    assert (on_record.person, on_record.name) == (person.id, person.name)
    assert service.desk.collections == before
    assert service.settings.rights.bindings == {}


@pytest.mark.parametrize("tried", TRIED)
@pytest.mark.parametrize("person", [ADMIN, EDITOR], ids=["manager", "role"])
async def test_who_administers_may_and_what_came_of_it_is_on_record(
    service: Service, tried: str, person: Person
) -> None:
    await service.settings.choose(CITY, {"admin_roles": ("desk",)}, whole=True)
    name = TRIED[tried][0]
    if tried in FAILS:
        with pytest.raises(FAILS[tried]) as caught:
            await attempt(service, tried, CITY_THREAD, person)
        assert await acts(service, CITY) == [(name, f"failed: {caught.value}")]
    else:
        await attempt(service, tried, CITY_THREAD, person)
        assert await acts(service, CITY) == ([] if tried in READS else [(name, "done")])


@pytest.mark.parametrize("tried", TRIED)
async def test_nothing_is_administered_from_a_direct_message(service: Service, tried: str) -> None:
    with pytest.raises(Refusal, match="only-in-community"):
        await attempt(service, tried, DIRECT, ADMIN)
    assert service.chat_store.rows("SELECT * FROM audit") == []


async def test_a_role_administers_where_it_was_given_and_until_it_is_taken_back(service: Service) -> None:
    await service.settings.choose(CITY, {"admin_roles": ("desk",)}, whole=True)
    await service.corpus_overview.status(CITY_EDITOR)
    with pytest.raises(Refusal, match="not-allowed"):
        await service.corpus_overview.status(Caller(TOWN, EDITOR))
    await service.settings.choose(CITY, {"admin_roles": None}, whole=True)
    with pytest.raises(Refusal, match="not-allowed"):
        await service.corpus_overview.status(CITY_EDITOR)


# What is done


async def test_a_plan_changes_nothing_a_reload_does_and_a_rollback_undoes_it(
    service: Service, home: Home
) -> None:
    (sources_of(home) / "outlets.jsonl").write_text(rows(STORM))
    before = service.desk.collections["news"].generation
    progress = ChangeProgress()
    planned = await service.corpus_editor.plan(CITY_ADMIN, progress)
    assert [plan.new for plan in planned.plans] == [("storm",)]
    assert progress.latest
    assert service.desk.collections["news"].generation == before
    done = await service.corpus_editor.reload(CITY_ADMIN, ChangeProgress())
    assert done.generations == {"news": service.desk.collections["news"].generation}
    shown = await ask(service, CITY, ANN, "What did the storm break?")
    assert shown.quotes[0].article.id == "storm"
    assert await service.corpus_editor.roll_back(CITY_ADMIN, "news") == before
    assert service.desk.collections["news"].generation == before
    assert service.desk.article("news", "storm") is None


async def test_a_reload_that_loses_too_much_is_refused_unless_it_is_forced(
    service: Service, home: Home
) -> None:
    for path in sources_of(home).glob("*.md"):
        path.unlink()
    before = service.desk.collections["news"].generation
    with pytest.raises(ReloadRefused):
        await service.corpus_editor.reload(CITY_ADMIN, ChangeProgress())
    assert service.desk.collections["news"].generation == before
    await service.corpus_editor.reload(CITY_ADMIN, ChangeProgress(), force=True)
    assert len(service.desk.collections["news"].articles) == 3
    forced, refused = await service.corpus_overview.audit(CITY_ADMIN)
    assert (forced.act, forced.detail, forced.result) == ("reload", {"force": True}, "done")
    assert refused.result.startswith("failed: collection news would lose 16 of its 19 articles")


async def test_an_article_is_removed_and_taken_back_in_as_status_history_and_audit_tell(
    service: Service,
) -> None:
    await service.corpus_editor.remove(CITY_ADMIN, "news", "post-ferry", ChangeProgress())
    assert service.desk.article("news", "post-ferry") is None
    row = await service.corpus_overview.status(CITY_ADMIN)
    assert row.keys() == {"collections", "sources"}  # not where the home is
    assert row["collections"]["news"]["withdrawn"] == ["post-ferry"]  # type: ignore[index]
    events = await service.corpus_overview.history(CITY_ADMIN)
    assert [event.act for event in events[:2]] == ["remove", "reload"]
    await service.corpus_editor.restore(CITY_ADMIN, "news", "post-ferry", ChangeProgress())
    assert service.desk.article("news", "post-ferry")
    restored, removed = await service.corpus_overview.audit(CITY_ADMIN)
    assert removed.detail == {"target": "post-ferry", "collection": "news"}
    assert restored.detail == {"article": "post-ferry", "collection": "news"}


async def test_two_pasted_texts_are_two_articles_and_whoever_replaces_a_file_is_told(
    service: Service,
) -> None:
    async def add(name: str, text: str) -> list[str]:
        report = await service.corpus_editor.add_upload(
            CITY_ADMIN, "news", name, text.encode(), ChangeProgress()
        )
        return [one.reason for plan in report.plans for one in plan.problems]

    def texts() -> set[str]:
        return {one.text for one in service.desk.collections["news"].articles}

    assert await add("message.txt", "The vane was mended by Ines Otter.") == []
    told = await add("message.txt", "The harbour was dredged by Paul Reed.")
    assert told == ["another pasted text has this name, so this one is stored as message_002.txt"]
    assert {"The vane was mended by Ines Otter.", "The harbour was dredged by Paul Reed."} <= texts()
    assert await add("minutes.md", "The pier is closed.") == []
    told = await add("minutes.md", "The pier is open.")
    assert told == ["it replaces the file of this name that was added before"]
    assert "The pier is closed." not in texts()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://169.254.169.254/latest/meta-data/", "169.254"),
        ("/etc/passwd", "no web address"),
        ("../../secret.md", "no web address"),
        ("file:///etc/passwd", "only http and https"),
        ("*.md", "no web address"),
        ("", "no web address"),
    ],
)
async def test_no_file_and_no_address_of_this_machine_is_read_for_a_chat(
    service: Service, home: Home, address: str, said: str
) -> None:
    with home.store() as store:
        before = store.sources()
    with pytest.raises(NewsdeskError, match=said):
        await service.corpus_editor.add_address(CITY_ADMIN, "news", address, ChangeProgress())
    with home.store() as store:
        assert store.sources() == before
    [(act, result)] = await acts(service, CITY)
    assert act == "add"
    assert result.startswith("failed: ")


async def test_no_more_acts_are_told_than_fit_a_screen(service: Service) -> None:
    for number in range(ACTS + 5):
        await service.audit_log.record(AdminAction(CITY_ADMIN, f"act {number}", {}), "done")
    found = await service.corpus_overview.audit(CITY_ADMIN)
    assert [act.act for act in found] == [f"act {number}" for number in range(ACTS + 4, 4, -1)]


async def test_a_bug_is_on_record_and_nothing_stays_locked(service: Service) -> None:
    class Broken(ChangeProgress):
        def __call__(self, what: str, done: int, total: int) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await service.corpus_editor.reload(CITY_ADMIN, Broken())
    assert await acts(service, CITY) == [("reload", "failed")]
    await service.corpus_editor.reload(CITY_ADMIN, ChangeProgress())


# One at a time


async def test_a_second_change_waits_and_is_refused_while_one_goes_on(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_wait, "MAX_WAIT_SECONDS", 0.02)
    async with under_way(lambda progress: service.corpus_editor.reload(CITY_ADMIN, progress)) as first:
        for act in (
            service.corpus_editor.reload(CITY_ADMIN, ChangeProgress()),
            service.corpus_editor.plan(CITY_ADMIN, ChangeProgress()),
            service.corpus_editor.remove(CITY_ADMIN, "news", "post-ferry", ChangeProgress()),
            service.corpus_editor.roll_back(CITY_ADMIN, "news"),
            service.corpus_editor.add_upload(CITY_ADMIN, "news", "a.jsonl", upload(STORM), ChangeProgress()),
        ):
            with pytest.raises(ReloadBusy):
                await asyncio.wait_for(act, PATIENCE / 2)
        assert not first.done()
        shown = await ask(service, CITY, ANN, "Who met in Nara?")  # questions are answered meanwhile
        assert shown.quotes
        await service.corpus_overview.status(CITY_ADMIN)
    await first
    results = await acts(service, CITY)
    assert [result for _, result in results] == ["busy"] * 5 + ["done"]
    assert service.desk.article("news", "post-ferry")
    await service.corpus_editor.remove(CITY_ADMIN, "news", "post-ferry", ChangeProgress())


async def test_changes_that_are_asked_for_while_one_goes_on_wait_say_so_and_are_made(
    service: Service,
) -> None:
    waiting = ChangeProgress()
    async with under_way(lambda progress: service.corpus_editor.reload(CITY_ADMIN, progress)) as first:
        second = asyncio.create_task(service.corpus_editor.remove(CITY_ADMIN, "news", "post-ferry", waiting))
        await asyncio.sleep(0.1)
        assert waiting.latest == ("waiting", 0, 0)
        assert not second.done()
    await first
    await second
    assert service.desk.article("news", "post-ferry") is None
    assert [result for _, result in await acts(service, CITY)] == ["done", "done"]


async def test_a_change_that_waits_ends_with_the_bot(service: Service) -> None:
    async with under_way(lambda progress: service.corpus_editor.reload(CITY_ADMIN, progress)) as first:
        second = asyncio.create_task(
            service.corpus_editor.remove(CITY_ADMIN, "news", "post-ferry", ChangeProgress())
        )
        await asyncio.sleep(0.1)
        stopping = asyncio.create_task(service.corpus_editor.stop())
        await asyncio.sleep(0)
    for task in (first, second):
        with pytest.raises(Refusal, match="stopping"):
            await task
    await stopping
    assert service.desk.article("news", "post-ferry")


async def test_a_change_by_another_process_is_waited_for_and_then_left_to_the_person(
    service: Service, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_wait, "MAX_WAIT_SECONDS", 0.05)
    progress = ChangeProgress()
    with home.locked(), pytest.raises(ReloadBusy):
        await service.corpus_editor.reload(CITY_ADMIN, progress)
    assert progress.latest == ("waiting", 0, 0)
    assert [result for _, result in await acts(service, CITY)] == ["busy"]
    monkeypatch.setattr(lock_wait, "MAX_WAIT_SECONDS", PATIENCE)
    with home.locked():
        waiting = asyncio.create_task(service.corpus_editor.reload(CITY_ADMIN, ChangeProgress()))
        await asyncio.sleep(0.1)
        assert not waiting.done()
    await waiting


@pytest.mark.parametrize("at", ["reading", "embedding", "splitting"])
async def test_stopping_in_the_middle_of_a_reload_leaves_the_old_corpus(
    service: Service, home: Home, minilm: OnnxEmbedder, at: str
) -> None:
    (sources_of(home) / "outlets.jsonl").write_text(rows(STORM))
    before = service.desk.collections["news"].generation
    async with under_way(lambda progress: service.corpus_editor.reload(CITY_ADMIN, progress), at) as first:
        stopping = asyncio.create_task(service.corpus_editor.stop())
        await asyncio.sleep(0.01)
        assert not stopping.done()
    with pytest.raises(Refusal, match="stopping"):
        await first
    await stopping
    assert await acts(service, CITY) == [("reload", "failed: stopping")]
    assert service.desk.collections["news"].generation == before
    async with opened(home, minilm) as again:  # as after a restart
        assert again.desk.collections["news"].generation == before
        await again.corpus_editor.reload(CITY_ADMIN, ChangeProgress())
        assert again.desk.article("news", "storm")


# Whose collection it is


async def test_what_a_community_adds_under_a_new_name_is_seen_by_nobody_until_it_is_its_own(
    service: Service,
) -> None:
    def work(progress: ChangeProgress) -> Awaitable[ReloadReport]:
        return service.corpus_editor.add_upload(CITY_ADMIN, "city-hall", "a.jsonl", upload(STORM), progress)

    async with under_way(work, "writing") as adding:
        assert service.settings.rights.bindings == {"city-hall": {("", "")}}
        assert "city-hall" not in service.desk.collections
    await adding
    assert service.settings.rights.bindings == {"city-hall": {("", ""), ("discord", "100")}}
    assert set(service.access.collections(CITY)) == {"city-hall", "news"}
    assert service.access.collections(TOWN) == ("news",)
    assert service.access.collections(DIRECT) == ("news",)
    assert set(service.admin_rights.governed(CITY)) == {"city-hall", "news"}
    assert service.admin_rights.governed(TOWN) == ("news",)


@pytest.mark.parametrize("name", ["../news", "a/b", "", ".", "News", "a b", "x" * 65, "컬렉션", "con\n"])
async def test_a_name_that_is_no_folders_is_taken_for_no_collection(
    service: Service, home: Home, name: str
) -> None:
    files = {path for path in home.root.rglob("*") if "chats" not in path.name}
    with pytest.raises(WrongCall, match="can't name a collection"):
        await service.corpus_editor.add_upload(CITY_ADMIN, name, "a.jsonl", upload(STORM), ChangeProgress())
    assert {path for path in home.root.rglob("*") if "chats" not in path.name} == files
    assert service.settings.rights.bindings == {}
    assert await acts(service, CITY) == [("add", "refused")]


async def test_the_shared_collection_can_not_be_taken_for_ones_own(home: Home, minilm: OnnxEmbedder) -> None:
    async with opened(home, minilm, custodians=frozenset({("discord", "100")})) as service:
        assert service.admin_rights.collection_for(CITY) == "news"
        assert service.admin_rights.collection_for(TOWN) == "discord-200"
        for act in (
            service.corpus_editor.add_upload(TOWN_ADMIN, "news", "a.jsonl", upload(STORM), ChangeProgress()),
            service.corpus_editor.remove(TOWN_ADMIN, "news", "post-ferry", ChangeProgress()),
            service.corpus_editor.reload(TOWN_ADMIN, ChangeProgress()),
            service.corpus_editor.plan(TOWN_ADMIN, ChangeProgress()),
            service.corpus_editor.roll_back(TOWN_ADMIN, "news"),
        ):
            with pytest.raises(Refusal, match="not-yours"):
                await act
        assert {result for _, result in await acts(service, TOWN)} == {"refused"}
        await service.corpus_editor.add_upload(
            TOWN_ADMIN, "discord-200", "a.jsonl", upload(STORM), ChangeProgress()
        )
        assert service.admin_rights.governed(TOWN) == ("discord-200",)
        assert set(service.access.collections(TOWN)) == {"discord-200", "news"}
        assert service.admin_rights.governed(CITY) == ("news",)


@pytest.fixture
async def two(home: Home, minilm: OnnxEmbedder) -> AsyncIterator[Service]:
    """A service where each of two communities has a collection of its own."""
    for name in ("city-hall", "town-hall"):
        row = {"id": f"{name}-minutes", "title": f"Minutes of {name}", "source": name, "text": f"{name} met."}
        publish(home, name, [row], minilm)
    async with opened(home, minilm, custodians=frozenset({("discord", "300")})) as service:
        await service.settings.bind(CITY, "city-hall")
        await service.settings.bind(TOWN, "town-hall")
        yield service


async def test_a_community_touches_no_collection_of_another(two: Service) -> None:
    corpus_editor = two.corpus_editor
    held = two.desk.collections["town-hall"]
    for act in (
        corpus_editor.roll_back(CITY_ADMIN, "town-hall"),
        corpus_editor.add_address(CITY_ADMIN, "town-hall", "https://news.example/", ChangeProgress()),
        corpus_editor.add_upload(CITY_ADMIN, "town-hall", "a.jsonl", upload(STORM), ChangeProgress()),
        corpus_editor.remove(CITY_ADMIN, "town-hall", "town-hall-minutes", ChangeProgress()),
        corpus_editor.restore(CITY_ADMIN, "town-hall", "town-hall-minutes", ChangeProgress()),
        corpus_editor.remove(CITY_ADMIN, "nowhere", "x", ChangeProgress()),
    ):
        with pytest.raises(Refusal, match="not-yours-named") as refused:
            await act
        assert refused.value.values["names"] == "city-hall"
    assert [result for _, result in await acts(two, CITY)] == ["refused"] * 6
    assert await acts(two, TOWN) == []
    assert two.desk.collections["town-hall"] is held


async def test_a_reload_reads_and_tells_of_ones_own_collections_alone(two: Service, home: Home) -> None:
    for name in ("city-hall", "town-hall"):
        new = {"id": "new", "title": f"New in {name}", "source": name, "text": f"The {name} has a new roof."}
        (home.root.parent / name / "b.jsonl").write_text(json.dumps(new))
    planned = await two.corpus_editor.plan(CITY_ADMIN, ChangeProgress())
    assert [plan.collection for plan in planned.plans] == ["city-hall"]
    assert "town-hall" not in repr(planned)
    done = await two.corpus_editor.reload(CITY_ADMIN, ChangeProgress())
    assert done.generations.keys() == {"city-hall"}
    assert two.desk.article("city-hall", "new")
    assert two.desk.article("town-hall", "new") is None
    row = await two.corpus_overview.status(CITY_ADMIN)
    events = await two.corpus_overview.history(CITY_ADMIN)
    assert "town-hall" not in repr(row)
    assert {event.collection for event in events} == {"city-hall"}
