from datetime import UTC, datetime

import pytest

from retrieval.question.followups.followup import follow_up
from retrieval.question.followups.narrowing import changed_list, changed_question
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.listing.listing_reader import read_listing
from retrieval.question.listing.listing_request import ListingRequest
from retrieval.question.names import Names

NAMES = Names(("The Verge", "TechCrunch", "Wired"), ("Ada Kim", "Ben Oro"))
FERRY, ADA = "articles about the ferry", "list articles by Ada Kim"
WIRED = "articles about the ferry from Wired since March"


def lists(text: str) -> ListingRequest | None:
    return read_listing(text, datetime(2026, 11, 18, tzinfo=UTC), [NAMES])


@pytest.mark.parametrize(
    ("earlier", "question", "request_for"),
    [
        (FERRY, "just the ones from The Verge", "articles about the ferry from The Verge"),
        (FERRY, "from techcrunch", "articles about the ferry from techcrunch"),
        (FERRY, "not from The Verge", "articles about the ferry not from The Verge"),
        (FERRY, "but not by Ada Kim", "articles about the ferry not by Ada Kim"),
        (WIRED, "not from Wired", "articles about the ferry since March not from Wired"),
        (FERRY, "older than 5 May", "articles about the ferry older than 5 May"),
        (FERRY, "in 2023?", "articles about the ferry in 2023"),
        (FERRY, "only since June", "articles about the ferry since June"),
        (FERRY, "and Wired?", "articles about the ferry from Wired"),
        (FERRY, "and Ben Oro?", "articles about the ferry by Ben Oro"),
        (FERRY, "what about the ones by Ben Oro?", "articles about the ferry by Ben Oro"),
        (FERRY, "and about the tunnel?", "articles about the tunnel"),
        (FERRY, "what about house prices?", "articles about house prices"),
        (FERRY, "only those about the strike", "articles about the ferry and the strike"),
        (FERRY, "only the latest 3", "latest 3 articles about the ferry"),
        (FERRY, "how many are there?", "how many articles about the ferry"),
        (FERRY, "how many?", "how many articles about the ferry"),
        (FERRY, "how many of them mention Oslo?", "how many articles about the ferry and Oslo"),
        (FERRY, "how many of these are from Wired?", "how many articles about the ferry from Wired"),
        (ADA, "and Ben Oro?", "articles by Ben Oro"),
        (ADA, "and Cid Ulm?", "articles by Cid Ulm"),
        (ADA, "about the tunnel", "articles about the tunnel by Ada Kim"),
        (ADA, "how many?", "how many articles by Ada Kim"),
        (WIRED, "and from The Verge?", "articles about the ferry from The Verge since March"),
        (WIRED, "and before May?", "articles about the ferry from Wired before May"),
        (WIRED, "how about Oslo?", "articles about Oslo from Wired since March"),
        ("how many articles about the ferry in May?", "which ones?", "articles about the ferry in May"),
        ("the 3 oldest articles about the ferry", "how many?", "how many articles about the ferry"),
        ("latest news about the ferry", "only from Wired", "latest news about the ferry from Wired"),
    ],
)
def test_a_list_is_asked_for_again_with_a_part_of_it_changed(
    earlier: str, question: str, request_for: str
) -> None:
    assert changed_list(question, earlier, lists) == request_for


@pytest.mark.parametrize(
    "question",
    [
        "who wrote it?",
        "Why?",
        "and when?",
        "When did it sink?",
        "how many people were on board?",
        "and the captain?",  # somebody in the articles, and no other topic
        "and in Oslo?",
        "just the facts",
        "articles about the tunnel",  # whole requests
        "how many articles are there about the tunnel?",
        "what did The Verge say about it?",
        "페리는?",
    ],
)
def test_other_questions_after_a_list_do_not_change_it(question: str) -> None:
    assert changed_list(question, FERRY, lists) == ""


@pytest.mark.parametrize(
    "question",
    [
        "what else did she write?",
        "and what has he written?",
        "more articles by this author",
        "any other pieces by him?",
    ],
)
def test_the_author_of_the_first_article_that_is_listed_has_a_list_too(question: str) -> None:
    assert changed_list(question, FERRY, lists, "Ada Kim") == "articles by Ada Kim"
    assert changed_list(question, FERRY, lists, "Ada Kim and Ben Oro") == "articles by Ada Kim or Ben Oro"
    assert changed_list(question, FERRY, lists) == ""
    assert changed_list("what did she say?", FERRY, lists, "Ada Kim") == ""


def test_a_question_is_not_changed_like_a_list() -> None:
    assert changed_list("only from Wired", "Why did the ferry sink?", lists) == ""


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("only from The Verge", "Why did the ferry sink in articles from The Verge?"),
        ("and from Wired?", "Why did the ferry sink in articles from Wired?"),
        ("just the ones by Ada Kim", "Why did the ferry sink in articles by Ada Kim?"),
        ("not from Wired", "Why did the ferry sink, not from Wired?"),
        ("only since June", "Why did the ferry sink in articles since June?"),
        ("only articles older than June", "Why did the ferry sink in articles older than June?"),
        # These may tell of the ferry, and not of articles.
        ("since June?", ""),
        ("by Ada Kim?", ""),
        ("from Oslo?", ""),
        ("only in Oslo?", ""),
        ("and about the tunnel?", ""),
        ("what did Wired say?", ""),
    ],
)
def test_a_question_is_asked_again_within_the_articles_that_are_named(question: str, asked: str) -> None:
    assert changed_question(question, "Why did the ferry sink?", lists) == asked


def test_limits_replace_and_join_one_another() -> None:
    wired = "Why did the ferry sink in articles from Wired?"
    assert changed_question("only from The Verge", wired, lists) == wired.replace("Wired", "The Verge")
    assert changed_question("only since June", wired, lists) == wired.replace("Wired?", "Wired since June?")


def test_a_limit_is_not_carried_into_another_question() -> None:
    before = PreviousQuestion("Who sank the ferry in articles from Wired?", own="Who sank the ferry?")
    assert follow_up("and why?", before, lists=lists).text == "and why? sank ferry"
    limited = follow_up("only from The Verge", before, lists=lists)
    assert limited.text == "Who sank the ferry in articles from The Verge?"
    assert limited.asked == "Who sank the ferry?"
