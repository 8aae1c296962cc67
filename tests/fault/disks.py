"""Disks that fail, or that are looked at while they work."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fault.newsroom import QuickDisk

ACTS = ("make_folder", "write", "link", "sync", "sync_folder", "replace", "remove")
"""All that is done to a disk."""
Fails = Callable[[str, int], bool]
"""Whether the call of this name and number fails."""


class WatchedDisk(QuickDisk):
    """Hands each act with its arguments to `watch` before it does it, and does not where that raises."""

    def __init__(self, watch: Callable[..., object]) -> None:
        self.watch = watch


def _watched(act: str) -> Callable[..., None]:
    def method(disk: WatchedDisk, *arguments: Any) -> None:
        if act == "write" and not isinstance(arguments[1], bytes):
            arguments = (arguments[0], b"".join(arguments[1]))
        disk.watch(act, *arguments)
        getattr(QuickDisk, act)(disk, *arguments)

    return method


for _act in ACTS:
    setattr(WatchedDisk, _act, _watched(_act))


class FailingDisk(WatchedDisk):
    """Fails where it is told to, with a write half done; counts its calls."""

    def __init__(self, number: int, fails: Fails) -> None:
        super().__init__(self._count)
        self.calls = 0
        self._number = number
        self._fails = fails

    def _count(self, act: str, path: Path, data: bytes | Path = b"") -> None:
        self.calls += 1
        if self._fails(act, self.calls):
            if isinstance(data, bytes) and act == "write":
                path.write_bytes(data[: len(data) // 2])
            raise OSError(self._number, os.strerror(self._number))


def once(place: int) -> Fails:
    """At that call alone."""
    return lambda _act, calls: calls == place


def from_then_on(place: int) -> Fails:
    """At that call and every later one."""
    return lambda _act, calls: calls >= place


def full_from_then_on(place: int) -> Fails:
    """As a full disk does: nothing new fits, but what is there can be renamed and removed."""
    return lambda act, calls: calls >= place and act in ("make_folder", "write", "link", "sync")
