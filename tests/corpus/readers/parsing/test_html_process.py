import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import BadArticle
from corpus.readers.parsing.html_process import WorkerParser
from tests.corpus.pages import BODY, TEXT, page


@pytest.fixture
def reader() -> Iterator[WorkerParser]:
    with closing(WorkerParser()) as reader:
        yield reader


def test_no_worker_runs_before_the_first_page_and_one_serves_them_all(reader: WorkerParser) -> None:
    assert reader.pid is None
    assert reader.read(page().encode())["text"] == TEXT
    first = reader.pid
    assert reader.read(page().encode())["text"] == TEXT
    assert reader.pid == first


def test_a_worker_killed_between_pages_is_replaced(reader: WorkerParser) -> None:
    reader.read(page().encode())
    first = reader.pid
    assert first
    os.kill(first, signal.SIGKILL)
    assert reader.read(page().encode())["text"] == TEXT
    assert reader.pid != first


def test_a_worker_killed_at_its_first_page_is_a_problem_and_the_next_page_is_read(
    reader: WorkerParser,
) -> None:
    killer = threading.Thread(target=kill_once_started, args=(reader,))
    killer.start()
    with pytest.raises(BadArticle, match=r"made the parser end \(signal 9\)"):
        reader.read(slow_page())
    killer.join()
    assert reader.read(page().encode())["text"] == TEXT


def test_a_worker_killed_at_a_later_page_reads_it_again(reader: WorkerParser) -> None:
    reader.read(page().encode())
    first = reader.pid
    assert first
    os.kill(first, signal.SIGSTOP)  # so that the page is surely in its hands
    threading.Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
    assert reader.read(page().encode())["text"] == TEXT
    assert reader.pid != first


def test_a_worker_that_hangs_is_ended_and_the_next_page_is_read() -> None:
    with closing(WorkerParser(seconds=1)) as reader:
        reader.read(page().encode())
        first = reader.pid
        assert first
        os.kill(first, signal.SIGSTOP)
        started = time.monotonic()
        with pytest.raises(BadArticle, match="took longer than 1 s"):
            reader.read(page(body=BODY * 20_000).encode())
        assert time.monotonic() - started < 5
        assert not Path(f"/proc/{first}").exists()
        assert reader.read(page().encode())["text"] == TEXT


@pytest.mark.parametrize(
    ("reader", "reason"),
    [
        (WorkerParser(seconds=0.5), r"took longer than 0\.5 s"),
        (WorkerParser(memory=270 * 1024 * 1024), "it takes more than 270 MB of memory"),
    ],
    ids=["time", "memory"],
)
def test_a_page_that_takes_too_much_is_a_problem(reader: WorkerParser, reason: str) -> None:
    with closing(reader):
        with pytest.raises(BadArticle, match=reason):
            reader.read(slow_page())
        assert reader.read(page().encode())["text"] == TEXT


def test_a_worker_that_can_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    reader = WorkerParser()
    with pytest.raises(BadArticle, match="can't be started"):
        reader.read(page().encode())
    assert reader.pid is None


def test_an_idle_worker_ends() -> None:
    reader = WorkerParser(idle=0.2)
    reader.read(page().encode())
    first = reader.pid
    deadline = time.monotonic() + 5
    while reader.pid is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert reader.pid is None
    assert not Path(f"/proc/{first}").exists()
    assert reader.read(page().encode())["text"] == TEXT
    reader.close()


def test_threads_share_a_worker(reader: WorkerParser) -> None:
    texts: dict[int, object] = {}

    def work(number: int) -> None:
        body = BODY + f"<p>Number {number} of the pages says so too.</p>"
        texts[number] = reader.read(page(body=body).encode())["text"]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == {n: f"{TEXT}\n\nNumber {n} of the pages says so too." for n in range(8)}


def test_a_program_with_a_worker_ends_at_once_and_leaves_none(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page())
    code = (
        "import sys, corpus.readers.formats.html as html, pathlib; path = pathlib.Path(sys.argv[1]);"
        "from corpus.readers.registry import FORMATS;"
        "print(len(list(FORMATS.read_file(path, path.parent, 'news'))), html.page_parser().pid,"
        "[m for m in ('lxml', 'trafilatura') if m in sys.modules])"
    )
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(tmp_path / "a.html")],
        capture_output=True,
        check=True,
        text=True,
        timeout=30,
    )
    count, pid, loaded = done.stdout.split(maxsplit=2)
    assert (count, loaded.strip(), done.stderr) == ("1", "[]", "")
    assert not Path(f"/proc/{pid}").exists()
    assert time.monotonic() - started < 10


def test_the_worker_takes_no_module_from_the_folder_we_are_called_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: WorkerParser
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "trafilatura.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    assert reader.read(page().encode())["text"] == TEXT


def test_the_worker_sees_no_secrets(reader: WorkerParser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "canary-in-the-environment")
    reader.read(page().encode())
    assert b"canary" not in Path(f"/proc/{reader.pid}/environ").read_bytes()


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', {port}), timeout=2)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:{port}/', timeout=2)",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_the_worker_reaches_nothing(deed: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        forbid = "from corpus.readers.parsing import html_worker; html_worker.forbid_network_and_processes()"
        code = f"{forbid}; {deed.format(port=port)}"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
        assert "is not allowed here" in done.stderr


def slow_page() -> bytes:
    """Two seconds and 0.35 GB of address space, or more."""
    return page(
        body="".join(f"<p>Paragraph {n} says {n * 7919 % 10007} things.</p>" for n in range(60_000))
    ).encode()


def kill_once_started(reader: WorkerParser) -> None:
    deadline = time.monotonic() + 30
    while reader.pid is None and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(1.0)  # started, and at its page
    if reader.pid:
        os.kill(reader.pid, signal.SIGKILL)
