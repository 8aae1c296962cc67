"""The progress of a change of the corpus."""

from bot.chat.refusal import Refusal


class ChangeProgress:
    """Is told by the thread that works how far it is, and tells it to stop; the last word of it counts."""

    def __init__(self) -> None:
        """Nothing was begun."""
        self.latest: tuple[str, int, int] | None = None
        self.stopping = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Called by whoever works. Raises Refusal if it must not go on."""
        if self.stopping:
            raise Refusal("stopping")
        self.latest = (what, done, total)
