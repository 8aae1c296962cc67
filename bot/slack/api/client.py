"""The client of Slack's Web API: retries, and the classification of errors."""

from collections.abc import Callable
from http import HTTPStatus

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
"""Timeout of a call, in seconds."""
RATE_TRIES = 5
"""Retries of a rate-limited call; each waits as long as Slack requests."""
NOT_IDEMPOTENT = ("chat.postMessage", "files.completeUploadExternal", "views.open")
"""Methods that are not retried after the response was lost: Slack has no idempotency key, so a retry could
post a second message."""
RETRIED_BY_PERSIST = "chat.postMessage"
"""The method that `bot.slack.api.send.persist` retries itself, because another process may take over the
event while Slack makes this one wait."""
TRANSIENT = frozenset("internal_error fatal_error service_unavailable ratelimited request_timeout".split())
"""Slack's transient errors, after which the same call may succeed."""
TOKEN_REJECTED = frozenset("invalid_auth not_authed account_inactive token_revoked token_expired".split())
"""Slack's errors for a token that is invalid, revoked or expired."""
MAKE_ONE = "install the app to the workspace again, and copy its tokens"
UNREACHABLE = (aiohttp.ClientError, OSError, TimeoutError)
"""The exceptions that mean that Slack can't be reached."""


class _SelectiveRetry(AsyncRetryHandler):
    """Retries as the slack_sdk handler that it is combined with, except for the methods in `excluded`."""

    excluded: tuple[str, ...] = ()

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if request.url.endswith(self.excluded):
            return False
        return await super()._can_retry_async(state=state, request=request, response=response, error=error)


class _ConnectionRetry(_SelectiveRetry, AsyncConnectionErrorRetryHandler):
    """Retries once after a lost connection, if that can't post a message twice."""

    excluded = NOT_IDEMPOTENT


class _RateLimitRetry(_SelectiveRetry, AsyncRateLimitErrorRetryHandler):
    """Retries a rate-limited call after the time that Slack gives, except for the method that `persist`
    retries itself."""

    excluded = (RETRIED_BY_PERSIST,)


class RejectedTokenHandler(AsyncRetryHandler):
    """Calls back for each response that rejects the token. It never retries."""

    def __init__(self, tell: Callable[[], None]) -> None:
        """`tell` is called at once, whichever method was called."""
        super().__init__()
        self._tell = tell

    async def can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - part of slack_sdk's interface
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        """Always False."""
        if response is not None and (response.body or {}).get("error") in TOKEN_REJECTED:
            self._tell()
        return False


def web_client(token: str | None, api: str) -> AsyncWebClient:
    """A client of the Web API at `api`, or at Slack itself if that is empty. It waits as long as Slack's rate
    limits request."""
    # slack_sdk's default handlers are not used: they would resend a message whose response was lost.
    handlers: list[AsyncRetryHandler] = [_RateLimitRetry(max_retry_count=RATE_TRIES), _ConnectionRetry()]
    return AsyncWebClient(token=token, base_url=api or SLACK, timeout=TIMEOUT, retry_handlers=handlers)


def rejected_token(reason: str) -> PlatformRefused:
    """The error that stops the bot because Slack rejects its token for `reason`."""
    return PlatformRefused(f"Slack does not take SLACK_BOT_TOKEN any more ({reason}): {MAKE_ONE}")


def reason_of(error: Exception) -> str:
    """The cause of a failed call for the log: Slack's error code, or the name of the exception."""
    said = error.response.get("error") if isinstance(error, SlackApiError) else None
    return str(said or type(error).__name__)


def refusal(error: SlackApiError) -> str | None:
    """Slack's error code if it is permanent; None if a retry may succeed."""
    reason = str(error.response.get("error") or "")
    if not reason or reason in TRANSIENT or error.response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return None
    return reason
