"""What a real terminal gets: colour, a bar, wrapped lines; a pipe gets none of it (`test_cli`)."""

import fcntl
import os
import pty
import re
import struct
import sys
import termios
from pathlib import Path

import pytest

from bot.cli.printing.terminal import LOCALES, Terminal, day_first_here, shown

_STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_a_terminal(*arguments: str, columns: int, typed: bytes = b"") -> tuple[int, str]:
    """The exit status and all that is written to a terminal of so many columns."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ |= {"TERM": "xterm-256color"}
        for name in ("COLUMNS", "NO_COLOR"):
            os.environ.pop(name, None)
        os.execv(sys.executable, [sys.executable, "-m", "bot", *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    written = b""
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        written += part
        if typed and b"? " in written[-10:]:
            os.write(terminal, typed)
            typed = b""
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), written.decode()


def test_the_locale_of_dates_says_whether_the_day_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)
    assert not day_first_here()
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert day_first_here()
    monkeypatch.setenv("LC_TIME", "en_US.UTF-8")
    assert not day_first_here()


def test_a_first_day_on_a_terminal(tmp_path: Path) -> None:
    status, written = on_a_terminal(
        "--home", str(tmp_path / "home"), "run", columns=80, typed=b"Who is the president of Korea?\nquit\n"
    )
    assert status == 0
    assert "━" in written, "a bar shows how far the reload is"
    assert "embedding" in written
    assert "⠋" in written or "⠙" in written, "something turns while the model is loaded"
    assert "\x1b[1;33m" in written, "what answers is marked by colour"
    assert "**" not in written
    lines = [line.rstrip() for line in _STEERING.sub("", written).replace("\r", "\n").split("\n")]
    quotes = [line for line in lines if line.startswith("   ") and "file://" not in line]
    assert quotes
    assert all(len(line) <= 80 for line in quotes)
    assert "? Who is the president of Korea?" in lines


def test_text_that_steers_is_made_harmless_and_letters_stay() -> None:
    assert shown("a\x1b[2Jb\x9bc\u202ed\r\te\u2028f\u2066g\x00h") == "a [2Jb c d  e f g h"
    assert shown("나라\n“Nara” é 👩\u200d🚀 می\u200cخواهم") == "나라\n“Nara” é 👩\u200d🚀 می\u200cخواهم"


def test_a_line_in_a_pipe_is_shown_as_it_is_and_not_broken(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal()
    terminal.say("[bold]Nara[/bold] :smile: [link=https://example.org]x[/link]")
    terminal.notice("[red]x")
    printed = capsys.readouterr()
    assert printed.out == "[bold]Nara[/bold] :smile: [link=https://example.org]x[/link]\n"
    assert printed.err == "newsdesk: [red]x\n"
    terminal.say("word " * 200)
    terminal.notice("word " * 200)
    printed = capsys.readouterr()
    assert printed.out.count("\n") == printed.err.count("\n") == 1


def test_in_a_pipe_each_stage_of_a_reload_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with Terminal().progress() as stage:
        for done in range(3):
            stage("reading", done, 0)
        stage("embedding", 0, 10)
    assert capsys.readouterr() == ("", "reading …\nembedding …\n")
