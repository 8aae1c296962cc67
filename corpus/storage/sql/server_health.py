"""The state of a PostgreSQL server, for its operator."""

import time
from dataclasses import dataclass

from corpus.storage.sql.postgres_server import server
from corpus.storage.sql.server_address import ServerAddress

_ASKED = """
SELECT current_setting('server_version'), pg_is_in_recovery(),
    current_setting('transaction_read_only') = 'on',
    (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
    current_setting('max_connections')::int, pg_database_size(current_database()),
    coalesce(nullif(current_setting('synchronous_standby_names'), ''), 'none')
"""


@dataclass(frozen=True, slots=True)
class ServerHealth:
    """The server's own information, and how many milliseconds it took to answer."""

    name: str
    version: str
    only_reads: bool
    connections: int
    most_connections: int
    megabytes: int
    synchronous: str
    milliseconds: float

    def __str__(self) -> str:
        kept = "" if self.synchronous == "none" else f", kept by standbys too ({self.synchronous})"
        return (
            f"{self.name}: PostgreSQL {self.version}{kept}, {self.megabytes:,} MB, {self.connections} of "
            f"{self.most_connections} connections, answers in {self.milliseconds:.1f} ms"
        )


def look(address: ServerAddress) -> ServerHealth:
    """Query the server. Raises DatabaseAway, HomeUnusable, StoreUnusable."""
    there = server(address)
    connection = there.raw_connection("newsdesk doctor")
    try:
        with there.translating_errors():
            begun = time.monotonic()
            row = connection.execute(_ASKED).fetchone()
            took = time.monotonic() - begun
    finally:
        connection.close()
    assert row  # noqa: S101 - the query always returns a row
    version, standby, reads, connections, most, size, synchronous = row
    return ServerHealth(
        there.name,
        str(version).split()[0],
        bool(standby or reads),
        connections,
        most,
        size // 1_000_000,
        synchronous,
        took * 1000,
    )
