"""`newsdesk corpus poll`, and what `status` and `doctor` say of sources that are polled."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from corpus.polling.schedule import REPORT_AFTER
from corpus.storage.source_states import SourceStates
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched
from corpus.web.web_fetcher import WebFetcher
from tests.bot.conftest import Call
from tests.bot.polling.newsstand import feed_at, story
from tests.corpus.feeds import opml, rss
from tests.fault.newsroom import QuickDisk

ONE, TWO = feed_at("one"), feed_at("two")


def feed(address: str, *items: str) -> Fetched:
    return Fetched(address, rss(*items, title="The Harbour"), "application/rss+xml")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> CannedFetcher:
    canned = CannedFetcher({ONE: feed(ONE, story("Ferry")), TWO: feed(TWO, story("Tram"))})
    monkeypatch.setattr(WebFetcher, "fetch", lambda _self, location, *known: canned.fetch(location, *known))
    return canned


def let_time_pass(by: timedelta = timedelta(days=2)) -> None:
    """Let every source have been asked so long ago."""
    with Home(Path(".newsdesk"), QuickDisk()).store() as store:
        states = SourceStates(store)
        for source, state in states.all().items():
            due = state.due - by if state.due else None
            since = state.failing_since - by if state.failing_since else None
            states.put(source, replace(state, due=due, failing_since=since))


def test_a_list_is_added_polled_and_shown(call: Call, web: CannedFetcher) -> None:
    Path("feeds.opml").write_bytes(opml(ONE, TWO))
    added = call("corpus", "add", "feeds.opml")
    assert added.status == 0
    assert "it lists 2 feeds" in added.out
    assert "news: 2 new" in added.out
    polled = call("corpus", "poll")
    assert polled.status == 0
    assert polled.out == (
        "No source is due yet, of 2 sources: `newsdesk corpus poll --all` polls all of them anyway.\n"
    )
    let_time_pass()
    web.pages[ONE] = feed(ONE, story("Bus"))
    web.pages[TWO] = "its server answers with status 503"
    polled = call("corpus", "poll")
    assert polled.status == 1
    assert polled.out.startswith(
        "2 of 2 sources polled, 1 changed: 1 new article, 0 changed, 0 removed.\n"
        f"  {TWO}: its server answers with status 503\n"
    )
    again = call("corpus", "poll", "--all", "--json")
    assert again.status == 1
    row = again.row
    assert (row["sources"], row["asked"], row["changed"], row["embedded"]) == (2, 2, [], 0)
    assert row["articles"] == {"new": 0, "changed": 0, "removed": 0}
    [failure] = row["failures"]
    assert (failure["collection"], failure["location"], failure["failures"]) == ("news", TWO, 2)
    assert (row["moved"], row["refused"], row["reloads"]) == ([], [], [])


def test_a_missing_folder_is_told_by_doctor_before_any_poll(call: Call, tmp_path: Path) -> None:
    for name in ("here", "moved"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text(f"The {name} bridge was closed.")
        assert call("corpus", "add", name, "--collection", name).status == 0
    assert "sources:" not in call("doctor").out
    (tmp_path / "moved").rename(tmp_path / "elsewhere")
    place = tmp_path / "moved"
    assert (
        f"FIX  sources: {place} can't be read: there is no such file or folder; put it back, or remove it "
        f"with `newsdesk corpus remove {place}`"
    ) in call("doctor").out


def test_a_poll_without_any_source_says_so(call: Call) -> None:
    with Home(Path(".newsdesk"), QuickDisk()).store():
        pass
    said = "There is nothing to poll: no source is registered (`newsdesk corpus add PATH`).\n"
    assert call("corpus", "poll").out == said


def test_what_fails_is_shown_by_status_and_doctor(call: Call, web: CannedFetcher) -> None:
    call("corpus", "add", ONE)
    assert "sources:" not in call("doctor").out
    web.pages[ONE] = "its server answers with status 503"
    for _ in range(REPORT_AFTER):
        call("corpus", "poll", "--all")
    shown = call("corpus", "status").out
    assert "can't be read since" in shown
    assert ": its server answers with status 503\n" in shown
    assert "once a week" not in shown
    [source] = call("corpus", "status", "--json").row["sources"]
    assert (source["polling"]["failures"], source["polling"]["resting"]) == (REPORT_AFTER, False)
    assert source["polling"]["error"] == "its server answers with status 503"
    assert f"FIX  sources: {ONE} can't be read: its server answers with status 503" in call("doctor").out
    let_time_pass(timedelta(days=8))
    call("corpus", "poll", "--all")
    assert "it is now polled only once a week" in call("corpus", "status").out
    assert call("ask", "What is what it says?", "--json").row["passages"], "what it held stays"


def test_a_source_that_was_never_polled_says_so(call: Call) -> None:
    with Home(Path(".newsdesk"), QuickDisk()).store() as store:
        store.add_source(Source("news", ONE))
    [source] = call("corpus", "status", "--json").row["sources"]
    assert source["polling"] == {
        "succeeded": None,
        "due": None,
        "failures": 0,
        "failing_since": None,
        "resting": False,
        "error": None,
    }
