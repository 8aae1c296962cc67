"""Standard output and standard error: lines, tables and progress, rich on a terminal and plain in a pipe."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from bot.cli.printing.json_line import to_json
from corpus.text import JOINERS, printable
from retrieval.progress import ProgressCallback

WIDTH_LIMIT = 100
"""The most columns of running text; longer lines are hard to read."""


PIPE_WIDTH = 100_000
"""The columns of a pipe: programs need whole lines, so no line or table cell is cut."""


LOCALES = ("LC_ALL", "LC_TIME", "LANG")
"""The POSIX variables with the locale of dates; the first that is set counts."""


def shown(text: str) -> str:
    """The text with control characters other than line breaks replaced by spaces, safe for a terminal."""
    return printable(text, kept=f"\n{JOINERS}")


def day_first_here() -> bool:
    """Whether 03/04 means the third of April here, by the locale of dates in the environment."""
    from retrieval.dates.figures import puts_day_first  # imports Babel, which only questions need

    return puts_day_first(next((os.environ[name] for name in LOCALES if os.environ.get(name)), ""))


class Terminal:
    """Writes answers to standard output and everything else to standard error."""

    def __init__(self, out: Console | None = None) -> None:
        """The output is rich on a terminal and plain elsewhere; `out` replaces standard output in tests."""
        piped = not sys.stdout.isatty()
        self._out = out or Console(highlight=False, soft_wrap=piped, width=PIPE_WIDTH if piped else None)
        self._err = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())

    def say(self, line: str) -> None:
        """Print a line on standard output."""
        self._out.print(Text(shown(line)))

    def notice(self, line: str) -> None:
        """Print a line on standard error."""
        self._err.print(Text(f"newsdesk: {shown(line)}", style="yellow"))

    def json(self, row: object) -> None:
        """Print a value as a line of JSON on standard output."""
        line = to_json(row)
        if sys.stdout.encoding.lower() != "utf-8":
            line = json.dumps(row)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def read(self, lines: TextIO) -> str:
        """The next line that is typed or read from a pipe, with its line break; empty at the end."""
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
        """Print a table; only on a terminal it has rules."""
        if not self._out.is_terminal:
            table.box = None
        self._out.print(table)

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Show a spinner on a terminal during something long; nothing in a pipe."""
        if not self._err.is_terminal:
            yield
            return
        with self._err.status(f"{what} …", spinner="dots"):
            yield

    @contextmanager
    def progress(self, *, piped: bool = True) -> Iterator[ProgressCallback]:
        """Show the progress of something long: on a terminal a bar for each stage, in a pipe a line for each
        stage if `piped`."""
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
                    for before in bars.tasks:  # a new stage completes the earlier ones, whatever their totals
                        bars.update(before.id, total=before.completed)
                    tasks[what] = bars.add_task(what, total=total or None)
                bars.update(tasks[what], completed=done, total=total or None)

            yield bar

    def print(self, renderable: RenderableType = "", **how: Any) -> None:
        """Print something that rich renders on standard output."""
        self._out.print(renderable, **how)

    @property
    def is_terminal(self) -> bool:
        """Whether standard output is a terminal."""
        return self._out.is_terminal

    @property
    def columns(self) -> int:
        """The columns for running text."""
        return min(self._out.width, WIDTH_LIMIT) if self._out.is_terminal else PIPE_WIDTH
