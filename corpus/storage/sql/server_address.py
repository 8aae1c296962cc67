"""The address of a PostgreSQL server."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """What libpq connects by (`postgresql://…`): hosts, database, and any of its options. It may hold a
    password and is never shown."""

    conninfo: str = field(repr=False)
