"""Maps the addresses of a page to the id of its article."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from corpus.article import Article, ArticleHeading
from corpus.web.page_key import page_key


@dataclass(frozen=True, slots=True)
class ArticleName:
    """The identity of an article in its sources: its id, or any address of its page. `versions` are those of
    the served articles, by id, for articles whose id in their sources does not identify them."""

    article_id: str
    address: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)

    def matches(self, article_id: str) -> bool:
        """Whether an article with that id in a source is this one."""
        if article_id == self.article_id:
            return True
        key = page_key(article_id)
        return bool(key) and key in (page_key(self.article_id), page_key(self.address or ""))


class KnownPages:
    """Maps the pages of articles to the articles' ids, separately for each collection.

    `add` only records the addresses: computing a page key takes 30 microseconds, and is not needed if every
    article has an id of its own.
    """

    def __init__(self) -> None:
        """No page is known yet."""
        self._ids: dict[tuple[str, str], str] = {}
        self._noted: list[tuple[str, str, str]] = []
        self._key = cache(page_key)

    def add(self, collection: str, article_id: str, addresses: Iterable[str | None]) -> None:
        """Record the addresses of an article's page; None is ignored. A page that is known already keeps its
        id."""
        self._noted += [(collection, article_id, address) for address in addresses if address]

    def add_all(self, collection: str, articles: Iterable[ArticleHeading]) -> None:
        """Record the addresses of the articles of a collection."""
        for one in articles:
            self.add(collection, one.id, (one.url,))

    def with_known_id(self, article: Article) -> Article:
        """The article with the id by which its page is known. An article whose id is not its address keeps
        it, and its page is known by that id from now on."""
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
