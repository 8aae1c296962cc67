"""The processes on one database, each with a heartbeat counter."""

from sqlalchemy import delete, select, update

from bot.chat_store.tables.chat_tables import processes
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

_OF = processes.c


class ProcessTable:
    """Reads and writes processes. One that counts no more is known by that alone: no two clocks are
    compared."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened one of the chats."""
        self._database = database

    def add(self, process: str, platforms: str) -> None:
        """A process is there, and answers on these platforms, as words in a row."""
        self._database.write(put(processes, {"id": process, "beats": 0, "platforms": platforms}))

    def beat(self, process: str) -> bool:
        """Count a process's number up; False if it was taken for one that has ended."""
        counted = update(processes).values(beats=_OF.beats + 1).where(_OF.id == process)
        return self._database.write(counted)

    def all(self) -> dict[str, tuple[int, str]]:
        """The number of each, and the platforms that it answers on."""
        rows = self._database.rows(select(_OF.id, _OF.beats, _OF.platforms))
        return {process: (beats, platforms) for process, beats, platforms in rows}

    def remove(self, process: str, beats: int | None = None) -> bool:
        """A process has ended; with `beats`, False if it has counted on since that was read."""
        ended = delete(processes).where(_OF.id == process)
        return self._database.write(ended if beats is None else ended.where(_OF.beats == beats))
