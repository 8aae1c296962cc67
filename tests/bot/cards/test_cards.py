"""What every card shows, as text that people can read; NEWSDESK_WRITE_GOLDEN=1 writes cards.txt anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cards.card import (
    Attached,
    Button,
    Buttons,
    Card,
    Divider,
    Menu,
    Paragraph,
    ParagraphStyle,
    Part,
    Span,
)
from bot.cards.press import read_press
from bot.messages.catalogue import LOCALES, messages_for
from tests.bot.knobs import WRITE_GOLDEN
from tests.bot.samples.cards import CARDS

GOLDEN = Path(__file__).parent / "cards.txt"
SIGNS = {
    ParagraphStyle.HEADING: "# ",
    ParagraphStyle.QUOTE: "> ",
    ParagraphStyle.SMALL: "- ",
    ParagraphStyle.TEXT: "",
}
OTHER_LANGUAGES = [
    (name, language)
    for name in ("answer", "no-answer", "no-answer-missing", "plan", "standing-list", "standing-digest")
    for language in ("ko", "ja")
]
WRITTEN = [*((name, "en") for name in CARDS), *OTHER_LANGUAGES]


class Page:
    """A canvas with room for all: a character takes one."""

    room = 100_000
    link = 2_000

    def size(self, paragraph: Paragraph) -> int:
        """As `Canvas`."""
        return len(paragraph.text)


def read(span: Span) -> str:
    words = f"**{span.text}**" if span.bold else span.text
    return f"[{words}]({span.link})" if span.link else words


def shown(button: Button) -> str:
    return f"[{button.label or button.emoji}: {button.url or button.press}]"


def lines(part: Part) -> Iterator[str]:
    match part:
        case Paragraph():
            words = "".join(map(read, part.spans))
            yield from (f"{SIGNS[part.shape]}{line}".rstrip() for line in words.splitlines())
        case Divider():
            yield "---"
        case Buttons():
            yield " ".join(map(shown, part.buttons))
        case Menu():
            options = ", ".join(words for _, words in part.options) or "roles or people"
            yield f"{part.label} ({part.press}): {options}; chosen: {', '.join(part.chosen)}"
        case Attached():
            yield f"{part.name}:"
            yield from part.content.splitlines()


def made(name: str, language: str) -> Card:
    return CARDS[name](messages_for(language), Page())


def written(name: str, language: str) -> str:
    """A card as text."""
    card = made(name, language)
    return "\n".join(
        [f"== {name} ({language}): {card.tone}", *(one for part in card.parts for one in lines(part))]
    )


@pytest.fixture(scope="module")
def golden() -> dict[str, str]:
    """The cards as they were found good, by their first lines."""
    if WRITE_GOLDEN:
        GOLDEN.write_text("\n\n".join(written(*one) for one in WRITTEN) + "\n", encoding="utf-8")
    cards = GOLDEN.read_text(encoding="utf-8").rstrip("\n").split("\n\n== ")
    return {(text := f"== {card.removeprefix('== ')}").partition("\n")[0]: text for card in cards}


@pytest.mark.parametrize(("name", "language"), WRITTEN)
def test_a_card_shows_what_was_found_good(golden: dict[str, str], name: str, language: str) -> None:
    card = written(name, language)
    assert golden[card.partition("\n")[0]] == card


def test_no_card_is_left_over(golden: dict[str, str]) -> None:
    assert len(golden) == len(WRITTEN)


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("name", CARDS)
def test_every_card_has_words_and_buttons_that_can_be_read(name: str, language: str) -> None:
    card = made(name, language)
    assert card.summary
    presses = [one.press for part in card.parts if isinstance(part, Buttons) for one in part.buttons]
    presses += [part.press for part in card.parts if isinstance(part, Menu)]
    for press in filter(None, presses):
        assert read_press(str(press)) == press
