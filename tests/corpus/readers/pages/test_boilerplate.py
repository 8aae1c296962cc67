import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.pages.boilerplate import is_boilerplate, without_boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue reading",
        "Please sign in or create a free account to read this story.",
        "To continue reading, subscribe for one euro a month.",
        "This article is for subscribers only.",
        "This story is exclusive to our premium members",
        "Already a subscriber? Log in",
        "You have reached your limit of free articles.",
        "Sign up for our newsletter",
        "Sign up to The Post's morning briefing and wake up informed.",
        "Get the latest news delivered to your inbox every day.",
        "Follow us on Facebook and Instagram!",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Skip past newsletter promotion",
        "Unsubscribe",
        "Unsubscribe | Manage your preferences",
        "You are receiving this email because you signed up at post.example.",
        "View this email in your browser",
        "JavaScript is disabled.",
        "Subscribe for 1 euro a month to keep reading.",
        "Thanks for reading The Post! Subscribe for free to receive new posts and support my work.",
        "The Post is a reader-supported publication. To receive new posts, consider subscribing.",
        "Copyright © 2026 The Post, All rights reserved.",
        "Want to change how you receive these emails?",
        "View this post on the web at https://post.example/p/bridge",
        "Read more",
        "Read the full story here",
        "ALSO READ: Ferry gets a third boat",
        "Related: the bridge in pictures",
        "Got a story? Write to tips@post.example",
        "We and our partners use cookies to store and access information.",
        "Page 1 of 3",
        "- 30 -",
        "###",
        "무단 전재 및 재배포 금지",
    ],
)
def test_a_call_is_none_of_the_article(line: str) -> None:
    assert is_boilerplate(line)
    assert without_boilerplate(f"One.\n\n{line}\n\nTwo.") == "One.\n\nTwo."


@pytest.mark.parametrize(
    "line",
    [
        "",
        "The Post said that readers must subscribe to continue reading.",
        "Subscribe, the minister said, is a word that he dislikes.",
        "Advertising revenue fell by a tenth.",
        "Share this burden, the mayor asked.",
        "He had signed up for the army in 1944.",
        "Get the latest figures, she told the committee.",
        "Follow us, the guide said, and do not look down.",
        "You have read the report, the judge said, and you know what it says.",
        "To continue, the talks need a mediator.",
        "A newsletter in your inbox is no newspaper.",
        "Read more books, the minister said.",
        "Related companies were fined.",
        "We use cookie cutters, the baker said.",
        "Copyright law will change in 2026.",
    ],
)
def test_a_sentence_about_such_things_stays(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The mayor said that… [+2311 chars]", "The mayor said that…"),
        ("The mayor said [+1,204 chars]", "The mayor said…"),
        ("He said in a report, opens new tab on Monday.", "He said in a report on Monday."),
        ("See the map (opens in a new window).", "See the map."),
        ("One.\nAdvertisement\nTwo.", "One.\nTwo."),
        ("Advertisement", ""),
    ],
)
def test_labels_inside_of_a_line_are_cut_out(text: str, left: str) -> None:
    assert without_boilerplate(text) == left


@given(st.text(alphabet="Subscribe to newsletr,\n."))
def test_only_lines_are_lost(text: str) -> None:
    left = without_boilerplate(text)
    assert len(left) <= len(text)


@pytest.mark.parametrize(
    "word", ["subscribe to ", "sign up for our free ", "opens ", "get the latest ", "[+1", " , "]
)
def test_it_takes_no_time(word: str) -> None:
    started = time.monotonic()
    without_boilerplate(word * 50_000)
    without_boilerplate(f"{word * 10}\n\n" * 5000)
    assert time.monotonic() - started < 5
