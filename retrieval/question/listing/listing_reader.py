"""Whether a question asks for a count or a list of articles, and of which."""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from retrieval.question.courtesies import bare_question
from retrieval.question.listing.english_listings import english_listing, may_list_in_english
from retrieval.question.listing.listing_request import ListingRequest
from retrieval.question.listing.listing_words import listing_words
from retrieval.question.names import Names
from retrieval.text.scripts import EAST

LONGEST = 200
"""Characters of a question for a list; one that people type has thirty to eighty."""


def may_list(text: str) -> bool:
    """Whether the text may ask for a count or a list: `read_listing` says, knowing the corpus's names."""
    if len(text) > LONGEST:
        return False
    asked = bare_question(text)
    if not EAST.search(asked):
        return may_list_in_english(asked)
    from retrieval.question.listing.east_asian_listings import may_list_in_the_east  # slow to compile

    return may_list_in_the_east(asked)


def read_listing(
    text: str, asked_at: datetime, known: Iterable[Names], zone: tzinfo = UTC, *, day_first: bool = False
) -> ListingRequest | None:
    """What a question for a count or a list asks for, None where it asks something else: where that is not
    sure, it is a question like any other. It was asked at that moment in that zone, where these sources and
    authors are known; `day_first` is as in `spoken_periods`. Takes a time linear in the text."""
    if not may_list(text):
        return None
    asked = bare_question(text)
    words = listing_words(asked, asked_at, known, zone, day_first=day_first)
    if not EAST.search(asked):
        return english_listing(words)
    from retrieval.question.listing.east_asian_listings import east_asian_listing

    return east_asian_listing(words)
