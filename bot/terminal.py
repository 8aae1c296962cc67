"""Showing answers, progress and reports on a terminal, and as plain text in a pipe."""

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from bot.answer import Answer, Citation, NoAnswer, Quote
from bot.doctor import Finding
from bot.reload import ReloadReport
from bot.wording import age, date_words, filters_words, searched_words
from corpus.article import Article
from retrieval.generation import Stage

PROBLEMS_SHOWN = 20
WIDTH_LIMIT = 100
"""Columns of running text; longer lines are hard to read."""


def shown(text: str) -> str:
    """Text that can't steer a terminal: control characters other than line breaks become spaces."""
    return "".join(c if c == "\n" or (c.isprintable() and c != "\u2028") else " " for c in text)


class Terminal:
    """Writes answers to standard output and everything else to standard error."""

    def __init__(self) -> None:
        """Rich where the stream is a terminal, plain lines where it is not."""
        self._out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
        self._err = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())

    def say(self, line: str) -> None:
        """A line of the answer's side."""
        self._out.print(Text(shown(line)))

    def notice(self, line: str) -> None:
        """A line that is not part of the output."""
        self._err.print(Text(f"newsdesk: {shown(line)}", style="yellow"))

    def line(self, line: str) -> None:
        """A line for programs, exactly as it is."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def prompt(self, text: str) -> None:
        """A prompt on a terminal, nothing in a pipe."""
        if self._out.is_terminal:
            self._out.print(Text(text, style="bold cyan"), end="")

    def table(self, table: Table) -> None:
        """A table."""
        self._out.print(table)

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """A spinner on a terminal while something takes long; nothing in a pipe."""
        if not self._err.is_terminal:
            yield
            return
        with self._err.status(f"{what} …", spinner="dots"):
            yield

    @contextmanager
    def progress(self) -> Iterator[Stage]:
        """A bar for each stage of a reload on a terminal; a line each in a pipe."""
        if not self._err.is_terminal:
            seen: set[str] = set()

            def line(what: str, _done: int, _total: int) -> None:
                if what not in seen:
                    seen.add(what)
                    self._err.print(Text(f"{what} …"))

            yield line
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._err, transient=True) as bars:
            tasks: dict[str, TaskID] = {}

            def bar(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = bars.add_task(what, total=total or None)
                bars.update(tasks[what], completed=done, total=total or None)

            yield bar

    def answer(self, result: Answer | NoAnswer) -> None:
        """An answer, or that there is none."""
        quotes = result.quotes if isinstance(result, Answer) else result.nearest
        if isinstance(result, NoAnswer):
            self._out.print(Text("No answer in the corpus.", style="bold"))
            self._out.print(Text(searched_words(result.searched, result.query)))
            if quotes:
                self._out.print(Text("The nearest passages, which may not answer:", style="italic"))
        elif filters := filters_words(result.query):
            self._out.print(Text(f"Only {filters}.", style="italic"))
        self.quotes(quotes, result.query.asked_at, first=1)
        if isinstance(result, Answer):
            self._out.print(Text(f"\nConfidence {result.confidence:.0%}.", style="dim"))

    def quotes(self, quotes: Sequence[Quote], now: datetime, *, first: int) -> None:
        """Quotes with their citations, numbered from `first`; one that is not verbatim is not shown."""
        for number, quote in enumerate(quotes, first):
            if quote.verbatim:
                self._quote(number, quote, now)

    def context(self, quote: Quote, before: str, after: str) -> None:
        """A quote in bold between the sentences around it."""
        text = Text(shown(before))
        text.append(shown(quote.text), "bold yellow")
        text.append(shown(after))
        self._out.print(text, width=min(self._out.width, WIDTH_LIMIT))

    def article(self, article: Article) -> None:
        """A whole article."""
        self._out.print(Text(shown(article.title), style="bold"))
        parts = (article.source, article.author, date_words(article.published), article.url)
        self._out.print(Text(shown(" · ".join(part for part in parts if part)), style="dim"))
        self._out.print()
        self._out.print(Text(shown(article.text)))

    def report(self, report: ReloadReport) -> None:
        """What a reload did, and its first problems."""
        for plan in report.plans:
            counts = (
                f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.removed)} removed, "
                f"{len(plan.unchanged)} unchanged"
            )
            withdrawn = f", {len(plan.withdrawn)} withdrawn" if plan.withdrawn else ""
            generation = report.generations.get(plan.collection)
            outcome = (
                "nothing was changed (dry run)"
                if report.dry_run
                else f"generation {generation} is served"
                if generation
                else "nothing to do"
            )
            self.say(f"{plan.collection}: {counts}{withdrawn}; {outcome}.")
        refused = sum(problem.refused for problem in report.problems)
        for problem in report.problems[:PROBLEMS_SHOWN]:
            self.say(f"  {problem}")
        if len(report.problems) > PROBLEMS_SHOWN:
            self.say(f"  … and {len(report.problems) - PROBLEMS_SHOWN} more problems (--json lists all)")
        if refused:
            self.say(f"{refused} article{'s' if refused > 1 else ''} could not be taken.")
        self.say(f"{report.embedded} texts embedded, {report.seconds:.1f} s.")

    def status(self, row: Mapping[str, Any]) -> None:
        """What is served, as tables."""
        shown_table = Table(
            "collection", "articles", "newest", "generation", "served", title=str(row["home"])
        )
        for name, collection in row["collections"].items():
            for known in collection["generations"]:
                served = known["generation"] == collection["current"]
                shown_table.add_row(
                    name,
                    str(known["articles"]),
                    collection["newest"] or "–" if served else "",
                    known["generation"],
                    "served" if served else "",
                )
        self._out.print(shown_table)
        for source in row["sources"]:
            self.say(f"source of {source['collection']}: {source['location']}")

    def findings(self, findings: Sequence[Finding]) -> None:
        """What the doctor found."""
        for finding in findings:
            mark = Text("ok   " if finding.sound else "FIX  ", style="green" if finding.sound else "bold red")
            mark.append(f"{finding.what}: ", "bold")
            mark.append(shown(finding.detail), "")
            self._out.print(mark)

    def _quote(self, number: int, quote: Quote, now: datetime) -> None:
        self._out.print()
        head = Text(f"{number}  ", style="bold cyan")
        head.append(shown(quote.citation.title), "bold")
        self._out.print(head)
        body = Text()
        for piece, marked in quote.marked():
            body.append(shown(piece), "bold yellow" if marked else "")
        if self._out.is_terminal:
            self._out.print(Padding(body, (0, 0, 0, 3)), width=min(self._out.width, WIDTH_LIMIT))
        else:
            marked_text = "".join(
                f"**{shown(piece)}**" if marked else shown(piece) for piece, marked in quote.marked()
            )
            self._out.print(Text(textwrap.indent(marked_text, "   > ", lambda _line: True)))
        self._out.print(Text(f"   {shown(citation_line(quote.citation, now))}", style="dim"))
        self._out.print(Text(f"   {quote.citation.link}", style="blue"), soft_wrap=True)
        if quote.also_in:
            also = ", ".join(f"{copy.source}: {copy.title}" for copy in quote.also_in)
            self._out.print(Text(f"   also in {shown(also)}", style="dim"))


def citation_line(citation: Citation, now: datetime) -> str:
    """Source, author, date and age on one line."""
    parts = [citation.source, citation.author, date_words(citation.published)]
    if citation.published:
        parts.append(age(citation.published, now))
    return " · ".join(part for part in parts if part)
