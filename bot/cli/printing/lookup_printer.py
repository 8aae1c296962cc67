"""Prints the results of questions for a count, a list, the newest articles or one article."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text

from bot.answers.answer import Answer, Citation, Quote
from bot.answers.answer_json import Row, answer_row, reply_row
from bot.answers.listing import ARTICLES_LISTED, NEWEST, Listing
from bot.answers.listing_json import listing_row
from bot.answers.listing_wording import detail_words, title_words
from bot.answers.wording import date_words, newest_words
from bot.cli.printing.answer_printer import citation_line, print_lines, print_quotes, written_names
from bot.cli.printing.terminal import Terminal, shown
from bot.desk import browse
from bot.desk.desk import Desk
from bot.desk.listings import listing, listing_request, news
from bot.messages.catalogue import ENGLISH, messages_for
from corpus.article import Article
from retrieval.collection.pasted_reference import address_in
from retrieval.question.listing.listing_request import ListingRequest
from retrieval.question.query import Query

ABSENT = "That page is not in the corpus."
OTHERS = "`reports` in a conversation, or --all-reports, shows each report of an event."


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A question that needs no search: it asks for a list (`request`), for one article, or, if both are None,
    for a page that is not in the corpus."""

    query: Query
    request: ListingRequest | None = None
    article: Article | None = None

    @property
    def about(self) -> str:
        """What a follow-up question continues: the subject of the list or the title of the article."""
        if self.article:
            return self.article.title
        return self.request.subject if self.request else ""

    @property
    def listed(self) -> str:
        """The request for a list; empty if something else is asked for."""
        return self.query.text if self.request else ""


def look_up(desk: Desk, query: Query) -> LookedUp | None:
    """What the question asks for; None if it needs a search. Raises UnknownName."""
    if query.as_asked:
        return None
    found = (one.pasted(query.text) for one in desk.held(query.collections))
    if article := next(filter(None, found), None):
        return LookedUp(query, article=article)
    if address_in(query.text) and not desk.has_page(query.text, query.collections):
        return LookedUp(query)
    request = listing_request(desk, query)
    return LookedUp(query, request) if request else None


def print_looked_up(
    terminal: Terminal, desk: Desk, asked: LookedUp, first: int = 0, *, each: bool = False
) -> list[Quote]:
    """Print what is asked for, and return the passages that are shown. A list begins with the article at
    index `first`. With `each`, a list of the newest has every report, and not one for each event."""
    query = asked.query
    if asked.article:
        quote = browse.opening(desk, asked.article)
        print_quotes(terminal, [quote], query.asked_at, first=1)
        if not asked.article.author:
            terminal.print(Text(f"   {messages_for(ENGLISH)('author-unnamed')}", style="dim"))
        return [quote]
    if asked.request is None:
        terminal.print(Text(f"{ABSENT} To add it: newsdesk corpus add {shown(address_in(query.text))}"))
        return []
    newest = None if first else news(desk, query, asked.request, NEWEST, each=each)
    if newest is not None:
        about = f" about {asked.request.subject}" if asked.request.subject else ""
        terminal.print(Text(shown(f"The latest{about}"), style="bold"))
        if newest and not any(quote.citation.published for quote in newest):
            terminal.print(Text(messages_for(ENGLISH)("latest-undated"), style="dim"))
        print_lines(terminal, newest, query.asked_at, words=bool(asked.request.subject))
        if any(quote.reported_by for quote in newest):
            terminal.print(Text(OTHERS, style="dim"))
        return list(newest)
    found = listing(desk, query, asked.request, first)
    if first and not found.cited:
        terminal.say("There is nothing more.")
    else:
        _print_listing(terminal, found, query)
    return list(found.opening)


def looked_up_row(desk: Desk, asked: LookedUp, limit: int, question_id: str | None = None) -> Row:
    """What is asked for as a JSON object; a list has at most `limit` articles, or
    ARTICLES_LISTED if that is more."""
    if asked.article:
        opening = browse.opening(desk, asked.article)
        result = Answer(asked.query, (opening,), 1.0, desk.searched(asked.query))
        return answer_row(result, question_id)
    if asked.request is None:
        return reply_row(asked.query.text, ABSENT, question_id)
    return listing_row(
        listing(desk, asked.query, asked.request, limit=max(limit, ARTICLES_LISTED)), question_id
    )


def print_sources(terminal: Terminal, desk: Desk, collections: Sequence[str]) -> None:
    """Print each outlet with the number of its articles and the date of the newest."""
    for source in browse.sources(desk.held(collections)):
        terminal.print(Text(shown(f"{source.name} · {newest_words(source.articles, source.newest)}")))


def _print_listing(terminal: Terminal, found: Listing, query: Query) -> None:
    terminal.print(Text(shown(title_words(found)), style="bold"))
    if details := detail_words(found, names=written_names(found.cited)):
        terminal.print(Text(shown(details), style="dim"))
    for cited in found.cited:
        terminal.print(Text(shown(cited.title), style="bold"))
        terminal.print(Text(f"   {shown(_dated(cited, query))}", style="dim"))
        terminal.print(Text(f"   {cited.link}", style="blue"), soft_wrap=True)
    if found.after < found.count:
        terminal.print(Text(f"`more` in a conversation lists the next {ARTICLES_LISTED}.", style="dim"))


def _dated(cited: Citation, query: Query) -> str:
    return citation_line(cited, query.asked_at) if cited.published else f"{cited.source} · {date_words(None)}"
