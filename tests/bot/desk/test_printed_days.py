"""An article is cited, found and listed by the day that its outlet printed, also in a home that an earlier
release made, which stored the moment in UTC."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answers.answer_json import metadata_row
from bot.answers.wording import date_words
from bot.cards.source_line import dated, listed
from bot.cli.printing.article_list import newest_articles
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.desk.desk import Desk
from bot.desk.listings import listing, listing_request
from bot.discord.drawing.render import CANVAS
from bot.messages.catalogue import ENGLISH, messages_for
from corpus.plan import EVERYTHING
from retrieval.models.embedder import HashEmbedder
from retrieval.question.query import make_query
from tests.bot.service.office import publish
from tests.fault.newsroom import QuickDisk, no_progress
from tests.retrieval.snapshots import model_of

PRINTED = {
    "evening": "2024-11-05T22:30:00-05:00",
    "noon": "2024-11-05T12:30:00-05:00",
    "seoul": "2024-11-06T07:15:00+09:00",
    "utc": "2024-11-05T23:59:00Z",
    "day": "2024-11-06",
}
FIFTH, SIXTH = {"evening", "noon", "utc"}, {"seoul", "day"}
ZONES = ("UTC", "Asia/Seoul", "America/New_York")


def rows(dates: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"id": key, "title": key, "text": f"The ferry to {key} was sold.", "published": date}
        for key, date in dates.items()
    ]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that serves the articles from its files."""
    made = Home(tmp_path / "home", QuickDisk())
    publish(made, "news", rows(PRINTED), HashEmbedder())
    return made


def desk_of(home: Home) -> Desk:
    made = Desk(home, model_of(HashEmbedder()), print)
    made.open()
    return made


def on(desk: Desk, day: str, zone: str = "UTC") -> set[str]:
    asked_at = datetime(2024, 11, 8, 12, tzinfo=UTC)
    query = make_query(f"list all articles of {day}", ("news",), asked_at=asked_at, zone=zone)
    request = listing_request(desk, query)
    assert request
    return {one.article_id for one in listing(desk, query, request).cited}


def test_an_article_is_listed_on_the_day_that_it_is_cited_with(home: Home) -> None:
    desk = desk_of(home)
    assert on(desk, "5 November 2024") == FIFTH
    assert on(desk, "6 November 2024") == SIXTH
    cited = {one.id: date_words(one.published) for one in desk.collections["news"].articles}
    assert {key for key, day in cited.items() if day == "5 November 2024"} == FIFTH
    assert {key for key, day in cited.items() if day == "6 November 2024"} == SIXTH


def test_today_has_what_was_published_today_also_where_it_is_another_day(home: Home) -> None:
    desk = desk_of(home)
    for hour, expected in ((4, {"evening", "seoul", "day"}), (23, {"evening", "seoul", "day"})):
        query = make_query(
            "list today's articles", ("news",), asked_at=datetime(2024, 11, 6, hour, tzinfo=UTC)
        )
        request = listing_request(desk, query)
        assert request
        assert {one.article_id for one in listing(desk, query, request).cited} == expected


@pytest.mark.parametrize("zone", ZONES)
def test_where_somebody_asks_moves_only_a_time_in_utc(home: Home, zone: str) -> None:
    utc = {"utc"} if zone != "Asia/Seoul" else set[str]()
    assert on(desk_of(home), "5 November 2024", zone) == FIFTH - {"utc"} | utc


def test_json_has_the_offset_and_the_newest_is_the_latest_moment(home: Home) -> None:
    collection = desk_of(home).collections["news"]
    assert {one.id: metadata_row(one)["published"] for one in collection.headings} == PRINTED
    newest = max(one.published for one in collection.articles if one.published)
    assert newest == datetime(2024, 11, 6, 3, 30, tzinfo=UTC)


def test_the_articles_since_a_day_are_those_that_were_printed_on_it_or_later(home: Home) -> None:
    day, moment = (
        datetime.fromisoformat(text) for text in ("2024-11-06T00:00+00:00", "2024-11-06T01:00+00:00")
    )
    for since, expected in ((day, SIXTH), (moment, {"evening"})):
        found = newest_articles(home, ("news",), outlet=None, since=since, limit=9)
        assert {one.id for one in found.newest} == expected
        assert found.count == len(expected)


def test_a_reload_of_an_older_home_changes_only_what_is_cited_with_another_day(
    home: Home, tmp_path: Path
) -> None:
    in_utc = {
        key: datetime.fromisoformat(date).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for key, date in PRINTED.items()
        if "T" in date
    }
    older = tmp_path / "older"
    older.mkdir()
    made = Home(older / "home", QuickDisk())
    publish(made, "news", rows(PRINTED | in_utc), HashEmbedder())
    assert on(desk_of(made), "5 November 2024") == {"noon", "seoul", "utc"}
    (older / "news" / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows(PRINTED)))
    (plan,) = reload(made, HashEmbedder, EVERYTHING, progress=no_progress).plans
    assert (plan.new, plan.removed) == ((), ())
    assert plan.changed == ("evening", "seoul")
    assert on(desk_of(made), "5 November 2024") == FIFTH
    (again,) = reload(made, HashEmbedder, EVERYTHING, progress=no_progress).plans
    assert again.changes_nothing


def test_chats_show_the_printed_day_to_every_reader_and_the_age_of_the_moment(home: Home) -> None:
    articles = {one.id: one for one in desk_of(home).collections["news"].articles}
    messages = messages_for(ENGLISH)
    day, _, age, _ = dated(articles["evening"], messages)
    assert (day.text, day.moment) == ("5 November 2024", datetime(2024, 11, 5, tzinfo=UTC))
    assert age.moment == articles["evening"].published
    moment = articles["utc"].published
    assert [span.moment for span in dated(articles["utc"], messages) if span.moment] == [moment, moment]
    cited = desk_of(home).quoter.cite(articles["seoul"], (0, 0))
    (shown,) = (span.moment for span in listed(cited, "• ", messages, CANVAS).spans if span.moment)
    assert shown == datetime(2024, 11, 6, tzinfo=UTC)
