"""Cards of whole articles, new articles, sources and help."""

from collections.abc import Iterator, Sequence

from bot.answers.answer import Quote
from bot.answers.excerpt import line_of
from bot.answers.wording import newest_words
from bot.cards import source_line
from bot.cards.card import (
    Button,
    Buttons,
    Canvas,
    Card,
    Divider,
    Paragraph,
    ParagraphStyle,
    Part,
    Span,
    Tone,
    bolder,
    markup,
    plain,
    truncate,
    usable,
    within,
)
from bot.cards.press import Press
from bot.chat.button_key import button_key
from bot.messages.catalogue import Messages
from bot.messages.readable import readable
from corpus.article import Article
from corpus.text import host
from retrieval.collection.source_counts import SourceCount
from retrieval.text.sentences import sentence_spans

PAGE = 0.75
"""The share of a message's room for a page of an article; the rest is for its title and citation."""
LINES = 25
"""The most sources that are listed; the others are counted."""
TOPIC_SHOWN = 300
"""The most characters of a topic above its articles: three lines."""
EACH, ONE_EACH = "each", "event"
"""The argument of a button: each report, or one for each event."""


def article_card(article: Article, page: int, messages: Messages, canvas: Canvas) -> Card:
    """One page of an article, counted from 1, with buttons to turn pages."""
    pages = list(article_pages(article, canvas))
    number = min(max(page, 1), len(pages))
    address = usable(canvas, article.url)
    parts: list[Part] = [
        Paragraph(
            bolder((Span(truncate(article.title, source_line.TITLE_SHOWN), link=address),)),
            ParagraphStyle.HEADING,
        ),
        source_line.byline(article, messages),
        Divider(),
        _page(pages, number),
    ]
    buttons = []
    if len(pages) > 1:
        parts.append(markup(messages("page", page=number, pages=len(pages)), ParagraphStyle.SMALL))
        key = button_key(article)
        if number > 1:
            buttons.append(Button(messages("button-previous"), Press("page", key, str(number - 1))))
        if number < len(pages):
            buttons.append(Button(messages("button-next"), Press("page", key, str(number + 1))))
    if address:
        buttons.append(Button(host(address), url=address))
    if buttons:
        parts.append(Buttons(tuple(buttons)))
    return Card(Tone.NEUTRAL, tuple(parts))


def _page(pages: Sequence[str], number: int) -> Paragraph:
    begins = number == 1 or pages[number - 2].endswith("\n")
    spans = (Span(piece) for piece, _ in readable([(pages[number - 1], None)], begins=begins))
    return Paragraph(tuple(spans), ParagraphStyle.QUOTE)


def article_pages(article: Article, canvas: Canvas) -> Iterator[str]:
    """The article's text in pieces of whole sentences that fit a message; joined they are the text. The sizes
    of sentences are added up, since an article may be long; rendered together they take no more."""
    room = int(PAGE * canvas.room)

    def size(start: int, end: int) -> int:
        # Between two signs: white space at its edges is left out alone, and shown among others.
        return canvas.size(Paragraph((Span(f".{article.text[start:end]}."),), ParagraphStyle.QUOTE))

    start, end, taken = 0, 0, 0
    for _, stop in sentence_spans(article.text, article.language):
        sentence = size(end, stop)
        if taken + sentence > room and end > start:
            yield article.text[start:end]
            start, taken = end, 0
        while sentence > room:  # one endless sentence
            cut = start + room // 4
            yield article.text[start:cut]
            start, sentence = cut, size(cut, stop)
        end, taken = stop, taken + sentence
    yield article.text[start:]


def page_of(quote: Quote, canvas: Canvas) -> int:
    """The page of its article on which a quote starts, counted from 1."""
    end = 0
    for number, page in enumerate(article_pages(quote.article, canvas), 1):
        end += len(page)
        if quote.start < end:
            return number
    return 1


def sources_card(sources: Sequence[SourceCount], messages: Messages, canvas: Canvas) -> Card:
    """The searched sources, each with its number of articles and the date of its newest one."""
    head = markup(messages("sources-title"), ParagraphStyle.HEADING)
    made = []
    for source in sources[:LINES]:
        articles = messages("count-articles", count=source.articles)
        words = newest_words(source.articles, source.newest, messages) if source.newest else articles
        name = Span(truncate(source.name, source_line.NAME_SHOWN), bold=True)
        made.append(Paragraph((name, Span(f" · {words}"))))
    if rest := len(sources) - len(made):
        made.append(markup(messages("sources-rest", count=rest), ParagraphStyle.SMALL))
    body = within(made, canvas.room - canvas.size(head), canvas) or [markup(messages("latest-none"))]
    return Card(Tone.NEUTRAL, (head, *body))


def help_card(messages: Messages, examples: str = "", *, administers: bool) -> Card:
    """The help: what can be asked, with examples from the corpus; filters, follow-ups and standing questions;
    and the buttons. It has six lines, including the one for administrators."""
    follow = f"{messages('help-mention')} {messages('help-check')}"
    narrow = f"{messages('help-ask')} {messages('help-browse')}"
    lines = [narrow, follow, messages("help-watch"), messages("help-buttons")]
    if administers:
        lines.append(messages("help-admin"))
    # The examples contain untrusted text, which is not parsed as markup.
    first = plain(f"{messages('help')} {examples}".strip())
    return Card(Tone.NEUTRAL, (first, Divider(), *map(markup, lines)))


def latest_card(
    quotes: Sequence[Quote],
    topic: str,
    messages: Messages,
    canvas: Canvas,
    *,
    each: bool = False,
    switch: bool = True,
) -> Card:
    """The newest articles: titles, sources and dates, and with a topic a line of each. If one stands for
    several reports of its event, a button shows each of them. With `each`, every report has a line, and the
    button groups them again. Without `switch` there is no such button."""
    words = (
        messages("latest-topic", topic=truncate(topic, TOPIC_SHOWN)) if topic else messages("latest-title")
    )
    head = plain(words, ParagraphStyle.HEADING)
    if not quotes and topic:
        none = messages("latest-none-about", topic=truncate(topic, TOPIC_SHOWN))
        return Card(Tone.MISSED, (plain(none, ParagraphStyle.HEADING),))
    if not quotes:
        return Card(Tone.MISSED, (head, markup(messages("latest-none"))))
    above = [head]
    if not any(quote.citation.published for quote in quotes):
        above.append(markup(messages("latest-undated"), ParagraphStyle.SMALL))
    room = canvas.room - sum(canvas.size(part) for part in above)
    if each:
        numbered = (
            source_line.listed(quote.citation, f"{number} · ", messages, canvas)
            for number, quote in enumerate(quotes, 1)
        )
        shown = within(numbered, room, canvas)
    else:
        shown = _told(quotes, room, messages, canvas, words=bool(topic))
    switched = each or any(quote.reported_by for quote in quotes)
    below = _switch(topic, messages, each=each) if switch and switched else ()
    return Card(Tone.NEUTRAL, (*above, *shown, *below))


def _told(
    quotes: Sequence[Quote], room: int, messages: Messages, canvas: Canvas, *, words: bool
) -> list[Paragraph]:
    parts: list[Paragraph] = []
    for quote in quotes:
        if not quote.verbatim:
            continue
        line = line_of(quote) if words else ""
        said = [Paragraph((Span(line),), ParagraphStyle.QUOTE)] if line else []
        group = [source_line.title(quote, canvas), *said, source_line.source(quote, messages)]
        room -= sum(canvas.size(part) for part in group)
        if room < 0:
            break
        parts += group
    return parts


def _switch(topic: str, messages: Messages, *, each: bool) -> tuple[Buttons, ...]:
    """The button that shows each report, or one for each event. Its id contains the topic, so there is none
    if the topic is too long."""
    wanted, words = (ONE_EACH, "button-events") if each else (EACH, "button-reports")
    press = Press("reports", wanted, topic)
    return (Buttons((Button(messages(words), press),)),) if press.fits else ()
