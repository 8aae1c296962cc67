"""The catalogue held to the code, and the code to the catalogue."""

import re
from collections.abc import Iterator

from bot.chat.preferences import LANGUAGES, Answers
from bot.messages.catalogue import ENGLISH
from tests.bot.messages.fluent import messages
from tests.bot.messages.source import Said, assigned, first_arguments, is_written, spoken

CATALOGUE = messages(ENGLISH)
CALLS = list(spoken())


def test_the_source_is_read_at_all() -> None:
    assert len(CALLS) > 150
    assert any("thread-opened-mention" in key for call in CALLS for key in map(_plain, call.keys))
    assert any("[^ ]+" in key for call in CALLS for key in call.keys)


def test_what_the_code_says_is_in_the_catalogue_with_every_value_that_it_needs() -> None:
    assert "\n".join(said for call in CALLS for said in unsayable(call)) == ""


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


def test_every_stage_of_a_reload_has_its_words() -> None:
    stages = first_arguments("progress") - {"asking"}  # of `newsdesk eval`, which the terminal alone shows
    assert {"reading", "embedding", "writing", "fetching"} <= stages
    assert {f"stage-{stage.replace(' ', '-')}" for stage in stages} <= CATALOGUE.keys()


def test_every_fault_of_a_question_has_its_words() -> None:
    faults = first_arguments("BadQuestion")
    assert faults == {"empty", "long", "wordless"}
    assert {f"question-{fault}" for fault in faults} <= CATALOGUE.keys()


def test_every_unknown_name_has_its_words() -> None:
    kinds = first_arguments("unknown_name")
    assert kinds == {"collection", "source"}
    assert {f"unknown-{kind}" for kind in kinds} <= CATALOGUE.keys()


def test_every_choice_of_the_settings_has_its_words() -> None:
    wanted = {f"setting-answers-{answers.value}" for answers in Answers}
    wanted |= {f"setting-language-{language or 'auto'}" for language in LANGUAGES}
    wanted |= {f"setting-{name}" for name in ("answers", "collections", "sources", "passages", "language")}
    wanted |= {f"setting-{name}" for name in ("admin_roles", "person_limit", "channel_limit")}
    assert wanted <= CATALOGUE.keys()


def test_every_reason_against_an_answer_has_its_words() -> None:
    reasons = assigned("REASONS")
    assert len(reasons) == 5
    assert {f"reason-{reason}" for reason in reasons} <= CATALOGUE.keys()


def _plain(pattern: str) -> str:
    return pattern.replace("\\", "")
