"""The catalogue held to the code, and the code to the catalogue."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields

import pytest

from bot.actions.button_handlers import REASONS
from bot.chat.preferences import LANGUAGES, AnswerPolicy, PreferenceChanges
from bot.messages.catalogue import ENGLISH
from tests.bot.messages.fluent import messages
from tests.bot.messages.source import Said, first_arguments, is_written, spoken

CATALOGUE = messages(ENGLISH)


@pytest.fixture(scope="module")
def calls() -> list[Said]:
    """All that the code says: seconds to read, which only who runs this module should take."""
    return list(spoken())


def test_the_source_is_read_at_all(calls: list[Said]) -> None:
    assert len(calls) > 150
    assert any("thread-opened-mention" in key for call in calls for key in map(_plain, call.keys))
    assert any("[^ ]+" in key for call in calls for key in call.keys)


def test_what_the_code_says_is_in_the_catalogue_with_every_value_that_it_needs(calls: list[Said]) -> None:
    assert "\n".join(said for call in calls for said in unsayable(call)) == ""


def unsayable(call: Said) -> Iterator[str]:
    for pattern in call.keys:
        meant = [message for key, message in CATALOGUE.items() if re.fullmatch(pattern, key)]
        if not meant:
            yield f"{call.where}: there is no {_plain(pattern)}"
        elif call.values is not None and not any(one.variables <= call.values for one in meant):
            yield f"{call.where}: {_plain(pattern)} needs {sorted(meant[0].variables)}"


def test_nothing_in_the_catalogue_is_never_said() -> None:
    # What stands in for a message on Slack is looked up under the message's own key.
    assert [key for key in CATALOGUE if not is_written(key.removesuffix("-slack"))] == []


IN_THE_TERMINAL = {"asking", "copying tables", "copying generations", "copying uploads"}
"""The stages of `newsdesk eval` and `newsdesk move`, which no chat shows."""
WORDED: dict[str, Callable[[], Collection[str]]] = {
    "stage": lambda: {stage.replace(" ", "-") for stage in first_arguments("progress") - IN_THE_TERMINAL},
    "question": lambda: first_arguments("BadQuestion"),
    "unknown": lambda: first_arguments("unknown_name"),
    "setting-answers": lambda: {answers.value for answers in AnswerPolicy},
    "setting-language": lambda: {language or "auto" for language in LANGUAGES},
    "setting": lambda: {field.name for field in fields(PreferenceChanges)} - {"private"},
    "reason": lambda: REASONS,
}
"""What has a message of its own for each of it, by what the keys begin with."""


@pytest.mark.parametrize("kind", WORDED)
def test_each_of_a_kind_has_its_words(kind: str) -> None:
    names = WORDED[kind]()
    assert len(names) > 1
    assert {f"{kind}-{name}" for name in names} <= CATALOGUE.keys()


def _plain(pattern: str) -> str:
    return pattern.replace("\\", "")
