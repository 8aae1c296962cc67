"""The callback by which long tasks report their progress."""

from collections.abc import Callable

ProgressCallback = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""
