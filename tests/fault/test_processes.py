"""Several processes at one home, and processes that are stopped in the middle of a reload."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import (
    COLLECTION,
    QuickDisk,
    edition,
    leftovers,
    new_home,
    no_progress,
    problems,
    publish,
    served,
    write_edition,
)

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds to wait for another process, on however busy a machine."""
STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143}
SAID = {
    signal.SIGINT: "newsdesk: stopped; what is served stays as it was",
    signal.SIGTERM: "newsdesk: terminated; what is served stays as it was",
}


class Command:
    """`newsdesk --home HOME ARGUMENTS` in a process of its own; with `pause_at` it has the deterministic
    embedder, and waits there."""

    def __init__(self, home: Path, *arguments: str, pause_at: str | None = None) -> None:
        module = "bot" if pause_at is None else "tests.fault.hashed_command"
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, "--home", str(home), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PAUSE_AT": pause_at or ""},
            # As in a terminal, also where whoever runs the tests ignores it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def __enter__(self) -> "Command":
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def wait_for_pause(self) -> None:
        """Until it is where it waits."""
        assert self._process.stdout
        assert self._process.stdout.readline() == "waiting\n"

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def end(self) -> tuple[int, str]:
        """Its exit status and the one line that it said to be wrong (others tell how far it is)."""
        _, err = self._process.communicate(timeout=PATIENCE)
        assert "Traceback" not in err
        lines = [line for line in err.splitlines() if line.startswith("newsdesk:")]
        assert len(lines) <= 1, err
        assert lines == err.splitlines()[-1:] or not lines, err
        return self._process.returncode, "".join(lines)


def run(home: Path, *arguments: str) -> tuple[int, str]:
    """The command's exit status and its one line."""
    with Command(home, *arguments) as command:
        return command.end()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return tmp_path / "sources"


@pytest.fixture
def home(tmp_path: Path, sources: Path) -> Home:
    """A home that serves edition 0."""
    found = new_home(tmp_path / "home", sources, QuickDisk())
    publish(found, sources, 0)
    return found


def test_a_second_reload_and_an_added_source_are_told_to_wait_and_the_first_is_unharmed(
    home: Home, sources: Path
) -> None:
    results: list[tuple[int, str]] = []

    def stage(what: str, done: int, _total: int) -> None:
        if what == "writing" and not done:
            results.append(run(home.root, "corpus", "reload"))
        if what == "reading" and done == 1:
            results.append(run(home.root, "corpus", "add", "sample"))

    write_edition(sources, 1)
    reload(home, HashEmbedder, progress=stage)
    assert [status for status, _ in results] == [1, 1]
    assert all("another reload" in err and "wait" in err for _, err in results)
    assert served(home) == edition(1)
    assert problems(home) == []


@pytest.mark.parametrize(
    ("number", "place"),
    [
        (signal.SIGINT, "read"),
        (signal.SIGTERM, "read"),
        (signal.SIGINT, "embed"),
        (signal.SIGTERM, "embed"),
        (signal.SIGTERM, "sync"),
        (signal.SIGINT, "replace generation"),
        (signal.SIGTERM, "replaced generation"),
        (signal.SIGINT, "replaced CURRENT"),
        (signal.SIGTERM, "replaced CURRENT"),
    ],
)
def test_a_signal_at_any_stage_of_a_reload_changes_nothing(
    home: Home, sources: Path, number: signal.Signals, place: str
) -> None:
    before = home.generation_store(COLLECTION).pointer()
    write_edition(sources, 1)
    with Command(home.root, "corpus", "reload", pause_at=place) as command:
        command.wait_for_pause()
        command.send(number)
        status, err = command.end()
    assert status == STATUS[number]
    assert SAID[number] == err
    assert home.generation_store(COLLECTION).pointer() == before
    assert served(home) == edition(0)
    assert problems(home) == []
    assert leftovers(home) == []
    reload(home, HashEmbedder, progress=no_progress)
    assert served(home) == edition(1)


@pytest.mark.parametrize("number", STATUS)
def test_a_signal_while_it_waits_for_questions_ends_it(
    home: Home, tmp_path: Path, number: signal.Signals
) -> None:
    questions = tmp_path / "questions.jsonl"
    os.mkfifo(questions)
    with Command(home.root, "ask", "--questions", str(questions)) as command, questions.open("wb"):
        command.send(number)
        assert command.end() == (STATUS[number], SAID[number])


def test_processes_that_open_a_new_home_at_once_all_find_it(tmp_path: Path) -> None:
    with ExitStack() as stack:
        commands = [
            stack.enter_context(
                Command(tmp_path / "new" / "home", "bind", f"board-{row}", "discord:1", "--new")
            )
            for row in range(4)
        ]
        assert [command.end() for command in commands] == [(0, "")] * 4
