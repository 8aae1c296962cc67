"""Finds one article: by the key in a button, by its name, or by its title."""

from collections.abc import Mapping
from weakref import ref

from bot.chat.button_key import button_key
from corpus.article import Article
from retrieval.collection.collection import Collection


class ArticleKeys:
    """Caches the articles of the served collections by their keys, until their collection is replaced. Not
    thread-safe."""

    def __init__(self) -> None:
        """The cache is empty."""
        self._made: dict[str, tuple[ref[Collection], Mapping[str, Article]]] = {}

    def keyed(self, collection: Collection, key: str) -> Article | None:
        """The article of a collection with this key."""
        made = self._made.get(collection.name)
        if made is None or made[0]() is not collection:
            keys = {button_key(article): article for article in collection.articles}
            made = self._made[collection.name] = ref(collection), keys
        return made[1].get(key)


def name_of(article: Article) -> str:
    """Collection and id, joined with a colon."""
    return f"{article.collection}:{article.id}"


def best_titled(collection: Collection, wanted: str) -> Article | None:
    """The article with that title, or else the first whose title contains it; `wanted` is casefolded."""
    exact = next(collection.titled(wanted, exact=True), None)
    holding = (one for one in collection.titled(wanted) if wanted in one.title.casefold())
    return exact or next(holding, None)
