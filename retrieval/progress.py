"""The callback by which long tasks report their progress."""

from collections.abc import Callable

ProgressCallback = Callable[[str, int, int], None]
"""Called with the name of the current step, the amount that is done, and the total."""


def ignore_progress(_step: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""
