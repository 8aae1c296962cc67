"""Examples are made from titles, and each of them finds something."""

import pytest

from bot.desk.examples import Example, example_of, example_words
from bot.messages.catalogue import LOCALES, messages_for
from corpus.article import Article
from retrieval.question.listing.listing_reader import may_list
from retrieval.question.query import make_query
from tests.retrieval.snapshots import article, snapshot_of

BRIDGE = article(
    "bridge",
    "A storm closed it. Snow fell on the Elbe Bridge for days.",
    title="Storm Closes the Elbe Bridge",
)
AGAIN = article("again", "Cars wait before the Elbe Bridge again.", title="Queues again", source="Gazette")
FERRY = article("ferry", "The way to Hamburg is long.", title="Ferry to Hamburg")
NAMELESS = article("rain", "It rained. Rain fell on everything.", title="Rain Everywhere")
COAL = article(
    "coal", "조세이 탄광은 바다 아래에 있다. 그 탄광 이야기.", title="조세이 탄광 사고", language="ko"
)


@pytest.mark.parametrize(
    ("articles", "example"),
    [
        ([FERRY, BRIDGE, AGAIN], Example("Elbe Bridge", "The Post")),
        ([FERRY, NAMELESS], Example("Hamburg", "The Post")),
        ([COAL], Example("탄광", "The Post")),
        ([NAMELESS], None),
    ],
)
def test_an_example_is_a_name_in_a_title_best_one_of_several_articles(
    articles: list[Article], example: Example | None
) -> None:
    assert example_of([snapshot_of(articles)], make_query("news", ("news",))) == example


def test_what_may_not_be_searched_gives_no_example() -> None:
    query = make_query("news", ("news",), sources=frozenset({"Gazette"}))
    assert example_of([snapshot_of([BRIDGE])], query) is None
    assert example_words(None, messages_for("en")) == ""


@pytest.mark.parametrize("language", LOCALES)
def test_the_examples_say_the_name_and_ask_for_lists(language: str) -> None:
    messages = messages_for(language)
    assert "Elbe Bridge" in example_words(Example("Elbe Bridge", "The Post"), messages)
    assert may_list(messages("example-news", subject="Elbe Bridge"))
    assert may_list(messages("example-source", source="The Post"))
