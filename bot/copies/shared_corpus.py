"""The state of a shared corpus, for its operator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.storage.sql.advisory_lock import Holder


@dataclass(frozen=True, slots=True)
class SharedCorpus:
    """Where a corpus is that processes share: the name of the database, without a password, the generation
    that is served of each collection, and who has the right to change it at the moment."""

    name: str
    served: Mapping[str, str]
    changed_by: "Holder | None"
