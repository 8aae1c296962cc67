"""What Discord is sent of single parts of cards; whole cards are in tests/bot/cards."""

import discord

from bot.cards.card import Card, Paragraph, Span, Tone
from bot.discord.drawing.render import CANVAS, draw, drawn
from bot.messages.catalogue import messages_for
from tests.bot.discord.reader import components_of
from tests.bot.samples.cards import CARDS, PROBLEMS


def card_of(name: str) -> Card:
    return CARDS[name](messages_for("en"), CANVAS)


async def test_a_view_is_not_kept_waiting_for_presses() -> None:
    view, _ = draw(card_of("answer"))
    assert view.is_finished()


def test_problems_go_along_as_a_file_with_all_of_them_and_none_of_their_folders() -> None:
    view, files = draw(card_of("report"))
    (file,) = files
    assert file.filename == "problems.txt"
    assert file.fp.read().decode().splitlines() == [
        str(problem).removeprefix("/srv/news/") for problem in PROBLEMS
    ]
    assert any(isinstance(item, discord.ui.File) for item in view.walk_children())


def test_bold_spans_side_by_side_are_bold_together() -> None:
    paragraph = Paragraph((Span("one", bold=True), Span(" two", bold=True), Span(" three")))
    assert drawn(paragraph) == "**one two** three"
    assert drawn(Paragraph((Span(" ", bold=True),))) == " "


def test_a_card_without_parts_that_show_anything_is_a_message_all_the_same() -> None:
    view, files = draw(Card(Tone.NEUTRAL, (Paragraph((Span("…"),)),)))
    assert components_of(view)
    assert files == []
