"""HTTP instead of Socket Mode: requests to the app with Slack's signature, and forged ones."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from tools.local_slack.delivery.delivery_queue import ACKED, NO_RETRY, Delivery, DeliveryQueue
from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Payload

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
VERSION = "v0"


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request in its final form, which can be sent again."""

    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The app's response."""

    status: int
    text: str


class HttpMode:
    """Sends to one address; `sent` has all requests, in order."""

    def __init__(self, clock: Clock, delivery_queue: DeliveryQueue, secret: str, url: str) -> None:
        self._clock = clock
        self._delivery_queue = delivery_queue
        self._secret = secret
        self.url = url
        self.sent: list[SignedRequest] = []

    async def deliver(self, delivery: Delivery, attempt: int, reason: str, seconds: float) -> str:
        """Send a delivery, and treat the response as its acknowledgement."""
        kind, body = encoded(delivery)
        headers = {"Content-Type": kind}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        delivery.sent.append(self._clock.seconds())
        try:
            sent = self.sign(body, headers)
            async with self._session(seconds) as session, self._post(session, sent) as answer:
                text = await answer.text()
                if answer.status == 200:
                    self._delivery_queue.take_ack(delivery, _answer(answer.content_type, text))
                    return ACKED
                return NO_RETRY if answer.headers.get("X-Slack-No-Retry") == "1" else "http_error"
        except TimeoutError:
            return "http_timeout"
        except aiohttp.ClientError:
            return "connection_failed"

    def sign(
        self, body: bytes, headers: Mapping[str, str], *, secret: str | None = None, age: float = 0.0
    ) -> SignedRequest:
        """A request with Slack's signature; another `secret` gives a wrong signature, and an `age` in seconds
        an old one."""
        timestamp = str(self._clock.unix() - round(age))
        base = b":".join((VERSION.encode(), timestamp.encode(), body))
        signature = hmac.new((secret or self._secret).encode(), base, hashlib.sha256).hexdigest()
        signed = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"{VERSION}={signature}"}
        return SignedRequest(
            body, {**signed, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", **headers}
        )

    async def send(self, request: SignedRequest) -> HttpAnswer:
        """Send a request unchanged, and return the response."""
        async with (
            self._session(self._delivery_queue.ack_seconds) as session,
            self._post(session, request) as answer,
        ):
            return HttpAnswer(answer.status, await answer.text())

    async def event(
        self,
        body: Payload,
        *,
        secret: str | None = None,
        age: float = 0.0,
        headers: Mapping[str, str] | None = None,
    ) -> HttpAnswer:
        """Send an event's envelope, signed as in `sign`.

        `headers` replace the generated ones; an empty one is left out.
        """
        request = self.sign(json.dumps(body).encode(), {"Content-Type": JSON}, secret=secret, age=age)
        sent = {**request.headers, **(headers or {})}
        return await self.send(
            SignedRequest(request.body, {name: value for name, value in sent.items() if value})
        )

    async def url_verification(self, challenge: str = "challenge") -> HttpAnswer:
        """Send the request with which Slack verifies a new address."""
        return await self.event({"token": "local", "challenge": challenge, "type": "url_verification"})

    async def ssl_check(self) -> HttpAnswer:
        """Send the unsigned request with which Slack sometimes checks the certificate."""
        return await self.send(
            SignedRequest(urlencode({"ssl_check": "1", "token": "local"}).encode(), {"Content-Type": FORM})
        )

    def _session(self, seconds: float) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds))

    def _post(
        self, session: aiohttp.ClientSession, request: SignedRequest
    ) -> "aiohttp.client._RequestContextManager":
        self.sent.append(request)
        return session.post(self.url, data=request.body, headers=request.headers)


def encoded(delivery: Delivery) -> tuple[str, bytes]:
    """The content type and body of a delivery's request."""
    match delivery.kind:
        case "events_api":
            return JSON, json.dumps(delivery.payload).encode()
        case "interactive":
            return FORM, urlencode({"payload": json.dumps(delivery.payload)}).encode()
        case _:
            return FORM, urlencode(delivery.payload).encode()


def _answer(content_type: str, text: str) -> Payload | None:
    """The payload of a response: JSON, or a text, which is shown to the person who sent a command."""
    if not text.strip():
        return None
    if content_type != JSON:
        return {"text": text}
    answer: Payload | None = json.loads(text)
    return answer or None
