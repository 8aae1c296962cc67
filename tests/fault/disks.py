"""Disks that fail, or that are looked at while they work."""

import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fault.newsroom import QuickDisk

ACTS = ("make_folder", "write", "link", "sync", "sync_folder", "replace", "remove")
"""All that is done to a disk."""
ROOT = Path(__file__).parents[2]
NEWSDESK = tuple(f"{ROOT / room}{os.sep}" for room in ("bot", "corpus", "retrieval"))
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


Site = tuple[str, tuple[tuple[str, int], ...]]
"""What is done, and the lines of Newsdesk that ask for it, the innermost first."""


class SitesDisk(WatchedDisk):
    """Takes down where each of its calls comes from."""

    def __init__(self) -> None:
        super().__init__(self._note)
        self.sites: list[Site] = []

    def _note(self, act: str, *_arguments: object) -> None:
        frames = ((frame.f_code.co_filename, line) for frame, line in traceback.walk_stack(None))
        self.sites.append((act, tuple(one for one in frames if one[0].startswith(NEWSDESK))))

    def places(self) -> list[int]:
        """The numbers of the first and the last call from each site, from 1 on."""
        first = {site: place for place, site in reversed(list(enumerate(self.sites, 1)))}
        last = {site: place for place, site in enumerate(self.sites, 1)}
        return sorted({*first.values(), *last.values()})


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
