import os
from pathlib import Path

import pytest

from corpus.storage.disk import Disk


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what the system was asked to make durable, in order."""
    names: list[str] = []
    real = os.fsync

    def recording(descriptor: int) -> None:
        names.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", recording)
    return names


def test_a_file_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    disk = Disk()
    disk.write(tmp_path / "a", b"one")
    with pytest.raises(FileExistsError):
        disk.write(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"one"


def test_what_is_synced_reaches_the_system(tmp_path: Path, synced: list[str]) -> None:
    disk = Disk()
    disk.make_folder(tmp_path / "folder")
    disk.write(tmp_path / "folder" / "a", b"one")
    assert synced == []
    disk.sync(tmp_path / "folder" / "a")
    disk.sync_folder(tmp_path / "folder")
    assert synced == ["a", "folder"]


def test_a_file_is_no_folder_and_what_is_missing_cant_be_synced(tmp_path: Path) -> None:
    disk = Disk()
    disk.write(tmp_path / "a", b"one")
    with pytest.raises(NotADirectoryError):
        disk.sync_folder(tmp_path / "a")
    with pytest.raises(FileExistsError):
        disk.make_folder(tmp_path / "a")
    with pytest.raises(FileNotFoundError):
        disk.sync(tmp_path / "b")


def test_a_folder_that_is_there_is_fine_and_its_parents_must_be(tmp_path: Path) -> None:
    disk = Disk()
    disk.make_folder(tmp_path / "a")
    disk.write(tmp_path / "a" / "b", b"one")
    disk.make_folder(tmp_path / "a")
    assert (tmp_path / "a" / "b").exists()
    with pytest.raises(FileNotFoundError):
        disk.make_folder(tmp_path / "x" / "y")


def test_removing_takes_files_and_whole_folders_and_minds_nothing_that_is_gone(tmp_path: Path) -> None:
    disk = Disk()
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    (tmp_path / "folder" / "deep" / "a").touch()
    (tmp_path / "b").touch()
    for name in ("folder", "b", "never there"):
        disk.remove(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_removing_a_link_leaves_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "a").touch()
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    Disk().remove(tmp_path / "link")
    assert (tmp_path / "kept" / "a").exists()
    assert not (tmp_path / "link").exists()
