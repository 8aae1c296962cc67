"""`newsdesk doctor slack`: each thing that it can find, found."""

import asyncio
import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.slack.app_manifest import SCOPES
from bot.slack.doctor import diagnose_slack
from tools.local_slack import LocalSlack

ROOT = Path(__file__).parents[3]


async def found(slack: LocalSlack, **others: Any) -> dict[str, tuple[bool, str]]:
    """What the doctor finds, by name: whether it is sound, and the words."""
    tokens = {"slack_bot_token": slack.bot_token, "slack_app_token": slack.app_token}
    settings = Settings(home=Path("nowhere"), slack_api=slack.api, **{**tokens, **others})
    findings = await asyncio.to_thread(diagnose_slack, settings)
    for finding in findings:
        assert slack.bot_token not in finding.detail
        assert slack.app_token not in finding.detail
        assert "\n" not in finding.detail
    return {finding.what: (finding.sound, finding.detail) for finding in findings}


async def test_all_is_well_with_the_manifest_and_both_tokens(slack: LocalSlack) -> None:
    findings = await found(slack)
    assert findings == {
        "bot token": (True, f"is newsdesk's in The Newsroom ({slack.team.id})"),
        "scopes": (True, "all are there"),
        "app token": (True, "opens a socket"),
    }
    assert not slack.sockets.links
    slack.assert_valid()


@pytest.mark.parametrize(
    ("settings", "what", "said"),
    [
        ({"slack_bot_token": ""}, "bot token", r"`newsdesk manifest`.*Bot User OAuth Token"),
        ({"slack_app_token": "xapp-1-wrong"}, "app token", r"SLACK_APP_TOKEN \(invalid_auth\): make"),
        ({"slack_app_token": ""}, "events", r"SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET"),
    ],
    ids=["no bot token", "another app token", "no way for events"],
)
async def test_a_setting_that_is_wrong_is_named_with_what_to_do(
    slack: LocalSlack, settings: dict[str, str], what: str, said: str
) -> None:
    sound, words = (await found(slack, **settings))[what]
    assert not sound
    assert re.search(said, words)


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_token_that_slack_does_not_take(slack: LocalSlack, error: str) -> None:
    slack.revoke_token(error)
    findings = await found(slack)
    assert findings == {"bot token": (False, f"Slack refuses SLACK_BOT_TOKEN ({error}): copy it again")}


async def test_slack_that_cant_be_reached(slack: LocalSlack) -> None:
    slack.faults.cut("apps.connections.open", times=None)
    sound, words = (await found(slack))["app token"]
    assert not sound
    assert words.startswith("Slack can't be reached (")
    await slack.down()
    connection = (False, "Slack can't be reached (ClientConnectorError): try again")
    assert await found(slack) == {"connection": connection}


@pytest.mark.parametrize("scope", SCOPES)
async def test_a_scope_that_is_missing_is_named(slack: LocalSlack, scope: str) -> None:
    slack.world.app = replace(slack.world.app, scopes=slack.world.app.scopes - {scope})
    sound, words = (await found(slack))["scopes"]
    assert not sound
    assert words.startswith(f"missing: {scope}; paste what `newsdesk manifest` prints")


async def test_a_bot_token_is_no_app_token(slack: LocalSlack) -> None:
    sound, words = (await found(slack, slack_app_token=slack.bot_token))["app token"]
    assert not sound
    assert "SLACK_APP_TOKEN (not_allowed_token_type): make an app-level token" in words


async def test_events_over_http_need_no_app_token(slack: LocalSlack) -> None:
    findings = await found(slack, slack_app_token="", slack_signing_secret="s", slack_port=3100)
    assert findings["events"] == (True, "come over HTTP, to port 3100 of 127.0.0.1")


async def test_the_command_ends_with_what_it_found(slack: LocalSlack, tmp_path: Path) -> None:
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
    environment = {**os.environ, **tokens, "NEWSDESK_SLACK_API": slack.api}

    async def doctor(*options: str) -> tuple[int | None, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "--home", str(tmp_path), "doctor", "slack", *options),
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
            env=environment,
        )
        out, _ = await process.communicate()
        return process.returncode, out.decode()

    status, out = await doctor("--json")
    assert status == 0
    assert [row["what"] for row in json.loads(out)] == ["bot token", "scopes", "app token"]
    slack.revoke_token()
    status, out = await doctor()
    assert status == 1
    assert "SLACK_BOT_TOKEN (token_revoked)" in " ".join(out.split())
