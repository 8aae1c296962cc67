"""What the command line and the chats do to a corpus, as functions; the commands have tests of their own."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.corpus_admin import changes
from bot.corpus_admin.changes import (
    check_known,
    find_source,
    forget,
    registered,
    remove,
    restore,
    roll_back,
    web_source,
)
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.corpus_admin.uploads import keep_upload
from bot.polling.adding import add
from corpus.errors import ReloadBusy, ReloadRefused, UnreadableSource, WrongCall
from corpus.plan import ReloadRequest
from corpus.sources.sources import absolute
from corpus.storage.source_states import SourceState, SourceStates
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched, Validators
from retrieval.models.embedder import HashEmbedder
from tests.corpus.pages import TEXT, page
from tests.corpus.site import Site, answer
from tests.fault.newsroom import no_progress, register, served

URL = "https://news.example/bridge"
OTHER = "https://news.example/ferry"
STORY = "The bridge was closed on Monday."


def text(body: str, location: str = URL) -> Fetched:
    return Fetched(location, body.encode(), "text/plain")


@pytest.fixture
def web() -> CannedFetcher:
    return CannedFetcher({URL: text(STORY), OTHER: text("The ferry ran.", OTHER)})


@pytest.fixture
def again(home: Home, web: CannedFetcher) -> Callable[..., ReloadReport]:
    """A reload, as `add` and the others are given one."""
    return partial(reload, home, HashEmbedder, fetcher=lambda: web, progress=no_progress)


def sources(home: Home) -> list[Source]:
    with home.store() as store:
        return store.sources()


def states(home: Home) -> Mapping[Source, SourceState]:
    with home.store() as store:
        return SourceStates(store).all()


def copies(home: Home) -> int:
    return sum(path.is_file() for path in (home.root / "fetched").glob("*"))


Again = Callable[..., ReloadReport]


def test_a_page_of_a_real_site_is_added_and_follows_what_the_site_does(home: Home) -> None:
    head = '<title>Bridge</title><meta name="date" content="2026-01-14">'
    packed = gzip.compress(page(head).encode())
    with Site({"/bridge": answer(packed, content_type="text/html", content_encoding="gzip")}) as site:
        from_site = partial(reload, home, HashEmbedder, fetcher=site.fetcher, progress=no_progress)
        source = web_source("news", "HTTP://News.Example/bridge#top")
        report = add(home, [source], from_site, fetcher=site.fetcher)
        assert [plan.new for plan in report.plans] == [("http://news.example/bridge",)]
        assert sources(home) == [Source("news", "http://news.example/bridge")]
        assert served(home) == {"http://news.example/bridge": TEXT}
        assert [request.split(" ")[1] for request in site.requests] == ["/robots.txt", "/bridge"]
        let_time_pass(home, "http://news.example/bridge")
        site.pages["/robots.txt"] = answer(b"User-agent: newsdesk\nDisallow: /")
        [problem] = from_site().problems
        assert "the robots.txt of news.example forbids it" in problem.reason
        assert served(home) == {"http://news.example/bridge": TEXT}


def test_options_of_a_source_stay_as_they_were_where_adding_it_again_fails(
    home: Home, again: Again, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(STORY)
    known = Source("news", str(tmp_path / "a.md"), {"source": "The Post"})
    add(home, [known], again)

    def fails(_: ReloadRequest) -> ReloadReport:
        assert sources(home)[0].options == {"source": "The Times"}
        raise ReloadBusy("another reload")

    with pytest.raises(ReloadBusy):
        add(home, [replace(known, options={"source": "The Times"})], fails)
    assert sources(home)[0].options == {"source": "The Post"}


def let_time_pass(home: Home, location: str) -> None:
    copy = home.fetch_cache.get(location)
    assert copy
    home.fetch_cache.put(replace(copy, fetched=copy.fetched - timedelta(days=1)))


@pytest.mark.parametrize("state", [None, "its server answers with status 503"], ids=["gone", "down"])
def test_an_address_that_can_t_be_fetched_is_said_before_all_else_and_not_registered(
    home: Home, web: CannedFetcher, state: str | None
) -> None:
    web.pages[OTHER] = state or ""
    if state is None:
        del web.pages[OTHER]

    def reloaded(_: ReloadRequest) -> ReloadReport:
        pytest.fail("it was reloaded")

    with pytest.raises(UnreadableSource, match=r"404|503") as caught:
        add(home, [Source("news", URL), Source("news", OTHER)], reloaded, fetcher=lambda: web)
    assert caught.value.location == OTHER
    assert sources(home) == []
    assert copies(home) == 0


def test_a_parser_s_mistake_about_an_address_is_its_failure(home: Home, again: Again) -> None:
    class Broken(CannedFetcher):
        def fetch(self, location: str, known: Validators = Validators()) -> Fetched:  # noqa: B008
            raise ZeroDivisionError("oh")

    cached = add(home, [web_source("news", URL)], again, fetcher=lambda: CannedFetcher({URL: text(STORY)}))
    assert cached.generations
    with pytest.raises(UnreadableSource, match="ZeroDivisionError"):
        add(home, [web_source("news", URL)], again, fetcher=lambda: Broken({}))


@pytest.mark.parametrize("error", [ReloadRefused("it would lose too much"), KeyboardInterrupt()])
def test_where_the_reload_fails_no_new_source_stays_and_every_old_one_does(
    home: Home, web: CannedFetcher, again: Again, error: BaseException
) -> None:
    def failing(_: ReloadRequest) -> ReloadReport:
        raise error

    upload = keep_upload(home, "news", "a.md", STORY.encode())
    with pytest.raises(type(error)):
        add(home, [Source("news", URL), upload], failing, fetcher=lambda: web)
    assert (sources(home), copies(home), Path(upload.location).exists()) == ([], 0, False)
    upload = keep_upload(home, "news", "a.md", STORY.encode())
    add(home, [Source("news", URL), upload], again, fetcher=lambda: web)
    with pytest.raises(type(error)):
        add(home, [Source("news", URL), Source("board", URL), upload], failing, fetcher=lambda: web)
    assert sources(home) == [upload, Source("news", URL)]
    assert (copies(home), Path(upload.location).exists()) == (1, True)


def test_nothing_is_fetched_while_another_reload_runs(home: Home, web: CannedFetcher, again: Again) -> None:
    with Home(home.root).locked(), pytest.raises(ReloadBusy):
        add(home, [Source("news", URL)], again, fetcher=lambda: web)
    assert web.asked == []


@pytest.mark.parametrize(
    "text", ["/etc/passwd", "sample", "file:///etc/passwd", "~/x.md", "", "http://a@b.example/"]
)
def test_what_a_chat_gives_is_never_a_path(text: str) -> None:
    with pytest.raises(UnreadableSource):
        web_source("board", text)


def test_an_address_is_removed_with_its_article_and_its_copy_unless_another_collection_reads_it(
    home: Home, web: CannedFetcher, again: Again
) -> None:
    add(home, [Source("news", URL), Source("news", OTHER), Source("board", URL)], again, fetcher=lambda: web)
    report = remove(home, "news", f"{URL}#part", again)
    assert [plan.removed for plan in report.plans] == [(URL,)]
    assert sources(home) == [Source("board", URL), Source("news", OTHER)]
    assert copies(home) == 2
    assert (served(home), served(home, "board")) == ({OTHER: "The ferry ran."}, {URL: STORY})
    with home.store() as store:
        assert [event.act for event in store.history(2)] == ["remove", "reload"]


def test_an_upload_is_removed_by_its_name_and_from_the_disk(home: Home, again: Again, tmp_path: Path) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text("It is mine.")
    upload = keep_upload(home, "news", "a.md", STORY.encode())
    add(home, [upload, Source("news", str(mine))], again)
    assert find_source(home, "news", "a.md") == upload
    assert find_source(home, "board", "a.md") is None
    assert find_source(home, "news", f"{Path(upload.location).parent.name}/a.md") == upload
    assert find_source(home, "news", f"{tmp_path.name}/mine.md") == Source("news", str(mine))
    assert find_source(home, "news", "elsewhere/a.md") is None
    remove(home, "news", "a.md", again)
    assert not Path(upload.location).exists()
    assert served(home) == {"mine": "It is mine."}
    keep_upload(home, "news", "b.md", b"Another.")
    remove(home, "news", str(mine), again, force=True)
    assert mine.exists(), "what the operator named is never deleted"


def test_a_source_that_can_t_be_removed_stays_with_its_copy(
    home: Home, web: CannedFetcher, again: Again
) -> None:
    add(home, [Source("news", URL)], again, fetcher=lambda: web)
    with pytest.raises(ReloadRefused, match="would be empty"):
        remove(home, "news", URL, again)
    assert sources(home) == [Source("news", URL)]
    assert copies(home) == 1
    remove(home, "news", URL, again, force=True)
    assert (sources(home), copies(home), served(home)) == ([], 0, {})


def test_a_source_that_can_t_be_removed_stays_with_its_polling_state(
    home: Home, web: CannedFetcher, again: Again
) -> None:
    add(home, [Source("news", URL)], again, fetcher=lambda: web)
    before = states(home)
    assert before[Source("news", URL)].due
    for change in (remove, forget):
        with pytest.raises(ReloadRefused, match="would be empty"):
            change(home, "news", URL, again)
        assert states(home) == before


def test_a_source_is_removed_only_while_nobody_else_changes_the_corpus(
    home: Home, web: CannedFetcher, again: Again
) -> None:
    add(home, [Source("news", URL), Source("news", OTHER)], again, fetcher=lambda: web)
    before = states(home)

    def reloaded(_: ReloadRequest) -> ReloadReport:
        pytest.fail("it was reloaded")

    with Home(home.root).locked(), pytest.raises(ReloadBusy):
        remove(home, "news", URL, reloaded)
    assert (states(home), copies(home)) == (before, 2)

    def watched(request: ReloadRequest) -> ReloadReport:
        with pytest.raises(ReloadBusy), Home(home.root).locked():
            pytest.fail("another process could change it")
        return again(request)

    remove(home, "news", URL, watched)
    assert sources(home) == [Source("news", OTHER)]


def test_an_article_is_withdrawn_even_while_another_process_changes_the_corpus(
    home: Home, web: CannedFetcher, again: Again, tmp_path: Path
) -> None:
    (tmp_path / "mine.md").write_text("It is mine.")
    add(home, [Source("news", str(tmp_path / "mine.md"))], again)
    with Home(home.root).locked(), pytest.raises(ReloadBusy):
        remove(home, "news", "mine", again)
    assert home.withdrawn.of("news") == {"mine"}


def test_of_sources_that_can_t_all_be_registered_none_is(home: Home) -> None:
    unwritable = Source("news", OTHER, {"day_first": object()})
    with home.locked(), pytest.raises(TypeError), registered(home, [Source("news", URL), unwritable]):
        pytest.fail("they were registered")
    assert sources(home) == []


def test_an_upload_is_dropped_only_while_nobody_else_changes_the_corpus(
    home: Home, again: Again, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MAX_WAIT_SECONDS", 0.1)
    upload = keep_upload(home, "news", "a.md", STORY.encode())
    with Home(home.root).locked(), pytest.raises(ReloadBusy):
        changes.drop_leftovers(home, upload)
    assert Path(upload.location).exists()
    changes.drop_leftovers(home, upload)
    assert not Path(upload.location).exists()


def test_an_article_of_another_collection_is_not_removed(
    home: Home, web: CannedFetcher, again: Again
) -> None:
    add(home, [Source("news", URL)], again, fetcher=lambda: web)
    with pytest.raises(WrongCall, match="neither an article nor a source of collection board"):
        remove(home, "board", URL, again)
    with pytest.raises(WrongCall, match="was not removed from collection board"):
        restore(home, "board", URL, again)
    assert served(home) == {URL: STORY}


def test_an_article_goes_comes_back_and_a_rollback_is_given(
    home: Home, web: CannedFetcher, again: Again
) -> None:
    add(home, [Source("news", URL), Source("news", OTHER)], again, fetcher=lambda: web)
    home.withdrawn.add("news", OTHER)
    again()
    assert list(served(home)) == [URL]
    restore(home, "news", OTHER, again)
    assert sorted(served(home)) == [URL, OTHER]
    assert roll_back(home, "news").articles == 1
    assert list(served(home)) == [URL]
    assert again().embedded == 0
    assert sorted(served(home)) == [URL, OTHER]


def test_only_collections_that_are_there_are_known(home: Home, again: Again, web: CannedFetcher) -> None:
    with pytest.raises(WrongCall, match=r"there is no collection 'news'$"):
        check_known(home, ["news"])
    add(home, [Source("news", URL)], again, fetcher=lambda: web)
    register(home, Source("empty", absolute("a.md")))
    check_known(home, ["news", "empty"])
    with pytest.raises(WrongCall, match="there is no collection 'board'; there are: empty, news"):
        check_known(home, ["news", "board"])


@pytest.fixture
def folders(home: Home, again: Again, tmp_path: Path) -> Path:
    """A folder with two sources, `here` with an elk and an owl and `away` with a fox and a hen."""
    for name, animals in (("here", ("elk", "owl")), ("away", ("fox", "hen"))):
        (tmp_path / name).mkdir()
        for animal in animals:
            (tmp_path / name / f"{animal}.md").write_text(f"The {animal} slept.")
    add(home, [Source("news", str(tmp_path / name)) for name in ("here", "away")], again)
    return tmp_path


@pytest.mark.parametrize("change", ["missing", "empty", "changed"])
def test_an_article_goes_and_comes_back_whatever_became_of_the_other_sources(
    home: Home, again: Again, folders: Path, change: str
) -> None:
    if change == "missing":
        (folders / "away").rename(folders / "elsewhere")
    for path in (folders / "away").glob("*"):
        path.unlink() if change == "empty" else path.write_text("It woke.")
    report = remove(home, "news", "elk", again)
    assert (sorted(served(home)), report.problems) == (["fox", "hen", "owl"], ())
    (folders / "here" / "elk.md").write_text("The elk woke.")
    report = restore(home, "news", "elk", again)
    assert served(home) == {
        "elk": "The elk woke.",
        "fox": "The fox slept.",
        "hen": "The hen slept.",
        "owl": "The owl slept.",
    }
    assert ([plan.new for plan in report.plans], report.problems) == ([("elk",)], ())
    assert report.titles == {("news", "elk"): "The elk woke. (here)"}
    with home.store() as store:
        assert store.origins("news")["elk"] == Source("news", str(folders / "here"))


def test_an_article_whose_own_source_is_missing_comes_back_as_it_was(
    home: Home, again: Again, folders: Path
) -> None:
    remove(home, "news", "fox", again)
    (folders / "away").rename(folders / "elsewhere")
    assert [plan.new for plan in restore(home, "news", "fox", again).plans] == [("fox",)]
    assert served(home)["fox"] == "The fox slept."
    (folders / "elsewhere").rename(folders / "away")
    again()
    assert sorted(served(home)) == ["elk", "fox", "hen", "owl"]


def test_an_article_that_no_source_has_any_more_is_not_restored(
    home: Home, again: Again, folders: Path
) -> None:
    remove(home, "news", "fox", again)
    (folders / "away" / "fox.md").unlink()
    assert [plan.new for plan in restore(home, "news", "fox", again).plans] == [()]
    assert sorted(served(home)) == ["elk", "hen", "owl"]


def test_a_restore_that_fails_leaves_the_article_removed_under_its_address(
    home: Home, web: CannedFetcher, again: Again
) -> None:
    add(home, [Source("news", URL)], again, fetcher=lambda: web)
    home.withdrawn.add("news", "moved", URL)
    before = home.withdrawn.addresses()

    def busy(_: ReloadRequest) -> ReloadReport:
        raise ReloadBusy("another process")

    with pytest.raises(ReloadBusy):
        restore(home, "news", "moved", busy)
    assert home.withdrawn.addresses() == before
