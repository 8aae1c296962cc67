"""Whether a question asks for a count or a list of articles, and of which ones."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from retrieval.question.courtesies import bare_question
from retrieval.question.listing.english_listings import english_listing, may_list_in_english
from retrieval.question.listing.left_out import left_out, may_leave_out
from retrieval.question.listing.listing_request import ListingRequest
from retrieval.question.listing.listing_words import ListingWords, listing_words
from retrieval.question.names import Names
from retrieval.text.scripts import EAST

LONGEST_REQUEST = 200
"""Maximum characters of a request; typical ones have thirty to eighty."""


def may_list(text: str) -> bool:
    """Whether the text may be a request; `read_listing` decides, with the names in the corpus."""
    if len(text) > LONGEST_REQUEST:
        return False
    asked = bare_question(text)
    if not EAST.search(asked):
        return may_list_in_english(asked)
    from retrieval.question.listing.east_asian_listings import may_list_in_the_east  # slow to compile

    return may_list_in_the_east(asked)


def read_listing(
    text: str, asked_at: datetime, known: Iterable[Names], zone: tzinfo = UTC, *, day_first: bool = False
) -> ListingRequest | None:
    """Parse a request for a count or a list; None if the question asks for something else or it is not
    certain.

    `asked_at` and `zone` are when and in which time zone it was asked, `known` the sources and authors of
    each collection; `day_first` is as in `mentioned_periods`. Takes linear time.
    """
    if not may_list(text):
        return None
    asked, names = bare_question(text), list(known)
    words = listing_words(asked, asked_at, names, zone, day_first=day_first)
    if may_leave_out(asked) and (without := left_out(words, listing=True)):
        words = listing_words(without.rest, asked_at, names, zone, day_first=day_first)
        words = replace(words, excluding=without.hints)
    made = _parsed(words)
    return replace(made, hints=(*made.hints, *words.excluding)) if made else None


def _parsed(words: ListingWords) -> ListingRequest | None:
    """Parse a request that leaves no articles out."""
    if not EAST.search(words.text):
        return english_listing(words)
    from retrieval.question.listing.east_asian_listings import east_asian_listing

    return east_asian_listing(words)
