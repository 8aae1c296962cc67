"""The client of Slack's Web API: its retries, and the meaning of Slack's errors."""

from collections.abc import Callable

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from corpus.errors import PlatformRefused

SLACK = "https://slack.com/api/"
TIMEOUT = 30
"""Seconds that a call may take."""
RATE_TRIES = 5
"""How often a call is made again that Slack was too busy for; each waits as long as Slack says."""
ONCE = ("chat.postMessage", "files.completeUploadExternal", "views.open")
"""Methods that may not be called again where the answer to the first call was lost: Slack knows no mark by
which it would tell a second call from a second message."""
LOOKED_AT = "chat.postMessage"
"""The method of which `bot.slack.api.send.persist` makes every call itself: while Slack lets it wait, another
process may take the event over."""
PASSING = frozenset("internal_error fatal_error service_unavailable ratelimited request_timeout".split())
"""Slack's errors that are no refusal: the same may go well in a while."""
VOID = frozenset("invalid_auth not_authed account_inactive token_revoked token_expired".split())
"""Slack's errors for a token that is good for nothing."""
SERVER_FAULT = 500
MAKE_ONE = "install the app to the workspace again, and copy its tokens"
UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError)
"""What is raised where Slack can't be reached."""


class _Sparing(AsyncRetryHandler):
    """Calls again as the library's handler beside it does, but none of the methods that are spared."""

    spared: tuple[str, ...] = ()

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if request.url.endswith(self.spared):
            return False
        return await super()._can_retry_async(state=state, request=request, response=response, error=error)


class _Reconnect(_Sparing, AsyncConnectionErrorRetryHandler):
    """Calls again once where the connection broke, if that does no harm."""

    spared = ONCE


class _Wait(_Sparing, AsyncRateLimitErrorRetryHandler):
    """Calls again where Slack was too busy, once it says; but not where whoever calls looks first whether
    that is still wanted."""

    spared = (LOOKED_AT,)


class Watch(AsyncRetryHandler):
    """Tells of each answer that calls the token void. It never calls again."""

    def __init__(self, tell: Callable[[], None]) -> None:
        """`tell` is called at once, whatever call was answered."""
        super().__init__()
        self._tell = tell

    async def can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - the library gives all of them
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        """False, always."""
        if response is not None and (response.body or {}).get("error") in VOID:
            self._tell()
        return False


def web_client(token: str | None, api: str) -> AsyncWebClient:
    """A client of the Web API that waits as long as Slack asks for, at `api` or at Slack itself."""
    # The library's own handlers are left out: they would send a message again whose answer was lost.
    handlers: list[AsyncRetryHandler] = [_Wait(max_retry_count=RATE_TRIES), _Reconnect()]
    return AsyncWebClient(token=token, base_url=api or SLACK, timeout=TIMEOUT, retry_handlers=handlers)


def void_token(reason: str) -> PlatformRefused:
    """What ends the bot where Slack takes its token no more, for that reason."""
    return PlatformRefused(f"Slack does not take SLACK_BOT_TOKEN any more ({reason}): {MAKE_ONE}")


def reason_of(error: Exception) -> str:
    """What went wrong with a call, in a word for the log."""
    said = error.response.get("error") if isinstance(error, SlackApiError) else None
    return str(said or type(error).__name__)


def refusal(error: SlackApiError) -> str | None:
    """Why Slack will not let the bot in, in its own word, or None if it may another time."""
    reason = str(error.response.get("error") or "")
    if not reason or reason in PASSING or error.response.status_code >= SERVER_FAULT:
        return None
    return reason
