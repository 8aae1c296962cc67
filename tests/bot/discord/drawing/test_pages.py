"""Whole articles in messages of Discord's."""

import pytest

from bot.cards.articles import article_card, article_pages, page_of
from bot.discord.drawing.render import CANVAS, draw
from bot.messages.catalogue import messages_for
from tests.bot.discord.reader import check_sound, components_of
from tests.bot.samples.answers import LONG, article_of, quote_of

SAY = messages_for("en")
TEXTS = {
    "many empty lines": "So it is.\n\n\n\n" * 2000,
    "one endless line": "word " * 5000,
    "no space at all": "x" * 20_000,
    "signs that are escaped": "*_`" * 5000,
    "lists": "- a\n1. b\n# c\n> d\n" * 500,
    "wide letters": "港の人々はその知らせを聞いて喜んだ。" * 800,
    "pictures": "👩‍🚒" * 4000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_page_of_any_text_fits(text: str) -> None:
    article = article_of({"id": "x", "title": "A title", "text": f"So it began. {text}", "source": "Gazette"})
    pages = list(article_pages(article, CANVAS))
    assert len(pages) > 2
    assert "".join(pages) == article.text
    for number in range(1, len(pages) + 1):
        check_sound(components_of(draw(article_card(article, number, SAY, CANVAS))[0]))


def test_a_quote_opens_the_page_that_it_begins_on() -> None:
    pages = list(article_pages(LONG, CANVAS))
    start = 0
    for number, page in enumerate(pages, 1):
        assert page_of(quote_of(LONG, (start, start + 9), marks=[]), CANVAS) == number
        start += len(page)


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (-3, 1), (2, 2), (99, 3)])
def test_a_page_that_is_not_there_is_the_nearest_that_is(asked: int, shown: int) -> None:
    card = article_card(LONG, asked, SAY, CANVAS)
    assert f"Page {shown} of 3" in str(card)
