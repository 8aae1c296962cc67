"""Words of others in mrkdwn: shown, and nothing else."""

import pytest
from hypothesis import given

from bot.slack.drawing.markup import address, escaped, inert, label, link
from tests.bot.samples.hostile import LINE
from tools.local_slack import parse_mrkdwn, walk_mrkdwn

URL = "https://gazette.example/2026/a"


@given(LINE)
def test_escaped_words_name_nobody_and_lead_nowhere(words: str) -> None:
    nodes = list(walk_mrkdwn(parse_mrkdwn(escaped(words), verbatim=True)))
    assert {node.kind for node in nodes}.isdisjoint({"mention", "link", "date"})


@given(LINE)
def test_inert_words_are_nothing_but_words(words: str) -> None:
    nodes = parse_mrkdwn(f"x {inert(words)}", verbatim=True)  # where a label stands: within a line
    assert {node.kind for node in walk_mrkdwn(nodes)} <= {"text"}


@given(LINE)
def test_a_link_is_one_link_to_its_own_address(words: str) -> None:
    (node,) = parse_mrkdwn(link(words, URL), verbatim=True)
    assert (node.kind, node.detail) == ("link", URL)
    assert node.text.strip()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x|y>z", "https://a.example/x%7Cy%3Ez"),
        ("https://a.example/?q=1&r=<b>", "https://a.example/?q=1&amp;r=%3Cb%3E"),
        ("https://a.example/%20*_`", "https://a.example/%20%2A_%60"),
        ("https://a.example/奈良", "https://a.example/%E5%A5%88%E8%89%AF"),
    ],
)
def test_an_address_ends_where_it_ends(url: str, shown: str) -> None:
    assert address(url) == shown
    (node,) = parse_mrkdwn(f"<{address(url)}|x>")
    assert node.kind == "link"


@pytest.mark.parametrize(
    "words",
    [
        "https://bank.example",
        "bank.example",
        "bank.example/login?x",
        "bank。example",
        "http：//bank",
        "",
        "\u200b",
    ],
)
def test_a_label_that_looks_like_an_address_or_shows_nothing_gives_way_to_the_host(words: str) -> None:
    assert label(words, URL) == "gazette.example"


@pytest.mark.parametrize("words", ["St. Petersburg", "U.S.", "Vol. 3", "What is a .com?", "奈良", "10.5"])
def test_other_labels_stay(words: str) -> None:
    assert label(words, URL) == words
