"""The state of a shared corpus, for its operator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.storage.sql.advisory_lock import Holder


@dataclass(frozen=True, slots=True)
class SharedCorpus:
    """A corpus that several processes share: the name of the database, without a password; the served
    generation of each collection; and who holds the lock for changing it."""

    name: str
    served: Mapping[str, str]
    changed_by: "Holder | None"
