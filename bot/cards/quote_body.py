"""The words of a quote as they are drawn, with what was found in bold."""

from bot.answers.answer import Quote
from bot.answers.excerpt import at_once, line_of
from bot.cards.card import (
    Paragraph,
    Shape,
    Span,
)
from bot.messages.readable import begins_line, readable, readable_text

LINE = 60
"""Characters of a quote that has one line: with its title, source and date three lines of a phone. By
`benchmarks.lengths` half of RealTimeQA's answers had more than 830 characters with 90 and longer titles."""


def quote_body(quote: Quote) -> Paragraph:
    """All words of a quote."""
    pieces = readable(quote.marked(), begins=begins_line(quote.article.text, quote.start))
    return Paragraph(tuple(Span(piece, bold=marked) for piece, marked in pieces if piece), Shape.QUOTE)


def answering_body(quote: Quote) -> Paragraph:
    """The words of a quote that are shown at once."""
    return quote_body(at_once(quote))


def one_line_of(quote: Quote) -> str:
    """The words of a quote that fit on a line."""
    return readable_text(line_of(quote, LINE))


def bold_quote(text: str) -> Paragraph:
    """The longest way to draw a quote: every line of it marked."""
    return Paragraph((Span(text, bold=True),), Shape.QUOTE)
