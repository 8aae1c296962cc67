"""The processes on one database, each with a heartbeat counter."""

from sqlalchemy import delete, select, update

from bot.chat_store.tables.chat_tables import processes
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

_OF = processes.c


class ProcessTable:
    """Reads and writes processes. A process that has ended is recognised by its counter alone, so that no two
    clocks are compared."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def add(self, process: str, platforms: str) -> None:
        """Add a process, with the platforms that it answers on, separated by spaces."""
        self._database.write(put(processes, {"id": process, "beats": 0, "platforms": platforms}))

    def beat(self, process: str) -> bool:
        """Increment a process's counter; False if it was removed as ended."""
        counted = update(processes).values(beats=_OF.beats + 1).where(_OF.id == process)
        return self._database.write(counted)

    def all(self) -> dict[str, tuple[int, str]]:
        """The counter of each process, and the platforms that it answers on."""
        rows = self._database.rows(select(_OF.id, _OF.beats, _OF.platforms))
        return {process: (beats, platforms) for process, beats, platforms in rows}

    def remove(self, process: str, beats: int | None = None) -> bool:
        """Remove a process that has ended; with `beats`, False if its counter has changed since that was
        read."""
        ended = delete(processes).where(_OF.id == process)
        return self._database.write(ended if beats is None else ended.where(_OF.beats == beats))
