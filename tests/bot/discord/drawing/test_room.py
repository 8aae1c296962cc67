"""How answers are made to fit a message of Discord's."""

from bot.answers.answer import Quote
from bot.answers.excerpt import surroundings
from bot.cards.answer_details import context_card
from bot.cards.answers import Frame, answer_card
from bot.cards.articles import latest_card
from bot.cards.card import is_linkable
from bot.chat.question_request import Surroundings
from bot.discord.drawing.render import CANVAS, draw
from bot.messages.catalogue import messages_for
from tests.bot.discord.reader import check_sound, check_verbatim, components_of, quotes_in, seen
from tests.bot.samples.answers import LIGHT, NIGHT_FERRY, UNDATED, article_of, quote_of, shown_of
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


def test_long_quotes_are_shortened_around_their_answers_and_say_so() -> None:
    quotes = [long_quote(number) for number in range(1, 6)]
    nodes = check_sound(components_of(draw(answer_card(shown_of(quotes), SAY, Frame(), CANVAS))[0]))
    shown = quotes_in(nodes)
    assert len(shown) == 5
    for number, (quote, one) in enumerate(zip(quotes, shown, strict=True), 1):
        check_verbatim(one, quote)
        assert f"The answer is {number}." in plain_text([one])
        assert len(plain_text([one])) < len(quote.text)
    assert seen(nodes).count("shortened; Context shows more") == 5


def test_quotes_that_fit_are_shown_whole() -> None:
    quotes = [quote_of(LIGHT), quote_of(NIGHT_FERRY)]
    nodes = check_sound(
        components_of(draw(answer_card(shown_of(quotes), SAY, Frame(), CANVAS))[0]), [LIGHT, NIGHT_FERRY]
    )
    assert [plain_text([one]) for one in quotes_in(nodes)] == [quote.text for quote in quotes]
    assert "shortened" not in seen(nodes)


def test_korean_and_japanese_fit_by_their_bytes() -> None:
    quotes = [long_quote(number, "港の人々はその知らせを聞いて喜んだ。") for number in range(1, 6)]
    components = components_of(draw(answer_card(shown_of(quotes), SAY, Frame(), CANVAS))[0])
    assert len(quotes_in(check_sound(components))) == 5


def test_the_best_quotes_stay_where_not_all_titles_fit() -> None:
    title = "*" * 290  # each character takes two
    articles = [
        article_of(
            {"id": str(n), "title": f"{n}{title}", "source": title, "author": title, "text": "So it is."}
        )
        for n in range(9)
    ]
    quotes = [quote_of(article) for article in articles]
    nodes = check_sound(components_of(draw(answer_card(shown_of(quotes), SAY, Frame(), CANVAS))[0]))
    shown = quotes_in(nodes)
    assert 1 <= len(shown) < 9
    assert "1 · 0" in seen(nodes)


def test_a_quote_that_fills_a_message_is_cut_in_its_context() -> None:
    quote = long_quote(1, "* " * 60 + "and so on. ")
    around = Surroundings(shown_of([quote]), 1, quote, *surroundings(quote))
    nodes = check_sound(components_of(draw(context_card(around, SAY, CANVAS))[0]))
    (shown,) = quotes_in(nodes)
    assert "The answer is 1." in plain_text([shown])


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
    undated = check_sound(components_of(draw(latest_card([quote_of(UNDATED)], "", SAY, CANVAS))[0]))
    both = [quote_of(LIGHT), quote_of(UNDATED)]
    dated = check_sound(components_of(draw(latest_card(both, "", SAY, CANVAS))[0]), [LIGHT])
    assert words in plain_text(undated)
    assert words not in plain_text(dated)
