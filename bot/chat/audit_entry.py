"""An entry of the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One administrative act: who did what, and with what result. `name` is the person's."""

    at: datetime
    person: str
    name: str
    act: str
    detail: Mapping[str, object]
    result: str
