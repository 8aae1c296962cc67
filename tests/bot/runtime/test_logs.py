import logging
import re
import sys
import threading
from collections.abc import Iterator

import pytest

from bot.runtime.logs import LIKE_LINES, LINES, incident, log_to_stderr
from bot.runtime.rate_limit import MINUTE, RateLimits

KNOWN = "hunter2/with+signs"
DISCORD = "MTA5NzY1NDMyMTA5ODc2NTQz.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"
BOT = "xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx"
APP = "xapp-1-A012ABCDEFG-1234567890123-0123456789abcdef"
RESPONSE = "kJ7dQ2mXw9RtYbN4sLzVcP0a"
INTERACTION = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTpsb25n"

log = logging.getLogger("newsdesk.test")


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    named = {
        name: logging.getLogger(name).level for name in ("discord", "slack_bolt", "slack_sdk", "aiohttp")
    }
    hooks = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
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
        (f"POST https://hooks.slack.com/commands/T0123/456/{RESPONSE}", RESPONSE),
        (f"POST https://hooks.slack-gov.com/actions/T0123/456/{RESPONSE} failed", RESPONSE),
        (f"POST http://127.0.0.1:8080/commands/T0123/456/{RESPONSE}", RESPONSE),
        (f"{{'response_url': 'https://chat.example/{RESPONSE}'}}", RESPONSE),
        (f"https://hooks.slack.com/services/T0/B0/{RESPONSE}", RESPONSE),
        (f"https://slack-files.com/T0123-F456-{RESPONSE}", RESPONSE),
        (f"wss://wss-primary.slack.com/link/?ticket={RESPONSE}&app_id=1", RESPONSE),
        (f"URL('wss://wss-primary.slack.com/link/?ticket={RESPONSE}')", RESPONSE),
        (f"GET https://news.example/feed?apikey={RESPONSE}&page=2 gave 500", RESPONSE),
        (f"GET https://news.example/feed?{RESPONSE}", RESPONSE),
        (f"GET https://news.example/feed#{RESPONSE}", RESPONSE),
        (f"GET /feed?apikey={RESPONSE} gave 500", RESPONSE),
        (f"token={RESPONSE}&text=1", RESPONSE),
        (f'{{"trigger_id": "12.34.{RESPONSE}"}}', RESPONSE),
        (f"Authorization: Bearer {RESPONSE}", RESPONSE),
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
        "GET https://news.example/2026/01/14/bridge-closed-after-storm.html",
        "what is in DISCORD_TOKEN is no token: copy it whole, or make a new one",
        "asked 'Is it either/or? And why?': Answer, confidence 0.83",
        "10 < 20 & 30 > 20; a=b",
        "a tab\tis no end of a line",
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


LINE_BREAKS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
FORGED = "2026-01-01 00:00:00,000 INFO bot.slack.run: answering on Slack"


@pytest.mark.parametrize("ending", LINE_BREAKS, ids=ascii)
def test_what_people_write_begins_no_line_of_its_own(capsys: pytest.CaptureFixture[str], ending: str) -> None:
    log_to_stderr([])
    log.info("asked %r", f"who{ending}{FORGED}")
    log.info("asked %s", f"who{ending}{FORGED}")
    try:
        raise ValueError(f"no such name: who{ending}{FORGED}")
    except ValueError:
        log.exception("incident %s", f"1{ending}{FORGED}")
    lines = read(capsys).splitlines()
    assert not [line for line in lines if line.startswith(FORGED)]
    assert sum(bool(re.match(r"\d{4}-\d\d-\d\d ", line)) for line in lines) == 3
    assert all(line.startswith("    ") or "newsdesk.test" in line for line in lines)


@pytest.mark.parametrize(
    "steering", ["\x1b[2J", "\x1b]0;title\x07", "\x9b2J", "\x00", "\x08", "\u202e", "\u2066"], ids=ascii
)
def test_what_people_write_does_not_steer_the_terminal(
    capsys: pytest.CaptureFixture[str], steering: str
) -> None:
    log_to_stderr([])
    log.warning("asked %s", f"who{steering}is it")
    assert steering[0] not in read(capsys)


def test_a_call_with_the_wrong_values_is_logged_without_a_secret_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log_to_stderr([KNOWN])
    log.warning("%d of %d", BOT)
    text = read(capsys)
    assert "%d of %d" in text
    assert "…" in text
    assert BOT not in text
    assert "Logging error" not in text


def test_what_nothing_catches_is_logged_without_a_secret(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr([KNOWN])

    def broken() -> None:
        raise ValueError(f"bad login {KNOWN}")

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    try:
        broken()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    text = read(capsys)
    assert text.count("ValueError: bad login …") == 2
    assert text.count("CRITICAL bot: not caught") == 2
    assert KNOWN not in text


def test_lines_that_differ_in_their_values_alone_end_and_that_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log_to_stderr([])
    for number in range(10 * LIKE_LINES):
        log.warning("a request was refused: %d", number)
    for number in range(3):
        log.info("asked %d", number)
        log.error("something else: %d", number)
    lines = read(capsys).splitlines()
    assert sum("a request was refused" in line for line in lines) == LIKE_LINES
    assert len([line for line in lines if "too many lines like the last ones" in line]) == 1
    assert sum("asked" in line for line in lines) == 3
    assert sum("something else" in line for line in lines) == 3


def test_how_many_lines_were_left_out_is_said_when_there_is_room_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log_to_stderr([])
    (handler,) = logging.getLogger().handlers
    now = 0.0
    handler._pace = RateLimits(lambda: now)  # type: ignore[attr-defined]
    for number in range(LIKE_LINES + 7):
        log.warning("a request was refused: %d", number)
    now = MINUTE
    log.warning("a request was refused: %d", 999)
    lines = read(capsys).splitlines()
    assert lines[-2].endswith("WARNING newsdesk.test: 7 lines were left out here")
    assert lines[-1].endswith("a request was refused: 999")


def test_all_warnings_together_end_too_whatever_they_are_called(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr([])
    for number in range(2 * LINES):
        log.warning(f"from {number}")
    assert len(read(capsys).splitlines()) <= LINES + 1
