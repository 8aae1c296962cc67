"""The pictures of Slack for the documents: nothing that a payload says becomes markup of the page."""

import json
import shutil
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.local_slack.samples import button, form, plain
from tools.preview.browser import BROWSERS, SCALE, capture
from tools.preview.slack_page import page
from tools.preview.slack_text import Reader, mrkdwn_html

NOW = datetime(2026, 1, 20, 10, 24, tzinfo=UTC)
MARK = "WORDS"
"""Stands in the samples where words of others stand."""


def text(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


OPTION = {"text": plain(MARK), "value": "1", "description": plain(MARK)}
RICH = [
    {"type": "text", "text": MARK, "style": {"bold": True, "code": True}},
    {"type": "link", "url": f"https://a.example/?{MARK}", "text": MARK},
    {"type": "user", "user_id": MARK},
    {"type": "channel", "channel_id": MARK},
    {"type": "emoji", "name": MARK},
    {"type": "broadcast", "range": "here"},
    {"type": "date", "timestamp": 1768392000, "format": MARK, "fallback": MARK},
]
MESSAGE = {
    "text": MARK,
    "blocks": [
        {"type": "header", "text": plain(MARK)},
        {"type": "section", "text": text(f"> *{MARK}* `{MARK}`\n<https://a.example/{MARK}|{MARK}>")},
        {"type": "section", "fields": [text(MARK), plain(MARK)], "accessory": button(MARK, "a")},
        {"type": "divider"},
        {"type": "context", "elements": [text(MARK), {"type": "image", "image_url": "x", "alt_text": MARK}]},
        {
            "type": "actions",
            "elements": [
                {**button(MARK, "b"), "style": "primary", "url": f"javascript:alert(1)//{MARK}"},
                {"type": "static_select", "options": [OPTION], "initial_option": OPTION},
                {"type": "external_select", "placeholder": plain(MARK)},
                {"type": "datepicker", "initial_date": MARK},
                {"type": "checkboxes", "options": [OPTION]},
                {"type": "overflow", "options": [OPTION]},
            ],
        },
        {"type": "image", "title": plain(MARK), "image_url": f"data:image/{MARK}", "alt_text": MARK},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": RICH}]},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [{"type": "rich_text_section", "elements": RICH}],
                },
                {"type": "rich_text_quote", "elements": RICH},
                {"type": "rich_text_preformatted", "elements": RICH[:2]},
            ],
        },
        {"type": "markdown", "text": MARK},
        {
            "type": "context_actions",
            "elements": [{"type": "feedback_buttons", "positive_button": {}, "negative_button": {}}],
        },
        {"type": MARK},
    ],
    "attachments": [{"text": MARK, "blocks": [{"type": "header", "text": plain(MARK)}]}],
    "files": [{"name": MARK, "size": 2048}],
}
SAMPLES: list[dict[str, Any]] = [
    MESSAGE,
    {"text": MARK, "user": "U1", "ts": "1768392000.000100"},
    {"text": MARK, "thread_ts": "1768392000.000100", "user": "U1"},
    {"text": MARK, "response_type": "ephemeral"},
    {**form(MARK), "blocks": [*form()["blocks"], {"type": "section", "text": text(MARK)}]},
    {"type": "home", "blocks": MESSAGE["blocks"]},
]


class Tags(HTMLParser):
    """The elements of a page and their attributes' names, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(name for name, _ in attributes)))
        for name, value in attributes:
            assert name != "href" or (value or "").startswith(("http://", "https://"))


def tags(html: str) -> list[tuple[str, tuple[str, ...]]]:
    parser = Tags()
    parser.feed(html)
    return parser.seen


def with_words(words: str) -> str:
    """The page of the samples with these words in the place of others."""
    marked = json.dumps(SAMPLES).replace(MARK, json.dumps(words)[1:-1])
    return page(json.loads(marked), NOW, {"U1": words})


USUAL = tags(with_words("nothing"))


@settings(deadline=None)
@given(st.text(alphabet="abc \"'/=;{}()[]-😀", max_size=30))
def test_words_never_become_markup(words: str) -> None:
    # A letter at each end, for a space there keeps a text from being bold.
    assert tags(with_words(f"x{words}x")) == USUAL


@settings(deadline=None)
@given(st.text(alphabet="<>\"'&/ab=*_`|!@# \n:", max_size=40))
def test_hostile_words_bring_no_element_that_slack_does_not_show(words: str) -> None:
    kinds = {tag for tag, _ in tags(with_words(words))}
    assert kinds <= {tag for tag, _ in USUAL} | {
        "code",
        "pre",
        "strong",
        "em",
        "s",
        "a",
        "time",
        "blockquote",
    }


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("{date}", "14 January 2026"),
        ("{date_short} at {time}", "14 Jan 2026 at 12:00"),
        ("{date_num} {date_long}", "2026-01-14 Wednesday, 14 January 2026"),
        ("{ago} {other}", "6 days ago {other}"),
    ],
)
def test_dates_are_shown_as_a_reader_in_london_sees_them(pattern: str, shown: str) -> None:
    html = mrkdwn_html(f"<!date^1768392000^{pattern}|fallback>", Reader(NOW))
    assert f">{shown}</time>" in html


def test_names_stand_for_ids() -> None:
    reader = Reader(NOW, {"U1": "Ann", "C1": "general"})
    assert "@Ann" in mrkdwn_html("<@U1>", reader)
    assert "#general" in mrkdwn_html("<#C1>", reader)
    assert "@U2" in mrkdwn_html("<@U2>", reader)


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="there is no browser to draw with")
def test_a_page_is_drawn(tmp_path: Path) -> None:
    png = tmp_path / "page.png"
    capture(page(SAMPLES, NOW), png, 600)
    width = int.from_bytes(png.read_bytes()[16:20])
    assert width == 600 * SCALE
