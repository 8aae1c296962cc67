"""Articles whose ids do not identify them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.article import Article
from corpus.errors import BadArticle
from corpus.identity.shared_ids import SharedIds, unique_id
from corpus.problem import MemberLine, SourceLocation


def numbered(title: str, text: str, number: str = "1", **fields: str) -> Article:
    return Article(id=number, title=title, text=text, source="The Post", **fields)  # type: ignore[arg-type]


NORTH = numbered("Mill closed", "The mill of Northton was closed on Monday after a flood.")
SOUTH = numbered("Ferry sold", "Southton sold its only ferry to a company from abroad.")
NORTH_FILE, SOUTH_FILE = SourceLocation("/exports/north.csv", 2), SourceLocation("/exports/south.csv", 2)


@pytest.mark.parametrize(
    ("article_id", "url", "place", "expected"),
    [
        ("1", None, SourceLocation("/exports/north.csv.gz", 2), "north-1"),
        ("1", None, SourceLocation("/a.zip", MemberLine("in/north.json", 1)), "north-1"),
        ("1", None, SourceLocation("https://www.post.example/export", 1), "post.example-1"),
        ("1", "https://post.example/mill", NORTH_FILE, "https://post.example/mill"),
        ("mill", None, NORTH_FILE, None),
        ("north-0123456789ab", None, NORTH_FILE, "north-0123456789ab-a998b7"),
        ("north-0123456789ab", None, SOUTH_FILE, None),
        ("de305d54-75b4-431b-adb2-eb6b9e546014", None, NORTH_FILE, None),
    ],
)
def test_an_id_that_identifies_nothing_gets_what_does(
    article_id: str, url: str | None, place: SourceLocation, expected: str | None
) -> None:
    assert unique_id(replace(NORTH, id=article_id, url=url), place) == expected


def test_an_id_with_a_day_stays_when_its_moment_is_read_with_an_offset() -> None:
    evening = datetime.fromisoformat("2024-11-05T22:30-05:00")
    for published in (evening, evening.astimezone(UTC)):
        mill = replace(NORTH, id="north-0123456789ab", published=published)
        assert unique_id(mill, NORTH_FILE) == "north-0123456789ab-2024-11-06"


def shared_ids(*served: Article, withdrawn: tuple[str, ...] = ()) -> SharedIds:
    by_id = {one.id: one for one in served}
    return SharedIds(
        {"news": {one.id: one.version() for one in served}},
        lambda _collection, article_id: by_id.get(article_id),
        {"news": frozenset(withdrawn)},
    )


def test_two_articles_with_one_number_are_told_apart_and_a_third_one_is_refused() -> None:
    fresh = shared_ids()
    assert fresh.known_id(NORTH, "n", NORTH_FILE) == "1"
    assert fresh.known_id(SOUTH, "s", SOUTH_FILE) == "south-1"
    assert fresh.known_id(SOUTH, "s", SOUTH_FILE) == "south-1"
    third = numbered("Snow", "Nine schools stayed shut, since nobody could get there.")
    with pytest.raises(BadArticle) as told:
        fresh.known_id(third, "t", SourceLocation("/other/south.csv", 2))
    assert told.value.reason == (
        "two different articles have the id '1' ('Mill closed', 'Snow'): only the first is served"
    )


@pytest.mark.parametrize(
    "edited",
    [
        replace(NORTH, text="Northton has opened it again."),  # the title is the same
        replace(NORTH, title="Mill of Northton closed", text=f"{NORTH.text} It was repaired."),
        replace(SOUTH, url="https://post.example/mill"),
    ],
)
def test_a_later_version_keeps_the_number(edited: Article) -> None:
    fresh = shared_ids()
    assert fresh.known_id(replace(NORTH, url="https://post.example/mill"), "n", NORTH_FILE) == "1"
    assert fresh.known_id(edited, "e", SOUTH_FILE) == "1"


def test_issues_of_a_series_are_told_apart_by_their_days() -> None:
    fresh = shared_ids()
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (12, 13)]
    first, second = (
        replace(one, title="Briefing", published=day) for one, day in zip((NORTH, SOUTH), days, strict=True)
    )
    assert fresh.known_id(first, "1", NORTH_FILE) == "1"
    assert fresh.known_id(second, "2", SOUTH_FILE) == "south-1"


def test_what_is_served_keeps_its_id_wherever_the_others_are() -> None:
    later = shared_ids(NORTH, replace(SOUTH, id="south-1"))
    edited = replace(SOUTH, text=f"{SOUTH.text} It sails on.")
    assert later.known_id(edited, edited.version(), SOUTH_FILE) == "south-1"
    assert later.known_id(NORTH, NORTH.version(), NORTH_FILE) == "1"

    # The file that was added last is read first.
    added = shared_ids(NORTH)
    assert added.known_id(SOUTH, SOUTH.version(), SOUTH_FILE) is None
    assert added.known_id(NORTH, NORTH.version(), NORTH_FILE) == "1"
    assert added.new_id(SOUTH, SOUTH_FILE) == "south-1"

    gone = shared_ids(NORTH)
    assert gone.known_id(SOUTH, SOUTH.version(), SOUTH_FILE) is None
    assert gone.new_id(SOUTH, SOUTH_FILE) == "1", "its source has another article under that number now"

    kept = shared_ids(NORTH)
    kept.keep(NORTH)
    assert kept.new_id(SOUTH, SOUTH_FILE) == "south-1"


def test_a_withdrawn_article_does_not_come_back_under_its_other_id() -> None:
    assert shared_ids(withdrawn=("1",)).known_id(NORTH, NORTH.version(), NORTH_FILE) == "1"
    assert shared_ids(withdrawn=("south-1",)).known_id(SOUTH, SOUTH.version(), SOUTH_FILE) == "south-1"
    # It may be the one that was withdrawn.
    withdrawn = shared_ids(withdrawn=("1",))
    assert withdrawn.known_id(SOUTH, SOUTH.version(), SOUTH_FILE) == "1"
    assert withdrawn.known_id(NORTH, NORTH.version(), NORTH_FILE) == "1"


MONDAY, TUESDAY = (datetime(2026, 1, day, tzinfo=UTC) for day in (12, 13))
TITLED = Article(
    "north-0123456789ab", "Weather", "Sun on Monday in Northton all day.", "north", published=MONDAY
)


@pytest.mark.parametrize(
    ("other", "its_id"),
    [
        (
            replace(TITLED, text="Rain on Tuesday in Northton all day.", published=TUESDAY),
            f"{TITLED.id}-2026-01-13",
        ),
        (replace(TITLED, text="A storm broke nine windows.", published=None), f"{TITLED.id}-10d02f"),
        (replace(TITLED, text="Sun on Monday in Northton, all day long."), TITLED.id),
        (replace(TITLED, text="Sun on Monday in Northton all day!", published=TUESDAY), TITLED.id),
    ],
)
def test_articles_with_one_title_are_told_apart_by_day_and_text(other: Article, its_id: str) -> None:
    fresh = shared_ids()
    assert fresh.known_id(TITLED, "1", NORTH_FILE) == TITLED.id
    assert fresh.known_id(other, "2", NORTH_FILE) == its_id
    later = shared_ids(replace(other, id=its_id))
    assert later.known_id(other, other.version(), NORTH_FILE) == its_id
