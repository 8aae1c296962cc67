"""Everything that is logged while tests run, looked through as it would reach an operator."""

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from bot.runtime.log_lines import INDENT, TextLines
from tools.local_platform.issued_secrets import issued_secrets_in

HEAD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w.-]+: ")
"""How a line of ours begins."""
KEYS = {
    "a response address": re.compile(
        r"//hooks\.slack(?:-gov)?\.com/\w|/(?:commands|actions|app)/T\w+/\w+/\w"
    ),
    "a token of an interaction": re.compile(r"/(?:interactions|webhooks)/\d+/\w"),
    "a ticket": re.compile(r"[?&]ticket=\w"),
}
"""What nobody may read in a log, by its form: also where no server of ours gave it out."""
DIRECTIONS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
MARKS = frozenset("\u061c\u200e\u200f")
"""Marks of a direction, which Unicode counts among the letters."""


class LogWatch(logging.Handler):
    """Formats each record as the log of `newsdesk run` does, and keeps what is wrong with it.

    The formatter is told no secret: what reaches it is found by its form, or does not get so far.
    """

    def __init__(self, formatter: logging.Formatter | None = None) -> None:
        """With the real formatter, unless another is given."""
        super().__init__()
        self.setFormatter(formatter or TextLines(()))
        self._faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Look through it; nothing is raised where it was logged."""
        try:
            text = self.format(record)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test is told
            self._faults.append(f"{record.msg!r} can't be formatted: {error!r}")
            return
        traced = bool(record.exc_info or record.stack_info)
        self._faults += [f"{fault}: {text!r}" for fault in faults(text, traced=traced)]

    def taken(self) -> list[str]:
        """What was wrong since this was last asked, with the lines."""
        found, self._faults = self._faults, []
        return found

    @contextmanager
    def watching(self) -> Iterator[None]:
        """For the time of the block, over all loggers, at the levels they have."""
        root = logging.getLogger()
        root.addHandler(self)
        try:
            yield
        finally:
            root.removeHandler(self)


def faults(text: str, *, traced: bool = False) -> list[str]:
    """What is wrong with a record as it was formatted; with a traceback where it is `traced`."""
    first, *more = text.split("\n")
    found = leaks(text)
    if not HEAD.match(first):
        found.append("no time, level and name")
    if more and not traced:
        found.append("more than one line")
    if not all(line.startswith(INDENT) for line in more):
        found.append("a line of a traceback that could pass for a record")
    return found


def leaks(text: str) -> list[str]:
    """What nobody may read in it, and what would steer a terminal or a viewer."""
    found = [f"the secret {secret}" for secret in issued_secrets_in(text)]
    found += [name for name, form in KEYS.items() if form.search(text)]
    for line in text.split("\n"):
        if not line.isprintable():  # seldom, and quickly found out
            found += [f"a raw {letter!a}" for letter in line if _steers(letter)]
    return found


def _steers(letter: str) -> bool:
    if letter == "\t" or letter.isprintable():
        return False
    return (
        unicodedata.category(letter) in {"Cc", "Zl", "Zp"}
        or unicodedata.bidirectional(letter) in DIRECTIONS
        or letter in MARKS
    )
