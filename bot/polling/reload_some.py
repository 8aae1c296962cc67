"""The callback by which polling has changed sources reloaded."""

from typing import Protocol

from bot.corpus_admin.reload import ReloadReport
from corpus.storage.registered import Source
from retrieval.progress import ProgressCallback


class ReloadSome(Protocol):
    """Publishes what some sources hold now."""

    def __call__(
        self, collection: str, only: frozenset[Source], progress: ProgressCallback, /
    ) -> ReloadReport:
        """Reload these sources of one collection from what was fetched of them; nothing is fetched. Raises
        NewsdeskError where that can't be done, and what `progress` raises."""
        ...
