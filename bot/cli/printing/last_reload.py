"""Skips a reload in the terminal that would find nothing changed.

A reload imports the database library, the readers of every format and the search, and checks each byte that
is served, which takes most of a second. If no file of the home and of the sources has changed since the last
reload, the report would be the same, and the stored one is printed instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.models.packaged import PACKAGED

if TYPE_CHECKING:
    from bot.cli.printing.terminal import Terminal
    from bot.corpus_admin.home import Home
    from bot.settings import Settings

FILE = "reload.json"
SETTLED = 2.0
"""Seconds after which another change of a file surely has another time: FAT stores times in steps of two."""
_LEFT_OUT = frozenset((FILE, "pages", "fetched", "uploads"))
"""Entries of a home that do not affect a reload; uploads do, but they are checked as sources."""

Row = Mapping[str, object]
"""The report of a reload (`bot.corpus_admin.corpus_json.report_row`)."""


def _today() -> date:
    return datetime.now(UTC).date()


class LastReload:
    """The report of the last reload, stored in the home with a hash of the state that it is valid for.

    It is only used if the home is a folder that never served chats, the model is the packaged one, and all
    sources are files or folders. It is valid for one day, since a reload erases text that has not been served
    for a number of days.
    """

    def __init__(self, settings: Settings, today: Callable[[], date] = _today) -> None:
        """Nothing is read yet; this must be created before the reload begins. `today` is another day in
        tests."""
        self._today = today
        self._home = settings.home.expanduser().absolute()
        self._keep = settings.keep_text_days
        self._fits = settings.model == PACKAGED and not settings.database
        self._begun = time.time()

    def row(self) -> Row | None:
        """The stored report, if a reload would give the same; None if it may not."""
        if not self._fits or self._has_chats:
            return None
        try:
            kept = json.loads((self._home / FILE).read_bytes())
            state = self._state(self._entries(kept["sources"]))
            return kept["row"] if kept["state"] == state else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def tell_again(self, terminal: Terminal, *, as_json: bool) -> bool:
        """Print the stored report if a reload would give the same; return whether it was printed."""
        from bot.cli.printing.reload_lines import print_collections, print_work

        told = self.row()
        if told is None:
            return False
        row = {**told, "seconds": round(time.time() - self._begun, 2)}
        if as_json:
            terminal.json(row)
        else:
            print_collections(terminal, row)
            print_work(terminal, row)
        return True

    def keep(self, row: Row, home: Home) -> None:
        """Store the report of a reload of all sources that began after this object was created.

        Nothing is stored if the next report might differ, or if the file can't be written. The caller must
        hold the home's lock.
        """
        from corpus.storage.atomic_write import write_atomically

        if not self._fits or self._has_chats or not _told_nothing(row):
            return
        with home.store() as store:
            sources = sorted({source.location for source in store.sources()})
        with suppress(OSError):
            if not all(Path(one).is_absolute() and Path(one).exists() for one in sources):
                return
            entries = list(self._entries(sources))
            if all(self._is_settled(entry) for _, entry in entries):
                kept = {"state": self._state(entries), "sources": sources, "row": row}
                write_atomically(home.disk, self._home / FILE, json.dumps(kept).encode(), self._home)

    @property
    def _has_chats(self) -> bool:
        """Whether this home ever served chats: then a reload also settles what they left."""
        return (self._home / "chats.sqlite3").exists()

    def _state(self, entries: Iterable[tuple[str, os.stat_result]]) -> str:
        """SHA-256 (hex) of everything that a reload depends on."""
        from importlib import metadata

        told = [
            (path, one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino, one.st_mode)
            for path, one in entries
        ]
        open_to = self._home.stat().st_mode
        state = [metadata.version("newsdesk"), str(self._today()), self._keep, open_to, told]
        return hashlib.sha256(json.dumps(state).encode()).hexdigest()

    def _entries(self, sources: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
        """(path, status) of every file and folder of the home and of the sources."""
        with os.scandir(self._home) as found:
            ours = sorted(one.path for one in found if one.name not in _LEFT_OUT and ".lock" not in one.name)
        for path in (*ours, *sources):
            one = os.stat(path)  # noqa: PTH116 - as quick as can be, of thousands
            yield path, one
            if os.path.isdir(path):  # noqa: PTH112
                yield from _below(path)

    def _is_settled(self, entry: os.stat_result) -> bool:
        """Whether a file last changed before the reload began: a later change may not have been read."""
        return max(entry.st_mtime, entry.st_ctime) < self._begun - SETTLED


def _below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """(path, status) of every file and folder below a folder, except hidden ones; links are not followed."""
    with os.scandir(folder) as found:
        entries = sorted((one for one in found if not one.name.startswith(".")), key=lambda one: one.name)
    for one in entries:
        yield one.path, one.stat(follow_symlinks=False)
        if one.is_dir(follow_symlinks=False):
            yield from _below(one.path)


def _told_nothing(row: Row) -> bool:
    """Whether nothing was changed and no problem was reported."""
    collections = row["collections"]
    return (
        not (row["dry_run"] or row["embedded"] or row["problems"])
        and isinstance(collections, Mapping)
        and not any(told for one in collections.values() for name, told in one.items() if name != "unchanged")
    )
