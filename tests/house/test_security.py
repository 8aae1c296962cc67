"""docs/security.md, held to the tests and settings that it names."""

import re
from pathlib import Path

import pytest

from bot.settings import NAMES
from tests.house.named import names_in

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")

_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")

PROMISES = {
    section.partition("\n")[0]: section
    for part in PAGE.split("\n## ")
    for section in part.split("\n### ")[1:]
}


@pytest.mark.parametrize("promise", PROMISES)
def test_a_promise_says_to_whom_it_is_made_and_is_proved_by_tests_that_are_there(promise: str) -> None:
    section = PROMISES[promise]
    assert "\nTo " in section
    assert "\nTested by " in section
    named = _NAMED.findall(section)
    assert named
    for file, name in named:
        tests = names_in(ROOT / file)
        assert name in tests if name else tests, f"{file}::{name}"


def test_every_promise_is_on_the_page_and_no_setting_of_it_is_unknown() -> None:
    assert len(PROMISES) > 15
    assert set(re.findall(r"`(NEWSDESK_\w+)`", PAGE)) <= set(NAMES.values())
