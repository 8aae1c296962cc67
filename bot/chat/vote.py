"""A vote on an answer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person thinks of one answer."""

    person: str
    helpful: bool
    reason: str
    at: datetime
