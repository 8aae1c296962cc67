"""The callback with which polling reloads changed sources."""

from typing import Protocol

from bot.corpus_admin.reload import ReloadReport
from corpus.storage.store_records import Source
from retrieval.progress import ProgressCallback


class ReloadSome(Protocol):
    """Publishes the current content of some sources."""

    def __call__(
        self, collection: str, only: frozenset[Source], progress: ProgressCallback, /
    ) -> ReloadReport:
        """Reload these sources of one collection from their cached content, without fetching. Raises
        NewsdeskError if that fails, and the errors of `progress`."""
        ...
