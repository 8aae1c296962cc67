"""What a question leaves out, and its words without that."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.listing.left_out import LeftOut, left_out, may_leave_out
from retrieval.question.listing.listing_words import listing_words
from retrieval.question.names import Names

ASKED_AT = datetime(2026, 11, 29, tzinfo=UTC)
KNOWN = [
    Names(
        ["The Verge", "TechCrunch", "BBC", "Fortune", "Harbour Post", "연합뉴스", "共同通信"],
        ["David Pierce", "Ann Lee"],
    )
]


def read(text: str, *, listing: bool) -> LeftOut | None:
    return left_out(listing_words(text, ASKED_AT, KNOWN), listing=listing)


def told(text: str, *, listing: bool) -> tuple[str, str] | None:
    """The rest, and the names and years that are left out."""
    found = read(text, listing=listing)
    if found is None:
        return None
    return found.rest, ", ".join(
        hint.name or f"{hint.since:%Y}" for hint in found.hints if hint.since or hint.name
    )


@pytest.mark.parametrize("listing", [False, True])
@pytest.mark.parametrize(
    ("text", "rest", "names"),
    [
        ("What happened at Enron, not from TechCrunch?", "What happened at Enron?", "TechCrunch"),
        ("what happened at Enron not from the verge", "what happened at Enron", "The Verge"),
        ("Who was fined, but not written by Ann Lee", "Who was fined", "Ann Lee"),
        ("Excluding The Verge, who was fined?", "who was fined?", "The Verge"),
        ("Who was fined, except for the BBC?", "Who was fined?", "BBC"),
        ("reports that were not by David Pierce about oil", "reports about oil", "David Pierce"),
        ("oil news that isn't from Fortune or the BBC", "oil news", "Fortune, BBC"),
        (
            "oil, not from the Harbour Post, The Verge and Fortune.",
            "oil.",
            "Harbour Post, The Verge, Fortune",
        ),
        ("oil reports, other than from TechCrunch", "oil reports", "TechCrunch"),
        ("oil reports without articles by TechCrunch", "oil reports", "TechCrunch"),
        ("articles about oil, and not from 2022", "articles about oil", "2022"),
        ("articles not from 2022 about oil", "articles about oil", "2022"),
        ("oil reports, not published in 2021 or 2022", "oil reports", "2021, 2022"),
        ("oil, not from TechCrunch, and not from 2022", "oil", "TechCrunch, 2022"),
        ("TechCrunch 말고 유가는 어때?", "유가는 어때?", "TechCrunch"),
        ("연합뉴스 기사를 제외하고 유가는?", "유가는?", "연합뉴스"),
        ("TechCrunch와 연합뉴스를 제외한 유가 기사", "유가 기사", "TechCrunch, 연합뉴스"),
        ("共同通信以外の原油の記事", "原油の記事", "共同通信"),
        ("TechCrunchの記事を除いて、原油は？", "原油は？", "TechCrunch"),
    ],
)
def test_whose_articles_are_left_out_is_taken_out_of_the_words(
    text: str, rest: str, names: str, *, listing: bool
) -> None:
    assert may_leave_out(text)
    assert told(text, listing=listing) == (rest, names)
    found = read(text, listing=listing)
    assert found is not None
    assert all(hint.excludes and hint.words in text for hint in found.hints)


@pytest.mark.parametrize(
    ("text", "rest", "names"),
    [
        ("articles about oil without TechCrunch", "articles about oil", "TechCrunch"),
        ("articles about oil, not TechCrunch", "articles about oil", "TechCrunch"),
        ("articles about oil, but not by Ann Lee", "articles about oil", "Ann Lee"),
        ("articles about who was fined but not by the BBC", "articles about who was fined", "BBC"),
        ("articles about oil excluding the verge since May", "articles about oil since May", "The Verge"),
        ("articles about oil other than The Verge's articles", "articles about oil", "The Verge"),
        ("articles about oil besides Fortune", "articles about oil", "Fortune"),
        ("articles about oil except yesterday", "articles about oil", "2026"),
        ("articles about oil, not before 2022", "articles about oil", ""),
        ("2022년을 제외한 유가 기사", "유가 기사", "2022"),
    ],
)
def test_in_a_listing_every_phrase_narrows_it_down(text: str, rest: str, names: str) -> None:
    assert told(text, listing=True) == (rest, names)
    if "The Verge's" not in text:
        assert told(text, listing=False) is None


@pytest.mark.parametrize("listing", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "not from TechCrunch",
        "articles from TechCrunch",
        "articles about oil but not coal",
        "articles about Doctors Without Borders",
        "articles about Disney without Ann Lee",
        "articles about life without fortune",
        "Which company is not in Fortune's list?",
        "Which company was not from Fortune's list?",
        "Which storm did not come in 2022?",
        "Who was praised for it, and who was not?",
        "What was sold, not counting 2022?",
        "Why did TechCrunch not report it?",
        "Why is the BBC not from London?",
        "連合以外の記事",
    ],
)
def test_other_words_leave_no_articles_out(text: str, *, listing: bool) -> None:
    assert told(text, listing=listing) is None


@pytest.mark.parametrize("text", ["Who was praised, but not by TechCrunch?", "Who was not fined by the BBC?"])
def test_by_whom_something_happened_or_not_leaves_nothing_out_of_a_question(text: str) -> None:
    assert told(text, listing=False) is None


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_read(text: str, listing: bool) -> None:
    found = read(text, listing=listing)
    assert found is None or found.rest


def test_a_long_text_is_read_at_once() -> None:
    text = "not from TechCrunch, " * 90
    found = read(f"oil {text}", listing=True)
    assert found is not None
    assert found.rest.startswith("oil")
