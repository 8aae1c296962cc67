"""Prints answers, quotes and articles."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.padding import Padding
from rich.text import Text

from bot.answers.ambiguous_name import ambiguous_name
from bot.answers.answer import Answer, Citation, NoAnswer, Quote, answered_questions, quotes_of
from bot.answers.disagreement import disagreement_words
from bot.answers.excerpt import at_once, line_of
from bot.answers.notes import notes
from bot.answers.timing import time_words
from bot.answers.wording import (
    age,
    author_words,
    citation_words,
    date_words,
    filters_words,
    missing_words,
    read_words,
    searched_words,
)
from bot.cli.printing.terminal import Terminal, shown
from bot.messages.catalogue import ENGLISH, Messages, messages_for
from bot.messages.readable import begins_line, readable
from corpus.article import Article
from corpus.lazy_pattern import lazy_pattern

OTHERS = 3
"""The most copies of a passage, or reports of an event, that are named, as in a chat; the others are
counted."""

_ENGLISH = messages_for(ENGLISH)

_HEADING = lazy_pattern(r"^#{1,6}[ \t].*$", re.MULTILINE)


def print_answer(terminal: Terminal, result: Answer | NoAnswer, as_asked: str = "Add --as-asked") -> None:
    """Print an answer, or that there is none, and what was read from the question.

    The first quote, or the first one of each question, is printed in full, the others in a line each; without
    an answer, only the titles of the nearest articles. `as_asked` tells the reader how to search the exact
    words.
    """
    quotes = [quote for quote in quotes_of(result) if quote.verbatim]
    now, names = result.query.asked_at, written_names(quote.citation for quote in quotes)
    for note in notes(result):
        terminal.print(Text(note, style="italic"))
    if isinstance(result, NoAnswer):
        terminal.print(Text("I found no answer in these articles.", style="bold"))
        terminal.print(Text(searched_words(result.searched, result.query, names=names)))
        if lacking := missing_words(result.missing):
            terminal.print(Text(shown(lacking)))
        if quotes:
            terminal.print(Text("Closest matches (they may not answer this):", style="italic"))
    elif filters := filters_words(result.query, names=names):
        terminal.print(Text(f"Only {filters}.", style="italic"))
    in_full = answered_questions(result.query, result.unanswered) if isinstance(result, Answer) else 0
    for number, quote in enumerate(quotes, 1):
        if number <= in_full:
            _print_quote(terminal, number, at_once(quote), now)
            if number == min(in_full, len(quotes)):
                terminal.print()
        else:
            _print_line(terminal, number, quote, now, words=isinstance(result, Answer))
    if isinstance(result, Answer):
        # For a claim it would look like a probability that it is true.
        percent = "" if result.query.asks_yes_or_no else f"Confidence {result.confidence:.0%}."
        terminal.print(Text(f"\n{percent}".rstrip(), style="dim"))
    for words in disagreement_words(result):
        terminal.print(Text(shown(words)))
    if named := ambiguous_name(result):
        words = _ENGLISH("which-person", name=named.name, people=", ".join(named.people))
        terminal.print(Text(shown(words)))
    for words in time_words(result):
        terminal.print(Text(shown(words), style="dim"))
    if reading := read_words(result.query):
        line = f"{reading}. {as_asked} to search your exact words."
        terminal.print(Text(shown(line), style="dim"))


def written_names(cited: Iterable[Citation]) -> dict[str, str]:
    """The names of the cited sources as they are written, by casefolded name."""
    return {one.source.casefold(): one.source for one in cited}


def print_quotes(terminal: Terminal, quotes: Sequence[Quote], now: datetime, *, first: int) -> None:
    """Print quotes with their citations, numbered from `first`, except those that are not verbatim."""
    for number, quote in enumerate(quotes, first):
        if quote.verbatim:
            _print_quote(terminal, number, at_once(quote), now)


def print_lines(terminal: Terminal, quotes: Sequence[Quote], now: datetime, *, words: bool) -> None:
    """Print each quote's article in a line; with `words`, also a line of the quote."""
    for number, quote in enumerate(quotes, 1):
        if quote.verbatim:
            _print_line(terminal, number, quote, now, words=words)


def print_context(terminal: Terminal, quote: Quote, before: str, after: str) -> None:
    """Print a quote, highlighted, between the sentences around it."""
    if terminal.is_terminal:
        _print_body(terminal, [(before, ""), (quote.text, "bold yellow"), (after, "")])
        return
    for text, prefix in ((before, "     "), (quote.text, "   > "), (after, "     ")):
        if text.strip():
            terminal.print(Text(_indented(text.strip(), prefix)))


def print_source(terminal: Terminal, number: int, citation: Citation, messages: Messages) -> None:
    """Print the title, source, date, author and link of a quote, and that its words are exact."""
    _print_citation(terminal, number, citation, Text(f"   {shown(citation_words(citation, messages))}"))
    terminal.print(Text(messages("quote-exact"), style="dim"))


def _print_citation(terminal: Terminal, number: int, citation: Citation, details: Text) -> None:
    """Print the title of what is cited, an indented line of details, and the link."""
    head = Text(f"{number}  ", style="bold cyan")
    head.append(shown(citation.title), "bold")
    terminal.print(head)
    terminal.print(details)
    terminal.print(Text(f"   {citation.link}", style="blue"), soft_wrap=True)


def print_article(terminal: Terminal, article: Article) -> None:
    """Print a whole article."""
    terminal.print(Text(shown(article.title), style="bold"))
    parts = (article.source, article.author, date_words(article.published), article.url)
    terminal.print(Text(shown(" · ".join(part for part in parts if part)), style="dim"))
    terminal.print()
    terminal.print(_styled([(article.text, "")]), width=terminal.columns)


def citation_line(citation: Citation, now: datetime) -> str:
    """Source, author, date and age on one line."""
    parts = [citation.source, author_words(citation.author), date_words(citation.published)]
    if citation.published:
        parts.append(age(citation.published, now))
    return " · ".join(part for part in parts if part)


def _print_quote(terminal: Terminal, number: int, quote: Quote, now: datetime) -> None:
    """Print the quoted words, then their citation."""
    terminal.print()
    begins = begins_line(quote.article.text, quote.start)
    pieces = [(piece, marked) for piece, marked in readable(quote.marked(), begins=begins) if piece]
    if terminal.is_terminal:
        _print_body(terminal, [(piece, "bold yellow" if marked else "") for piece, marked in pieces])
    else:
        marks = (f"**{piece}**" if marked else piece for piece, marked in pieces)
        terminal.print(Text(_indented("".join(marks), "   > ")))
    details = Text(f"   {shown(citation_line(quote.citation, now))}", style="dim")
    _print_citation(terminal, number, quote.citation, details)
    if quote.also_in:
        terminal.print(Text(f"   also in {_others(quote.also_in)}", style="dim"))


def _print_line(terminal: Terminal, number: int, quote: Quote, now: datetime, *, words: bool) -> None:
    """Print a quote's article in a line, with `words` after a line of the quote."""
    head = Text(f"{number}  ", style="bold cyan")
    if words:
        head.append(f"“{shown(line_of(quote))}” ")
    head.append(shown(quote.citation.title), "" if words else "bold")
    head.append(f" · {shown(citation_line(quote.citation, now))}", "dim")
    terminal.print(head)
    terminal.print(Text(f"   {quote.citation.link}", style="blue"), soft_wrap=True)
    if quote.reported_by:
        terminal.print(Text(f"   also reported by {_others(quote.reported_by)}", style="dim"))


def _others(cited: Sequence[Citation]) -> str:
    """The sources and titles of the first OTHERS articles, and how many more there are."""
    named = ", ".join(f"{other.source}: {other.title}" for other in cited[:OTHERS])
    more = len(cited) - OTHERS
    return shown(f"{named} and {more} more" if more > 0 else named)


def _print_body(terminal: Terminal, pieces: Sequence[tuple[str, str]]) -> None:
    """Print an article's text on a terminal, with Markdown headings dimmed."""
    body = Padding(_styled(pieces), (0, 0, 0, 3))
    terminal.print(body, width=terminal.columns)


def _styled(pieces: Sequence[tuple[str, str]]) -> Text:
    text = Text()
    for piece, style in pieces:
        text.append(shown(piece), style)
    text.highlight_regex(_HEADING, "dim italic")
    return text


def _indented(text: str, prefix: str) -> str:
    lines = textwrap.indent(shown(text), prefix, lambda _line: True).split("\n")
    return "\n".join(line.rstrip() for line in lines)
