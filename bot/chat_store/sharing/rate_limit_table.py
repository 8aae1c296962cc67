"""Rate limits over all processes: a token bucket for each person and channel."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    bindparam,
    case,
    cast,
    delete,
    literal,
    select,
    union_all,
    update,
)

from bot.chat_store.tables.chat_tables import paces
from corpus.storage.database import Database
from corpus.storage.sql.server_time import micros
from corpus.storage.sql.upserting import insert_into

MINUTE = 60_000_000
"""Microseconds in which an empty bucket refills."""
_OF = paces.c


class RateLimitTable:
    """Each key has a bucket with as many tokens as its limit per minute, which refills evenly. The time when
    it is full, on the database's clock, is stored."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def take(self, limits: Mapping[str, int]) -> float:
        """Take a token of every key, each with its limit per minute, and return 0.

        If one has none, no token is taken, and the seconds until all have one are returned.
        """
        if min(limits.values()) <= 0:
            return MINUTE / 1e6
        # Sorted, so that two calls can't deadlock.
        wanted = [(key, MINUTE // limit) for key, limit in sorted(limits.items())]
        values = {
            f"{name}{at}": one for at, row in enumerate(wanted) for name, one in zip("ks", row, strict=True)
        }
        taken = {key for (key,) in self._database.rows(_TAKING[len(wanted)], values)}
        if len(taken) == len(wanted):
            return 0.0
        for key, step in wanted:
            if key in taken:
                self._database.write(update(paces).values(until=_OF.until - step).where(_OF.key == key))
        left = select(_OF.key, _OF.until - micros()).where(_OF.key.in_(list(limits)))
        steps = dict(wanted)
        waits = (until + steps[key] - MINUTE for key, until in self._database.rows(left))
        return float(max(0.0, *waits, 1.0)) / 1e6

    def forget(self) -> None:
        """Delete the full buckets."""
        self._database.write(delete(paces).where(_OF.until < micros()))


def _taking(count: int) -> Executable:
    """The statement that takes a token of each of `count` keys that has one, and returns these keys."""
    now = micros()
    rows: list[Any] = [
        select(bindparam(f"k{at}"), now + cast(bindparam(f"s{at}"), BigInteger)) for at in range(count)
    ]
    # SQLite parses ON after a SELECT without WHERE as part of a join.
    wanted = union_all(*(one.where(literal(1) == 1) for one in rows))
    statement = insert_into(paces).from_select(["key", "until"], wanted)
    begun: ColumnElement[int] = case((_OF.until > now, _OF.until), else_=now)
    full = begun + (statement.excluded.until - now)
    return statement.on_conflict_do_update(
        index_elements=[_OF.key], set_={"until": full}, where=full - now <= MINUTE
    ).returning(_OF.key)


_TAKING = {count: _taking(count) for count in (1, 2)}
"""By the number of keys: the person, and the channel."""
