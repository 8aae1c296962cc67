import errno
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import HomeUnusable
from corpus.web.fetch_cache import CachedContent, FetchCache
from tests.fault.disks import FailingDisk, full_from_then_on
from tests.fault.newsroom import QuickDisk

COPY = CachedContent(
    location="https://news.example/list",
    address="https://news.example/2026/list",
    ending=".jsonl",
    fetched=datetime(2026, 1, 14, 9, 30, 5, tzinfo=UTC),
    body=b'{"id": 1,\n "text": "\xff\x00"}\n\n',
)


@pytest.fixture
def kept(tmp_path: Path) -> FetchCache:
    return FetchCache(tmp_path, QuickDisk())


def files(folder: Path) -> list[Path]:
    return list((folder / "fetched").iterdir())


def test_a_copy_is_given_back_as_it_was(kept: FetchCache, tmp_path: Path) -> None:
    assert kept.get(COPY.location) is None
    kept.put(COPY)
    assert kept.get(COPY.location) == COPY
    assert FetchCache(tmp_path, QuickDisk()).get(COPY.location) == COPY
    assert not COPY.gone
    gone = replace(COPY, ending="", body=b"", fetched=COPY.fetched.replace(hour=0, minute=0, second=0))
    kept.put(gone)
    assert kept.get(COPY.location) == gone
    assert gone.gone
    assert len(files(tmp_path)) == 1, "a later copy takes the place of the one before"


def test_each_address_has_its_own_and_never_becomes_a_path(kept: FetchCache, tmp_path: Path) -> None:
    other = replace(COPY, location="https://news.example/../../../etc/passwd\0", body=b"other")
    kept.put(COPY)
    kept.put(other)
    assert (kept.get(COPY.location), kept.get(other.location)) == (COPY, other)
    assert len([path for path in files(tmp_path) if path.name.isalnum()]) == 2
    kept.drop(COPY.location)
    kept.drop(COPY.location)
    assert (kept.get(COPY.location), kept.get(other.location)) == (None, other)


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "no header", "a list", "another's"])
def test_a_damaged_copy_is_none(kept: FetchCache, tmp_path: Path, damage: str) -> None:
    kept.put(COPY)
    [path] = files(tmp_path)
    content = path.read_bytes()
    path.write_bytes(
        {
            "flipped": content[:-1] + b"!",
            "cut": content[:-3],
            "empty": b"",
            "no header": b"\xff\xff\n" + COPY.body,
            "a list": b"[1]\n" + COPY.body,
            "another's": content.replace(b"example/list", b"example/lost", 1),
        }[damage]
    )
    assert kept.get(COPY.location) is None
    kept.put(COPY)
    assert kept.get(COPY.location) == COPY


def test_a_disk_without_space_is_said_in_one_line_and_the_old_copy_stays(
    kept: FetchCache, tmp_path: Path
) -> None:
    kept.put(COPY)
    with pytest.raises(HomeUnusable, match="No space left") as caught:
        FetchCache(tmp_path, FailingDisk(errno.ENOSPC, full_from_then_on(0))).put(replace(COPY, body=b"new"))
    assert "\n" not in str(caught.value)
    assert kept.get(COPY.location) == COPY
