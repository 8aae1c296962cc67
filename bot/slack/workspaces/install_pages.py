"""The pages on which a workspace installs the app: Bolt's OAuth flow on a web server of its own.

Anybody may open them. They are plain pages without scripts, and can't be shown in a frame of another page.
"""

import logging
from collections.abc import Sequence

import jinja2
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.catalogue import Messages, messages_for
from bot.settings import Settings
from bot.slack.api.client import SLACK, UNREACHABLE
from bot.slack.api.server import ConnectionLimiter
from bot.slack.app import hidden_environment
from bot.slack.app_manifest import REDIRECT, SCOPES
from bot.slack.requests import PLATFORM
from bot.slack.workspaces.installation_store import InstallationStore
from bot.slack.workspaces.oauth_states import EXPIRES, OAuthStates
from bot.slack.workspaces.stored_installation import StoredInstallation
from corpus.errors import NewsdeskError

INSTALL = "/slack/install"
AUTHORIZE = "oauth/v2/authorize"
APP = "https://slack.com/app_redirect"
UNAVAILABLE, BAD, FINE = 503, 400, 200
DENIED = "access_denied"
STALE = frozenset({"invalid_browser", "invalid_state"})
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address contains Slack's code
    "X-Content-Type-Options": "nosniff",
}
"""The headers of every page."""
LONGEST_LANGUAGE = 35
"""The most characters of a language tag that is read from `Accept-Language`."""
_PAGE = jinja2.Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="{{ language }}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<style>body{font:17px/1.5 system-ui,sans-serif;max-width:36em;margin:12vh auto;padding:0 1em;color:#1d1c1d}
a{display:inline-block;background:#1f4d3a;color:#fff;padding:.6em 1.2em;border-radius:.4em}
@media(prefers-color-scheme:dark){body{background:#1a1d21;color:#e8e8e8}}</style>
<h1>{{ title }}</h1>{% for one in paragraphs %}<p>{{ one }}</p>{% endfor %}
{% if link %}<p><a href="{{ link }}">{{ label }}</a></p>{% endif %}</html>
"""
)
_log = logging.getLogger(__name__)


class InstallFlow(AsyncOAuthFlow):
    """Bolt's OAuth flow, with our pages."""

    def __init__(
        self,
        settings: Settings,
        installations: InstallationStore,
        states: OAuthStates,
        client: AsyncWebClient,
    ) -> None:
        """`client` has no token."""
        self._prefix = settings.slack_commands
        self._installations = installations
        with hidden_environment():
            oauth = AsyncOAuthSettings(
                client_id=settings.slack_client_id,
                client_secret=settings.slack_client_secret,
                scopes=list(SCOPES),
                user_scopes=[],
                redirect_uri=f"{settings.slack_oauth_address.rstrip('/')}{REDIRECT}",
                install_path=INSTALL,
                redirect_uri_path=REDIRECT,
                callback_options=AsyncCallbackOptions(self._installed, self._failed),
                authorization_url=f"{(settings.slack_api or SLACK).removesuffix('api/')}{AUTHORIZE}",
                installation_store=AsyncInstallationStore(),  # never called: see `store_installation`
                installation_store_bot_only=True,
                state_store=states,
                state_expiration_seconds=EXPIRES,
            )
        super().__init__(client=client, logger=_quiet, settings=oauth)

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """The page that says what is installed, with the link to Slack's consent page."""
        messages = messages_of(request)
        words = [messages("install-text"), messages("install-asks")]
        return _page(messages, messages("install-title"), words, url, messages("install-button"))

    async def run_installation(self, code: str) -> Installation | None:
        """Exchange the code as Bolt does; a failure is logged here, without the code."""
        made = await super().run_installation(code)
        if made is None:
            _log.warning("Slack did not confirm an installation")
        return made

    async def store_installation(self, _request: AsyncBoltRequest, installation: Installation) -> None:
        """Store a new installation as ours. Raises BoltError if it has no bot."""
        try:
            await self._installations.save(StoredInstallation.of(installation))
        except ValueError as error:
            raise BoltError(str(error)) from error

    async def _installed(self, done: AsyncSuccessArgs) -> BoltResponse:
        messages, made = messages_of(done.request, self._prefix), done.installation
        name = made.team_name or made.enterprise_name or ""
        _log.info("the app was installed in %s", made.team_id or made.enterprise_id)
        words = [messages("installed-slack-ask"), messages("installed-slack-admin")]
        link = f"{APP}?app={made.app_id}" + (f"&team={made.team_id}" if made.team_id else "")
        title = messages("installed-title", workspace=name)
        return self._answer(FINE, _page(messages, title, words, link, messages("installed-open")))

    async def _failed(self, failed: AsyncFailureArgs) -> BoltResponse:
        if failed.reason == DENIED:
            why, status = "denied", FINE
        elif failed.reason in STALE:
            why, status = "again", BAD
        else:
            why, status = "refused", BAD
        return self.failure(failed.request, why, status)

    def failure(self, request: AsyncBoltRequest, why: str, status: int) -> BoltResponse:
        """The page that says why nothing was installed; `why` is the end of a message's key."""
        messages = messages_of(request)
        title, words = messages("install-failed-title"), [messages(f"install-failed-{why}")]
        return self._answer(status, _page(messages, title, words, INSTALL, messages("install-again")))

    def _answer(self, status: int, html: str) -> BoltResponse:
        ends: dict[str, str | Sequence[str]] = {
            "Set-Cookie": [self.settings.state_utils.build_set_cookie_for_deletion()]
        }
        return BoltResponse(status=status, body=html, headers=ends)


def install_app(flow: InstallFlow, limiter: ConnectionLimiter) -> web.Application:
    """The web application, with two pages."""

    async def begin(request: web.Request) -> web.StreamResponse:
        return await _with_headers(await flow.handle_installation(_bolt(request)))

    async def end(request: web.Request) -> web.StreamResponse:
        bolt = _bolt(request)
        try:
            answer = await flow.handle_callback(bolt)
        except (NewsdeskError, *UNREACHABLE) as error:
            _log.warning("an installation could not be finished (%s)", type(error).__name__)
            answer = flow.failure(bolt, "away", UNAVAILABLE)
        return await _with_headers(answer)

    made = web.Application(client_max_size=1, middlewares=[limiter.mark])
    made.router.add_get(INSTALL, begin, allow_head=False)
    made.router.add_get(REDIRECT, end, allow_head=False)
    return made


def _bolt(request: web.Request) -> AsyncBoltRequest:
    headers: dict[str, str | Sequence[str]] = {name: [value] for name, value in request.headers.items()}
    return AsyncBoltRequest(body="", query=request.query_string, headers=headers)


async def _with_headers(answer: BoltResponse) -> web.StreamResponse:
    made = await to_aiohttp_response(answer)
    for name, value in HEADERS.items():
        made.headers[name] = value
    return made


def messages_of(request: AsyncBoltRequest, prefix: str = "") -> Messages:
    """The messages in the browser's preferred language; `prefix` stands before the names of commands."""
    accepted = (request.headers.get("accept-language") or [""])[0]
    first = accepted.split(",")[0].split(";")[0].strip()[:LONGEST_LANGUAGE]
    return messages_for(first or "en", PLATFORM, prefix)


def _page(messages: Messages, title: str, paragraphs: Sequence[str], link: str, label: str) -> str:
    return _PAGE.render(
        language=messages.language, title=title, paragraphs=paragraphs, link=link, label=label
    )


_quiet = logging.getLogger(f"{__name__}.flow")
"""Silenced, because Bolt's log of a failed exchange contains the code."""
_quiet.setLevel(logging.CRITICAL)
