"""What Discord is sent of every card; NEWSDESK_WRITE_GOLDEN=1 writes the files of a few anew."""

import json
from pathlib import Path

import discord
import pytest

from bot.cards.answers import Frame, answer_card
from bot.cards.card import Card, Paragraph, Span, Tone
from bot.discord.drawing.render import CANVAS, draw, drawn
from bot.messages.catalogue import messages_for
from tests.bot.discord.reader import components_of
from tests.bot.knobs import WRITE_GOLDEN
from tests.bot.samples.answers import shown_of
from tests.bot.samples.cards import CARDS, GOLDEN, PROBLEMS, QUOTES

FOLDER = Path(__file__).parent / "golden"
NAMES = [*CARDS, "answer with a thread"]


def card_of(name: str, language: str = "en") -> Card:
    messages = messages_for(language)
    if name == "answer with a thread":
        return answer_card(shown_of(QUOTES), messages, Frame(thread=True), CANVAS)
    return CARDS[name](messages, CANVAS)


@pytest.mark.parametrize(("name", "language"), GOLDEN)
def test_a_message_looks_as_it_was_found_good(name: str, language: str) -> None:
    view, _ = draw(card_of(name, language))
    made = json.dumps(components_of(view), ensure_ascii=False, indent=1) + "\n"
    path = FOLDER / f"{name}.{language}.json"
    if WRITE_GOLDEN:
        path.write_text(made)
    assert path.read_text() == made


def test_no_golden_file_is_left_over() -> None:
    wanted = {f"{name}.{language}.json" for name, language in GOLDEN}
    assert {path.name for path in FOLDER.iterdir()} == wanted


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("name", NAMES)
def test_every_message_is_drawn_in_every_language_within_the_limits(name: str, language: str) -> None:
    view, _ = draw(card_of(name, language))
    assert view.content_length() <= CANVAS.room
    assert sum(1 for _ in view.walk_children()) <= 40


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
