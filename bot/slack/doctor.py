"""Checks the Slack setup: tokens, scopes, and whether events can arrive."""

import asyncio
from collections.abc import AsyncIterator

from slack_sdk.errors import SlackApiError

from bot.runtime.finding import Finding
from bot.settings import Settings
from bot.slack.api.client import UNREACHABLE, web_client
from bot.slack.app_manifest import SCOPES

PASTE = "paste what `newsdesk manifest` prints under App Manifest, and install the app to the workspace again"


def diagnose_slack(settings: Settings) -> list[Finding]:
    """Check the settings against Slack; nothing is changed there, and no connection stays open."""

    async def collect() -> list[Finding]:
        return [finding async for finding in _findings(settings)]

    return asyncio.run(collect())


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.slack_bot_token:
        yield Finding(
            "bot token",
            False,
            "SLACK_BOT_TOKEN is not set: make an app at api.slack.com/apps from what `newsdesk manifest` "
            "prints, install it, and copy the Bot User OAuth Token",
        )
        return
    client = web_client(settings.slack_bot_token, settings.slack_api)
    try:
        who = await client.auth_test()
    except SlackApiError as error:
        reason = error.response.get("error")
        yield Finding("bot token", False, f"Slack refuses SLACK_BOT_TOKEN ({reason}): copy it again")
        return
    except UNREACHABLE as error:
        yield Finding("connection", False, f"Slack can't be reached ({type(error).__name__}): try again")
        return
    yield Finding("bot token", True, f"is {who.get('user')}'s in {who.get('team')} ({who.get('team_id')})")
    headers = {name.lower(): value for name, value in who.headers.items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",")}
    missing = [scope for scope in SCOPES if scope not in granted]
    yield Finding(
        "scopes", not missing, f"missing: {', '.join(missing)}; {PASTE}" if missing else "all are there"
    )
    if settings.slack_app_token:
        yield await _socket(settings)
    elif settings.slack_signing_secret:
        yield Finding(
            "events", True, f"come over HTTP, to port {settings.slack_port} of {settings.slack_host}"
        )
    else:
        yield Finding(
            "events",
            False,
            "set SLACK_APP_TOKEN (an app-level token with connections:write) for Socket Mode, or "
            "SLACK_SIGNING_SECRET for HTTP",
        )


async def _socket(settings: Settings) -> Finding:
    try:
        await web_client(settings.slack_bot_token, settings.slack_api).apps_connections_open(
            app_token=settings.slack_app_token
        )
    except SlackApiError as error:
        reason = error.response.get("error")
        return Finding(
            "app token",
            False,
            f"Slack refuses SLACK_APP_TOKEN ({reason}): make an app-level token with connections:write, and "
            "switch Socket Mode on",
        )
    except UNREACHABLE as error:
        return Finding("app token", False, f"Slack can't be reached ({type(error).__name__}): try again")
    return Finding("app token", True, "opens a socket")
