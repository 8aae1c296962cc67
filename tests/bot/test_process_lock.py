"""One process for each token and home: another is refused in words, and a crash leaves nothing in the way."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.process_lock import only_process
from corpus.errors import HomeUnusable, PlatformRefused
from corpus.storage import private_files

TOKEN = "MTA5.token.secret"
HOLD = """
import sys, time
from pathlib import Path
from bot.runtime.process_lock import only_process
with only_process(Path(sys.argv[1]), "Discord", sys.argv[2]):
    print("held", flush=True)
    time.sleep(600)
"""
"""A process that holds the lock until it is killed."""


def test_a_second_one_is_refused_by_the_name_of_the_first(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path), TOKEN], stdout=subprocess.PIPE, text=True
    ) as first:
        try:
            assert first.stdout
            assert first.stdout.readline() == "held\n"
            words = rf"another newsdesk \(process {first.pid}, since 20\d\d-.* UTC\) answers on Discord"
            with pytest.raises(PlatformRefused, match=words), only_process(tmp_path, "Discord", TOKEN):
                raise AssertionError("both have it")
            with only_process(tmp_path, "Discord", "MTA6.other.bot"), only_process(tmp_path, "Slack", TOKEN):
                pass  # other bots, on one corpus
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait()
        with only_process(tmp_path, "Discord", TOKEN):
            pass  # the system freed it


def test_two_homes_know_nothing_of_one_another(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with only_process(tmp_path / "one", "Slack", TOKEN), only_process(tmp_path / "two", "Slack", TOKEN):
        pass


def test_what_is_left_tells_nothing_of_the_token_and_is_its_owners_alone(tmp_path: Path) -> None:
    with only_process(tmp_path, "Discord", TOKEN):
        for path in tmp_path.iterdir():
            assert not private_files.is_open_to_others(path)
            assert TOKEN not in path.name + path.read_text()
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]


def test_a_holder_that_said_nothing_of_itself_is_refused_all_the_same(tmp_path: Path) -> None:
    with only_process(tmp_path, "Discord", TOKEN):
        for told in tmp_path.glob("*.json"):
            told.write_text("{")
        with (
            pytest.raises(PlatformRefused, match="another newsdesk answers on Discord"),
            only_process(tmp_path, "Discord", TOKEN),
        ):
            raise AssertionError("both have it")


def test_a_home_that_cant_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable), only_process(tmp_path / "file", "Discord", TOKEN):
        raise AssertionError("there is no such home")
