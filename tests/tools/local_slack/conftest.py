"""The local Slack, spoken to without any library."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from tools.local_slack import LocalSlack


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def error(self) -> str | None:
        """Slack's error, None where it was carried out."""
        return None if self.body.get("ok") else str(self.body.get("error"))

    @property
    def messages(self) -> list[str]:
        """What is said to be wrong."""
        return list(self.body.get("response_metadata", {}).get("messages", []))


class Raw:
    """Calls as a bot might send them, right or wrong."""

    def __init__(self, slack: LocalSlack, session: aiohttp.ClientSession) -> None:
        self.slack = slack
        self.session = session
        self.token: str | None = slack.bot_token

    async def __call__(self, method: str, **arguments: Any) -> Answer:
        """Call a method with JSON."""
        return await self.send(method, json.dumps(arguments), "application/json; charset=utf-8")

    async def send(self, method: str, body: str, kind: str) -> Answer:
        """Call a method with any body."""
        headers = {**self._headers(), "Content-Type": kind}
        async with self.session.post(self.slack.api + method, data=body, headers=headers) as response:
            return Answer(response.status, await response.json(), response.headers)

    async def post(self, text: Any = "Words", **arguments: Any) -> Answer:
        """Write a message in the general channel."""
        return await self("chat.postMessage", channel=self.slack.general.id, text=text, **arguments)

    async def blocks(self, *blocks: Any) -> Answer:
        """Write a message of these blocks."""
        return await self.post(blocks=list(blocks))

    async def respond(self, url: str, **said: Any) -> tuple[int, str]:
        """Send something to a response's address."""
        async with self.session.post(url, json=said) as response:
            return response.status, await response.text()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """A server with its world."""
    async with LocalSlack() as server:
        yield server


@pytest.fixture
async def raw(slack: LocalSlack) -> AsyncIterator[Raw]:
    """Calls without a library."""
    async with aiohttp.ClientSession() as session:
        yield Raw(slack, session)
