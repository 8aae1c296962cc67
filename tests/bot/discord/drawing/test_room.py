"""How answers and whole articles are made to fit messages of Discord's."""

from dataclasses import replace

import pytest

from bot.answers.answer import Quote
from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import answer_card
from bot.cards.articles import article_card, article_pages, latest_card, page_of
from bot.cards.card import is_linkable
from bot.discord.drawing.render import CANVAS
from bot.messages.catalogue import messages_for
from bot.messages.readable import readable_text
from tests.bot.cards.drawing import sound
from tests.bot.discord.reader import check_verbatim, quotes_in, seen
from tests.bot.samples.answers import LIGHT, LONG, NIGHT_FERRY, UNDATED, article_of, quote_of, shown_of
from tests.bot.samples.hostile import NO_PAGES
from tools.local_discord import plain_text

SAY = messages_for("en")


def long_quote(number: int, words: str = "It was so, and so it was told in the port. ") -> Quote:
    text = words * 20 + f"The answer is {number}. " + words * 20
    article = article_of(
        {
            "id": f"long-{number}",
            "title": f"Article {number}",
            "source": "Gazette",
            "text": text,
            "language": "en",
        }
    )
    start = article.text.index("The answer is")
    return quote_of(article, marks=[(start, start + len(f"The answer is {number}."))])


def test_a_passage_that_is_opened_is_shortened_around_its_answer() -> None:
    quote = long_quote(1, "* " * 60 + "and so on. ")
    opened = replace(shown_of([quote, long_quote(2)]), opened=1)
    nodes = sound("discord", answer_card(opened, SAY, AnswerContext(), CANVAS))
    (shown,) = quotes_in(nodes)
    check_verbatim(shown, quote)
    assert "The answer is 1." in plain_text([shown])
    assert len(plain_text([shown])) < len(quote.text)


def test_a_passage_that_fits_is_opened_whole() -> None:
    opened = replace(shown_of([quote_of(LIGHT), quote_of(NIGHT_FERRY)]), opened=2)
    nodes = sound("discord", answer_card(opened, SAY, AnswerContext(), CANVAS), [LIGHT, NIGHT_FERRY])
    assert [plain_text([one]) for one in quotes_in(nodes)] == [readable_text(NIGHT_FERRY.text)]


def test_korean_and_japanese_fit_by_their_bytes() -> None:
    quote = long_quote(1, "港の人々はその知らせを聞いて喜んだ。" * 20)
    nodes = sound("discord", answer_card(replace(shown_of([quote]), opened=1), SAY, AnswerContext(), CANVAS))
    (shown,) = quotes_in(nodes)
    assert "The answer is 1." in plain_text([shown])


def test_the_best_quotes_stay_where_not_all_titles_fit() -> None:
    title = "*" * 290  # each character takes two
    articles = [
        article_of(
            {"id": str(n), "title": f"{n}{title}", "source": title, "author": title, "text": "So it is."}
        )
        for n in range(40)
    ]
    quotes = [quote_of(article) for article in articles]
    nodes = sound("discord", answer_card(shown_of(quotes), SAY, AnswerContext(), CANVAS))
    assert len(quotes_in(nodes)) == 1
    assert seen(nodes).startswith("When was")
    assert "2 · “So it is.” · 1" in seen(nodes)
    assert "40 · “So it is.”" not in seen(nodes)


def test_an_address_is_linked_where_every_platform_takes_it_for_one() -> None:
    for address in (
        "https://gazette.example/a",
        "http://a_b.example:8080/",
        "https://日本.example/",
        "HTTPS://X.EXAMPLE",
    ):
        assert is_linkable(address)
    assert not [address for address in NO_PAGES if is_linkable(address)]


def test_the_latest_of_articles_without_a_date_are_not_said_to_be_newer_than_others() -> None:
    words = "None of these has a publication date"
    undated = sound("discord", latest_card([quote_of(UNDATED)], "", SAY, CANVAS))
    both = [quote_of(LIGHT), quote_of(UNDATED)]
    dated = sound("discord", latest_card(both, "", SAY, CANVAS), [LIGHT])
    assert words in plain_text(undated)
    assert words not in plain_text(dated)


# Page by page


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
        sound("discord", article_card(article, number, SAY, CANVAS))


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
