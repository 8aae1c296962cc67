"""The polling state of each source: when it is polled next, and its last error."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, update

from corpus.dates import format_moment, parse_moment
from corpus.problem import Problem, total
from corpus.storage.sql.upserting import put
from corpus.storage.store import Store
from corpus.storage.store_records import Source
from corpus.storage.store_tables import marks, origins, source_states, sources


@dataclass(frozen=True, slots=True)
class SourceState:
    """The polling state of a source. Times are None if there was no such event yet.

    `due` is when it is polled next. `failures` counts the failures in a row, the first of them at
    `failing_since`, the last with the message `error`; `told` is whether the administrator was told. `moved`
    is the address of a permanent redirect, `moves` how often in a row it was seen. `unread` means that
    something was fetched that no reload has read yet. `stamp` is a digest of the content at the last poll, or
    the metadata of files.
    """

    due: datetime | None = None
    succeeded: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    error: str = ""
    told: bool = False
    moved: str = ""
    moves: int = 0
    unread: bool = False
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """The problems of a source when it was last read: rejected articles, and remarks on accepted ones. Their
    texts are not stored, because they quote articles that may have to be erased; reading the source again
    shows them."""

    refused: int = 0
    remarks: int = 0


def counted_problems(problems: Iterable[Problem]) -> ProblemCount:
    """The counts of these problems of one source."""
    told = list(problems)
    refused = total(one for one in told if one.refused)
    return ProblemCount(refused, total(told) - refused)


NEVER_ASKED = SourceState()
_PROBLEMS = "problems "
"""The prefix of the marks with the sources' problems."""
_COLUMNS = tuple(one.name for one in fields(SourceState))


class SourceStates:
    """Reads and writes the table of polling states."""

    def __init__(self, store: Store) -> None:
        """The store must stay open while this is used."""
        self._store = store

    def all(self) -> Mapping[Source, SourceState]:
        """The state of each source that was ever polled."""
        named = (source_states.c[name] for name in _COLUMNS)
        rows = self._store.rows(select(source_states.c.collection, source_states.c.location, *named))
        return {Source(row.collection, self._store.to_local(row.location)): _state(row) for row in rows}

    def get(self, source: Source) -> SourceState:
        """The state of one source."""
        return self.all().get(source, NEVER_ASKED)

    def put(self, source: Source, state: SourceState) -> None:
        """Replace the state of a source; does nothing if the source is not registered."""
        written = (
            _written(state.due),
            _written(state.succeeded),
            state.failures,
            _written(state.failing_since),
            state.error,
            int(state.told),
            state.moved,
            state.moves,
            int(state.unread),
            state.stamp,
        )
        values = (
            literal(one, source_states.c[name].type) for name, one in zip(_COLUMNS, written, strict=True)
        )
        key = (sources.c.collection, sources.c.location)
        location = self._store.to_stored(source.location)
        row = select(*key, *values).where(key[0] == source.collection, key[1] == location)
        names = [one.name for one in key]
        self._store.write(put(source_states).from_select([*names, *_COLUMNS], row))

    def problems(self) -> Mapping[Source, ProblemCount]:
        """The problems that each registered source had when it was last read."""
        begins = func.substr(marks.c.name, 1, len(_PROBLEMS)) == _PROBLEMS
        rows = self._store.rows(select(marks.c.name, marks.c.value).where(begins))
        noted = {str(name): str(value) for name, value in rows}
        return {one: _count(noted.get(self._mark(one))) for one in self._store.sources()}

    def put_problems(self, source: Source, problems: Iterable[Problem]) -> None:
        """Count the problems of a source that was read, and replace its former count."""
        count = counted_problems(problems)
        name = self._mark(source)
        if count != _count(self._store.mark(name)):
            self._store.set_mark(name, f"{count.refused} {count.remarks}")

    def _mark(self, source: Source) -> str:
        # A digest, because the mark outlives the source, and its address may have to be erased.
        named = f"{source.collection}\n{self._store.to_stored(source.location)}"
        return f"{_PROBLEMS}{hashlib.sha256(named.encode(errors='replace')).hexdigest()}"

    def move(self, source: Source, location: str) -> Source:
        """Move a source to another location, with its articles and its state. Returns the new source."""
        there = Source(source.collection, location, source.options)
        with self._store.transaction():
            self._store.add_source(there)
            self._store.write(
                update(origins)
                .where(
                    origins.c.source_collection == source.collection,
                    origins.c.source_location == self._store.to_stored(source.location),
                )
                .values(source_location=self._store.to_stored(location))
            )
            state = self.all().get(source)
            self._store.remove_source(source)
            if state:
                self.put(there, replace(state, moved="", moves=0))
        return there


def _count(noted: str | None) -> ProblemCount:
    return ProblemCount(*map(int, noted.split())) if noted else ProblemCount()


def _state(row: Any) -> SourceState:
    return SourceState(
        due=_read(row.due),
        succeeded=_read(row.succeeded),
        failures=row.failures,
        failing_since=_read(row.failing_since),
        error=row.error,
        told=bool(row.told),
        moved=row.moved,
        moves=row.moves,
        unread=bool(row.unread),
        stamp=row.stamp,
    )


def _written(moment: datetime | None) -> str | None:
    return format_moment(moment.replace(microsecond=0)) if moment else None


def _read(text: str | None) -> datetime | None:
    return parse_moment(text) if text else None
