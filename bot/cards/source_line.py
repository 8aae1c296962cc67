"""The source of a quote, as a title and a line in small print."""

from collections.abc import Sequence
from datetime import timedelta

from bot.answers.answer import Citation, Quote
from bot.answers.wording import age, author_words
from bot.cards.card import (
    Canvas,
    Paragraph,
    ParagraphStyle,
    Span,
    bolder,
    cut_at_word,
    is_linkable,
    joined,
    truncate,
    usable,
)
from bot.messages.catalogue import Messages
from corpus.article import Article
from retrieval.question.query import Query

TITLE_SHOWN = 200
"""Characters of a title: every headline of the measured corpora but a handful."""
LINE_TITLE = 24
"""Characters of a title on a line that it shares with the words of a quote, which say more than a title."""
LINE_AUTHOR = 20
"""Characters of an author's name on a line: most names are shorter, and one of several is enough."""
OLD = timedelta(days=365)
"""From when on a line says how old an article is: before that its date tells."""
TITLE_FIRST = 85
"""Characters of the title below the words of the first quote: two lines of a phone."""
TITLE_ALONE = 100
"""Characters of a title on a line without words of a quote."""
NAME_SHOWN = 60
"""Characters of a source's or an author's name."""
TITLE_LISTED = 60
"""Characters of a title in a list: with outlet and date a line is about two of a phone, and
a page of seven of them (`bot.answers.listing.LISTED`) has less than 700 characters."""
SOURCE_LISTED = 20
"""Characters of an outlet's name in a list."""
COPIES_SHOWN = 3
"""Other articles with the same words that are named; the others are counted."""
COPY_LINK = 200
"""Characters of a copy's address: a longer one would take the room of the quotes."""

_PLACE = "\ufffc"
"""Stands for what is put into a message of ours as spans."""


def title(quote: Quote, canvas: Canvas, number: int | None = None, limit: int = TITLE_SHOWN) -> Paragraph:
    """The article's title, numbered, of at most `limit` characters, which opens the article at the quote."""
    citation = quote.citation
    head = () if number is None else (Span(f"{number} · "),)
    link = usable(canvas, citation.link, citation.url)
    return Paragraph(bolder((*head, Span(cut_at_word(citation.title, limit), link=link))))


def line(
    quote: Quote, messages: Messages, canvas: Canvas, number: int, query: Query, words: str = ""
) -> Paragraph:
    """A quote on one line: `words` of it, the article's title, which opens the article at the quote, its
    source and author, the date, and the age of an old one when the query was asked."""
    citation = quote.citation
    link = usable(canvas, citation.link, citation.url)
    parts: list[tuple[Span, ...] | str] = [f"“{words}”"] if words else []
    parts.append((Span(truncate(citation.title, LINE_TITLE if words else TITLE_ALONE), link=link),))
    parts.append(truncate(citation.source, NAME_SHOWN))
    if citation.author:
        parts.append(cut_at_word(author_words(citation.author), LINE_AUTHOR))
    when = messages.short_date(citation.published)  # as words: a date of Slack's begins a line of its own
    if citation.published and query.asked_at - citation.published >= OLD:
        when += f" ({age(citation.published, query.asked_at, messages, query.zone)})"
    parts.append(when)
    return Paragraph((Span(f"{number} · "), *joined(parts)), ParagraphStyle.SMALL)


def listed(cited: Citation, head: str, messages: Messages, canvas: Canvas) -> Paragraph:
    """An article in a list: its title, which opens it, its source and its day. `head` is a number or a dot:
    of lines that a phone breaks nobody else sees where one begins."""
    link = usable(canvas, cited.link, cited.url)
    title = Span(cut_at_word(cited.title, TITLE_LISTED), link=link)
    dated = (
        Span(messages.short_date(cited.published), moment=cited.published, style="day")
        if cited.published
        else Span(messages("undated"))
    )
    parts = joined(((title,), truncate(cited.source, SOURCE_LISTED), (dated,)))
    return Paragraph((Span(head), *parts))


def source(quote: Quote, messages: Messages, query: Query | None = None) -> Paragraph:
    """Who published it and when, who else has the same words, and who else reports it."""
    citation = quote.citation
    parts: list[tuple[Span, ...] | str] = list(_byline(citation.source, citation.author))
    if citation.published:
        parts.append(dated(citation, messages))
        if query and citation.published > query.asked_at:
            parts.append(age(citation.published, query.asked_at, messages, query.zone))
    else:
        parts.append(messages("undated"))
    if quote.also_in:
        parts.append(_copies(quote.also_in, messages, "also-in"))
    if quote.reported_by:
        parts.append(_copies(quote.reported_by, messages, "also-reported"))
    return Paragraph(joined(parts), ParagraphStyle.SMALL)


def byline(article: Article, messages: Messages) -> Paragraph:
    """Who published an article and when."""
    parts: list[tuple[Span, ...] | str] = list(_byline(article.source, article.author))
    parts.append(dated(article, messages) if article.published else messages("undated"))
    return Paragraph(joined(parts), ParagraphStyle.SMALL)


def dated(cited: Citation | Article, messages: Messages) -> tuple[Span, ...]:
    """The day it was published, and how long ago that is."""
    day = messages.date(cited.published)
    return (
        Span(day, moment=cited.published, style="day"),
        Span(" ("),
        Span(day, moment=cited.published, style="age"),
        Span(")"),
    )


def _byline(name: str, author: str | None) -> list[str]:
    return [truncate(name, NAME_SHOWN), *([truncate(author_words(author), NAME_SHOWN)] if author else [])]


def _copies(copies: Sequence[Citation], messages: Messages, words: str) -> tuple[Span, ...]:
    named: list[tuple[Span, ...] | str] = []
    for copy in copies[:COPIES_SHOWN]:
        short = copy.url if copy.url and len(copy.url) <= COPY_LINK and is_linkable(copy.url) else None
        named.append((Span(truncate(copy.source, NAME_SHOWN), link=short),))
    if rest := len(copies) - COPIES_SHOWN:
        named += [f"+{rest}"] if rest > 0 else []
    before, _, after = messages(words, names=_PLACE).partition(_PLACE)
    return (Span(before), *joined(named, ", "), *((Span(after),) if after else ()))
