import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from retrieval.dates.mentioned_dates import RECENT
from retrieval.index.snapshot import Snapshot
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.ranking.timeliness import (
    AHEAD_DAYS,
    FRESH_DAYS,
    OLDEST_DAYS,
    TIMELINESS,
    freshness,
    missed,
    newness,
    timely,
)
from tests.retrieval.snapshots import ASKED_AT, article, asking, only, snapshot_of

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Passages whose rows are their articles', as each is one sentence."""
    return snapshot_of(
        [
            article("new", "Drums.", published=ASKED_AT, source="The Post", title="Drums in Nara"),
            article("old", "Drums.", published=ASKED_AT - FRESH_DAYS * DAY, source="THE POST"),
            article("undated", "Drums.", source="The Wire", title="More DRUMS IN nara…"),
            article("yet to come", "Drums.", published=ASKED_AT + (AHEAD_DAYS + 1) * DAY, source="The Wire"),
        ]
    )


def feature(snapshot: Snapshot, name: str, *hints: Hint) -> list[float]:
    query = asking("drums").with_hints(hints)
    found = timely(snapshot.articles, only(snapshot).articles.published, query)
    assert found.shape == (len(snapshot.articles), len(TIMELINESS))
    assert found.dtype == np.float32
    return [float(value) for value in found[:, TIMELINESS.index(name)]]


def test_what_is_new_is_fresh_and_what_is_of_later_is_not(snapshot: Snapshot) -> None:
    assert feature(snapshot, "fresh") == pytest.approx([1, 1 / math.e, 0, 0])


@pytest.mark.parametrize(
    ("days", "fresh"),
    [(0, 1), (-AHEAD_DAYS, 1), (-AHEAD_DAYS - 0.001, 0), (2 * FRESH_DAYS, math.exp(-2)), (math.nan, 0)],
)
def test_freshness_falls_with_age_and_allows_for_a_zone(days: float, fresh: float) -> None:
    published = np.array([ASKED_AT.timestamp() - days * 86_400])
    assert freshness(published, ASKED_AT).tolist() == pytest.approx([fresh])


@pytest.mark.parametrize("kind", [HintKind.DATES, HintKind.NOW])
def test_dated_is_what_lies_within_a_period_half_open(snapshot: Snapshot, kind: HintKind) -> None:
    def dated(since: datetime | None, until: datetime | None) -> list[float]:
        return feature(snapshot, "dated", Hint(kind, "then", HintUse.BOOST, since=since, until=until))

    assert dated(ASKED_AT, None) == [1, 0, 0, 1]
    assert dated(None, ASKED_AT) == [0, 1, 0, 0]
    assert dated(ASKED_AT - FRESH_DAYS * DAY, ASKED_AT + DAY) == [1, 1, 0, 0]
    assert dated(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)) == [0, 0, 0, 0]
    assert dated(None, None) == [0, 0, 0, 0]


def test_dated_is_what_was_printed_on_that_day_wherever_is_asked() -> None:
    evening, utc = (datetime.fromisoformat(text) for text in ("2026-01-13T22:30-05:00", "2026-01-14T03:30Z"))
    found = snapshot_of([article("a", "Drums.", published=evening), article("b", "Drums.", published=utc)])
    day = datetime(2026, 1, 13, tzinfo=UTC)
    hint = Hint(HintKind.DATES, "on 13 January", HintUse.BOOST, since=day, until=day + DAY)
    assert feature(found, "dated", hint) == [1, 0]


def test_source_is_what_the_question_names_in_whatever_case(snapshot: Snapshot) -> None:
    assert feature(snapshot, "source", Hint(HintKind.SOURCE, "the Post", HintUse.BOOST, name="The Post")) == [
        1,
        1,
        0,
        0,
    ]
    both = [Hint(HintKind.SOURCE, name, HintUse.BOOST, name=name) for name in ("The Post", "The Wire")]
    assert feature(snapshot, "source", *both) == [1, 1, 1, 1]


def test_titled_is_what_has_the_quoted_words_in_its_title(snapshot: Snapshot) -> None:
    hint = Hint(HintKind.TITLE, "“Drums in Nara”", HintUse.BOOST, name="Drums in Nara")
    assert feature(snapshot, "titled", hint) == [1, 0, 1, 0]


def test_a_firm_hint_and_one_of_another_kind_say_nothing(snapshot: Snapshot) -> None:
    hint = Hint(HintKind.SOURCE, "articles of the Post", HintUse.FILTER, name="The Post")
    for name in TIMELINESS[1:]:
        assert feature(snapshot, name, hint) == feature(snapshot, name) == [0, 0, 0, 0]
    author = replace(hint, kind=HintKind.AUTHOR, use=HintUse.BOOST)
    assert feature(snapshot, "source", author) == [0, 0, 0, 0]


def times(snapshot: Snapshot, *hints: Hint) -> list[bool]:
    dates = [one.published for one in only(snapshot).articles.headings]
    return [bool(one) for one in missed(asking("drums").with_hints(hints), dates)]


@pytest.mark.parametrize("kind", [HintKind.DATES, HintKind.NOW])
def test_passages_miss_a_recent_time_that_they_are_not_of(snapshot: Snapshot, kind: HintKind) -> None:
    today = Hint(kind, "today", HintUse.BOOST, since=ASKED_AT - DAY, until=ASKED_AT + DAY)
    month = Hint(kind, "last weeks", HintUse.BOOST, since=ASKED_AT - RECENT)
    assert times(snapshot, today) == [False, True, True, True]
    assert times(snapshot, month) == [False, False, True, False]
    assert times(snapshot, today, month) == [False, False, True, False]


@pytest.mark.parametrize(
    "hint",
    [
        Hint(HintKind.DATES, "since May", HintUse.BOOST, since=ASKED_AT - RECENT - DAY),
        Hint(HintKind.DATES, "until May", HintUse.BOOST, until=ASKED_AT),
        Hint(HintKind.DATES, "articles of today", HintUse.FILTER, since=ASKED_AT),
        Hint(HintKind.NOW, "latest", HintUse.BOOST),
        Hint(HintKind.SOURCE, "The Post", HintUse.BOOST, since=ASKED_AT),
    ],
    ids=["long ago", "no beginning", "filters already", "no time", "no time's hint"],
)
def test_there_is_nothing_to_miss_otherwise(snapshot: Snapshot, hint: Hint) -> None:
    assert times(snapshot, hint) == [False] * 4
    assert times(snapshot) == [False] * 4


def test_newness_counts_days_among_new_ones_and_years_among_old_ones() -> None:
    ages = (0, 1, 30, 3000, 3030, OLDEST_DAYS, 2 * OLDEST_DAYS, -2)
    seconds = np.array([*((ASKED_AT - age * DAY).timestamp() for age in ages), np.nan])
    new, day, month, old, older, oldest, beyond, ahead, undated = newness(seconds, ASKED_AT).tolist()
    assert new == 1 > day > month > old > older > 0
    assert month - old > day - month > old - older
    assert oldest == pytest.approx(0)
    assert beyond == ahead == undated == 0
