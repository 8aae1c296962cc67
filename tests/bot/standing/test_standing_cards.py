"""Long lists of standing questions fit, and what is over is counted."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.card import Canvas, Menu, Paragraph
from bot.chat.standing_question import StandingKind
from bot.discord.drawing import render as discord
from bot.messages.catalogue import messages_for
from bot.slack.drawing import render as slack
from bot.standing.standing_cards import QUESTIONS_LISTED, digest_card, standing_list_card
from tests.bot.samples.cards import HERE, QUOTES, STANDING
from tests.bot.standing.recording_poster import text_of

CANVASES = (discord.CANVAS, slack.CANVAS)
LONG = "Why? " * 390


@pytest.mark.parametrize("canvas", CANVASES, ids=["discord", "slack"])
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_a_long_list_fits_and_its_rest_is_counted(canvas: Canvas, language: str) -> None:
    many = [
        replace(STANDING, id=f"id{number}", text=f"{number} {LONG}")
        for number in range(QUESTIONS_LISTED + 15)
    ]
    card = standing_list_card(many, messages_for(language), canvas, HERE)
    paragraphs = [part for part in card.parts if isinstance(part, Paragraph)]
    assert sum(map(canvas.size, paragraphs)) <= canvas.room + canvas.size(paragraphs[-1])
    (menu,) = (part for part in card.parts if isinstance(part, Menu))
    assert 1 < len(menu.options) <= QUESTIONS_LISTED
    assert len({value for value, _ in menu.options}) == len(menu.options)
    assert str(len(many) - len(menu.options)) in text_of(card)
    discord.draw(card)
    slack.blocks(card)


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=300), st.sampled_from(CANVASES), st.integers(1, 80))
def test_a_digest_of_anything_fits(words: str, canvas: Canvas, count: int) -> None:
    standing = replace(STANDING, kind=StandingKind.SOURCE, source=words)
    cited = [replace(QUOTES[0].citation, title=words, source=words)] * count
    card = digest_card(standing, cited, "AbC-dEf_123", messages_for("en"), canvas)
    paragraphs = [part for part in card.parts if isinstance(part, Paragraph)]
    assert sum(map(canvas.size, paragraphs)) <= canvas.room + max(map(canvas.size, paragraphs))
    discord.draw(card)
    slack.blocks(card)
