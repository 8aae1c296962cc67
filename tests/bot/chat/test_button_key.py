import re
from dataclasses import replace

from bot.chat.button_key import button_key
from corpus.article import Article

ARTICLE = Article(id="a", title="A", text="The bridge was closed.", source="The Post")


def test_a_key_fits_a_button_and_says_nothing() -> None:
    assert re.fullmatch(r"[0-9a-f]{24}", button_key(replace(ARTICLE, id="i" * 300)))


def test_a_key_stays_when_the_article_is_corrected() -> None:
    corrected = replace(ARTICLE, title="B", text="It was opened.", source="The Times")
    assert button_key(corrected) == button_key(ARTICLE)


def test_articles_of_other_ids_or_collections_have_other_keys() -> None:
    others = [replace(ARTICLE, id="b"), replace(ARTICLE, collection="board")]
    assert len({button_key(article) for article in (ARTICLE, *others)}) == 3
