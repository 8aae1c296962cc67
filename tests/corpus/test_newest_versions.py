"""Which of several articles under one id is served, alone and through a reload."""

import json
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Limits, UsageCounter
from bot.corpus_admin.reload import reload
from corpus.article import Article
from corpus.errors import OverLimit
from corpus.newest_versions import NewestVersions
from corpus.problem import SourceLocation
from corpus.storage.registered import Source
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import no_progress, register, served


def article(text: str, day: int | None = None, changed: int | None = None) -> Article:
    return Article(
        id="a",
        title="A",
        text=text,
        source="The Post",
        published=datetime(2026, 1, day, tzinfo=UTC) if day else None,
        modified=datetime(2026, 2, changed, tzinfo=UTC) if changed else None,
    )


NEWEST = [article("Fourth.", 15, 3), article("Third.", 15, 2), article("Second.", 14, 28), article("First.")]


@pytest.mark.parametrize("order", list(permutations(NEWEST)))
def test_the_newest_is_served_in_whatever_order_they_come(order: tuple[Article, ...]) -> None:
    newest = NewestVersions()
    served_one = None
    for line, one in enumerate(order, 1):
        is_served, _ = newest.offer(one, one.version(), SourceLocation("a.jsonl", line))
        served_one = one if is_served else served_one
    assert served_one == NEWEST[0]
    assert len(newest) == 1


def test_of_two_that_are_as_new_the_later_is_served_and_the_older_is_named() -> None:
    newest = NewestVersions()
    assert newest.offer(article("One."), "1", SourceLocation("a.jsonl", 1)) == (True, None)
    assert newest.offer(article("One."), "1", SourceLocation("a.jsonl", 2)) == (False, None)
    is_served, remark = newest.offer(article("Two."), "2", SourceLocation("b.jsonl", 3))
    assert is_served
    assert str(remark) == ("a.jsonl:1: article 'a' is another one in b.jsonl:3, which is newer and is served")
    is_served, remark = newest.offer(article("Three.", 14), "3", SourceLocation("c.jsonl", 1))
    assert is_served
    is_served, remark = newest.offer(article("Four.", 13), "4", SourceLocation("d.jsonl", 1))
    assert not is_served
    assert remark
    assert (remark.where, remark.refused) == ("d.jsonl", False)
    assert "is another one in c.jsonl:1, which is newer" in remark.reason


@pytest.mark.parametrize("own_first", [True, False])
def test_what_was_fetched_never_takes_the_place_of_an_operator_s_article(own_first: bool) -> None:
    newest = NewestVersions()
    own, fetched = SourceLocation("own.jsonl", 1), SourceLocation("https://a.example/wire", 1)
    offers = [(article("Own.", 13), "1", own, True), (article("Fetched.", 15), "2", fetched, False)]
    told = [
        newest.offer(one, version, place, own=mine)
        for one, version, place, mine in (offers if own_first else offers[::-1])
    ]
    assert [is_served for is_served, _ in told] == [True, not own_first]
    assert str(told[1][1]) == (
        "https://a.example/wire:1: article 'a' is another one in own.jsonl:1, which is an operator's own and "
        "is served"
    )


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


def test_usage_counts_what_is_served_and_not_what_gave_way() -> None:
    counter = UsageCounter(Limits(articles=1, megabytes=1), (), ())
    counter.take(article("x" * 900_000))
    counter.take(article("y" * 999_999))
    counter.take(article("z"))
    counter.take(article("y" * 999_999))
    with pytest.raises(OverLimit):
        counter.take(article("y" * 1_000_001))
