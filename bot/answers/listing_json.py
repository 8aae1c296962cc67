"""Counts and lists as JSON objects: the fields of an answer, and `listing` (`docs/json.md`)."""

from bot.answers.answer import Answer, Citation, NoAnswer
from bot.answers.answer_json import Row, answer_row, metadata_row
from bot.answers.listing import Listing
from bot.answers.listing_wording import title_words


def listing_row(listing: Listing, question_id: str | None = None) -> Row:
    """A count or a list; `passages` are the first passages of its first articles."""
    result = (
        Answer(listing.query, listing.opening, 1.0, listing.searched)
        if listing.count
        else NoAnswer(listing.query, (), 0.0, listing.searched)
    )
    articles = [_cited_row(cited) for cited in listing.cited]
    counted = [{"name": name, "count": count} for name, count in listing.counted]
    listed: Row = {"count": listing.count, "articles": articles} | ({"counted": counted} if counted else {})
    row = answer_row(result, question_id) | {"listing": listed}
    return row if listing.count else row | {"reply": title_words(listing)}


def _cited_row(cited: Citation) -> Row:
    return {
        "article_id": cited.article_id,
        "collection": cited.collection,
        **metadata_row(cited),
        "link": cited.link,
    }
