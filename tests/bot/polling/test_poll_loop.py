"""Polling in the background: rounds by themselves, what is told, and stopping."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.corpus_admin.reload import ReloadReport
from bot.polling.poll_loop import PollLoop, notices_of
from bot.polling.poll_report import Failure, PollReport
from corpus.errors import HomeUnusable, OverLimit, ReloadBusy
from corpus.plan import ReloadRequest
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched, Validators
from retrieval.progress import ProgressCallback
from tests.bot.polling.newsstand import PAUSE, START, Newsstand, feed_at, story

PATIENCE = 20.0


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def stand(tmp_path: Path) -> Newsstand:
    made = Newsstand(tmp_path, "one", "two")
    made.give("one", story("Ferry"))
    made.give("two", story("Bridge"))
    return made


def test_rounds_are_made_by_themselves_when_somebody_s_turn_has_come(stand: Newsstand) -> None:
    loop = PollLoop(stand.poller, stand.reload, look=0.01)
    loop.start()
    wait_until(lambda: stand.titles() == ["Bridge", "Ferry"])
    asked = len(stand.web.asked)
    time.sleep(0.1)
    assert len(stand.web.asked) == asked, "nobody's turn has come"
    stand.give("one", story("Tram"))
    stand.now += 2 * PAUSE
    wait_until(lambda: stand.titles() == ["Bridge", "Ferry", "Tram"])
    loop.stop()
    asked = len(stand.web.asked)
    stand.now += 2 * PAUSE
    time.sleep(0.1)
    assert len(stand.web.asked) == asked


def test_a_round_that_goes_wrong_is_told_and_tried_again(
    stand: Newsstand, caplog: pytest.LogCaptureFixture
) -> None:
    notices: list[str] = []
    troubles: list[Exception] = [
        HomeUnusable("there is no space left"),
        ReloadBusy("another reload is under way"),
        ZeroDivisionError("oh"),
    ]
    able = stand.poller.is_due

    def is_due() -> bool:
        if troubles:
            raise troubles.pop(0)
        return able()

    stand.poller.is_due = is_due  # type: ignore[method-assign]
    loop = PollLoop(stand.poller, stand.reload, notices.append, look=0.01)
    with caplog.at_level(logging.INFO):
        loop.start()
        wait_until(lambda: stand.titles() == ["Bridge", "Ferry"])
        loop.stop()
    assert notices == ["sources could not be polled: there is no space left"]
    assert "not polled now: another reload is under way" in caplog.text
    assert "ZeroDivisionError: oh" in caplog.text
    assert "polled 2 of 2 sources" in caplog.text


def test_while_rounds_go_wrong_they_come_ever_more_seldom_and_each_thing_is_told_once(
    stand: Newsstand,
) -> None:
    """As on a full disk: what could not be kept would be fetched again every twenty seconds."""
    notices: list[str] = []
    tried: list[float] = []
    able = stand.poller.round

    def full(*arguments: Any, **options: Any) -> PollReport:
        tried.append(time.monotonic())
        if len(tried) < 7:
            raise HomeUnusable("there is no space left" if len(tried) % 2 else "nothing can be kept")
        return able(*arguments, **options)

    stand.poller.round = full  # type: ignore[method-assign]
    loop = PollLoop(stand.poller, stand.reload, notices.append, look=0.01)
    loop.start()
    wait_until(lambda: stand.titles() == ["Bridge", "Ferry"])
    pauses = [later - before for before, later in pairwise(tried)]
    assert pauses[5] > 0.3 > pauses[0]
    stand.now += 2 * PAUSE
    stand.give("one", story("Tram"))
    wait_until(lambda: "Tram" in stand.titles())
    loop.stop()
    assert tried[7] - tried[6] < PATIENCE
    assert notices == [
        "sources could not be polled: there is no space left",
        "sources could not be polled: nothing can be kept",
    ]


def test_it_stops_at_once_while_a_site_is_slow(stand: Newsstand) -> None:
    begun, release = threading.Event(), threading.Event()

    class Hanging(CannedFetcher):
        def fetch(self, location: str, known: Validators = Validators()) -> Fetched:  # noqa: B008
            begun.set()
            release.wait(PATIENCE)
            return super().fetch(location, known)

    stand.web = Hanging(stand.web.pages)
    loop = PollLoop(stand.poller, stand.reload, look=0.01)
    loop.start()
    assert begun.wait(PATIENCE)
    started = time.monotonic()
    loop.stop()
    assert time.monotonic() - started < 2
    release.set()


def test_it_stops_a_reload_with_its_next_word(stand: Newsstand) -> None:
    begun = threading.Event()

    def long(request: ReloadRequest, *, progress: ProgressCallback) -> ReloadReport:
        begun.set()
        while True:
            progress("embedding", 0, 1)
            time.sleep(0.01)

    loop = PollLoop(stand.poller, long, look=0.01)
    loop.start()
    assert begun.wait(PATIENCE)
    started = time.monotonic()
    loop.stop()
    assert time.monotonic() - started < 2
    assert stand.poller.is_due(), "what was fetched is still to be read"


def test_a_loop_that_was_never_started_can_be_stopped(stand: Newsstand) -> None:
    PollLoop(stand.poller, stand.reload).stop()


def test_what_is_told_of_a_round() -> None:
    one, two = Source("news", feed_at("one")), Source("news", feed_at("two"))
    failure = Failure(one, "its server answers with status 500", 3, START, told=True)
    report = PollReport(
        failures=(failure, replace(failure, source=two, told=False)),
        recovered=(two,),
        moved=((one, "https://new.example/"),),
        refused={two: str(OverLimit("articles", 5, 5))},
    )
    assert notices_of(report) == [
        f"source {feed_at('one')} can't be read since 2026-01-14 09:00 UTC: its server answers with status "
        "500; what it held stays, and it is asked ever less often",
        f"source {feed_at('two')} can be read again",
        f"source {feed_at('one')} has moved to https://new.example/ for good",
        f"what is new in {feed_at('two')} was not taken in: 5 of the 5 articles that one community may have "
        "are there, and there would be more",
    ]
