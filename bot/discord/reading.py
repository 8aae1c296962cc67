"""Whole articles, the sources and help, as Discord shows them."""

from collections.abc import Sequence

from discord import ui

from bot.answer import Quote
from bot.browse import SourceCount
from bot.discord import markdown
from bot.discord.layout import (
    NEUTRAL,
    TEXT_LIMIT,
    button,
    card,
    fitting,
    host,
    line,
    link_button,
    rows,
    text,
    usable,
)
from bot.discord.markdown import escaped, length
from bot.discord.press import Press
from bot.messages.catalogue import Messages
from bot.service.article_key import article_key
from corpus.article import Article
from retrieval.sentences import sentence_spans

PAGE_ROOM = 3000
"""Of a message's text, for a page of an article; the rest is for its title and citation."""
LINES = 25
"""Sources that are listed; the others are counted."""

Item = ui.Item[ui.LayoutView]


def article_message(article: Article, page: int, say: Messages) -> ui.LayoutView:
    """One page of an article, counted from 1, with buttons to turn pages."""
    pages = article_pages(article)
    number = min(max(page, 1), len(pages))
    parts = [escaped(fitting(article.source, 60))]
    if article.author:
        parts.append(escaped(fitting(article.author, 60)))
    parts.append(
        f"{markdown.timestamp(article.published, 'D')} ({markdown.timestamp(article.published, 'R')})"
        if article.published
        else say("undated")
    )
    title = fitting(article.title, 200)
    address = usable("", article.url)
    items: list[Item] = [
        text(f"### {markdown.link(title, address) if address else escaped(title)}\n-# {' · '.join(parts)}"),
        line(),
        text(escaped(pages[number - 1])),
    ]
    buttons = []
    if len(pages) > 1:
        items.append(text(f"-# {say('page', page=number, pages=len(pages))}"))
        key = article_key(article)
        back, on = max(number - 1, 1), min(number + 1, len(pages))
        buttons += [
            button(say("button-previous"), Press("page", key, str(back))),
            button(say("button-next"), Press("page", key, str(on))),
        ]
        buttons = [
            one for one, there in zip(buttons, (number > 1, number < len(pages)), strict=True) if there
        ]
    if address:
        buttons.append(link_button(host(address), address))
    return card(NEUTRAL, *items, *rows(buttons))


def article_pages(article: Article) -> list[str]:
    """The article's text in pieces of whole sentences that fit a message; joined they are the text."""
    pages, start, end = [], 0, 0
    for _, stop in sentence_spans(article.text, article.language):
        if length(escaped(article.text[start:stop])) > PAGE_ROOM and end > start:
            pages.append(article.text[start:end])
            start = end
        end = stop
        while length(escaped(article.text[start:end])) > PAGE_ROOM:  # one endless sentence
            cut = start + PAGE_ROOM // 2
            pages.append(article.text[start:cut])
            start = cut
    pages.append(article.text[start:])
    return pages


def page_of(quote: Quote) -> int:
    """The page of its article that a quote begins on, counted from 1."""
    end = 0
    for number, page in enumerate(article_pages(quote.article), 1):
        end += len(page)
        if quote.start < end:
            return number
    return 1


def sources_message(sources: Sequence[SourceCount], say: Messages) -> ui.LayoutView:
    """The sources that are searched, with how many articles each has and how new its newest is."""
    made = []
    for source in sources[:LINES]:
        articles = say("count-articles", count=source.articles)
        words = (
            say("sources-line", articles=articles, date=say.date(source.newest))
            if source.newest
            else articles
        )
        made.append(f"**{escaped(fitting(source.name, 60))}** · {words}")
    if rest := len(sources) - len(made):
        made.append(f"-# {say('sources-rest', count=rest)}")
    body = "\n".join(made) or say("latest-none")
    return card(NEUTRAL, text(f"### {say('sources-title')}"), text(body[:TEXT_LIMIT]))


def help_message(say: Messages, *, administers: bool) -> ui.LayoutView:
    """What the bot can do for the reader."""
    keys = ["help-ask", "help-mention", "help-check", "help-browse", "help-buttons"]
    if administers:
        keys.append("help-admin")
    lines = "\n".join(f"- {say(key)}" for key in keys)
    return card(NEUTRAL, text(say("help")), line(), text(lines))
