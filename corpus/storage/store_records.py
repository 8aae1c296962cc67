"""Value types of the store: sources and events of the history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Version = tuple[str, str, str]
"""The collection, id and version of an article."""


@dataclass(frozen=True, slots=True)
class Source:
    """A registered source: an absolute path of a file or folder, a glob pattern, or a web address.

    `options` are its reading options in JSON's types; they are not part of its identity.
    """

    collection: str
    location: str
    options: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """One event in a home's history: the action, its collection, and its result."""

    at: datetime
    act: str
    collection: str
    generation: str | None
    detail: Mapping[str, object]
