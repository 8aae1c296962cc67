"""Finds served articles by their metadata: for a list with their ids, and those nearest to a wrong id."""

import difflib
import heapq
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.corpus_admin.home import Home
from corpus.article import DEFAULT_COLLECTION, ArticleHeading
from corpus.dates import format_moment
from corpus.errors import WrongCall

NEAREST = 3
"""The most articles that are named for a wrong id."""
_NEVER = datetime.min.replace(tzinfo=UTC)

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class ArticleList:
    """The newest of the articles that were looked for, and the number of all of them."""

    newest: tuple[ArticleHeading, ...]
    count: int


def newest_articles(
    home: Home, collections: Iterable[str], *, outlet: str | None, since: datetime | None, limit: int
) -> ArticleList:
    """The newest served articles of these collections, at most `limit`, of one outlet and published since a
    moment if these are given; those without a date come last."""
    found = [
        one
        for name in collections
        for one in served_headings(home, name)
        if (outlet is None or one.source.casefold() == outlet.casefold())
        and (since is None or (one.published is not None and one.published >= since))
    ]
    newest = heapq.nlargest(limit, found, key=lambda one: one.published or _NEVER)
    return ArticleList(tuple(newest), len(found))


def served_headings(home: Home, collection: str) -> Iterator[ArticleHeading]:
    """The metadata of the served articles of a collection, without those that were removed."""
    served = home.generation_store(collection).served()
    withdrawn = home.withdrawn.of(collection)
    return (one for one in (served.snapshot.headings if served else ()) if one.id not in withdrawn)


def heading_row(heading: ArticleHeading) -> Row:
    """An article of the list as JSON (`docs/json.md`)."""
    return {
        "article_id": heading.id,
        "collection": heading.collection,
        "title": heading.title,
        "source": heading.source,
        "author": heading.author,
        "published": format_moment(heading.published) if heading.published else None,
        "url": heading.url,
    }


def unknown_target(home: Home, collection: str, target: str) -> WrongCall:
    """The error for a target of `corpus remove` that is neither a served article nor a source."""
    if target in home.withdrawn.of(collection):
        return WrongCall(
            f"article {target!r} of collection {collection} is removed already",
            f"`newsdesk corpus restore {shlex.quote(target)}{_option(collection)}` restores it",
        )
    return WrongCall(
        f"{target!r} is neither an article nor a source of collection {collection}",
        f"{nearest_words(home, collection, target)}, and `newsdesk corpus status` the sources",
    )


def nearest_words(home: Home, collection: str, target: str) -> str:
    """The articles whose id or title is nearest to the target, and the command that lists all of them."""
    known = list(served_headings(home, collection))
    listed = f"`newsdesk corpus list {collection}` lists the articles"
    if near := _nearest(known, target):
        named = ", ".join(f"{one.id} ({one.title})" for one in near)
        return f"the nearest {'article is' if len(near) == 1 else 'articles are'} {named}; {listed}"
    return listed


def _nearest(known: list[ArticleHeading], target: str) -> list[ArticleHeading]:
    wanted = target.casefold()
    named = [one for one in known if wanted in one.title.casefold()]
    for texts in ({one.id: one for one in known}, {one.title: one for one in known}):
        named += [texts[text] for text in difflib.get_close_matches(target, texts, NEAREST)]
    return list({one.id: one for one in named}.values())[:NEAREST]


def _option(collection: str) -> str:
    return "" if collection == DEFAULT_COLLECTION else f" --collection {collection}"
