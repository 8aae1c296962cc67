"""Tells apart articles whose ids do not identify them: numbers, as several files each count from 1, and ids
that are made from a title."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePath

from corpus.article import Article, ArticleKey
from corpus.errors import BadArticle
from corpus.lazy_pattern import lazy_pattern
from corpus.problem import SourceLocation
from corpus.text import host

LEAD = 200
"""The first characters of a text by which two articles with such an id are compared: an edit rarely changes
most of them, and a whole text of each article would take too much memory."""
MIN_SHARE = 0.5
"""The least share of the words of two leads that are in both for them to belong to one article. Two reports
share articles and prepositions, a fifth of their words."""
MIN_SERIES_SHARE = 0.8
"""The same if they have one title and different days, as the issues of a series: two weather reports share
half of their words."""

_OF_TITLE = lazy_pattern(r"(.+)-[0-9a-f]{12}")
"""Matches an id that a file of rows has made from its name and the title of an article."""


def unique_id(article: Article, place: SourceLocation) -> str | None:
    """Another id for an article whose id may also be that of a different one; None if its id identifies it.

    A number gets the article's address instead, or the name of its file in front; an id made from the title
    gets the day of publication, or a hash of the lead.
    """
    if article.id.isdecimal():
        return article.url or f"{_name_of(place)}-{article.id}"
    made = _OF_TITLE.fullmatch(article.id)
    if made is None or not made[1].endswith(_name_of(place)):
        return None
    if article.published:
        return f"{article.id}-{_utc_day(article.published)}"
    return f"{article.id}-{hashlib.sha256(article.text[:LEAD].encode()).hexdigest()[:6]}"


def _name_of(place: SourceLocation) -> str:
    """The name of the article's file without its ending, or the host of its address."""
    where, _ = place.innermost()
    if "://" in where:
        return host(where)
    return PurePath(where).name.lstrip(".").split(".")[0] or "file"


def _utc_day(published: datetime) -> date:
    """The day in UTC, which no later reading of the same moment with an offset changes: ids must stay."""
    return published.astimezone(UTC).date()


class SharedIds:
    """Gives different articles different ids if their own ids are numbers or made from their titles. Any
    other id is kept.

    An article keeps the id under which it is served, so that links to it and its withdrawal remain valid.
    """

    def __init__(
        self,
        versions: Mapping[str, Mapping[str, str]],
        served: Callable[[str, str], Article | None],
        withdrawn: Mapping[str, frozenset[str]],
    ) -> None:
        """`versions` are the served versions by collection and id, `served` returns a served article by the
        same two, and `withdrawn` are the ids of withdrawn articles by collection."""
        self._versions = versions
        self._served = served
        self._withdrawn = withdrawn
        self._taken: dict[ArticleKey, _Likeness] = {}

    def keep(self, article: Article) -> None:
        """Record an article that stays served under its id without being read."""
        if article.id.isdecimal() or _OF_TITLE.fullmatch(article.id):
            self._taken.setdefault(article.key, _likeness(article))

    def known_id(self, article: Article, version: str, place: SourceLocation) -> str | None:
        """The id of an article, if it can be told before all sources are read; otherwise `new_id` tells it
        afterwards, because another source may still have the article that is served under its id.

        Raises BadArticle like `new_id`.
        """
        other = unique_id(article, place)
        if other is None:
            return article.id
        versions = self._versions.get(article.collection, {})
        withdrawn = self._withdrawn.get(article.collection, frozenset())
        found: str | None = None
        if versions.get(article.id) == version:
            found = article.id
        elif versions.get(other) == version:
            found = other
        elif self._is_served_as(article, article.id):
            found = article.id
        elif self._is_served_as(article, other) or other in withdrawn:
            found = other
        elif article.id in withdrawn:
            # It may be the withdrawn article, which must not come back under another id.
            found = article.id
        elif article.id not in versions:
            return self.new_id(article, place)
        if found is not None:
            self._taken.setdefault((article.collection, found), _likeness(article))
        return found

    def new_id(self, article: Article, place: SourceLocation) -> str:
        """The first of its two possible ids that no different article has. Raises BadArticle if different
        articles have both."""
        like = _likeness(article)
        others: list[str] = []
        for name in filter(None, (article.id, unique_id(article, place))):
            taken = self._taken.setdefault((article.collection, name), like)
            if _may_be_same(taken, like, by_title=article.id.isdecimal()):
                return name
            others.append(taken.title)
        titles = f"{others[0][:60]!r}, {article.title[:60]!r}"
        raise BadArticle(
            f"two different articles have the id {article.id!r} ({titles}): only the first is served"
        )

    def _is_served_as(self, article: Article, article_id: str) -> bool:
        if article_id not in self._versions.get(article.collection, {}):
            return False
        if (served := self._served(article.collection, article_id)) is None:
            return False
        return _may_be_same(_likeness(served), _likeness(article), by_title=article.id.isdecimal())


@dataclass(frozen=True, slots=True)
class _Likeness:
    """What is compared of an article to tell whether another one is a version of it."""

    title: str
    url: str | None
    published: datetime | None
    lead: str


def _likeness(article: Article) -> _Likeness:
    return _Likeness(article.title, article.url, article.published, article.text[:LEAD])


def _may_be_same(one: _Likeness, other: _Likeness, *, by_title: bool) -> bool:
    """Whether two articles with the same id may be versions of one article. `by_title` says whether an equal
    title is evidence: if the id is made from it, it is not."""
    if one.url and one.url == other.url:
        return True
    is_titled = one.title.casefold() == other.title.casefold()
    days = {_utc_day(article.published) for article in (one, other) if article.published}
    if by_title and is_titled and len(days) < 2:
        return True
    words, others = (set(re.findall(r"\w+", article.lead.lower())) for article in (one, other))
    least = MIN_SERIES_SHARE if is_titled and len(days) > 1 else MIN_SHARE
    return len(words & others) >= least * len(words | others)
