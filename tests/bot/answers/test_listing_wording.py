from dataclasses import replace

import pytest

from bot.answers.listing_wording import COUNTED_SHOWN, detail_words, title_words
from bot.messages.catalogue import messages_for
from tests.bot.samples.answers import listing_of, query_of


@pytest.mark.parametrize(
    ("locale", "without", "none"),
    [
        ("en", "without “Apple”", "No article mentions “Google” without “Apple”."),
        ("ko", "“Apple” 언급 기사 제외", "“Apple” 언급 기사를 빼면 “Google” 언급 기사가 없어요."),
        (
            "ja",
            "「Apple」に触れている記事を除く",
            "「Google」に触れ、「Apple」に触れていない記事はありません。",
        ),
    ],
)
def test_what_a_list_leaves_out_is_said(locale: str, without: str, none: str) -> None:
    messages = messages_for(locale)
    listing = replace(listing_of([], 3, "Google", query_of()), without="Apple")
    assert detail_words(listing, messages).startswith(without)
    assert title_words(replace(listing, count=0), messages) == none


@pytest.mark.parametrize(("locale", "order"), [("en", "oldest first"), ("ko", "오래된순"), ("ja", "古い順")])
def test_the_order_of_the_oldest_is_said(locale: str, order: str) -> None:
    listing = replace(listing_of([], 3, "Google", query_of()), oldest=True)
    assert order in detail_words(listing, messages_for(locale))
    assert order not in detail_words(replace(listing, oldest=False), messages_for(locale))


def test_the_first_outlets_are_named_with_their_articles_and_the_others_counted() -> None:
    counted = tuple((f"Post {number}", 20 - number) for number in range(COUNTED_SHOWN + 2))
    listing = replace(listing_of([], 3, "Google", query_of()), counted=counted[:2])
    assert detail_words(listing).startswith("Post 0 20, Post 1 19 · ")
    assert ", Post 7 13, +2 · " in detail_words(replace(listing, counted=counted))
