"""The database's clock, which all of its processes share."""

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class micros(FunctionElement[int]):  # noqa: N801 - a function in SQL
    """Microseconds since 1970; constant within a statement."""

    type = BigInteger()
    inherit_cache = True


@compiles(micros, "postgresql")
def _of_server(_element: micros, _compiler: Any, **_: Any) -> str:
    return "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS BIGINT)"


@compiles(micros, "sqlite")
def _of_file(_element: micros, _compiler: Any, **_: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"
