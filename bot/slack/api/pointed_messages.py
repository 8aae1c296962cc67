"""Messages that ask whether another message is true, and the text of that one."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.incoming_message import asks_to_check
from bot.slack.api.client import UNREACHABLE
from bot.slack.drawing.words import shared_words, words_of

PATIENCE = 2.0
"""Seconds to ask for the message that a thread hangs on. Slack gives an app that is distributed one such look
a minute, and would have it wait for the next: then the way that needs none is told."""


async def pointed(
    client: AsyncWebClient, bot: str, event: Mapping[str, Any], text: str, *, own: bool
) -> str | None:
    """The words that a message wants checked: of what it forwards, or of the message whose thread it stands
    in; empty if there are none to be seen, None if it asks something itself.

    `text` is what it says itself, and `own` whether it goes on with what the bot has said before.
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
        async with asyncio.timeout(PATIENCE):
            answer = await client.conversations_replies(channel=str(event["channel"]), ts=thread, limit=1)
    except (SlackApiError, *UNREACHABLE):
        return ""
    first: Mapping[str, Any] = next(iter(answer.get("messages") or []), {})
    return None if first.get("user") == bot else words_of(first, bot)
