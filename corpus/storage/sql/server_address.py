"""The address of a PostgreSQL server."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A libpq connection string (`postgresql://…`) with hosts, database and other options. It may contain a
    password and is never shown."""

    conninfo: str = field(repr=False)
