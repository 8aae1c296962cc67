"""A quote with the sentences that answer in bold."""

from bot.answers.answer import Quote
from bot.cards.card import (
    Paragraph,
    ParagraphStyle,
    Span,
)
from bot.messages.readable import begins_line, readable


def quote_body(quote: Quote) -> Paragraph:
    """All words of a quote."""
    pieces = readable(quote.marked(), begins=begins_line(quote.article.text, quote.start))
    return Paragraph(
        tuple(Span(piece, bold=marked) for piece, marked in pieces if piece), ParagraphStyle.QUOTE
    )


def bold_quote(text: str) -> Paragraph:
    """The longest way to draw a quote: every line of it marked."""
    return Paragraph((Span(text, bold=True),), ParagraphStyle.QUOTE)
