"""A disk that is full during polls: what is served stays, each failure is one line that says so, and the next
round after space was made has everything once."""

import errno
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.errors import HomeUnusable
from tests.bot.polling.newsstand import Newsstand, story
from tests.fault.disks import FailingDisk, full_from_then_on
from tests.fault.newsroom import leftovers, problems

FEEDS = ("one", "two")
NEW = 40
"""Articles that come to each feed while the disk is full: more than what is left of it."""
ROOM = {0: "can't be used", 128: "what https://", 260: "can't be used", 700: "collection news could not be"}
"""Kilobytes that are left, so that the store, the copy of a feed, the vectors and the generation do not fit;
and what is said at first."""


def begun(stand: Newsstand) -> Newsstand:
    """With three articles of each feed, and many more that wait in it."""
    for name in FEEDS:
        stand.give(name, *(story(f"{name} {number}") for number in range(3)), tag='"1"')
    stand.poll()
    assert len(stand.titles()) == 6
    for name in FEEDS:
        stand.give(name, *(story(f"{name} {number}") for number in range(2, NEW)), tag='"2"')
    return stand


def assert_caught_up(stand: Newsstand) -> None:
    report = stand.poll()
    assert (report.failures, report.refused) == ((), {})
    assert Counter(stand.titles()) == Counter(f"{name} {number}" for name in FEEDS for number in range(NEW))
    assert stand.poll(everything=True).counts() == (0, 0, 0)
    assert problems(stand.home) == []
    assert leftovers(stand.home) == []


def refusal(stand: Newsstand) -> str:
    """What a round says in one line."""
    with pytest.raises(HomeUnusable) as caught:
        stand.poll()
    line = str(caught.value)
    assert "\n" not in line
    assert "space" in line
    return line


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path | None]:
    """A real disk of twelve megabytes, which only root may mount."""
    if os.geteuid():
        yield None
        return
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "newsdesk", str(place)], check=True)
    try:
        yield place
    finally:  # files of it may still be mapped
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.parametrize("left", ROOM)
def test_whatever_does_not_fit_on_a_real_disk_is_said_and_nothing_is_lost(
    small: Path | None, left: int
) -> None:
    if small is None:
        return  # others have the test below
    stand = begun(Newsstand(small, *FEEDS))
    before = stand.titles()
    ballast = small / "ballast"
    with ballast.open("wb") as file:
        free = os.statvfs(small)
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - left * 1024)
    said = [refusal(stand) for _ in range(3)]
    assert ROOM[left] in said[0]
    assert stand.titles() == before
    ballast.unlink()
    assert_caught_up(stand)


def test_whichever_write_of_a_round_is_the_first_that_does_not_fit_nothing_is_lost(tmp_path: Path) -> None:
    refused = []
    for place in range(1, 40, 8):
        folder = tmp_path / str(place)
        stand = begun(Newsstand(folder, *FEEDS))
        full = Newsstand(folder, *FEEDS, disk=FailingDisk(errno.ENOSPC, full_from_then_on(place)))
        full.web, full.now = stand.web, stand.now
        before = stand.titles()
        with suppress(HomeUnusable):
            full.poll()
            continue  # it fits
        refused.append(place)
        assert stand.titles() == before
        stand.now = full.now
        assert_caught_up(stand)
    assert len(refused) > 1
