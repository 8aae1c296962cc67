"""The card about the source of a quote."""

from bot.answers.wording import citation_words
from bot.cards import source_line
from bot.cards.card import Button, Buttons, Canvas, Card, ParagraphStyle, Part, Tone, plain, truncate, usable
from bot.cards.notices import failure
from bot.chat.delivered_answer import DeliveredAnswer
from bot.messages.catalogue import Messages
from corpus.text import host
from retrieval.question.remarks.quote_number import quote_number

DETAIL_SHOWN = 300
"""The most characters of source, date and author."""


def quote_source_card(shown: DeliveredAnswer, text: str, messages: Messages, canvas: Canvas) -> Card:
    """The title, source, date, author and link of the quote that a remark is about."""
    if not shown.quotes:
        return failure(messages("quotes-gone"))
    numbered = dict(enumerate(shown.quotes, shown.record.first))
    number = quote_number(text, min(numbered), max(numbered))
    if number not in numbered:
        return failure(messages("no-such-quote", number=number))
    quote = numbered[number]
    citation = quote.citation
    parts: list[Part] = [
        source_line.title(quote, canvas, number),
        plain(truncate(citation_words(citation, messages), DETAIL_SHOWN)),
        plain(messages("quote-exact"), ParagraphStyle.SMALL),
    ]
    if address := usable(canvas, citation.url):
        parts.append(Buttons((Button(host(address), url=address),)))
    return Card(Tone.NEUTRAL, tuple(parts))
