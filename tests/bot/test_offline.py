"""With the default model nothing looks for the network, whether or not HF_HUB_OFFLINE is set."""

import json
import os
import subprocess
import sys
from pathlib import Path

GUARDED = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        print("NETWORK", event, arguments, file=sys.stderr)
        raise OSError("this test allows no network")

sys.addaudithook(refuse)
from bot.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def guarded(home: Path, *arguments: str, offline: str | None) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "HF_HUB_OFFLINE"}
    if offline is not None:
        environment["HF_HUB_OFFLINE"] = offline
    command = [sys.executable, "-c", GUARDED, "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)


def test_no_library_keeps_an_id_of_this_machine_to_tell_anybody_of(tmp_path: Path) -> None:
    (tmp_path / "user").mkdir()
    # Where these are set, some libraries keep still by themselves.
    told = ("CI", "ORT_", "XDG_", "TF_BUILD", "GITHUB_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(told)}
    environment |= {"HOME": str(tmp_path / "user"), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "bot", "--home", str(tmp_path / "home"), "corpus", "add", "sample"]
    subprocess.run(command, capture_output=True, env=environment, timeout=120, check=True)
    assert [path.name for path in (tmp_path / "user").rglob("*")] == []


def test_a_corpus_is_loaded_and_asked_without_any_look_at_the_network(tmp_path: Path) -> None:
    calls: list[tuple[str | None, list[str]]] = [
        ("0", ["corpus", "add", "sample", "--json"]),
        (None, ["ask", "Where did Lee and Takaichi meet?", "--json"]),
    ]
    for offline, call in calls:
        done = guarded(tmp_path, *call, offline=offline)
        assert (done.returncode, "NETWORK" in done.stderr) == (0, False), done.stderr
        assert call[0] == "corpus" or json.loads(done.stdout)["answered"]


def test_the_guard_would_notice(tmp_path: Path) -> None:
    broken = GUARDED.replace(
        "sys.exit", "import socket; socket.create_connection(('127.0.0.1', 9)); sys.exit"
    )
    found = subprocess.run([sys.executable, "-c", broken], capture_output=True, text=True, timeout=60)
    assert found.returncode != 0
    assert "NETWORK" in found.stderr


def test_a_model_that_cant_be_had_is_one_line_and_no_minute_of_retries(tmp_path: Path) -> None:
    environment = {**os.environ, "NEWSDESK_MODEL": "nobody/has-this-model", "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "bot", "--home", str(tmp_path), "corpus", "add", "sample"]
    found = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    errors = [line for line in found.stderr.splitlines() if line.startswith("newsdesk: ")]
    assert (found.returncode, len(errors)) == (1, 1)
    assert "nobody/has-this-model" in errors[0]
    assert "NEWSDESK_MODEL" in errors[0]
