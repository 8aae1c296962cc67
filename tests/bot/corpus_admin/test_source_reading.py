"""Which sources a reload reads, and that no community reads or writes another's."""

import json
from functools import partial
from pathlib import Path

import pytest

from bot.corpus_admin.changes import forget, remove
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.corpus_admin.source_fetching import ReloadScope
from bot.corpus_admin.uploads import keep_upload
from corpus.errors import ReloadRefused
from corpus.plan import ReloadRequest
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import QuickDisk, no_progress, register, served

URL = "https://news.example/list"


@pytest.fixture
def web() -> CannedFetcher:
    return CannedFetcher({})


def lines(*rows: tuple[str, str | None]) -> bytes:
    """Articles by id and the collection that they name."""
    made = [{"id": key, "text": f"Article {key} says so.", "collection": named} for key, named in rows]
    return b"".join(f"{json.dumps(row)}\n".encode() for row in made)


def again(
    home: Home, web: CannedFetcher, *only: str, force: bool = False, dry_run: bool = False
) -> ReloadReport:
    return reload(
        home,
        HashEmbedder,
        ReloadRequest(force=force, dry_run=dry_run, collections=frozenset(only) or None),
        fetcher=lambda: web,
        progress=no_progress,
    )


def listed(*rows: tuple[str, str | None]) -> Fetched:
    return Fetched(URL, lines(*rows), "application/jsonl")


# Confinement


@pytest.mark.parametrize("kind", ["an address", "an upload"])
@pytest.mark.parametrize("only", [(), ("board",), ("board", "news"), ("news",)])
def test_what_a_community_gives_stays_in_its_collection(
    home: Home, web: CannedFetcher, kind: str, only: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "operator.md").write_text("The operator wrote this.")
    rows = (("mine", None), ("yours", "news"), ("named", "board"))
    if kind == "an address":
        web.pages[URL] = listed(*rows)
        source = Source("board", URL)
    else:
        source = keep_upload(home, "board", "list.jsonl", lines(*rows))
    register(home, source, Source("news", str(tmp_path / "operator.md")))
    report = again(home, web, *only)
    assert list(served(home, "news")) == ([] if only == ("board",) else ["operator"])
    assert sorted(served(home, "board")) == ([] if only == ("news",) else ["mine", "named"])
    refused = [(p.where, p.line, p.reason) for p in report.problems]
    expected = (source.location, 2, "it names collection news, but may only add to board")
    assert refused == ([] if only == ("news",) else [expected])
    assert all(problem.refused for problem in report.problems)


@pytest.mark.parametrize(("given", "reloaded"), [("home", "link"), ("link", "home")])
def test_an_upload_stays_in_its_collection_whatever_way_the_home_is_named(
    web: CannedFetcher, given: str, reloaded: str, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "home")
    home = Home(tmp_path / given, QuickDisk())
    register(home, keep_upload(home, "board", "list.jsonl", lines(("mine", None), ("yours", "news"))))
    elsewhere = Home(tmp_path / reloaded, QuickDisk())
    again(elsewhere, web)
    assert (served(elsewhere, "news"), list(served(elsewhere, "board"))) == ({}, ["mine"])


def test_a_page_can_t_take_the_place_of_an_operator_s_article(
    home: Home, web: CannedFetcher, tmp_path: Path
) -> None:
    (tmp_path / "operator.jsonl").write_bytes(lines(("mine", None)))
    web.pages[URL] = Fetched(URL, b'{"id": "mine", "text": "Not what was said."}\n', "application/jsonl")
    register(home, Source("news", str(tmp_path / "operator.jsonl")), Source("news", URL))
    report = again(home, web)
    assert served(home) == {"mine": "Article mine says so."}
    [problem] = report.problems
    assert (problem.where, problem.line) == (URL, 1)
    assert "is another one in" in problem.reason


# Only some collections


@pytest.fixture
def several(home: Home, tmp_path: Path) -> Path:
    """An operator's folder for `news` with an article for `board` too, and a file for `board` alone."""
    folder = tmp_path / "operator"
    folder.mkdir()
    (folder / "all.jsonl").write_bytes(lines(("a", None), ("b", "board"), ("c", "weather")))
    (folder / "broken.md").write_text("---\n")
    (tmp_path / "board.md").write_text("The board met.")
    register(home, Source("news", str(folder)), Source("board", str(tmp_path / "board.md")))
    return folder


def test_a_reload_of_one_collection_reads_plans_and_publishes_it_alone(
    home: Home, web: CannedFetcher, several: Path
) -> None:
    report = again(home, web, "board")
    assert [plan.collection for plan in report.plans] == ["board"]
    assert set(report.generations) == {"board"}
    assert sorted(served(home, "board")) == ["b", "board"]
    assert (served(home, "news"), served(home, "weather")) == ({}, {})
    assert report.problems == (), "what is wrong with others' sources is not told"
    assert {collection for collection, _ in report.titles} == {"board"}
    with home.store() as store:
        assert [store.versions(*other) for other in (("news", "a"), ("weather", "c"))] == [[], []]


def test_a_reload_of_one_collection_leaves_the_others_as_they_are(
    home: Home, web: CannedFetcher, several: Path
) -> None:
    again(home, web)
    before = {name: home.generation_store(name).pointer() for name in home.collections()}
    (several / "all.jsonl").write_bytes(lines(("a2", None), ("b2", "board"), ("c2", "weather")))
    report = again(home, web, "board")
    [plan] = report.plans
    assert (plan.new, plan.removed) == (("b2",), ("b",))
    after = {name: home.generation_store(name).pointer() for name in home.collections()}
    assert {name for name in after if after[name] != before[name]} == {"board"}
    report = again(home, web, "nothing")
    assert (report.plans, report.generations) == ((), {})
    again(home, web, "weather", "news", force=True)
    assert [list(served(home, name)) for name in ("news", "weather")] == [["a2"], ["c2"]]


def test_an_address_of_another_collection_is_not_fetched_and_may_be_down(
    home: Home, web: CannedFetcher
) -> None:
    web.pages = {URL: listed(("mine", None)), f"{URL}2": "its server answers with status 503"}
    register(home, Source("board", URL), Source("news", f"{URL}2"))
    again(home, web, "board")
    assert web.asked == [URL]
    assert list(served(home, "board")) == ["mine"]
    report = again(home, web)
    assert [problem.reason for problem in report.problems] == ["its server answers with status 503"]
    assert report.generations == {}
    with pytest.raises(ReloadRefused, match=f"{URL}2: its server answers with status 503: nothing was"):
        again(home, web, "news")
    web.pages[f"{URL}2"] = listed(("late", None))
    again(home, web)
    assert list(served(home, "news")) == ["late"]


def test_an_operator_s_source_that_is_missing_stops_its_own_collection_and_no_other(
    home: Home, web: CannedFetcher, several: Path
) -> None:
    again(home, web)
    for path in several.iterdir():
        path.unlink()
    several.rmdir()
    with pytest.raises(ReloadRefused, match=f"the source {several}"):
        again(home, web, "news")
    for force in (False, True):
        report = again(home, web, "board", force=force)
        assert report.problems == ()  # it is none of theirs
        assert sorted(served(home, "board")) == ["b", "board"]  # what is served of it stays


def test_an_article_that_stands_in_another_s_source_is_not_told_with_its_place(
    home: Home, web: CannedFetcher, several: Path, tmp_path: Path
) -> None:
    (tmp_path / "z.jsonl").write_bytes(lines(("b", None)).replace(b"says so", b"says no"))
    register(home, Source("board", str(tmp_path / "z.jsonl")))
    [problem] = again(home, web, "board").problems
    assert "article 'b' is another one in a source of another collection" in problem.reason
    assert str(several) not in str(problem)


@pytest.mark.parametrize(
    ("place", "confined"),
    [
        ("https://news.example/", True),
        ("{home}/uploads/board/a.md", True),
        ("{home}/uploads/../uploads/board/a.md", True),
        ("{home}/uploadsx/a.md", False),
        ("{home}/../a.md", False),
        ("sample", False),
    ],
)
def test_what_is_not_the_operator_s_own_is_confined(home: Home, place: str, confined: bool) -> None:
    assert ReloadScope(home, None).confined(place.format(home=home.root)) is confined


def test_a_later_day_s_file_wins_and_an_old_file_that_comes_last_does_not(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "wire"
    folder.mkdir()

    def write(name: str, text: str, **fields: str) -> None:
        (folder / name).write_text(json.dumps({"id": "a", "title": "A", "text": text, **fields}))

    write("daily-01-14.jsonl", "The bridge is closed.", published="2026-01-14", modified="2026-01-14")
    write("daily-01-15.jsonl", "The bridge is open.", published="2026-01-14", modified="2026-01-15")
    register(home, Source("news", str(folder)))
    report = reload(home, HashEmbedder, progress=no_progress)
    assert served(home) == {"a": "The bridge is open."}
    [problem] = report.problems
    assert problem.where == str(folder / "daily-01-14.jsonl")
    write("zz-archive.jsonl", "The bridge is planned.", published="2025-01-01")
    reload(home, HashEmbedder, progress=no_progress)
    assert served(home) == {"a": "The bridge is open."}
    assert reload(home, HashEmbedder, progress=no_progress).plans[0].changes_nothing


# Ids that several articles have

NORTH = {
    "1": "The mill of Northton was closed on Monday after a flood.",
    "2": "A bear was seen near the weir.",
}
SOUTH = {
    "1": "Southton sold its only ferry to a company from abroad.",
    "2": "Nobody has claimed a lost violin.",
}


def table(texts: dict[str, str]) -> bytes:
    return "".join(["id,text\n", *(f'{number},"{text}"\n' for number, text in texts.items())]).encode()


@pytest.mark.parametrize("one_folder", [True, False])
@pytest.mark.parametrize("name", ["east", "south"])
def test_no_article_is_lost_to_another_with_its_number(
    home: Home, web: CannedFetcher, sources: Path, one_folder: bool, name: str
) -> None:
    """One name is read before that of the first file, and one after it."""
    folder = sources / "exports"
    folder.mkdir(parents=True)
    added = folder / f"{name}.csv"
    (folder / "north.csv").write_bytes(table(NORTH))
    register(home, Source("news", str(folder if one_folder else folder / "north.csv")))
    again(home, web)
    added.write_bytes(table(SOUTH))
    if not one_folder:
        register(home, Source("news", str(added)))
    report = again(home, web)
    assert report.problems == ()
    assert served(home) == NORTH | {f"{name}-{number}": text for number, text in SOUTH.items()}

    added.write_bytes(table(SOUTH | {"1": f"{SOUTH['1']} It sails on."}))
    [plan] = again(home, web).plans
    assert (plan.new, plan.changed, plan.removed) == ((), (f"{name}-1",), ())
    again(home, web, force=True)
    remove(home, "news", "1", partial(reload, home, HashEmbedder, progress=no_progress))
    again(home, web, force=True)
    assert set(served(home)) == {"2", f"{name}-1", f"{name}-2"}


def test_what_is_forgotten_of_numbered_uploads_is_the_one_article(home: Home, web: CannedFetcher) -> None:
    register(
        home,
        *(
            keep_upload(home, "news", f"{name}.csv", table(texts))
            for name, texts in (("north", NORTH), ("south", SOUTH))
        ),
    )
    again(home, web)
    forget(home, "news", "south-1", partial(reload, home, HashEmbedder, progress=no_progress))
    forget(home, "news", "2", partial(reload, home, HashEmbedder, progress=no_progress))
    assert served(home) == {"1": NORTH["1"], "south-2": SOUTH["2"]}
    assert (home.uploads("news") / "north.csv").read_bytes() == table({"1": NORTH["1"]})
    assert (home.uploads("news") / "south.csv").read_bytes() == table({"2": SOUTH["2"]})
    again(home, web)
    assert served(home) == {"1": NORTH["1"], "south-2": SOUTH["2"]}


def test_each_row_of_a_series_is_served_and_the_one_that_was_keeps_its_id(
    home: Home, web: CannedFetcher, sources: Path
) -> None:
    days = {"2026-01-12": "Snow closed nine schools.", "2026-01-13": "The thaw flooded four cellars."}
    rows = [f'Briefing,"{text}",{day}\n' for day, text in days.items()]
    sources.mkdir()
    register(home, Source("news", str(sources)))
    (sources / "daily.csv").write_text("title,text,date\n" + rows[1])
    again(home, web)
    [its_id] = served(home)
    (sources / "daily.csv").write_text("title,text,date\n" + "".join(rows))
    assert again(home, web).problems == ()
    assert served(home) == {its_id: days["2026-01-13"], f"{its_id}-2026-01-12": days["2026-01-12"]}
