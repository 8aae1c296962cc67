"""A reload that would find everything as the last one did tells so without looking, and no other does."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.chat_store.chat_store import ChatStore
from bot.cli.printing import last_reload
from bot.cli.printing.last_reload import LastReload
from bot.corpus_admin.home import Home
from bot.settings import Settings
from tests.bot.conftest import Call

TEXT = "---\ntitle: {name}\n---\nThe {name} in the harbour was closed by the mayor on Monday.\n"
SAME = "news: 0 new, 0 changed, 0 removed, 2 unchanged; nothing to do.\n0 texts embedded, 0."


@pytest.fixture
def folder(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two articles that were loaded, and then reloaded when nothing had changed."""
    monkeypatch.setattr(last_reload, "SETTLED", -60.0)
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("bridge", "mill"):
        write(folder, name)
    assert call("corpus", "add", "news").status == 0
    assert call("corpus", "reload").out.startswith(SAME)
    return folder


def write(folder: Path, name: str) -> None:
    (folder / f"{name}.md").write_text(TEXT.format(name=name))


def looked(call: Call, *options: str) -> bool:
    """Whether a reload looked at the corpus: it says what takes so long then."""
    shown = call("corpus", "reload", *options)
    assert shown.status == 0
    return bool(shown.err)


def test_what_is_as_it_was_is_told_again(call: Call, folder: Path) -> None:
    assert folder.is_dir()
    shown = call("corpus", "reload")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out.startswith(SAME)
    told = call("corpus", "reload", "--json")
    assert (told.err, told.row["collections"]["news"]["unchanged"]) == ("", 2)
    real = call("corpus", "reload", "--force", "--json")
    assert real.err
    assert told.row.keys() == real.row.keys()


def add_file(folder: Path, _home: Path) -> None:
    write(folder, "tower")


def change_file(folder: Path, _home: Path) -> None:
    write(folder, "bridge")


def replace_file(folder: Path, _home: Path) -> None:
    path = folder / "bridge.md"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"mayor", b"pilot"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def remove_file(folder: Path, _home: Path) -> None:
    (folder / "mill.md").unlink()


def nest_file(folder: Path, _home: Path) -> None:
    (folder / "more").mkdir()
    write(folder / "more", "tower")


def damage_generation(_folder: Path, home: Path) -> None:
    path = next(home.glob("collections/news/generations/*/*/*"))
    path.write_bytes(path.read_bytes()[:-1])


def lose_generation(_folder: Path, home: Path) -> None:
    shutil.rmtree(home / "collections")


def open_to_all(_folder: Path, home: Path) -> None:
    home.chmod(0o755)


def have_chats(_folder: Path, home: Path) -> None:
    ChatStore(Home(home).chats()).close()


def damage_record(_folder: Path, home: Path) -> None:
    (home / last_reload.FILE).write_bytes(b"{")


def empty_record(_folder: Path, home: Path) -> None:
    (home / last_reload.FILE).write_text(json.dumps({"sources": [], "row": {}}))


@pytest.mark.parametrize(
    "change",
    [
        add_file,
        change_file,
        replace_file,
        remove_file,
        nest_file,
        damage_generation,
        lose_generation,
        open_to_all,
        have_chats,
        damage_record,
        empty_record,
    ],
)
def test_what_changed_is_looked_at(
    call: Call, folder: Path, tmp_path: Path, change: Callable[[Path, Path], None]
) -> None:
    change(folder, tmp_path / ".newsdesk")
    assert looked(call)


def test_what_was_done_by_hand_is_looked_at(call: Call, folder: Path) -> None:
    [article, *_] = call("ask", "Who closed the bridge?", "--json").row["passages"]
    assert call("corpus", "remove", article["article_id"]).status == 0
    assert looked(call)
    assert looked(call), "one that is withdrawn is told each time"
    assert folder.is_dir()


def test_another_day_or_another_keeping_is_looked_at(
    call: Call, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.is_dir()
    assert not looked(call)
    with monkeypatch.context() as other:
        other.setenv("NEWSDESK_KEEP_TEXT_DAYS", "3")
        assert looked(call)
    assert looked(call)
    assert not looked(call)
    settings = Settings(home=tmp_path / ".newsdesk")
    assert LastReload(settings).row() is not None
    assert LastReload(settings, lambda: date(2031, 1, 1)).row() is None


@pytest.mark.parametrize("option", ["--dry-run", "--force", "--collection=news"])
def test_what_is_asked_for_more_is_done(call: Call, folder: Path, option: str) -> None:
    assert folder.is_dir()
    assert looked(call, option)


def test_what_changed_a_moment_ago_or_has_problems_is_looked_at_again(
    call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "mill")
    monkeypatch.setattr(last_reload, "SETTLED", 2.0)
    assert looked(call)
    assert looked(call)
    monkeypatch.setattr(last_reload, "SETTLED", -60.0)
    (folder / "list.jsonl").write_text("{broken\n")
    assert looked(call)
    assert looked(call)


def test_a_pattern_is_looked_at(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_reload, "SETTLED", -60.0)
    write(tmp_path, "bridge")
    assert call("corpus", "add", f"{tmp_path}/br*.md").status == 0
    assert looked(call)
    assert looked(call)
