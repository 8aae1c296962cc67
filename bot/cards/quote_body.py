"""The paragraph of a quote, with the sentences that answer in bold."""

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
    """A quote with every line in bold, which is the longest rendering."""
    return Paragraph((Span(text, bold=True),), ParagraphStyle.QUOTE)
