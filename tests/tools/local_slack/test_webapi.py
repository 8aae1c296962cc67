"""Tokens, scopes, arguments, and how slack_sdk takes a refusal."""

import inspect
from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.tools.local_slack.conftest import Raw
from tools.local_slack import METHODS, LocalSlack


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        (None, "auth.test", "not_authed"),
        ("xoxb-wrong", "auth.test", "invalid_auth"),
        ("app", "auth.test", "not_allowed_token_type"),
        ("bot", "apps.connections.open", "not_allowed_token_type"),
        ("bot", "chat.meMessage", "unknown_method"),
    ],
)
async def test_tokens_and_methods_that_are_wrong(
    slack: LocalSlack, raw: Raw, token: str | None, method: str, error: str
) -> None:
    raw.token = {"app": slack.app_token, "bot": slack.bot_token}.get(token or "", token)
    answer = await raw(method)
    assert (answer.status, answer.error) == (200, error)
    assert slack.problems == [f"{method}: {error}"]
    with pytest.raises(AssertionError, match=error):
        slack.assert_valid()


async def test_a_scope_that_is_missing_is_named(slack: LocalSlack, raw: Raw) -> None:
    slack.world.app = replace(slack.world.app, scopes=frozenset({"chat:write", "im:history"}))
    answer = await raw("users.info", user=slack.ann.id)
    assert answer.error == "missing_scope"
    assert (answer.body["needed"], answer.body["provided"]) == ("users:read", "chat:write,im:history")
    replies = await raw("conversations.replies", channel=slack.cabinet.id, ts="1.000000")
    assert replies.body["needed"] == "groups:history"
    assert (await raw.post()).error is None


@pytest.mark.parametrize("name", METHODS)
def test_the_arguments_are_some_that_slack_sdk_gives(name: str) -> None:
    given = inspect.signature(getattr(AsyncWebClient, name.replace(".", "_"))).parameters
    assert METHODS[name].arguments.keys() <= given.keys()


async def test_arguments_that_are_wrong(slack: LocalSlack, raw: Raw) -> None:
    missing = await raw("chat.postEphemeral", text="Words")
    assert missing.error == "invalid_arguments"
    assert missing.messages == [
        "[ERROR] missing required field: channel",
        "[ERROR] missing required field: user",
    ]
    assert (await raw.post(unfurl_links="perhaps")).messages == [
        "[ERROR] must provide a boolean [json-pointer:/unfurl_links]"
    ]
    assert (await raw.post(text=5)).messages == ["[ERROR] must provide a string [json-pointer:/text]"]
    assert (await raw.send("chat.postMessage", "{", "application/json")).error == "invalid_json"
    assert (await raw.send("chat.postMessage", "[]", "application/json")).error == "invalid_json"


async def test_an_argument_that_nobody_knows_is_recorded(slack: LocalSlack, raw: Raw) -> None:
    assert (await raw.post(colour="red")).error is None
    problem = "the server knows no such argument [json-pointer:/colour]"
    assert slack.problems == [f"chat.postMessage: {problem}"]
    called, noted = str(slack.requests).split("\n")
    assert called.startswith('chat.postMessage -> ok {"channel": "C')
    assert noted == f"    ! {problem}"
