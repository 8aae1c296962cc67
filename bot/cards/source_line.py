"""The source of a quote, as a title and a line in small print."""

from collections.abc import Sequence
from datetime import datetime, timedelta

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
from retrieval.dates.days import midnight
from retrieval.dates.zone import as_printed, states_day
from retrieval.question.query import Query

TITLE_SHOWN = 200
"""The most characters of a title: almost every headline of the measured corpora."""
LINE_TITLE = 24
"""The most characters of a title on a line with the words of a quote, which are more useful."""
LINE_AUTHOR = 20
"""The most characters of an author's name on a line: most names are shorter, and one of several is enough."""
OLD = timedelta(days=365)
"""The age from which a line gives an article's age; before that its date is enough."""
TITLE_FIRST = 85
"""The most characters of the title below the first quote: two lines on a phone."""
TITLE_ALONE = 100
"""The most characters of a title on a line without words of a quote."""
NAME_SHOWN = 60
"""The most characters of a source's or an author's name."""
TITLE_LISTED = 60
"""The most characters of a title in a list: with outlet and date a line takes about two on a phone, and a
page of seven of them (`bot.answers.listing.ARTICLES_LISTED`) has less than 700 characters."""
SOURCE_LISTED = 20
"""The most characters of an outlet's name in a list."""
COPIES_SHOWN = 3
"""The most articles with the same words that are named; the others are counted."""
COPY_LINK = 200
"""The most characters of a copy's address: a longer one would take the room of the quotes."""

_PLACE = "\ufffc"
"""A placeholder in a message, which is replaced by spans."""


def title(quote: Quote, canvas: Canvas, number: int | None = None, limit: int = TITLE_SHOWN) -> Paragraph:
    """The article's title with its number, of at most `limit` characters, as a link that opens the article at
    the quote."""
    citation = quote.citation
    head = () if number is None else (Span(f"{number} · "),)
    link = usable(canvas, citation.link, citation.url)
    return Paragraph(bolder((*head, Span(cut_at_word(citation.title, limit), link=link))))


def line(
    quote: Quote, messages: Messages, canvas: Canvas, number: int, query: Query, words: str = ""
) -> Paragraph:
    """A quote on one line: some of its words, the article's title as a link to the quote, its source and
    author, its date, and the age of an old one at the time of the question."""
    citation = quote.citation
    link = usable(canvas, citation.link, citation.url)
    parts: list[tuple[Span, ...] | str] = [f"“{words}”"] if words else []
    parts.append((Span(truncate(citation.title, LINE_TITLE if words else TITLE_ALONE), link=link),))
    parts.append(truncate(citation.source, NAME_SHOWN))
    if citation.author:
        parts.append(cut_at_word(author_words(citation.author), LINE_AUTHOR))
    when = messages.short_date(citation.published)  # as text: Slack breaks the line before a date element
    if citation.published and query.asked_at - citation.published >= OLD:
        when += f" ({age(citation.published, query.asked_at, messages, query.zone)})"
    parts.append(when)
    return Paragraph((Span(f"{number} · "), *joined(parts)), ParagraphStyle.SMALL)


def listed(cited: Citation, head: str, messages: Messages, canvas: Canvas) -> Paragraph:
    """An article in a list: its title as a link, its source and its day. `head` is a number or a dot, which
    shows where a line starts if a phone breaks it."""
    link = usable(canvas, cited.link, cited.url)
    title = Span(cut_at_word(cited.title, TITLE_LISTED), link=link)
    dated = (
        Span(messages.short_date(cited.published), moment=_shown_day(cited.published), style="day")
        if cited.published
        else Span(messages("undated"))
    )
    parts = joined(((title,), truncate(cited.source, SOURCE_LISTED), (dated,)))
    return Paragraph((Span(head), *parts))


def source(quote: Quote, messages: Messages, query: Query | None = None) -> Paragraph:
    """The source, author and date of a quote, the sources of copies, and those of other reports."""
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
    """The source, author and date of an article, or that it names no author."""
    parts: list[tuple[Span, ...] | str] = list(_byline(article.source, article.author))
    if not article.author:
        parts.append(messages("author-unnamed"))
    parts.append(dated(article, messages) if article.published else messages("undated"))
    return Paragraph(joined(parts), ParagraphStyle.SMALL)


def dated(cited: Citation | Article, messages: Messages) -> tuple[Span, ...]:
    """The day of publication, and its age."""
    day = messages.date(cited.published)
    return (
        Span(day, moment=_shown_day(cited.published), style="day"),
        Span(" ("),
        Span(day, moment=cited.published, style="age"),
        Span(")"),
    )


def _shown_day(published: datetime | None) -> datetime | None:
    """The day that an article states, which is the same for every reader; otherwise its moment, of which each
    reader is shown the day in their own zone."""
    return midnight(as_printed(published)) if published and states_day(published) else published


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
