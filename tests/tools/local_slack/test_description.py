"""The methods' arguments, held against Slack's own types and against slack_sdk."""

import inspect

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tools.local_slack.api.methods import METHODS
from tools.local_slack.api.web_api import HANDLERS
from tools.local_slack.rules.description import load_description

ARGUMENTS = load_description().arguments


def test_every_method_has_a_handler() -> None:
    assert METHODS.keys() == HANDLERS.keys()


@pytest.mark.parametrize("method", ARGUMENTS)
def test_the_arguments_are_those_of_slacks_types(method: str) -> None:
    ours, theirs = METHODS[method], ARGUMENTS[method]
    # What the types do not have is old: it is sent by slack_sdk, and Slack takes it.
    assert set(theirs["names"]) <= ours.arguments.keys()
    assert ours.arguments.keys() - theirs["names"] <= {"container_id"}
    assert ours.required == [name for name in ours.arguments if name in theirs["required"]]


@pytest.mark.parametrize("method", sorted(METHODS))
def test_the_arguments_are_those_of_slack_sdk(method: str) -> None:
    signature = inspect.signature(getattr(AsyncWebClient, method.replace(".", "_")))
    named = signature.parameters.keys() - {"self", "kwargs", "app_token"}
    newer = {"prevent_creation", "blocks", "page"}
    assert named <= METHODS[method].arguments.keys()
    assert METHODS[method].arguments.keys() - named <= newer
