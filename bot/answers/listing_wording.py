"""The wording of counts and lists, for chats and the terminal."""

from collections.abc import Mapping

from bot.answers.listing import Listing, Match
from bot.answers.wording import narrowing_words, searched_words
from bot.messages.catalogue import ENGLISH, Messages, messages_for

SUBJECT_SHOWN = 100
"""The most characters of a subject that are shown."""
COUNTED_SHOWN = 8
"""The most outlets or authors that are named with their numbers of articles; the others are counted."""

_ENGLISH = messages_for(ENGLISH)


def title_words(listing: Listing, messages: Messages = _ENGLISH) -> str:
    """The number of matching articles, or that there is none."""
    words = listing.subject[:SUBJECT_SHOWN]
    if not listing.count:
        if listing.byline:
            return messages("listing-no-author", name=listing.byline[:SUBJECT_SHOWN])
        if listing.otherwise:
            return messages("listing-nothing-then")
        if listing.without:
            return messages("listing-none-without", words=words, without=listing.without[:SUBJECT_SHOWN])
        return messages("listing-none", words=words) if words else messages("listing-nothing")
    if not words:
        return messages("count-articles", count=listing.count)
    keys = {Match.WORDS: "listing-words", Match.ABOUT: "listing-about"}
    key = keys.get(listing.match, "listing-mention")
    return messages(key, count=listing.count, words=words)


def counted_words(listing: Listing) -> str:
    """The outlets or authors of the articles with their numbers, at most COUNTED_SHOWN; empty if these were
    not asked for."""
    shown = [f"{name} {count}" for name, count in listing.counted[:COUNTED_SHOWN]]
    more = len(listing.counted) - len(shown)
    return ", ".join((*shown, *([f"+{more}"] if more else ())))


def detail_words(
    listing: Listing, messages: Messages = _ENGLISH, names: Mapping[str, str] | None = None
) -> str:
    """The filters and which of the articles are listed. If no article matches, how many there are without
    the dates, or what was searched."""
    narrowed = narrowing_words(listing.query, messages, names)
    if listing.without:
        without = messages("listing-without", words=listing.without[:SUBJECT_SHOWN])
        narrowed = ", ".join(filter(None, (narrowed, without)))
    if listing.count:
        of = {"first": listing.first + 1, "last": listing.after, "count": listing.count}
        pages = ""
        if listing.oldest and listing.count > 1:
            pages = messages("listing-range-oldest", **of)
        elif len(listing.cited) < listing.count:
            dated = any(cited.published for cited in listing.cited)
            pages = messages("listing-range" if dated else "listing-range-undated", **of)
        first = 0 < listing.about < listing.count
        about = messages("listing-about-first", about=listing.about) if first else ""
        return " · ".join(filter(None, (narrowed, counted_words(listing), pages, about)))
    if listing.otherwise:
        articles = messages("count-articles", count=listing.otherwise)
        if listing.newest is None:
            return messages("listing-otherwise", articles=articles, filters=narrowed)
        date = messages.date(listing.newest)
        return messages("listing-otherwise-newest", articles=articles, filters=narrowed, date=date)
    return searched_words(listing.searched, listing.query, messages, names)
