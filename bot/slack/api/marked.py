"""Searches a conversation for an answer that a process may have sent before it ended."""

import json
import logging
from collections.abc import Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api.client import UNREACHABLE, reason_of

READ_AT_ONCE = 100
"""Messages that are searched: there are few below a question."""

_log = logging.getLogger(__name__)


async def find_marked(
    client: AsyncWebClient, channel: str, thread: str, since: str, marks: Sequence[str]
) -> tuple[str, str] | None:
    """The mark and the timestamp of a message that has one of `marks`, at or after the timestamp `since`.
    None if there is none, or Slack does not let the bot read the conversation."""
    try:
        if thread:
            read = await client.conversations_replies(
                channel=channel, ts=thread, oldest=since, limit=READ_AT_ONCE
            )
        else:
            read = await client.conversations_history(channel=channel, oldest=since, limit=READ_AT_ONCE)
    except (SlackApiError, *UNREACHABLE) as error:
        _log.warning("whether an answer stands there is not known: %s", reason_of(error))
        return None
    for message in read.get("messages") or []:
        drawn = json.dumps(message.get("blocks") or [])
        for mark in marks:
            if f":{mark}" in drawn:
                return mark, str(message["ts"])
    return None
