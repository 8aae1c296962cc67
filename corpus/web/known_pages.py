"""Maps the addresses of a page to the id of its article."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from corpus.article import Article, ArticleHeading
from corpus.web.page_key import page_key


@dataclass(frozen=True, slots=True)
class ArticleName:
    """What an article is called in its sources: its id, or any address of its page."""

    article_id: str
    address: str | None = None

    def means(self, article_id: str) -> bool:
        """Whether a source that has an article under that id has this one."""
        if article_id == self.article_id:
            return True
        key = page_key(article_id)
        return bool(key) and key in (page_key(self.article_id), page_key(self.address or ""))


class KnownPages:
    """The ids of articles by the pages that they stand on, in one collection after the other.

    What is added is only noted: a key takes 30 microseconds, and where every article has an id of its own
    none is asked for.
    """

    def __init__(self) -> None:
        """No page is known yet."""
        self._ids: dict[tuple[str, str], str] = {}
        self._noted: list[tuple[str, str, str]] = []
        self._key = cache(page_key)

    def add(self, collection: str, article_id: str, addresses: Iterable[str | None]) -> None:
        """An article of that id stands at these addresses; what is none is left out. A page that is known
        already keeps its id."""
        self._noted += [(collection, article_id, address) for address in addresses if address]

    def add_all(self, collection: str, articles: Iterable[ArticleHeading]) -> None:
        """The articles of a collection that are known."""
        for one in articles:
            self.add(collection, one.id, (one.url,))

    def settled(self, article: Article) -> Article:
        """The article under the id that its page is known by. One that has an id of its own, and not its
        address for one, keeps that; its page is known by it from now on."""
        if article.url is None:
            return article
        if article.id != article.url:
            self.add(article.collection, article.id, (article.url,))
            return article
        self.add(article.collection, article.id, (article.url,))
        self._take_in_noted()
        known = self._ids.get((article.collection, self._key(article.url)), article.id)
        return article if known == article.id else replace(article, id=known)

    def _take_in_noted(self) -> None:
        for collection, article_id, address in self._noted:
            if key := self._key(address):
                self._ids.setdefault((collection, key), article_id)
        self._noted.clear()
