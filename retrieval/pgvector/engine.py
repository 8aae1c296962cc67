"""Lets a server search the vectors of snapshots."""

import logging
import threading
from collections.abc import Callable, Set
from dataclasses import replace

from corpus.errors import NewsdeskError
from corpus.storage.sql.server_address import ServerAddress
from retrieval.index.snapshot import Snapshot
from retrieval.pgvector.segment_vectors import SegmentVectors
from retrieval.pgvector.server_nearest import EXACT_CHUNKS, ServerNearest

_log = logging.getLogger(__name__)


class PgvectorEngine:
    """Makes snapshots search their vectors on a server, and loads them into the server.

    Quoting, filtering and searching by words use the exact copy on the local disk, which is memory-mapped: a
    question only reads what it needs of it, and not every vector.
    """

    def __init__(
        self,
        address: ServerAddress,
        notice: Callable[[str], None],
        kept: Callable[[], Set[str]] | None = None,
        exact_chunks: int = EXACT_CHUNKS,
    ) -> None:
        """Connects on first use. `kept` returns the names of all segments whose tables are to stay; without
        it no table is loaded or dropped, as is right for a command that asks once."""
        self.vectors = SegmentVectors(address)
        self._notice, self._kept, self._exact_chunks = notice, kept, exact_chunks
        self._loading = threading.Lock()

    def __call__(self, snapshot: Snapshot) -> Snapshot:
        """The same snapshot, which searches its vectors on the server as soon as the server has them."""
        names = [one.name for one in snapshot.live]
        nearest = ServerNearest(self.vectors, names, self._notice, self._exact_chunks)
        served = replace(snapshot, nearest=nearest)
        try:
            nearest.look()
        except NewsdeskError as error:
            self._notice(str(error))
            return served
        if nearest.missing and self._kept is not None:
            threading.Thread(target=self.load, args=(served, nearest), name="vectors", daemon=True).start()
        return served

    def load(self, snapshot: Snapshot, nearest: ServerNearest) -> None:
        """Fill the tables that the server lacks, then drop those that no generation needs any more. Errors
        are reported to `notice`, and it is tried again with the next generation."""
        try:
            with self._loading:
                nearest.look()
                for one in snapshot.live:
                    if one.name in nearest.missing:
                        articles = one.segment.tables.chunks[:, 0]
                        self.vectors.load(one.name, articles, one.segment.dense.vectors)
                        nearest.look()
                        _log.info("the database has the vectors of segment %s", one.name)
                if self._kept is not None:
                    self.vectors.keep_only(self._kept() | {one.name for one in snapshot.live})
        except NewsdeskError as error:
            self._notice(f"{error}; the exact copies here answer until it has them")
