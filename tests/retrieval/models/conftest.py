"""The packaged model's folder, to be damaged, and a machine without a network."""

import shutil
import socket
import sys
from pathlib import Path

import pytest

from retrieval.models.packaged import PACKAGE
from tests.retrieval.models.installed import installed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged model's folder; its big file is linked, to be replaced rather than changed."""
    source = installed()
    copy = tmp_path / "model"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.safetensors"))
    (copy / "model.safetensors").symlink_to(source / "model.safetensors")
    return copy


@pytest.fixture
def packaged(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy in a package that stands before the real one, and whose code would leave a file behind."""
    package = tmp_path / "packages" / PACKAGE
    package.mkdir(parents=True)
    for name in ("__init__.py", "cli.py"):
        (package / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()")
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.delitem(sys.modules, PACKAGE, raising=False)
    return folder.rename(package / "model")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoSocket(socket.socket):
        def __init__(self, *arguments: object, **named: object) -> None:
            raise OSError("the network is looked at")

    def no_lookup(*arguments: object, **named: object) -> None:
        raise OSError("the network is looked at")

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(socket, "socket", NoSocket)
    monkeypatch.setattr(socket, "getaddrinfo", no_lookup)
    monkeypatch.setattr(socket, "create_connection", no_lookup)
