"""Finds the text of the message that another message asks to check."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.incoming_message import asks_to_check
from bot.slack.api.client import UNREACHABLE
from bot.slack.drawing.words import shared_words, words_of

READ_TIMEOUT = 2.0
"""Timeout in seconds for requesting the first message of a thread. Slack allows a distributed app one such
request a minute, and makes it wait for the next; then the person is told of the way that needs no request."""


async def text_to_check(
    client: AsyncWebClient, bot: str, event: Mapping[str, Any], text: str, *, own: bool
) -> str | None:
    """The words that a message asks to check: those of the messages it forwards, or of the first message of
    its thread. Empty if they can't be read; None if the message is a question itself.

    `text` is the message's own text, and `own` whether it continues a conversation with the bot.
    """
    checks = asks_to_check(text)
    if text and not checks:
        return None
    if words := shared_words(event, bot):
        return words
    thread = str(event.get("thread_ts") or "")
    if own or not thread:
        return "" if checks and not own else None
    try:
        async with asyncio.timeout(READ_TIMEOUT):
            answer = await client.conversations_replies(channel=str(event["channel"]), ts=thread, limit=1)
    except (SlackApiError, *UNREACHABLE):
        return ""
    first: Mapping[str, Any] = next(iter(answer.get("messages") or []), {})
    return None if first.get("user") == bot else words_of(first, bot)
