"""One JSON object a line: what a log collector reads."""

import json
import logging
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dispatch.incidents import log_incident
from bot.runtime.log_lines import JsonLines, TextLines
from tests.bot.runtime.test_logs import BOT, KNOWN, RESPONSE, restored

__all__ = ["restored"]


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("bot.test", logging.WARNING, __file__, 1, message, args, None)
    vars(made).update(extra)
    return made


def row(made: logging.LogRecord, *known: str) -> Any:
    line = JsonLines(known).format(made)
    assert "\n" not in line
    return json.loads(line)


def test_a_record_has_its_time_level_logger_message_and_fields() -> None:
    made = record("asked: %s", "Answer", platform="slack", confidence=0.5, incident="ab12", sure=True)
    made.created = 1_770_000_000.25
    assert row(made) == {
        "time": "2026-02-02T02:40:00.250Z",
        "level": "WARNING",
        "logger": "bot.test",
        "message": "asked: Answer",
        "platform": "slack",
        "confidence": 0.5,
        "incident": "ab12",
        "sure": True,
    }


def test_the_incident_that_people_are_told_is_a_field(capsys: pytest.CaptureFixture[str]) -> None:
    from bot.runtime.logs import log_to_stderr

    log_to_stderr([KNOWN], as_json=True)
    try:
        raise RuntimeError(f"it broke at {KNOWN}")
    except RuntimeError:
        number = log_incident("answering")
    (line,) = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert said["incident"] == number
    assert said["message"] == f"incident {number} while answering"
    assert said["traceback"].endswith("RuntimeError: it broke at …")
    assert KNOWN not in line


@pytest.mark.parametrize("secret", [BOT, KNOWN])
def test_no_secret_is_in_a_message_a_field_or_a_traceback(secret: str) -> None:
    try:
        raise ValueError(secret)
    except ValueError:
        made = record(
            f"got {secret}", place=f"at {secret}", token=RESPONSE, url=f"https://a.example/?{RESPONSE}"
        )
        made.exc_info = sys.exc_info()
    line = JsonLines([KNOWN]).format(made)
    assert secret not in line
    assert RESPONSE not in line
    assert json.loads(line)["token"] == "…"


def test_a_record_that_can_t_be_put_together_is_a_line_all_the_same() -> None:
    assert row(record("%d of them", "many"))["message"] == "'%d of them' with ('many',)"


@given(st.text(), st.text(), st.floats())
def test_whatever_is_logged_is_one_line_of_json_that_steers_no_terminal(
    message: str, value: str, number: float
) -> None:
    made = record(message.replace("%", "%%"), where=value, number=number)
    line = JsonLines(()).format(made)
    assert not [
        char for char in line if ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or char in "\u2028\u2029"
    ]
    found = json.loads(line, parse_constant=pytest.fail)
    assert found["level"] == "WARNING"


def test_both_ways_say_the_same_words() -> None:
    made = record("a\nb %s", "\x1b[31m")
    assert TextLines(()).format(made).endswith(row(made)["message"])
