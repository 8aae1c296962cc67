"""The callback with which polling reloads changed sources."""

from typing import Protocol

from bot.corpus_admin.reload import ReloadReport
from corpus.plan import ReloadRequest
from retrieval.progress import ProgressCallback


class ReloadWithProgress(Protocol):
    """Reloads what is requested and reports its progress, like `Desk.reload`."""

    def __call__(self, request: ReloadRequest, *, progress: ProgressCallback) -> ReloadReport:
        """Reload. Raises NewsdeskError if that fails, and the errors of `progress`."""
        ...
