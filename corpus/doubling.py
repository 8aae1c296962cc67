"""Pauses that double with each failure in a row."""

from datetime import timedelta
from typing import TypeVar

Pause = TypeVar("Pause", float, timedelta)

MOST_DOUBLINGS = 20
"""The doublings that are counted. They make twelve days of a second; 1,024 are more than a float can hold."""


def doubled(first: Pause, times: int, longest: Pause) -> Pause:
    """The first pause, doubled so many times, and at most the longest."""
    return min(first * 2.0 ** min(times, MOST_DOUBLINGS), longest)
