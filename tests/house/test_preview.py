"""The pictures for the documents: nothing that a payload says becomes markup of the page."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.drawing.markup import escaped
from tests.elements import Elements
from tools.preview.browser import BROWSERS, SCALE, capture
from tools.preview.discord_page import page
from tools.preview.discord_text import text_html, time_words

NOW = datetime(2026, 1, 20, 10, 24, tzinfo=UTC)
MARK = "WORDS"
"""Stands in the samples where words of others stand."""


def button(style: int, **fields: Any) -> dict[str, Any]:
    return {"type": 2, "style": style, "label": MARK, "custom_id": "b", **fields}


MESSAGE: dict[str, Any] = {
    "flags": 1 << 15,
    "components": [
        {
            "type": 17,
            "accent_color": 0x2F9E77,
            "components": [
                {
                    "type": 10,
                    "content": f"# {MARK}\n> **said**\n-# [a](<https://a.example>) <t:1768392000:D> ||b||",
                },
                {"type": 14, "divider": True, "spacing": 2},
                {"type": 14, "divider": False},
                {
                    "type": 1,
                    "components": [
                        *(button(style) for style in (1, 2, 3, 4)),
                        button(5, url="https://a.example/?q=" + MARK),
                        button(5, url="javascript:alert(1)//" + MARK),
                        button(2, label=None, emoji={"name": MARK}, disabled=True),
                    ],
                },
                {"type": 1, "components": [{"type": 3, "placeholder": MARK, "options": []}]},
                {
                    "type": 1,
                    "components": [
                        {"type": 3, "options": [{"label": MARK, "default": True}], "max_values": 2}
                    ],
                },
                {"type": 1, "components": [{"type": 6, "default_values": [{"id": MARK, "type": "role"}]}]},
                {"type": 13, "file": {"url": f"attachment://{MARK}.json"}, "size": 2048},
            ],
        }
    ],
}


def with_words(words: str) -> Elements:
    """The page of the message with these words in the place of others."""
    return Elements(page([json.loads(json.dumps(MESSAGE).replace(MARK, json.dumps(words)[1:-1]))], NOW))


HOSTILE = st.lists(
    st.sampled_from(
        ["<b>", "</main>", "</style>", "<!--", "&lt;", "&", '"', "'", " onload=a", "<script>", "x", "é"]
    ),
    min_size=1,
    max_size=6,
).map("".join)


@given(HOSTILE)
def test_no_words_become_markup_of_the_page(words: str) -> None:
    said, plain = with_words(escaped(words)), with_words("x")
    assert said.tags == plain.tags
    assert [name for name, _ in said.attributes] == [name for name, _ in plain.attributes]


def test_it_loads_nothing_and_runs_nothing() -> None:
    seen = Elements(page([MESSAGE], NOW))
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:") in seen.attributes
    assert "script" not in seen.tags
    assert {value for name, value in seen.attributes if name in ("href", "src")} == {
        "https://a.example",
        f"https://a.example/?q={MARK}",
    }


def test_everything_that_a_message_says_is_in_its_page() -> None:
    said = Elements(page([MESSAGE], NOW)).text
    for words in (
        "NewsdeskAPPToday at 10:24",
        f"{MARK}said",
        "14 January 2026",
        f"{MARK}.json2.0 KB",
        f"@{MARK}",
        "Preview, rendered",
    ):
        assert words in said, words
    assert said.count(MARK) == 12


def test_an_unknown_component_is_no_silent_gap() -> None:
    with pytest.raises(KeyError):
        page([{"components": [{"type": 99}]}], NOW)


def test_markdown_is_what_the_parser_says() -> None:
    assert text_html("> **a** *b*\n-# <@1> `c`", NOW) == (
        "<blockquote><strong>a</strong> <em>b</em></blockquote>"
        '<small class="subtext"><span class="mention">&lt;@1&gt;</span> <code>c</code></small>'
    )


@pytest.mark.parametrize(
    ("style", "words"),
    [("D", "14 January 2026"), ("f", "14 January 2026 at 12:00"), ("R", "6 days ago")],
)
def test_timestamps_are_in_words(style: str, words: str) -> None:
    assert time_words(datetime(2026, 1, 14, 12, tzinfo=UTC), style, NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "a few seconds ago"), (3600, "an hour ago"), (-7200, "in 2 hours"), (86400 * 400, "a year ago")],
)
def test_how_long_ago_is_in_the_largest_unit(seconds: int, words: str) -> None:
    assert time_words(NOW - timedelta(seconds=seconds), "R", NOW) == words


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="needs Chromium or Chrome")
def test_a_picture_is_as_wide_as_asked_and_as_high_as_the_page(tmp_path: Path) -> None:
    heights = []
    text = {"components": [{"type": 10, "content": MARK}]}
    for payloads in ([text], [text] * 4):
        png = tmp_path / "picture.png"
        capture(page(payloads, NOW), png, 600)
        header = png.read_bytes()[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(header[16:20]) == 600 * SCALE
        heights.append(int.from_bytes(header[20:24]))
    assert heights[0] + 3 * 44 * SCALE <= heights[1] < 1200 * SCALE
