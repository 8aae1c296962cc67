"""Exact counts and lists of articles."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from bot.answers.answer import Quote
from bot.answers.listing import ARTICLES_LISTED, Listing, Match
from bot.desk import browse
from bot.desk.desk import Desk
from corpus.article import Article, ArticleKey, published_or_earliest
from retrieval.collection.collection import Collection
from retrieval.dates.zone import zone_of
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.listing.exclusions import without_excluded
from retrieval.question.listing.listing_reader import may_list, read_listing
from retrieval.question.listing.listing_request import ListingKind, ListingRequest
from retrieval.question.listing.topic import Topic
from retrieval.question.names import people
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE

AUTHORS = 10
"""The most authors with the same last name whose articles are listed together."""
_LAST = datetime.max.replace(tzinfo=UTC)


def listing_request(desk: Desk, query: Query) -> ListingRequest | None:
    """The request for a count or a list in a query; None if it is another question, or a tentative one that
    no article fits.

    Raises UnknownName if a collection is not served.
    """
    if query.as_asked or not may_list(query.text):
        return None
    known = (collection.names for collection in desk.held(query.collections))
    zone = zone_of(query.zone)
    request = read_listing(query.text, query.asked_at, known, zone, day_first=query.day_first)
    if request and request.tentative and not desk.searched(_narrowed(query, request)).within_filters:
        return None
    return request


def news(
    desk: Desk, query: Query, request: ListingRequest, limit: int, *, each: bool = False
) -> tuple[Quote, ...] | None:
    """The newest articles, or those about the subject, as `browse.latest` gives them; None if a list is
    better: if names or dates filter it, something is left out, or no article is about the subject."""
    if request.kind is not ListingKind.NEWS or request.hints or request.byline:
        return None
    limit = min(limit, request.most or limit)
    if not request.subject:
        return browse.latest(desk, query, limit, topic=False, each=each)
    if _leaves_out(desk, query, request.subject) or not _held(desk, query, request.subject)[0]:
        return None
    return browse.latest(desk, query.reworded(request.subject), limit, topic=True, each=each) or None


def listing(
    desk: Desk, query: Query, request: ListingRequest, first: int = 0, limit: int = ARTICLES_LISTED
) -> Listing:
    """The requested articles, `limit` of them from number `first` on.

    Raises UnknownName if a collection is not served.
    """
    collections = desk.held(query.collections)
    hints = _narrowed(query, request).parsed.hints
    lost = len(hints) < len(request.hints)
    byline = request.byline
    if byline and (named := tuple(_authors(collections, byline))):
        hints, byline = (*hints, *named), ""
    narrowed = query.with_hints(hints)
    subject, without = _leaves_out(desk, query, request.subject) or (request.subject, "")
    found, match = ([], Match.PHRASE) if byline or lost else _held(desk, narrowed, subject, without)
    about = set[ArticleKey]()
    if found and subject:
        told = browse.articles_about(desk, narrowed, Topic(subject))
        about = {one.key for one in _without(desk, narrowed, told, without)}
        held = {one.key for one in found}
        if request.kind is not ListingKind.COUNT and not about <= held:
            found = sorted(
                [*found, *(one for one in told if one.key in about - held)],
                key=published_or_earliest,
                reverse=True,
            )
            match = Match.ABOUT
        about &= {one.key for one in found}
    if request.oldest:
        found = sorted(found, key=lambda article: article.published or _LAST)
    found = sorted(found, key=lambda article: article.key not in about)
    page = found[first : first + (limit if first else min(limit, request.most or limit))]
    result = Listing(
        query=narrowed,
        subject=Topic(subject).phrase,
        without=Topic(without).phrase,
        match=match,
        byline=byline,
        count=len(found),
        about=len(about),
        first=first,
        oldest=request.oldest,
        cited=tuple(desk.quoter.cite(article, (0, 0)) for article in page),
        searched=desk.searched(narrowed),
        opening=tuple(browse.opening(desk, article) for article in page[:PAGE]),
        counted=tuple(_counted(found, request.counted)),
    )
    undated = tuple(hint for hint in hints if hint.kind is not HintKind.DATES or hint.excludes)
    dated = len(undated) < len(hints) or query.since or query.until
    if found or byline or lost or not dated:
        return result
    ever = _held(desk, replace(narrowed.with_hints(undated), since=None, until=None), subject, without)[0]
    newest = max((article.published for article in ever if article.published), default=None)
    return replace(result, otherwise=len(ever), newest=newest)


def _narrowed(query: Query, request: ListingRequest) -> Query:
    """The query with the request's filters that are within its own."""
    return query.with_hints(hint for hint in request.hints if query.allows(hint))


def _counted(found: Sequence[Article], kind: HintKind | None) -> list[tuple[str, int]]:
    """The outlets or authors of articles with the number of each one's, the most first."""
    if kind is None:
        return []
    named = ([one.source] if kind is HintKind.SOURCE else people(one.author or "") for one in found)
    return Counter(name for names in named for name in names).most_common()


def _authors(collections: Sequence[Collection], byline: str) -> Iterator[Hint]:
    """The authors whose name ends with these words: "Pierce" for David Pierce."""
    wanted = f" {byline.casefold()}"
    names = {
        name
        for collection in collections
        for line in {article.author for article in collection.articles if article.author}
        for name in people(line)
        if f" {name.casefold()}".endswith(wanted)
    }
    for name in islice(sorted(names), AUTHORS):
        yield Hint(HintKind.AUTHOR, byline, HintUse.FILTER, name=name)


def _leaves_out(desk: Desk, query: Query, subject: str) -> tuple[str, str] | None:
    """The subject without what it leaves out, and what that is; None if it leaves out nothing, or any article
    has all its words as a phrase: "life without parole"."""
    parts = without_excluded(subject)
    every = replace(query.with_hints(()), since=None, until=None, sources=frozenset())
    return parts if parts and not desk.articles_with_phrase(every, (Topic(subject).phrase,)) else None


def _held(desk: Desk, query: Query, subject: str, without: str = "") -> tuple[list[Article], Match]:
    """The articles about the subject, except those that contain any of the phrases of `without`."""
    found, match = _matching(desk, query, Topic(subject))
    return _without(desk, query, found, without), match


def _without(desk: Desk, query: Query, found: list[Article], without: str) -> list[Article]:
    """The articles that contain none of the phrases."""
    phrases = [one.phrase for either in Topic(without).either for one in either.both]
    left_out = {one.key for one in desk.holding_any(query, phrases)}
    return [one for one in found if one.key not in left_out]


def _matching(desk: Desk, query: Query, topic: Topic) -> tuple[list[Article], Match]:
    """The articles that contain the subject as a phrase; if there are none, and it is not one name, those
    that contain each of its words."""
    if not topic.subject:
        return desk.articles_with_phrase(query, ()), Match.PHRASE
    found = desk.holding_any(query, browse.near_spellings(desk, query, topic))
    if found or topic.is_exact:
        return found, Match.PHRASE
    if len(topic.either) > 1:
        return desk.holding_any(query, [one.phrase for one in topic.either]), Match.ANY
    if topic.is_name:
        return found, Match.PHRASE
    words = [one.phrase for one in topic.both] if len(topic.both) > 1 else topic.words
    return (desk.articles_with_phrase(query, words), Match.WORDS) if len(words) > 1 else (found, Match.PHRASE)
