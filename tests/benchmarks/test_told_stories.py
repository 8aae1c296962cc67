"""The stories that copies and events are counted on, and what they are held to."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from benchmarks.customers import copies_of, with_another_number
from benchmarks.stories import (
    PAIRS,
    STORIES,
    InMemoryMeter,
    Row,
    article_of,
    copies,
    half,
    own_events,
    read_rows,
)
from retrieval.models.onnx_embedder import OnnxEmbedder

ROWS = read_rows(STORIES)


def hours(row: Row, kind: str) -> timedelta:
    """Time from the report to what came after it."""
    return datetime.fromisoformat(row[kind]["published"]) - datetime.fromisoformat(row["report"]["published"])


def test_there_are_stories_of_each_kind_and_none_twice() -> None:
    languages = Counter(row["language"] for row in ROWS)
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 80
    assert languages["ko"] + languages["ja"] == 12
    assert sum("near_miss" in row for row in ROWS) >= 40
    assert all("rewrite" in row for row in ROWS if row["language"] == "en")
    texts = [row[kind]["text"] for row in ROWS for kind in ("report", "rewrite", "near_miss") if kind in row]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("kind", ["rewrite", "near_miss"])
def test_another_outlet_reports_within_36_hours(kind: str) -> None:
    rows = [row for row in ROWS if kind in row]
    assert all(row[kind]["source"] != row["report"]["source"] for row in rows)
    assert all(timedelta() < hours(row, kind) <= timedelta(hours=36) for row in rows)


def test_customers_change_what_they_take_and_keep_its_numbers() -> None:
    for number, row in enumerate(ROWS):
        report = article_of(row["id"], row["report"], row["language"])
        made = dict(copies_of(report, number))
        assert len(made) == 8
        same = [kind for kind, copy in made.items() if copy.text == report.text]
        assert set(same) <= {"headline", "typography", "two sentences edited"}
        other = with_another_number(report, number)
        assert other is None or other.text != report.text


@pytest.mark.parametrize("split", ["tune", "held"])
def test_copies_are_joined_and_what_says_otherwise_is_not(split: str) -> None:
    tally, made, missed = copies([row for row in ROWS if row["split"] == split])
    assert tally.right >= 0.95 * (tally.right + tally.wrong)
    assert tally.right >= 0.8 * (tally.right + tally.missed)
    assert missed["headline"] == missed["dateline and credit"] == 0
    assert sum(made.values()) == tally.right + tally.missed


def test_some_rewrites_are_joined_and_no_near_miss(minilm: OnnxEmbedder) -> None:
    rows = [row for row in ROWS if row["subject"] in ("court", "crime")]
    tally = own_events(minilm, rows)
    assert tally.wrong == 0
    assert tally.right >= 0.6 * (tally.right + tally.missed)


def test_the_halves_of_the_judged_pairs_are_all_of_them() -> None:
    labels = read_rows(PAIRS)
    tune, held = half(labels, "tune"), half(labels, "held")
    assert len(tune) + len(held) == len(labels)
    assert not any(one in held for one in tune)


def test_a_tally_says_what_it_counted() -> None:
    tally = InMemoryMeter()
    assert "precision 0.000, recall 0.000" in str(tally)
    tally.count("a", joined=True, same=True)
    tally.count("b", joined=True, same=False)
    tally.count("c", joined=False, same=True)
    tally.count("d", joined=False, same=False)
    assert str(tally) == "1 joined rightly, 1 wrongly, 1 left apart: precision 0.500, recall 0.500"
    assert tally.faults == ["b"]
