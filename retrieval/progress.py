"""How far long work is."""

from collections.abc import Callable

Stage = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""
