"""The local Discord, spoken to without any library."""

import io
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from tools.local_discord import Exchange, LocalDiscord, Upload

ASK = {
    "name": "ask",
    "description": "Ask",
    "options": [
        {"type": 3, "name": "question", "description": "What to ask", "required": True, "max_length": 100},
        {"type": 3, "name": "source", "description": "Where to look", "autocomplete": True},
        {"type": 5, "name": "private", "description": "For you alone"},
        {"type": 11, "name": "file", "description": "What to check"},
    ],
}

LAYOUT = 1 << 15
"""The flag of a message that is made of components."""


def layout(*parts: str | dict[str, Any], flags: int = 0) -> dict[str, Any]:
    """A message of these components; a text is one that is displayed."""
    components = [{"type": 10, "content": one} if isinstance(one, str) else one for one in parts]
    return {"flags": LAYOUT | flags, "components": components}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body."""

    status: int
    body: Any

    @property
    def code(self) -> int | None:
        return self.body.get("code") if isinstance(self.body, dict) else None

    @property
    def codes(self) -> set[str]:
        """Every code inside `errors`."""
        found: set[str] = set()

        def walk(node: Any) -> None:
            if isinstance(node, dict):
                found.update(one["code"] for one in node.get("_errors", []))
                for key, inner in node.items():
                    if key != "_errors":
                        walk(inner)

        walk(self.body.get("errors") if isinstance(self.body, dict) else None)
        return found


class Raw:
    """Requests as a bot might send them, right or wrong."""

    def __init__(self, discord: LocalDiscord, session: aiohttp.ClientSession) -> None:
        self.discord = discord
        self._session = session
        self.headers = {
            "Authorization": f"Bot {discord.token}",
            "User-Agent": "DiscordBot (https://example.org, 1)",
        }

    async def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        files: Mapping[str, Upload] | None = None,
    ) -> Answer:
        sent = {**self.headers, **(headers or {})}
        data: Any = None
        if files is not None:
            data = aiohttp.FormData(quote_fields=False)
            data.add_field("payload_json", json.dumps(body))
            for name, upload in files.items():
                data.add_field(
                    name,
                    io.BytesIO(upload.content),
                    filename=upload.filename,
                    content_type=upload.content_type,
                )
        elif body is not None:
            data = body if isinstance(body, str) else json.dumps(body)
            sent = {"Content-Type": "application/json", **sent}
        async with self._session.request(
            method, self.discord.api + path, data=data, headers=sent
        ) as response:
            is_json = response.headers.get("Content-Type") == "application/json"
            text = await response.text()
            return Answer(response.status, json.loads(text) if is_json else text)

    async def post(self, body: Any) -> Answer:
        """Send a message to the general channel."""
        return await self("POST", f"/channels/{self.discord.general.id}/messages", body)

    async def register(self, *commands: Any) -> Answer:
        """Register these global commands."""
        return await self(
            "PUT", f"/applications/{self.discord.world.application_id}/commands", list(commands)
        )

    async def callback(self, exchange: Exchange, kind: int, data: Any = None, query: str = "") -> Answer:
        """Answer an interaction."""
        one = exchange.interaction
        path = f"/interactions/{one.id}/{one.token}/callback{query}"
        return await self("POST", path, {"type": kind, **({} if data is None else {"data": data})})

    async def webhook(self, exchange: Exchange, method: str, path: str = "", body: Any = None) -> Answer:
        """Use an interaction's webhook."""
        one = exchange.interaction
        return await self(method, f"/webhooks/{self.discord.world.application_id}/{one.token}{path}", body)


@pytest.fixture
async def discord() -> AsyncIterator[LocalDiscord]:
    """A server with its world."""
    async with LocalDiscord() as server:
        yield server


@pytest.fixture
async def raw(discord: LocalDiscord) -> AsyncIterator[Raw]:
    """Requests without a library."""
    async with aiohttp.ClientSession() as session:
        yield Raw(discord, session)


@pytest.fixture
async def asked(discord: LocalDiscord, raw: Raw) -> Exchange:
    """A question of Ann's that nobody has answered yet."""
    await raw.register(ASK)
    return await discord.command(discord.ann, discord.general, "ask", question="Who won?")
