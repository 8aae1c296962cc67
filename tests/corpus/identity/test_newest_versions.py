"""Which of several articles under one id is served."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from corpus.article import Article
from corpus.identity.newest_versions import NewestVersions
from corpus.problem import SourceLocation


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


def test_an_operator_s_article_that_was_uploaded_before_is_still_the_operator_s() -> None:
    newest = NewestVersions()
    wire = SourceLocation("https://a.example/wire", 1)
    assert newest.offer(article("One.", 13), "1", wire, own=False) == (True, None)
    assert newest.offer(article("One.", 13), "1", SourceLocation("own.jsonl", 1)) == (False, None)
    is_served, remark = newest.offer(article("Two.", 15), "2", wire, own=False)
    assert not is_served
    assert "is another one in own.jsonl:1, which is an operator's own" in str(remark)
