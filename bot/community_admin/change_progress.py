"""The progress of a change of the corpus."""

from bot.chat.refusal import Refusal


class ChangeProgress:
    """Receives the progress of a change from its thread, and tells that thread to stop; the latest progress
    counts."""

    def __init__(self) -> None:
        """Nothing was started yet."""
        self.latest: tuple[str, int, int] | None = None
        self.stopping = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Store the progress. Raises Refusal if the work is to stop."""
        if self.stopping:
            raise Refusal("stopping")
        self.latest = (what, done, total)
