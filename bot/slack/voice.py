"""Sending to Slack so that it arrives, and not twice."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.cards.card import Card
from bot.service.refusal import Refusal
from bot.service.turns import Unshowable
from bot.slack.draw import blocks, files, summary

LIFE = 14 * 60.0
"""Seconds that an answer is worth sending. A response address lives for 30 minutes."""
LONGEST_PAUSE = 15.0
"""Seconds between tries, at most."""
CLOSED = frozenset(
    "not_in_channel channel_not_found is_archived restricted_action restricted_action_thread_locked "
    "restricted_action_read_only_channel cannot_reply_to_message messages_tab_disabled".split()
)
"""Slack's errors where the bot may not write in a place."""
DOWNLOAD = 60.0
"""Seconds that a file may take."""
MEGABYTE = 1024 * 1024
SERVER_FAULT = 500

T = TypeVar("T")
_log = logging.getLogger(__name__)


async def persist(send: Callable[[], Awaitable[T]], *, repeatable: bool) -> T:
    """What `send` gives, tried again while Slack can't be reached.

    What is not `repeatable` is tried again only where it surely did not arrive: Slack knows no mark by which
    it would tell a second try from a second message.
    """
    until = time.monotonic() + LIFE
    pause = 1.0
    while True:
        try:
            return await send()
        except (aiohttp.ClientConnectorError, ConnectionRefusedError) as error:
            reason: Exception = error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            if not repeatable:
                raise
            reason = error
        except SlackApiError as error:
            if error.response.status_code < SERVER_FAULT or not repeatable:
                raise
            reason = error
        if time.monotonic() + pause > until:
            raise reason
        _log.warning("Slack can't be reached (%s), trying again in %.0f s", type(reason).__name__, pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


class Voice:
    """Says cards in channels, threads and to single persons."""

    def __init__(self, client: AsyncWebClient) -> None:
        """The client waits by itself where Slack asks for it."""
        self._client = client

    async def post(self, channel: str, card: Card, thread: str | None = None) -> str:
        """A new message; its timestamp, which is its id. Raises Unshowable where the bot may not write."""
        try:
            answer = await persist(
                lambda: self._client.chat_postMessage(
                    channel=channel,
                    thread_ts=thread,
                    unfurl_links=False,
                    unfurl_media=False,
                    **_content(card),
                ),
                repeatable=False,
            )
        except SlackApiError as error:
            if error.response.get("error") in CLOSED:
                raise Unshowable from error
            raise
        stamp = str(answer["ts"])
        await self._attach(channel, thread or stamp, card)
        return stamp

    async def update(self, channel: str, stamp: str, card: Card) -> str:
        """A message of ours, changed."""
        await persist(
            lambda: self._client.chat_update(channel=channel, ts=stamp, **_content(card)), repeatable=True
        )
        await self._attach(channel, stamp, card)
        return stamp

    async def delete(self, channel: str, stamp: str) -> None:
        """A message of ours, taken away; one that is gone already is fine."""
        try:
            await persist(lambda: self._client.chat_delete(channel=channel, ts=stamp), repeatable=True)
        except SlackApiError as error:
            if error.response.get("error") != "message_not_found":
                raise

    async def direct(self, user: str) -> str:
        """The channel in which the bot and that person are alone."""
        answer = await persist(lambda: self._client.conversations_open(users=user), repeatable=True)
        return str(answer["channel"]["id"])

    async def respond(self, address: str, card: Card, *, public: bool = False, replace: bool = False) -> None:
        """Through the address that came with a command or a press: for its person alone, or for all."""
        body = {
            "response_type": "in_channel" if public else "ephemeral",
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
            **_content(card),
        }
        await self._respond(address, body, repeatable=replace)

    async def withdraw(self, address: str) -> None:
        """Take away the message that was pressed, where only its person sees it."""
        await self._respond(address, {"delete_original": True}, repeatable=True)

    async def download(self, url: str, limit: int) -> bytes:
        """A file that was sent in Slack. Raises Refusal where it is larger than it said."""
        headers = {"Authorization": f"Bearer {self._client.token}"}
        timeout = aiohttp.ClientTimeout(total=DOWNLOAD)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url, headers=headers) as answer,
        ):
            answer.raise_for_status()
            data = await answer.content.read(limit + 1)
            while len(data) <= limit and (more := await answer.content.read(limit + 1 - len(data))):
                data += more
        if len(data) > limit:
            raise Refusal("too-large", size=f"> {limit // MEGABYTE}", limit=limit // MEGABYTE)
        return data

    async def _respond(self, address: str, body: dict[str, Any], *, repeatable: bool) -> None:
        async def send() -> None:
            answer = await AsyncWebhookClient(address).send_dict(body)
            if answer.status_code >= SERVER_FAULT and repeatable:
                raise aiohttp.ServerDisconnectedError
            if answer.status_code != 200:
                raise Unspoken(answer.status_code, answer.body)

        await persist(send, repeatable=repeatable)

    async def _attach(self, channel: str, thread: str, card: Card) -> None:
        for file in files(card):
            await self._client.files_upload_v2(
                channel=channel, thread_ts=thread, filename=file.name, content=file.content
            )


class Unspoken(Exception):
    """A response address did not take a message."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"{status}: {body[:100]}")


def _content(card: Card) -> dict[str, Any]:
    return {"blocks": blocks(card), "text": summary(card)}
