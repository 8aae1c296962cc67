"""Tokens, scopes, arguments, and how slack_sdk takes a refusal."""

import inspect
import time
from dataclasses import replace

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.tools.local_slack.conftest import Raw
from tools.local_slack import METHODS, LocalSlack


async def test_auth_test_tells_who_the_bot_is(slack: LocalSlack, raw: Raw) -> None:
    answer = await raw("auth.test")
    assert answer.body["team_id"] == slack.team.id
    assert answer.body["user_id"] == slack.bot.id
    assert answer.body["bot_id"] == slack.bot.bot_id
    assert "chat:write" in answer.headers["X-OAuth-Scopes"].split(",")
    raw.token = slack.other_bot_token
    assert (await raw("auth.test")).body["enterprise_id"] == slack.other_team.enterprise_id


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


async def test_a_revoked_token(slack: LocalSlack, raw: Raw) -> None:
    slack.revoke_token()
    assert (await raw("auth.test")).error == "token_revoked"


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


async def test_arguments_come_as_json_and_in_the_address(slack: LocalSlack, raw: Raw) -> None:
    params = {"user": slack.kim.id, "include_locale": "1"}
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with raw.session.get(f"{slack.api}users.info", params=params, headers=headers) as response:
        assert (await response.json())["user"]["locale"] == "ko-KR"
    assert (await raw.post(unfurl_links=False)).error is None
    slack.assert_valid()


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


async def test_a_rate_limit_is_obeyed_by_slack_sdk(slack: LocalSlack) -> None:
    fault = slack.faults.limit("chat.*", retry_after=1)
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    began = time.monotonic()
    await client.chat_postMessage(channel=slack.general.id, text="Words")
    assert time.monotonic() - began >= 1
    assert fault.hits == 1
    assert [(request.status, request.error) for request in slack.requests] == [
        (429, "ratelimited"),
        (200, None),
    ]


async def test_errors_on_demand_are_no_fault_of_the_bots(slack: LocalSlack) -> None:
    slack.faults.refuse("auth.test", "invalid_auth")
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api)
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.auth_test()
    slack.assert_valid()
