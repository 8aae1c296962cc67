"""The pictures of Slack for the documents: nothing that a payload says becomes markup of the page."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.elements import Elements
from tests.tools.local_slack.samples import button, plain
from tools.preview.slack_page import page
from tools.preview.slack_text import text_html

NOW = datetime(2026, 1, 20, 10, 24, tzinfo=UTC)
MARK = "WORDS"
"""Stands in the samples where words of others stand."""


def text(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


OPTION = {"text": plain(MARK), "value": "1"}
RICH = [
    {"type": "text", "text": MARK, "style": {"bold": True, "code": True}},
    {"type": "link", "url": f"https://a.example/?{MARK}", "text": MARK},
    {"type": "date", "timestamp": 1768392000, "format": MARK, "fallback": MARK},
]
SELECTS = [
    {"type": "static_select", "options": [OPTION], "initial_option": OPTION},
    {"type": "multi_external_select", "initial_options": [OPTION]},
    {"type": "multi_users_select", "initial_users": [MARK]},
]
BLOCKS = [
    {"type": "header", "text": plain(MARK)},
    *({"type": "section", "text": plain(MARK), "accessory": select} for select in SELECTS),
    {"type": "divider"},
    {"type": "context", "elements": [text(f"> *{MARK}* `{MARK}`\n<https://a.example/{MARK}|{MARK}>")]},
    {"type": "context", "elements": [text(MARK), plain(MARK)]},
    {
        "type": "actions",
        "elements": [
            {**button(MARK, "b"), "style": "primary", "url": f"javascript:alert(1)//{MARK}"},
            button(MARK, "c"),
        ],
    },
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": RICH}]},
    {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": RICH}]},
]


def with_words(words: str) -> Elements:
    """The page of the samples with these words in the place of others."""
    blocks = json.loads(json.dumps(BLOCKS).replace(MARK, json.dumps(words)[1:-1]))
    drawn = Elements(page([{"text": words, "blocks": blocks}], NOW))
    for name, value in drawn.attributes:
        assert name != "href" or (value or "").startswith(("http://", "https://"))
    return drawn


USUAL = with_words("nothing")


@given(st.text(alphabet="abc \"'/=;{}()[]-😀", max_size=30))
def test_words_never_become_markup(words: str) -> None:
    # A letter at each end, for a space there keeps a text from being bold.
    drawn = with_words(f"x{words}x")
    assert drawn.tags == USUAL.tags
    assert [name for name, _ in drawn.attributes] == [name for name, _ in USUAL.attributes]


@given(st.text(alphabet="<>\"'&/ab=*_`|!@# \n:", max_size=40))
def test_hostile_words_bring_no_element_that_slack_does_not_show(words: str) -> None:
    shown = {"code", "pre", "strong", "em", "s", "a", "time", "blockquote"}
    assert {*with_words(words).tags} <= {*USUAL.tags} | shown


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{date_short} at {time}", "14 Jan 2026 at 12:00"),
        ("{date_short_pretty} {ago} {other}", "14 Jan 2026 6 days ago {other}"),
    ],
)
def test_dates_are_shown_as_a_reader_in_london_sees_them(pattern: str, words: str) -> None:
    assert f">{words}</time>" in text_html(text(f"<!date^1768392000^{pattern}|fallback>"), NOW)
