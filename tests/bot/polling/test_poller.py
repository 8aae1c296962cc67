"""Rounds of polling: what is asked and when, what is taken in, and what stands in no other's way."""

import os
import shutil
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.corpus_admin.changes import remove
from bot.corpus_admin.reload import ReloadReport, reload
from bot.polling.poller import Poller
from corpus.errors import HomeUnusable, ModelUnavailable, OverLimit, ReloadBusy, UnreadableSource
from corpus.plan import ReloadRequest
from corpus.polling.schedule import REPORT_AFTER, REST, REST_AFTER, is_resting
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched, Gone, RetryLater, Validators
from retrieval.models.embedder import EncodedTexts, HashEmbedder
from retrieval.progress import ProgressCallback
from tests.bot.polling.newsstand import PAUSE, Newsstand, feed_at, outcome, story
from tests.fault.newsroom import no_progress, register, served

ONE, TWO = feed_at("one"), feed_at("two")


@pytest.fixture
def stand(tmp_path: Path) -> Newsstand:
    made = Newsstand(tmp_path, "one", "two")
    made.give("one", story("Ferry"), story("Tram"))
    made.give("two", story("Bridge"))
    return made


def test_the_first_round_takes_in_all_and_the_second_asks_nobody(stand: Newsstand) -> None:
    report = stand.poll()
    assert outcome(report) == (2, 2, [])
    assert (report.counts(), report.sources) == ((3, 0, 0), 2)
    assert report.embedded > 0
    assert stand.titles() == ["Bridge", "Ferry", "Tram"]
    again = stand.poll(timedelta(minutes=1))
    assert (outcome(again), again.reloads) == ((0, 0, []), ())
    assert len(stand.web.asked) == 2
    assert not stand.poller.is_due()


def test_what_has_not_changed_is_neither_sent_nor_read(stand: Newsstand) -> None:
    stand.give("one", story("Ferry"), story("Tram"), tag='"1"')
    stand.poll()
    before = len(stand.web.sent)
    report = stand.poll()
    assert (outcome(report), report.reloads) == ((2, 0, []), ())
    assert stand.web.sent[before:] == [TWO], "one has an ETag, and two is sent and is the same"


def test_what_is_new_is_read_and_what_left_stays(stand: Newsstand) -> None:
    stand.poll()
    stand.give("one", story("Bus"), story("Ferry", text="Ferry is corrected."))
    report = stand.poll()
    assert (outcome(report), report.counts()) == ((2, 1, []), (1, 1, 0))
    assert stand.titles() == ["Bridge", "Bus", "Ferry", "Tram"]


def test_a_round_asks_those_whose_turn_it_is(stand: Newsstand) -> None:
    stand.give("two", story("Bridge"), max_age=7200)
    stand.poll()
    assert stand.poll(2 * PAUSE).asked == 1
    assert stand.poll(timedelta(hours=2)).asked == 2
    assert stand.poll(timedelta(0)).asked == 0
    assert stand.poll(timedelta(0), everything=True).asked == 2


def test_one_that_fails_stands_in_no_other_s_way_and_loses_nothing(stand: Newsstand) -> None:
    stand.poll()
    stand.fail("one")
    stand.give("two", story("Bus"))
    report = stand.poll()
    assert outcome(report) == (2, 1, [ONE])
    [failure] = report.failures
    assert (failure.reason, failure.count) == ("its server answers with status 500", 1)
    assert stand.titles() == ["Bridge", "Bus", "Ferry", "Tram"]


def test_one_that_was_never_had_is_asked_again_and_begins_when_it_is_there(stand: Newsstand) -> None:
    stand.fail("one")
    assert stand.poll().counts() == (1, 0, 0)
    stand.give("one", story("Ferry"))
    assert stand.poll().counts() == (1, 0, 0)
    assert stand.titles() == ["Bridge", "Ferry"]


def test_a_failing_source_is_asked_ever_less_told_once_and_rests(stand: Newsstand) -> None:
    stand.poll()
    stand.fail("one")
    told: list[int] = []
    rounds = asked = 0
    while not is_resting(stand.state("one")):
        report = stand.poll(PAUSE)
        rounds += 1
        asked += bool(report.failures)
        told += [one.count for one in report.failures if one.told]
        assert rounds < 2000
    assert told == [REPORT_AFTER]
    assert asked < 20
    state = stand.state("one")
    assert state.due
    assert state.due - stand.now >= REST
    assert stand.now - (state.failing_since or stand.now) >= REST_AFTER
    stand.give("one", story("Back"))
    report = stand.poll(2 * REST)
    assert [source.location for source in report.recovered] == [ONE]
    assert (stand.state("one").failures, stand.state("one").error) == (0, "")
    assert "Back" in stand.titles()


@pytest.mark.parametrize(
    ("failure", "pause"),
    [
        (RetryLater(ONE, "status 429", 7200), timedelta(hours=2)),
        (RetryLater(ONE, "status 503", 1), PAUSE),
        (RetryLater(ONE, "status 503"), PAUSE),
        (Gone(ONE, "it was removed (410)"), timedelta(days=1)),
    ],
)
def test_a_server_says_for_how_long_it_wants_to_be_left_alone(
    stand: Newsstand, failure: UnreadableSource, pause: timedelta
) -> None:
    stand.poll()
    stand.web.pages[ONE] = failure
    stand.poll()
    due = stand.state("one").due
    assert due
    assert pause <= due - stand.now <= 1.11 * pause
    assert stand.titles() == ["Bridge", "Ferry", "Tram"]


def test_a_feed_that_turns_into_a_login_page_keeps_its_articles(stand: Newsstand) -> None:
    stand.poll()
    page = b"<!doctype html><html><body><form>Sign in</form></body></html>"
    stand.web.pages[ONE] = Fetched(ONE, page, "text/html")
    report = stand.poll()
    [failure] = report.failures
    assert failure.reason.startswith("it is no feed but a web page: open it in a browser")
    assert stand.titles() == ["Bridge", "Ferry", "Tram"]


def test_a_parser_s_mistake_is_its_source_s_failure(stand: Newsstand) -> None:
    class Broken(CannedFetcher):
        def fetch(self, location: str, known: Validators = Validators()) -> Fetched:  # noqa: B008
            if location == ONE:
                raise ZeroDivisionError("oh")
            return super().fetch(location, known)

    stand.web = Broken(stand.web.pages)
    report = stand.poll()
    assert [failure.reason for failure in report.failures] == ["it could not be read (ZeroDivisionError: oh)"]
    assert stand.titles() == ["Bridge"]


def test_a_source_follows_where_its_address_moved_to_for_good_once_it_was_said_twice(
    stand: Newsstand,
) -> None:
    stand.poll()
    new = "https://new.example/feed"
    stand.web.pages[ONE] = replace(stand.web.pages[ONE], address=new, moved=new)  # type: ignore[type-var]
    assert stand.poll().moved == ()
    assert stand.sources() == [ONE, TWO]
    stand.web.pages[ONE] = replace(stand.web.pages[ONE], moved=None)  # type: ignore[type-var]
    assert stand.poll().moved == ()
    stand.web.pages[ONE] = replace(stand.web.pages[ONE], moved=new)  # type: ignore[type-var]
    assert stand.poll().moved == ()
    [(source, location)] = stand.poll().moved
    assert (source.location, location) == (ONE, new)
    assert stand.sources() == [new, TWO]
    stand.web.pages[new] = stand.web.pages.pop(ONE)
    report = stand.poll()
    assert (outcome(report), report.counts()) == ((2, 0, []), (0, 0, 0))
    assert stand.titles() == ["Bridge", "Ferry", "Tram"]
    assert stand.home.fetch_cache.get(ONE) is None
    with pytest.raises(Exception, match=r"would be empty|lose"):
        remove(stand.home, "news", new, lambda force: reload(stand.home, HashEmbedder, progress=no_progress))


def test_a_clock_that_is_set_back_a_year_stops_no_polling(stand: Newsstand) -> None:
    stand.poll()
    stand.give("one", story("Bus"))
    report = stand.poll(timedelta(days=-365))
    assert outcome(report) == (2, 1, [])
    assert stand.poll(timedelta(days=366)).asked == 2
    assert stand.titles() == ["Bridge", "Bus", "Ferry", "Tram"]


# Where a reload does not go well


def test_what_could_not_be_reloaded_is_reloaded_with_the_next_round(stand: Newsstand) -> None:
    def unable(request: ReloadRequest, *, progress: ProgressCallback) -> ReloadReport:
        raise ModelUnavailable("there is no model")

    able, stand.reload = stand.reload, unable
    report = stand.poll()
    assert set(report.refused.values()) == {"there is no model"}
    assert stand.titles() == []
    assert stand.poller.is_due()
    stand.reload, stand.poller = able, stand.another_poller()
    report = stand.poll(timedelta(seconds=1))
    assert (report.asked, report.counts()) == (0, (3, 0, 0))
    assert not stand.poller.is_due()


def test_one_that_would_be_too_much_stands_in_no_other_s_way(stand: Newsstand) -> None:
    tried: list[frozenset[Source]] = []

    def limited(request: ReloadRequest, *, progress: ProgressCallback) -> ReloadReport:
        only = request.only or frozenset()
        tried.append(only)
        if Source("news", ONE) in only:
            raise OverLimit("articles", 5, 5)
        return reload(stand.home, HashEmbedder, request, progress=progress)

    stand.reload = limited
    report = stand.poll()
    assert list(report.refused) == [Source("news", ONE)]
    assert [len(only) for only in tried] == [2, 1, 1]
    assert stand.titles() == ["Bridge"]
    assert "5 articles" in stand.state("one").error
    assert not stand.poller.is_due(), "it is tried again when it has something else"


def test_a_disk_that_is_full_loses_nothing(stand: Newsstand, monkeypatch: pytest.MonkeyPatch) -> None:
    stand.poll()
    stand.give("one", story("Bus"))

    def full(_copy: object) -> None:
        raise HomeUnusable("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(stand.home.fetch_cache, "put", full)
        with pytest.raises(HomeUnusable):
            stand.poll()
    assert stand.titles() == ["Bridge", "Ferry", "Tram"]
    stand.poll(timedelta(seconds=1))
    assert stand.titles() == ["Bridge", "Bus", "Ferry", "Tram"]


def test_two_processes_do_not_poll_at_once(stand: Newsstand) -> None:
    inside: list[str] = []

    def meanwhile(request: ReloadRequest, *, progress: ProgressCallback) -> ReloadReport:
        with pytest.raises(ReloadBusy, match="another process polls"):
            stand.another_poller().round(stand.reload, no_progress, threading.Event())
        inside.extend(request.collections or ())
        return reload(stand.home, HashEmbedder, request, progress=progress)

    stand.reload = meanwhile
    stand.poll()
    assert inside == ["news"]


def test_a_source_that_is_taken_out_meanwhile_leaves_nothing(stand: Newsstand) -> None:
    class Slow(CannedFetcher):
        def fetch(self, location: str, known: Validators = Validators()) -> Fetched:  # noqa: B008
            with stand.home.store() as store:
                store.remove_source(Source("news", location))
            return super().fetch(location, known)

    stand.web = Slow(stand.web.pages)
    assert stand.poll().changed == ()
    assert served(stand.home, "news") == {}
    assert stand.state("one").due is None


# Stopping


def test_a_round_stops_at_once_whatever_a_site_does(stand: Newsstand) -> None:
    begun, release = threading.Event(), threading.Event()

    class Hanging(CannedFetcher):
        def fetch(self, location: str, known: Validators = Validators()) -> Fetched:  # noqa: B008
            begun.set()
            release.wait(30)
            return super().fetch(location, known)

    stand.web = Hanging(stand.web.pages)

    def stop() -> None:
        begun.wait(30)
        stand.stop.set()

    threading.Thread(target=stop).start()
    try:
        report = stand.poll()
    finally:
        release.set()
    assert (report.stopped, report.asked) == (True, 0)
    assert report.seconds < 5
    stand.stop.clear()
    stand.web = CannedFetcher(stand.web.pages)
    stand.poller = stand.another_poller()
    assert stand.poll().counts() == (3, 0, 0)


def test_a_reload_that_is_stopped_is_made_by_the_next_round(stand: Newsstand) -> None:
    class Stopping(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
            stand.stop.set()
            return super().embed_passages(texts)

    able = stand.reload
    stand.reload = partial(reload, stand.home, Stopping)
    report = stand.poll()
    assert (report.stopped, report.reloads, report.refused) == (True, (), {})
    assert stand.titles() == []
    stand.stop.clear()
    stand.reload = able
    assert stand.poll(timedelta(seconds=1)).counts() == (3, 0, 0)


def test_a_home_without_addresses_asks_for_no_fetcher(tmp_path: Path) -> None:
    stand = Newsstand(tmp_path)

    def never() -> CannedFetcher:
        raise AssertionError("there is nothing to fetch")

    report = Poller(stand.home, fetcher=never).round(stand.reload, no_progress, stand.stop)
    assert (report.sources, report.asked, report.stopped) == (0, 0, False)


# Files


def test_files_that_changed_are_read_and_others_are_not(tmp_path: Path) -> None:
    stand, folder = Newsstand(tmp_path), tmp_path / "files"

    def write(name: str, text: str) -> None:
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text)
        os.utime(folder / name, (1_700_000_000 + len(text), 1_700_000_000))

    write("ferry.md", "The ferry is what it says. It ran.")
    write("tram.md", "The tram is what it says. It stood.")
    register(stand.home, Source("news", str(folder)))
    assert stand.poll().counts() == (2, 0, 0)
    report = stand.poll()
    assert (report.asked, report.changed, report.reloads) == (1, (), ())
    write("bus.md", "The bus is what it says.")
    write("tram.md", "The tram is what it says. It stood still.")
    os.utime(folder / "tram.md", (1_700_000_999, 1_700_000_999))
    assert stand.poll(timedelta(0)).asked == 0, "its turn has not come"
    assert stand.poll().counts() == (1, 1, 0)
    (folder / "new.md").write_text("It is written at this moment.")
    assert stand.poll().counts() == (0, 0, 0)
    assert stand.poller.is_due(), "it may be written on: the next round looks again"
    shutil.rmtree(folder)
    report = stand.poll()
    assert [one.reason for one in report.failures] == ["there is no such file or folder"]
    assert stand.titles() == ["The bus", "The ferry", "The tram"], (
        "a folder that is not mounted loses nothing"
    )


def test_what_was_kept_by_others_is_read_all_the_same(stand: Newsstand) -> None:
    register(stand.home, Source("board", ONE))
    stand.give("one", story("Ferry"), story("Tram"), tag='"1"')
    stand.poll()
    assert len(served(stand.home, "board")) == len(served(stand.home, "news")) - 1 == 2
    stand.give("one", story("Bus"), tag='"2"')
    report = stand.poll()
    assert {source.collection for source in report.changed} == {"news", "board"}, "the second heard 304"
    assert len(served(stand.home, "board")) == 3
    stand.give("one", story("Last"), tag='"3"')
    copy = stand.home.fetch_cache.get(ONE)
    assert copy
    stand.home.fetch_cache.put(replace(copy, fetched=copy.fetched - timedelta(days=1)))
    reload(
        stand.home, HashEmbedder, ReloadRequest(dry_run=True), fetcher=lambda: stand.web, progress=no_progress
    )
    assert "Last" not in stand.titles()
    stand.poll()
    assert "Last" in stand.titles(), "a dry run keeps what it fetched"
