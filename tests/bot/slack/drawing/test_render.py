"""What Slack is sent of single parts of cards; whole cards are in tests/bot/cards."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.cards.administration.panel import Panel, panel_card
from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import answer_card
from bot.cards.card import Button, Buttons, Card, Paragraph, ParagraphStyle, Span, Tone
from bot.cards.press import Press
from bot.chat.preferences import PreferenceChanges
from bot.messages.catalogue import messages_for
from bot.slack.drawing.render import CANVAS, Block, blocks
from tests.bot.samples.answers import LIGHT, quote_of, shown_of
from tests.bot.samples.cards import CARDS
from tests.bot.slack.live import TOTAL
from tools.local_slack import blocks_total, message_problems


def drawn(*parts: Paragraph | Buttons) -> list[Block]:
    return blocks(Card(Tone.NEUTRAL, parts))


def test_an_answer_with_the_longest_links_and_every_button_is_under_the_total() -> None:
    long = replace(
        LIGHT, url="https://gazette.example/" + "a" * 950, title="T" * 200, source="S" * 200, author="A" * 200
    )
    articles = [replace(long, id=str(number)) for number in range(5)]
    copies = [replace(one, url=f"https://gazette.example/{'b' * 170}") for one in articles[:4]]
    quotes = [quote_of(one, copies=copies) for one in articles]
    filtered = shown_of(quotes)
    query = replace(
        filtered.record.query,
        since=datetime(2026, 3, 1, tzinfo=UTC),
        until=datetime(2026, 3, 8, tzinfo=UTC),
        sources=frozenset({"s" * 200}),
    )
    shown = shown_of(quotes, query, asked="why " * 120, private=True)
    for language in ("en", "ko", "ja"):
        messages = messages_for(language, "slack")
        made = blocks(answer_card(shown, messages, AnswerContext(shared="x" * 60, shareable=True), CANVAS))
        assert message_problems(made) == []
        assert 3_000 < blocks_total(made) < TOTAL


def test_two_links_that_begin_alike_are_two_buttons() -> None:
    far = "https://gazette.example/" + "a" * 300
    (row,) = drawn(Buttons((Button("1", url=f"{far}1"), Button("2", url=f"{far}2"))))
    assert len({one["action_id"] for one in row["elements"]}) == 2


def test_a_sixth_button_stands_in_a_second_row() -> None:
    rows = drawn(Buttons(tuple(Button(str(n), Press("around", "x", str(n))) for n in range(6))))
    assert [len(row["elements"]) for row in rows] == [5, 1]


def test_a_button_without_words_says_what_it_does_to_who_cant_see_it() -> None:
    (row,) = drawn(Buttons((Button("", Press("up", "x"), emoji="👍", hint="Helpful"),)))
    assert row["elements"][0]["text"] == {"type": "plain_text", "text": "👍", "emoji": True}
    assert row["elements"][0]["accessibility_label"] == "Helpful"


def test_a_day_is_shown_as_the_reader_has_it_and_its_brackets_stand_close() -> None:
    moment = datetime(2026, 3, 4, tzinfo=UTC)
    spans = (
        Span("Gazette"),
        Span(" · "),
        Span("4 March 2026", moment=moment, style="day"),
        Span(" ("),
        Span("4 March 2026", moment=moment, style="age"),
        Span(")"),
    )
    (small,) = drawn(Paragraph(spans, ParagraphStyle.SMALL))
    noon = int(datetime(2026, 3, 4, 12, tzinfo=UTC).timestamp())
    assert [one["text"] for one in small["elements"]] == [
        "Gazette ·",
        f"<!date^{noon}^{{date_short}}|4 March 2026> (<!date^{noon}^{{ago}}|4 March 2026>)",
    ]


@pytest.mark.parametrize("shape", [ParagraphStyle.TEXT, ParagraphStyle.SMALL])
def test_a_moment_before_1970_is_shown_in_words(shape: ParagraphStyle) -> None:
    moment = datetime(1912, 4, 15, 2, 20, tzinfo=UTC)
    (made,) = drawn(Paragraph((Span("15 April 1912", moment=moment),), shape))
    assert "15 April 1912" in json.dumps(made)
    assert "date^" not in json.dumps(made)
    assert '"date"' not in json.dumps(made)


def test_nine_o_clock_in_japan_is_no_day_though_it_is_midnight_in_utc() -> None:
    moment = datetime(2026, 3, 4, 9, tzinfo=timezone(timedelta(hours=9)))
    (made,) = drawn(Paragraph((Span("4 March 2026", moment=moment, style="age"),)))
    assert made["elements"][0]["elements"][0]["timestamp"] == int(moment.timestamp())


def test_an_act_at_midnight_is_shown_at_midnight() -> None:
    moment = datetime(2026, 3, 4, tzinfo=UTC)
    (made,) = drawn(Paragraph((Span("00:00", moment=moment, style="minute"),)))
    assert made["elements"][0]["elements"][0]["timestamp"] == int(moment.timestamp())


def test_a_title_that_looks_like_an_address_gives_way_to_where_it_leads() -> None:
    link = "https://gazette.example/1"
    title = Span("bank.example/login", link=link)
    (rich,) = drawn(Paragraph((title,)))
    assert rich["elements"][0]["elements"] == [{"type": "link", "url": link, "text": "gazette.example"}]
    (small,) = drawn(Paragraph((title,), ParagraphStyle.SMALL))
    assert small["elements"][0]["text"] == f"<{link}|gazette.example>"


def test_a_panel_with_much_chosen_of_thousands_of_long_names_stays_under_the_total() -> None:
    names = [f"{number} ".ljust(75, "x") for number in range(3_000)]
    some = tuple(f"{number} ".ljust(40, "x") for number in range(10))
    chosen = PreferenceChanges(
        collections=some, sources=some, admin_roles=tuple(f"U{n:09}" for n in range(10))
    )
    for language in ("en", "ko", "ja"):
        made = blocks(panel_card(Panel(chosen, names, names, groups={}), messages_for(language, "slack")))
        assert message_problems(made) == []
        assert blocks_total(made) < TOTAL


def test_a_menu_of_people_and_one_of_groups_hold_what_was_chosen() -> None:
    made = {
        block["accessory"]["action_id"]: block["accessory"]
        for block in blocks(CARDS["panel-server"](messages_for("en", "slack"), CANVAS))
        if "accessory" in block
    }
    people = made["nd:set::admin_roles"]
    assert people["type"] == "multi_users_select"
    assert people["initial_users"] == ["U03ANN"]
    groups = made["nd:set::admin_groups"]
    assert groups["type"] == "multi_external_select"
    assert [one["text"]["text"] for one in groups["initial_options"]] == ["@editors"]


def test_small_print_stands_line_by_line_in_one_block() -> None:
    lines = [Paragraph((Span(f"line {number}"),), ParagraphStyle.SMALL) for number in range(60)]
    (block,) = drawn(*lines)
    assert block["elements"][0]["text"].splitlines() == [line.text for line in lines]


def test_a_message_with_too_much_in_it_keeps_its_buttons() -> None:
    lines = [Paragraph((Span(f"heading {number}"),), ParagraphStyle.HEADING) for number in range(60)]
    made = drawn(*lines, Buttons((Button("Do it", Press("reload")), Button("Not", Press("cancel")))))
    assert len(made) == 50
    assert made[-1]["type"] == "actions"
    assert made[-2]["text"]["text"] == "heading 48"


@pytest.mark.parametrize("length", range(100, 1000, 25))
def test_no_quote_is_named_without_any_of_its_words(length: int) -> None:
    """A title and a source alone would cite nothing."""
    long = replace(LIGHT, url="https://gazette.example/".ljust(length, "a"))
    shown = shown_of([quote_of(replace(long, id=str(number))) for number in range(5)])
    made = blocks(answer_card(shown, messages_for("en", "slack"), AnswerContext(question=False), CANVAS))
    rich = [one for block in made if block["type"] == "rich_text" for one in block["elements"]]
    assert [one["type"] for one in rich] == ["rich_text_quote", "rich_text_section"]
    lines = [one for block in made if block["type"] == "context" for one in block["elements"]]
    words = [one["text"] for one in lines if one["text"].startswith(tuple("2345"))]
    assert words
    assert all("“The old lighthouse" in one for one in words)
