"""Showing answers, progress and reports on a terminal, and as plain text in a pipe."""

import json
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from bot.answers.answer import Answer, Citation, NoAnswer, Quote, quotes_of
from bot.answers.wording import age, counted, date_words, filters_words, read_words, searched_words
from bot.corpus_admin.json_rows import to_json
from bot.corpus_admin.reload import ReloadReport
from bot.runtime.finding import Finding
from corpus.article import Article
from corpus.problem import KEPT, total
from retrieval.progress import ProgressCallback

PROBLEMS_SHOWN = 20
WIDTH_LIMIT = 100
"""Columns of running text; longer lines are hard to read."""


PIPE_WIDTH = 100_000
"""Columns of a pipe: a program reads whole lines, so no cell of a table is cut."""

_JOINERS = "\u200c\u200d"
"""They shape the letters of several scripts, and emoji, and steer nothing."""
_HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)


def shown(text: str) -> str:
    """Text that can't steer a terminal: control characters other than line breaks become spaces."""
    return "".join(c if c == "\n" or c.isprintable() or c in _JOINERS else " " for c in text)


class Terminal:
    """Writes answers to standard output and everything else to standard error."""

    def __init__(self, out: Console | None = None) -> None:
        """Rich where the stream is a terminal, plain lines where it is not; `out` stands in for standard
        output."""
        piped = not sys.stdout.isatty()
        self._out = out or Console(highlight=False, soft_wrap=piped, width=PIPE_WIDTH if piped else None)
        self._err = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())

    def say(self, line: str) -> None:
        """A line of the answer's side."""
        self._out.print(Text(shown(line)))

    def notice(self, line: str) -> None:
        """A line that is not part of the output."""
        self._err.print(Text(f"newsdesk: {shown(line)}", style="yellow"))

    def json(self, row: object) -> None:
        """A line for programs."""
        line = to_json(row)
        if sys.stdout.encoding.lower() != "utf-8":
            line = json.dumps(row)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def read(self, lines: TextIO) -> str:
        """The next line that is typed or comes through a pipe, empty at the end."""
        if not (self._out.is_terminal and lines.isatty()):
            return lines.readline()
        with suppress(ImportError):
            import readline  # noqa: F401 - gives `input` its arrow keys and its history
        try:
            return input("\n? ") + "\n"
        except EOFError:
            self._out.print()
            return ""

    def table(self, table: Table) -> None:
        """A table, with lines on a terminal alone."""
        if not self._out.is_terminal:
            table.box = None
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
    def progress(self, *, piped: bool = True) -> Iterator[ProgressCallback]:
        """A bar for each stage of what takes long on a terminal; in a pipe a line each, if `piped`."""
        if not self._err.is_terminal:
            seen: set[str] = set()

            def line(what: str, _done: int, _total: int) -> None:
                if piped and what not in seen:
                    seen.add(what)
                    self._err.print(Text(f"{what} …"))

            yield line
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._err, transient=True) as bars:
            tasks: dict[str, TaskID] = {}

            def bar(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    for before in bars.tasks:  # whatever its total was, it is done
                        bars.update(before.id, total=before.completed)
                    tasks[what] = bars.add_task(what, total=total or None)
                bars.update(tasks[what], completed=done, total=total or None)

            yield bar

    def answer(self, result: Answer | NoAnswer, as_asked: str = "--as-asked") -> None:
        """An answer, or that there is none, and what was read out of the question; `as_asked` is what takes
        that back."""
        quotes = quotes_of(result)
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
        if reading := read_words(result.query):
            line = f"Read as: {reading}. As asked, without this: {as_asked}"
            self._out.print(Text(shown(line), style="dim"))

    def quotes(self, quotes: Sequence[Quote], now: datetime, *, first: int) -> None:
        """Quotes with their citations, numbered from `first`; one that is not verbatim is not shown."""
        for number, quote in enumerate(quotes, first):
            if quote.verbatim:
                self._quote(number, quote, now)

    def context(self, quote: Quote, before: str, after: str) -> None:
        """A quote, set off, between the sentences around it."""
        if self._out.is_terminal:
            self._body([(before, ""), (quote.text, "bold yellow"), (after, "")])
            return
        for text, prefix in ((before, "     "), (quote.text, "   > "), (after, "     ")):
            if text.strip():
                self._out.print(Text(_indented(text.strip(), prefix)))

    def article(self, article: Article) -> None:
        """A whole article."""
        self._out.print(Text(shown(article.title), style="bold"))
        parts = (article.source, article.author, date_words(article.published), article.url)
        self._out.print(Text(shown(" · ".join(part for part in parts if part)), style="dim"))
        self._out.print()
        self._out.print(_styled([(article.text, "")]), width=self._columns)

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
        refused = total(problem for problem in report.problems if problem.refused)
        problems = total(report.problems)
        for problem in report.problems[:PROBLEMS_SHOWN]:
            self.say(f"  {problem}")
        if len(report.problems) > PROBLEMS_SHOWN:
            listed = f"--json lists the first {KEPT} of each source"
            self.say(f"  … and {problems - PROBLEMS_SHOWN:,} more problems ({listed})")
        if refused:
            self.say(f"{counted(refused, 'article')} could not be taken.")
        if not report.dry_run:
            self.say(f"{counted(report.embedded, 'text')} embedded, {report.seconds:.1f} s.")

    def status(self, row: Mapping[str, Any]) -> None:
        """What is served, from where, and what can be gone back to."""
        self.say(f"Home {row['home']}")
        if not row["collections"]:
            self.say("Nothing is served yet: `newsdesk corpus add PATH`.")
        for name, collection in row["collections"].items():
            newest = f", the newest from {collection['newest']}" if collection["newest"] else ""
            self.say(f"\nCollection {name}: {counted(collection['articles'], 'article')}{newest}")
            for source in row["sources"]:
                if source["collection"] == name:
                    self.say(f"  source     {source['location']}")
            for article_id in collection["withdrawn"]:
                self.say(f"  withdrawn  {article_id}")
            for known in collection["generations"]:
                served = "served    " if known["generation"] == collection["current"] else "kept      "
                self.say(
                    f"  {served} {known['generation']}  {counted(known['articles'], 'article')}, "
                    f"{counted(known['passages'], 'passage')}"
                )
        for source in row["sources"]:
            if source["collection"] not in row["collections"]:
                self.say(
                    f"\nCollection {source['collection']}: not loaded yet\n  source     {source['location']}"
                )

    def findings(self, findings: Sequence[Finding]) -> None:
        """What the doctor found."""
        if not self._out.is_terminal:
            for finding in findings:
                self.say(f"{'ok' if finding.sound else 'FIX':<3}  {finding.what}: {finding.detail}")
            return
        grid = Table.grid(padding=(0, 2, 0, 0))
        for finding in findings:
            mark = Text("ok", "green") if finding.sound else Text("FIX", "bold red")
            grid.add_row(mark, Text(finding.what, "bold"), Text(shown(finding.detail), overflow="fold"))
        self._out.print(grid)

    def _quote(self, number: int, quote: Quote, now: datetime) -> None:
        self._out.print()
        head = Text(f"{number}  ", style="bold cyan")
        head.append(shown(quote.citation.title), "bold")
        self._out.print(head)
        if self._out.is_terminal:
            self._body([(piece, "bold yellow" if marked else "") for piece, marked in quote.marked()])
        else:
            marks = (f"**{piece}**" if marked else piece for piece, marked in quote.marked())
            self._out.print(Text(_indented("".join(marks), "   > ")))
        self._out.print(Text(f"   {shown(citation_line(quote.citation, now))}", style="dim"))
        self._out.print(Text(f"   {quote.citation.link}", style="blue"), soft_wrap=True)
        if quote.also_in:
            also = ", ".join(f"{copy.source}: {copy.title}" for copy in quote.also_in)
            self._out.print(Text(f"   also in {shown(also)}", style="dim"))

    def _body(self, pieces: Sequence[tuple[str, str]]) -> None:
        """Words of an article on a terminal, with the heading's marks of Markdown in the background."""
        body = Padding(_styled(pieces), (0, 0, 0, 3))
        self._out.print(body, width=self._columns)

    @property
    def _columns(self) -> int:
        return min(self._out.width, WIDTH_LIMIT) if self._out.is_terminal else PIPE_WIDTH


def _styled(pieces: Sequence[tuple[str, str]]) -> Text:
    text = Text()
    for piece, style in pieces:
        text.append(shown(piece), style)
    text.highlight_regex(_HEADING, "dim italic")
    return text


def _indented(text: str, prefix: str) -> str:
    lines = textwrap.indent(shown(text), prefix, lambda _line: True).split("\n")
    return "\n".join(line.rstrip() for line in lines)


def citation_line(citation: Citation, now: datetime) -> str:
    """Source, author, date and age on one line."""
    parts = [citation.source, citation.author, date_words(citation.published)]
    if citation.published:
        parts.append(age(citation.published, now))
    return " · ".join(part for part in parts if part)
