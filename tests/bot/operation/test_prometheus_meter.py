import logging
import threading

import pytest

from bot.dispatch.incidents import log_incident
from bot.measuring.meter import Counted, InMemoryMeter, Timed
from bot.operation.error_counter import ERRORS, ErrorCounter, error_kind
from bot.operation.prometheus_meter import COUNTS, PrometheusMeter
from corpus.errors import DatabaseAway, HomeUnusable, PlatformRefused, StoreUnusable
from tests.bot.operation.scraping import Scrape, parsed


def page(meter: PrometheusMeter) -> Scrape:
    body, kind = meter.page()
    assert kind.startswith("text/plain")
    return parsed(body.decode())


def test_everything_stands_at_0_before_it_happens() -> None:
    found = page(PrometheusMeter())
    assert found.value("newsdesk_questions_total", platform="slack", outcome="answered") == 0
    assert found.value("newsdesk_errors_total", kind="database") == 0
    assert found.value("newsdesk_stage_seconds_count", stage="reading") == 0
    assert {f"{one.name}_total" for one in COUNTS.values()} <= found.names


def test_what_is_on_no_list_is_counted_as_other_and_adds_one_series_at_most() -> None:
    meter = PrometheusMeter()
    for number in range(1000):
        meter.count(Counted.QUESTIONS, "discord", f"who won {number}?")
        meter.count(Counted.REFUSALS, f"T{number}")
    found = page(meter)
    assert found.value("newsdesk_questions_total", platform="discord", outcome="other") == 1000
    assert found.value("newsdesk_refusals_total", kind="other") == 1000
    assert len(found.samples) <= len(page(PrometheusMeter()).samples) + 2


def test_two_meters_share_nothing() -> None:
    one, other = PrometheusMeter(), PrometheusMeter()
    one.count(Counted.GENERATIONS)
    assert page(one).value("newsdesk_generations_taken_on_total") == 1
    assert page(one).value("newsdesk_generation_taken_on_timestamp_seconds") > 1e9
    assert page(other).value("newsdesk_generations_taken_on_total") == 0


def test_it_counts_and_times_from_many_threads() -> None:
    meter = PrometheusMeter()

    def work() -> None:
        for _ in range(500):
            meter.count(Counted.POLLS, "changed", by=2)
            meter.time(Timed.QUEUE, 0.02)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = page(meter)
    assert found.value("newsdesk_polls_total", outcome="changed") == 4000
    assert found.value("newsdesk_stage_seconds_bucket", stage="queue", le="0.025") == 2000
    assert found.value("newsdesk_stage_seconds_bucket", stage="queue", le="0.01") == 0


def test_a_newer_scraper_gets_the_newer_form() -> None:
    body, kind = PrometheusMeter().page("application/openmetrics-text;version=1.0.0")
    assert kind.startswith("application/openmetrics-text")
    assert body.endswith(b"# EOF\n")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (HomeUnusable("no"), "home"),
        (StoreUnusable("no"), "database"),
        (DatabaseAway("no"), "database"),
        (PlatformRefused("no"), "platform"),
        (TimeoutError(), "timeout"),
        (ConnectionResetError(), "network"),
        (PermissionError(), "system"),
        (KeyError("who won?"), "other"),
    ],
)
def test_an_error_is_of_one_of_few_kinds(error: Exception, kind: str) -> None:
    assert error_kind(error) == kind
    assert kind in ERRORS


def test_errors_of_libraries_are_told_by_whose_they_are() -> None:
    import aiohttp
    import discord
    import psycopg
    from slack_sdk.errors import SlackApiError
    from sqlalchemy.exc import OperationalError

    assert error_kind(discord.DiscordException()) == "platform"
    slack = SlackApiError("no", {})  # type: ignore[no-untyped-call] # theirs
    assert error_kind(slack) == "platform"
    assert error_kind(aiohttp.ClientError()) == "network"
    assert error_kind(psycopg.OperationalError()) == "database"
    assert error_kind(OperationalError("", None, Exception())) == "database"


def test_errors_are_counted_out_of_the_log_by_what_they_came_of() -> None:
    tally = InMemoryMeter()
    log = logging.getLogger("bot.test_errors")
    counter = ErrorCounter(tally)
    log.addHandler(counter)
    incidents = logging.getLogger("bot.dispatch.incidents")
    incidents.addHandler(counter)
    try:
        log.warning("no error")
        log.error("a word")
        log.error("incident %s: %s", "1", HomeUnusable("no disk"))
        try:
            try:
                raise StoreUnusable("damaged")
            except StoreUnusable as error:
                raise RuntimeError("while answering") from error
        except RuntimeError:
            assert log_incident("answering")
    finally:
        log.removeHandler(counter)
        incidents.removeHandler(counter)
    counts = {labels[1]: count for labels, count in tally.counts.items()}
    assert counts == {"other": 1, "home": 1, "database": 1}
