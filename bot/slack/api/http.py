"""Slack over HTTP: requests with a verified signature, age and uniqueness."""

import asyncio
import hmac
import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.dispatch.acknowledging import acknowledging_event
from bot.slack.api.connection import Receiver, is_message
from bot.slack.api.server import BODY_TIMEOUT, ConnectionLimiter, Handler

PATH = "/slack/events"
LARGEST = 1_000_000
"""The largest request in bytes; Slack's largest, a submitted form, stays below 250,000."""
AGE = 300
"""Maximum difference in seconds between a request's timestamp and now, as Slack recommends."""
REMEMBERED = 50_000
"""Signatures that are remembered. Slack sends at most 30,000 events an hour for each workspace."""
SSL_CHECK = b"ssl_check=1"
"""Contained in the unsigned request with which Slack checks the certificate."""

_log = logging.getLogger(__name__)


class RequestVerifier:
    """Accepts a request if Slack signed it recently and it has not been received before."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        """`secret` is the app's signing secret."""
        self._verifier = SignatureVerifier(secret)
        self._clock = clock
        self._seen: OrderedDict[str, int] = OrderedDict()

    def refuses(self, body: bytes, stamp: str, signature: str) -> str | None:
        """Why the request is rejected; None if it is accepted."""
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12 and signature.isascii()):
            return "no signature"
        now = self._clock()
        if abs(now - int(stamp)) > AGE:
            return "too old or from the future"
        try:
            wanted = self._verifier.generate_signature(timestamp=stamp, body=body)
        except UnicodeDecodeError:
            return "no text"
        if wanted is None or not hmac.compare_digest(wanted, signature):
            return "forged"
        if signature in self._seen:
            return "seen before"
        self._remember(signature, int(stamp), now)
        return None

    def _remember(self, signature: str, stamp: int, now: float) -> None:
        """Remember a signature for as long as it could be replayed; the oldest are forgotten if there are too
        many.

        Only valid signatures are remembered, so nobody else can fill the memory. A request that is accepted
        twice all the same has an event id that was already handled.
        """
        self._seen[signature] = stamp
        while len(self._seen) > REMEMBERED or now - next(iter(self._seen.values())) > AGE:
            self._seen.popitem(last=False)


def web_app(
    app: Receiver, verifier: RequestVerifier, limiter: ConnectionLimiter, *, shared: bool = False
) -> web.Application:
    """The web application, with one path. `shared` is as in `Connection`."""

    async def handle(request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not signature and SSL_CHECK in body.split(b"&"):
            return web.Response()
        if reason := verifier.refuses(body, stamp, signature):
            raise web.HTTPUnauthorized(reason=reason)
        bolt = AsyncBoltRequest(
            body=body.decode(),
            query=request.query_string,
            headers={name: [value] for name, value in request.headers.items()},
        )
        with acknowledging_event() as acknowledgement:
            response = await app.async_dispatch(bolt)
        handed = shared and response.status == web.HTTPOk.status_code
        if handed and not await acknowledgement.is_due(sent_again=is_message(bolt.body)):
            raise web.HTTPServiceUnavailable(reason="this process is being stopped")
        return await to_aiohttp_response(response)

    made = web.Application(client_max_size=LARGEST, middlewares=[limiter.mark, _told])
    made.router.add_post(PATH, handle)
    return made


async def _body(request: web.Request) -> bytes:
    """The body of a request. Its sender is not verified yet, so errors in it are the sender's and not logged
    as ours."""
    try:
        async with asyncio.timeout(BODY_TIMEOUT):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except web.HTTPException:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a bad request
        raise web.HTTPBadRequest(reason=type(error).__name__) from None


@web.middleware
async def _told(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log a request that is rejected, and send its sender the status only."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        _log.warning("a request was refused: %d, %s", error.status, error.reason)
        return web.Response(status=error.status)
    except Exception:  # noqa: BLE001 - one malformed request must not stop the server
        _log.exception("a request that can't be read was refused")
        return web.Response(status=400)
