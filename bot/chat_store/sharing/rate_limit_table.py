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
"""Microseconds in which an empty bucket is full again."""
_OF = paces.c


class RateLimitTable:
    """Each key has a bucket of as many tokens as its limit a minute, which fills evenly. What is kept is the
    moment, on the database's clock, when it is full."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened one of the chats."""
        self._database = database

    def take(self, limits: Mapping[str, int]) -> float:
        """Take a token for every key, each with its limit a minute, and return 0.

        Where one has none, none is taken, and the seconds until all have one are returned.
        """
        if min(limits.values()) <= 0:
            return MINUTE / 1e6
        # In one order, so that no two wait for each other.
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
        """Forget the buckets that are full."""
        self._database.write(delete(paces).where(_OF.until < micros()))


def _taking(count: int) -> Executable:
    """Takes a token of each of so many keys that has one, and tells which."""
    now = micros()
    rows: list[Any] = [
        select(bindparam(f"k{at}"), now + cast(bindparam(f"s{at}"), BigInteger)) for at in range(count)
    ]
    # SQLite takes what follows a SELECT without WHERE for a part of a join.
    wanted = union_all(*(one.where(literal(1) == 1) for one in rows))
    statement = insert_into(paces).from_select(["key", "until"], wanted)
    begun: ColumnElement[int] = case((_OF.until > now, _OF.until), else_=now)
    full = begun + (statement.excluded.until - now)
    return statement.on_conflict_do_update(
        index_elements=[_OF.key], set_={"until": full}, where=full - now <= MINUTE
    ).returning(_OF.key)


_TAKING = {count: _taking(count) for count in (1, 2)}
"""By how many keys are counted: whoever asks, and where."""
