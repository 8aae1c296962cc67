"""The connections that a server has."""

import time

import psycopg

PATIENCE = 10.0
"""Seconds that a server may take to notice that a connection ended."""


def connections(url: str, name: str, *, expected: int) -> int:
    """How many connections to the database have an application name that begins with this one, as soon as
    there are as many as expected, or after some time."""
    until = time.monotonic() + PATIENCE
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            [row] = connection.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND starts_with(application_name, %s)",
                (name,),
            )
            if row[0] == expected or time.monotonic() > until:
                return int(row[0])
            time.sleep(0.05)
