"""Slack over HTTP: requests whose signature, age and newness were checked."""

import hmac
import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

PATH = "/slack/events"
LARGEST = 1_000_000
"""Bytes of a request; Slack's largest, a form that is sent in, stays below 250,000."""
AGE = 300
"""Seconds that a request may be old, or from the future: Slack's own advice."""
REMEMBERED = 50_000
"""Signatures known within that time: more than a workspace sends in it."""

_log = logging.getLogger(__name__)


class Gate:
    """Lets in what Slack signed lately, once."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        """`secret` is the app's signing secret."""
        self._verifier = SignatureVerifier(secret)
        self._clock = clock
        self._seen: OrderedDict[str, float] = OrderedDict()

    def refuses(self, body: bytes, stamp: str, signature: str) -> str | None:
        """Why the request is not let in, or None."""
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12 and signature.isascii()):
            return "no signature"
        now = self._clock()
        if abs(now - int(stamp)) > AGE:
            return "too old"
        try:
            wanted = self._verifier.generate_signature(timestamp=stamp, body=body)
        except UnicodeDecodeError:
            return "no text"
        if wanted is None or not hmac.compare_digest(wanted, signature):
            return "forged"
        while self._seen and next(iter(self._seen.values())) < now - 2 * AGE:
            self._seen.popitem(last=False)
        if signature in self._seen or len(self._seen) >= REMEMBERED:
            return "seen before"
        self._seen[signature] = now
        return None


def web_app(app: AsyncApp, gate: Gate) -> web.Application:
    """The server's side: one path."""

    async def handle(request: web.Request) -> web.Response:
        body = await request.read()
        reason = gate.refuses(
            body,
            request.headers.get("X-Slack-Request-Timestamp", ""),
            request.headers.get("X-Slack-Signature", ""),
        )
        if reason:
            _log.warning("a request was refused: %s", reason)
            return web.Response(status=401)
        bolt = AsyncBoltRequest(
            body=body.decode(),
            query=request.query_string,
            headers={name: [value] for name, value in request.headers.items()},
        )
        return await to_aiohttp_response(await app.async_dispatch(bolt))

    made = web.Application(client_max_size=LARGEST)
    made.router.add_post(PATH, handle)
    return made
