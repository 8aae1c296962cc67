"""What each platform is sent of the cards; NEWSDESK_WRITE_GOLDEN=1 writes the files of a few anew."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import answer_card
from bot.cards.card import Card
from bot.messages.catalogue import messages_for
from tests.bot.cards.drawing import CANVASES, on_each_platform, sent, sound
from tests.bot.knobs import WRITE_GOLDEN
from tests.bot.samples.answers import LIGHT, LONG, NIGHT_FERRY, article_of, query_of, shown_of
from tests.bot.samples.articles import INES, PAUL
from tests.bot.samples.cards import CARDS, GOLDEN, QUOTES

ARTICLES = (LIGHT, NIGHT_FERRY, LONG, article_of(INES), article_of(PAUL))
"""Those that the cards are about."""
FOLDER = Path(__file__).parent / "golden"


def card_of(platform: str, name: str, language: str) -> Card:
    return CARDS[name](messages_for(language, platform), CANVASES[platform])


@on_each_platform
@pytest.mark.parametrize(("name", "language"), GOLDEN)
def test_a_message_looks_as_it_was_found_good(platform: str, name: str, language: str) -> None:
    body = sent(platform, card_of(platform, name, language))
    made = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    path = FOLDER / platform / f"{name}.{language}.json"
    if WRITE_GOLDEN:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made)
    assert path.read_text() == made


@on_each_platform
def test_no_golden_file_is_left_over(platform: str) -> None:
    wanted = {f"{name}.{language}.json" for name, language in GOLDEN}
    assert {path.name for path in (FOLDER / platform).iterdir()} == wanted


@on_each_platform
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("name", CARDS)
def test_every_message_is_sound_in_every_language(platform: str, name: str, language: str) -> None:
    sound(platform, card_of(platform, name, language), ARTICLES, ours=True)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_an_answer_with_a_thread_is_sound_on_discord(language: str) -> None:
    card = answer_card(
        shown_of(QUOTES), messages_for(language), AnswerContext(thread=True), CANVASES["discord"]
    )
    sound("discord", card, ARTICLES)


@pytest.mark.parametrize(
    ("asked", "read", "searched", "carried"),
    [
        (
            "was she born here?",
            "was Ida Berg born here?",
            "was Ida Berg born here? port, pier",
            "Ida Berg, port, pier",
        ),
        ("was she born here?", "was Ida Berg born here?", "was Ida Berg born here?", "Ida Berg"),
        ("and when?", "", "and when? born Port Ellery", "born Port Ellery"),
    ],
)
def test_a_follow_up_says_what_was_taken_from_before(
    asked: str, read: str, searched: str, carried: str
) -> None:
    shown = shown_of(QUOTES, replace(query_of(searched), reading=read), asked=asked)
    card = answer_card(shown, messages_for("en"), AnswerContext(), CANVASES["discord"])
    assert f"Follow-up to: “{carried}”" in str(card)
