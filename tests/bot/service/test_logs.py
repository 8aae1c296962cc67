import logging
import re
import sys
from collections.abc import Iterator

import pytest

from bot.service.logs import incident, log_to_stderr

KNOWN = "hunter2/with+signs"
DISCORD = "MTA5NzY1NDMyMTA5ODc2NTQz.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"
BOT = "xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx"
APP = "xapp-1-A012ABCDEFG-1234567890123-0123456789abcdef"
INTERACTION = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTpsb25n"

log = logging.getLogger("newsdesk.test")


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    named = {
        name: logging.getLogger(name).level for name in ("discord", "slack_bolt", "slack_sdk", "aiohttp")
    }
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in named.items():
        logging.getLogger(name).setLevel(before)


def read(capsys: pytest.CaptureFixture[str]) -> str:
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        (f"the token is {DISCORD}", DISCORD),
        (f"Authorization: Bot {DISCORD}", DISCORD),
        (f"{BOT} and {APP}", BOT),
        (f"{BOT} and {APP}", APP),
        (f"POST https://discord.com/api/v10/interactions/123/{INTERACTION}/callback", INTERACTION),
        (f"PATCH /api/v10/webhooks/456/{INTERACTION}/messages/@original?x=1", INTERACTION),
        ("fetching https://ann:opensesame@news.example/feed", "opensesame"),
        ("fetching https://opensesame@news.example/feed", "opensesame"),
        (f"password={KNOWN}, again {KNOWN}", KNOWN),
    ],
)
def test_a_secret_never_reaches_the_log(capsys: pytest.CaptureFixture[str], said: str, secret: str) -> None:
    log_to_stderr([KNOWN, ""])
    log.warning(said)
    log.warning("as a value: %s", said)
    line = read(capsys)
    assert secret not in line
    assert line.count("…") >= 2


def test_a_secret_in_an_exception_is_taken_out_of_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr([KNOWN])

    def inner() -> None:
        raise ValueError(f"bad login {KNOWN} {DISCORD}")

    try:
        try:
            inner()
        except ValueError as error:
            raise RuntimeError(f"/interactions/1/{INTERACTION}/callback") from error
    except RuntimeError:
        log.exception("incident 1")
    text = read(capsys)
    assert "Traceback" in text
    assert "bad login … …" in text
    assert "/interactions/…/callback" in text
    for secret in (KNOWN, DISCORD, INTERACTION):
        assert secret not in text


@pytest.mark.parametrize(
    "said",
    [
        "asked: Answer, confidence 0.83",
        "incident 5f3a09c1 while answering",
        "GET https://news.example/2026/01/14/bridge-closed-after-storm.html?page=2",
        "generation 20260114T094639-d2319e3e is served",
        "the e-mail address ann@news.example",
        "discord.ext.commands.errors.CommandInvokeError",
        "Python 3.11.9 on a machine",
    ],
)
def test_what_is_no_secret_stays_as_it_is(capsys: pytest.CaptureFixture[str], said: str) -> None:
    log_to_stderr([KNOWN])
    log.info(said)
    assert read(capsys).rstrip("\n").endswith(f" INFO newsdesk.test: {said}")


def test_a_line_says_when_how_bad_and_where_from(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr([])
    log.info("open")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO newsdesk.test: open\n", read(capsys))


def test_the_platforms_libraries_do_not_print_messages(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr([], logging.DEBUG)
    for name in ("discord.gateway", "slack_bolt.App", "slack_sdk.web", "aiohttp.access", "httpx"):
        logging.getLogger(name).info("what somebody wrote")
        logging.getLogger(name).warning("%s is slow", name)
    log.debug("seen")
    lines = read(capsys)
    assert "what somebody wrote" not in lines
    assert lines.count("is slow") == 5
    assert "seen" in lines


def test_logging_is_set_up_once_however_often_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr([])
    log_to_stderr([KNOWN])
    log.info("once %s", KNOWN)
    assert read(capsys).count("once …") == 1
    assert [handler.stream for handler in logging.getLogger().handlers] == [sys.stderr]  # type: ignore[attr-defined]


def test_incidents_can_be_read_out_and_do_not_come_twice() -> None:
    made = {incident() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(r"[0-9a-f]{8}", one) for one in made)
