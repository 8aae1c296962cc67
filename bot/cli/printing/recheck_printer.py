"""Prints the results of checking stored answers again."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from bot.answers.rechecking import QuoteCheck
from bot.cli.printing.terminal import Terminal, shown
from bot.desk.rechecker import Rechecker
from corpus.errors import WrongCall

_WORDS = {
    "unchanged": "unchanged",
    "stands": "the article was edited, these words stand",
    "moved": "moved",
    "changed": "changed",
    "withdrawn": "withdrawn: the article is no longer here",
}


def recheck_lines(rechecker: Rechecker, lines: TextIO, name: str) -> Iterator[tuple[str, QuoteCheck]]:
    """The article's id and the check of each quote in these lines of `newsdesk ask --json`.

    Raises WrongCall, with the file's `name` and the line number, if a line is not such an answer.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            for passage in row.get("passages", ()):
                yield str(passage["article_id"]), _check(rechecker, passage)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise WrongCall(
                f"{name}:{number}: not an answer ({error}): each line is one of `newsdesk ask --json`"
            ) from error


def _check(rechecker: Rechecker, passage: Mapping[str, Any]) -> QuoteCheck:
    return rechecker.check(
        str(passage["collection"]),
        str(passage["article_id"]),
        str(passage.get("version", "")),
        str(passage["shown"]),
        str(passage["title"]),
        str(passage["source"]),
    )


def recheck_row(article_id: str, check: QuoteCheck) -> dict[str, object]:
    """The check of a quote as a JSON object (`docs/json.md`)."""
    return {
        "article_id": article_id,
        "title": check.title,
        "source": check.source,
        "status": check.status.value,
        "was": check.was or None,
        "now": check.words or None,
        "now_in": check.article.id if check.article and check.words else None,
    }


def print_recheck(terminal: Terminal, check: QuoteCheck) -> None:
    """Print the check of a quote; both wordings if it changed."""
    terminal.say(shown(f"{check.title} ({check.source}): {_WORDS[check.status.value]}"))
    if check.status.value == "changed" and check.was:
        terminal.say(shown(f"  It said:      {check.was}"))
        terminal.say(shown(f"  It says now:  {check.words or 'nothing like it'}"))
    elif check.status.value == "moved" and check.article:
        terminal.say(shown(f"  The same words stand in: {check.article.title} ({check.article.id})"))
