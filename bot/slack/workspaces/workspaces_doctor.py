"""Checks the settings of an app that any workspace can install: settings, key, and whether events arrive."""

import asyncio
from collections.abc import Callable, Iterator, Mapping

from slack_sdk.errors import SlackApiError

from bot.runtime.finding import Finding
from bot.settings import Settings
from bot.slack.api.client import UNREACHABLE, reason_of, web_client
from bot.slack.app_manifest import REDIRECT
from bot.slack.workspaces.install_pages import INSTALL
from bot.slack.workspaces.installation_store import unreadable
from bot.slack.workspaces.token_cipher import TokenCipher
from corpus.errors import BadSetting, NewsdeskError
from corpus.text import counted

BAD_CODE = "invalid_code"
"""Slack's error for an invalid code from the right app."""


def diagnose_workspaces(settings: Settings, kept: Callable[[], Mapping[str, str]]) -> list[Finding]:
    """Check the settings against Slack and the stored installations (`kept`); nothing is changed."""
    return [*_settings(settings), *_key(settings, kept), *asyncio.run(_slack(settings)), _custody(settings)]


def _settings(settings: Settings) -> Iterator[Finding]:
    address = settings.slack_oauth_address.rstrip("/")
    if address:
        words = (
            f"{address}{INSTALL}, which has to come to port {settings.slack_oauth_port} of "
            f"{settings.slack_oauth_host}; {address}{REDIRECT} has to be among the app's Redirect URLs"
        )
        yield Finding("install page", True, words)
    else:
        words = "NEWSDESK_SLACK_OAUTH_ADDRESS is not set: set it to the https:// address of the pages"
        yield Finding("install page", False, words)


def _key(settings: Settings, kept: Callable[[], Mapping[str, str]]) -> Iterator[Finding]:
    try:
        cipher = TokenCipher(settings.secret_key)
        noted = dict(kept())
    except BadSetting as error:
        yield Finding("secret key", False, str(error))
        return
    except NewsdeskError as error:
        yield Finding("installations", False, str(error))
        return
    if lost := unreadable(noted, cipher):
        yield Finding("secret key", False, lost)
    else:
        words = f"reads the tokens of {counted(len(noted), 'workspace')} or enterprises that have the app"
        yield Finding("secret key", True, words)


async def _slack(settings: Settings) -> list[Finding]:
    client = web_client(None, settings.slack_api)
    found = []
    try:
        await client.oauth_v2_access(
            client_id=settings.slack_client_id, client_secret=settings.slack_client_secret, code="doctor"
        )
    except SlackApiError as error:
        reason = reason_of(error)
        good = reason == BAD_CODE
        words = (
            "are the app's" if good else f"Slack refuses them ({reason}): copy both from Basic Information"
        )
        found.append(Finding("client id and secret", good, words))
    except UNREACHABLE as error:
        return [Finding("connection", False, f"Slack can't be reached ({type(error).__name__}): try again")]
    if settings.slack_app_token and not settings.slack_bot_token:
        try:
            await client.apps_connections_open(app_token=settings.slack_app_token)
        except SlackApiError as error:
            words = (
                f"Slack refuses SLACK_APP_TOKEN ({reason_of(error)}): make an app-level token with "
                "connections:write, and switch Socket Mode on"
            )
            found.append(Finding("app token", False, words))
        except UNREACHABLE as error:
            found.append(Finding("app token", False, f"Slack can't be reached ({type(error).__name__})"))
        else:
            found.append(Finding("app token", True, "opens a socket"))
    return found


def _custody(settings: Settings) -> Finding:
    named = (
        f"those in NEWSDESK_COLLECTIONS ({', '.join(settings.collections)})" if settings.collections else ""
    )
    seen = named or "every collection that is bound to nobody (NEWSDESK_COLLECTIONS names fewer)"
    if settings.slack_workspaces or settings.discord_servers:
        who = "only those that you named look after them"
    else:
        who = "none that installs the app looks after them (NEWSDESK_SLACK_WORKSPACES names yours)"
    return Finding("what all see", True, f"each workspace sees {seen}; {who}")
