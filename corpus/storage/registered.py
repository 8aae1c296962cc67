"""Value types of the store: sources and events of the history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Version = tuple[str, str, str]
"""Collection, article id and version."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place that a reload reads: an absolute file, folder or pattern, or a web address.

    `options` is what was said of it, as JSON can keep it; it does not tell one source from another.
    """

    collection: str
    location: str
    options: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """One act in a home's history: what was done to which collection, and what came of it."""

    at: datetime
    act: str
    collection: str
    generation: str | None
    detail: Mapping[str, object]
