"""A vote on an answer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's vote on one answer."""

    person: str
    helpful: bool
    reason: str
    at: datetime
