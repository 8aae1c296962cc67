"""Sends to Slack reliably, and not twice."""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.cards.card import Card, Tone, truncate
from bot.chat.refusal import Refusal
from bot.dispatch.fence import mark_at_hand, pass_fence
from bot.dispatch.reply import Unshowable, Unsure
from bot.slack.api.client import PASSING, SERVER_FAULT, UNREACHABLE, VOID, void_token
from bot.slack.api.marked import find_marked
from bot.slack.drawing.render import LABEL, blocks, files, summary

LIFE = 14 * 60.0
"""Seconds that an answer is worth sending. A response address lives for 30 minutes."""
SHORTEST_PAUSE, FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0, 15.0
"""Seconds between two tries: where Slack asks for none at all, between the first two, and at most."""
OK = 200
GONE = 410
TOO_MANY = 429
NOT_ASKED = frozenset({TOO_MANY, 502, 503})
"""HTTP statuses that come from before the servers which would have carried something out."""
NOT_DONE = frozenset({"ratelimited", "service_unavailable", "request_timeout"})
"""Slack's errors of which the same is known; after its others of that kind nobody knows."""
CLOSED = frozenset(
    "not_in_channel channel_not_found is_archived restricted_action restricted_action_thread_locked "
    "restricted_action_read_only_channel restricted_action_non_threadable_channel "
    "restricted_action_thread_only_channel cannot_reply_to_message messages_tab_disabled "
    "access_denied team_access_not_granted ekm_access_denied no_permission is_inactive".split()
)
"""Slack's errors where the bot may not write in a place, by the place's rules or an administrator's."""
UNREACHED = CLOSED | frozenset(
    {"message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed"}
)
"""Its errors where a message of ours can't be changed by its name: the address that came with a press may
still reach it."""

TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired"})
"""Its errors where a form would open more than 3 s after what somebody did."""
MARKED = "to:"
"""What a block's id begins with that says which event is answered."""
BLOCK_ID = 255
"""Characters of a block's id, at most."""
ORNAMENT = 1.0
"""Seconds that an answer may wait for what only adorns it."""

_REFUSED = re.compile(r'"ok"\s*:\s*false')
"""In what a response address answers where it took nothing, whatever the status."""
T = TypeVar("T")
_log = logging.getLogger(__name__)


async def persist(send: Callable[[], Awaitable[T]], *, repeatable: bool) -> T:
    """What `send` gives, tried again while Slack can't be reached or takes no more.

    Whose the event at hand is, is asked again where it had to wait (`bot/dispatch/fence.py`). What is not
    `repeatable` is tried again only where it surely was not carried out: Slack knows no mark by which it
    would tell a second try from a second message. Raises Unsure if it may have been, and PlatformRefused
    where Slack takes the bot's token no more.
    """
    until = time.monotonic() + LIFE
    pause = FIRST_PAUSE
    while True:
        wait = pause
        await pass_fence()
        try:
            return await send()
        except (aiohttp.ClientConnectorError, ConnectionRefusedError) as error:
            reason: Exception = error
        except UNREACHABLE as error:
            if not repeatable:
                raise Unsure from error
            reason = error
        except (SlackApiError, ResponseUrlError) as error:
            status, word = _refusal(error)
            if word in VOID:
                raise void_token(word) from error
            if status < SERVER_FAULT and status != TOO_MANY and word not in PASSING:
                raise
            if not repeatable and status not in NOT_ASKED and word not in NOT_DONE:
                raise Unsure from error
            reason, asked = error, _asked(error)
            wait = pause if asked is None else max(asked, SHORTEST_PAUSE)
        if time.monotonic() + wait > until:
            raise reason
        _log.warning("Slack can't be reached (%s), trying again in %.0f s", type(reason).__name__, wait)
        await asyncio.sleep(wait)
        pause = min(2 * pause, LONGEST_PAUSE)


class ResponseUrlError(Exception):
    """A response address did not take a message."""

    def __init__(self, status: int, body: str, headers: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{status}: {body[:100]}")
        self.status = status
        self.headers = headers or {}


def _refusal(error: "SlackApiError | ResponseUrlError") -> tuple[int, str]:
    """The HTTP status of a refusal, and Slack's own word for it."""
    if isinstance(error, ResponseUrlError):
        return error.status, ""
    return error.response.status_code, str(error.response.get("error") or "")


def _asked(error: "SlackApiError | ResponseUrlError") -> float | None:
    """The seconds that a refusal asks to wait; None if it asks for nothing."""
    headers = error.headers if isinstance(error, ResponseUrlError) else error.response.headers
    asked = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(asked) if str(asked).isdecimal() else None


class Sender:
    """Says cards in channels, threads and to single persons.

    Nothing is said twice but what tells of a failure: rather that than silence.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        """The client waits by itself where Slack asks for it."""
        self._client = client
        self._dispatcher: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def post(self, channel: str, card: Card, thread: str | None = None) -> str:
        """A new message; its timestamp, which is its id.

        Raises Unshowable if the bot may not write, and Unsure where it may stand there or not.
        """

        async def send() -> AsyncSlackResponse:
            return await self._client.chat_postMessage(
                channel=channel, thread_ts=thread, unfurl_links=False, unfurl_media=False, **_content(card)
            )

        try:
            # Slack takes about one message a second for a channel: who has to wait does not make others try.
            async with self._dispatcher.setdefault(channel, asyncio.Lock()):
                answer = await persist(send, repeatable=card.tone is Tone.BAD)
        except SlackApiError as error:
            if error.response.get("error") in CLOSED:
                raise Unshowable from error
            raise
        stamp = str(answer["ts"])
        await self._attach(channel, thread or stamp, card)
        return stamp

    async def find(
        self, channel: str, thread: str, since: str, marks: Sequence[str]
    ) -> tuple[str, str] | None:
        """See `find_marked`."""
        return await find_marked(self._client, channel, thread, since, marks)

    async def update(self, channel: str, stamp: str, card: Card) -> str:
        """A message of ours, changed."""
        await persist(
            lambda: self._client.chat_update(channel=channel, ts=stamp, **_content(card)), repeatable=True
        )
        await self._attach(channel, stamp, card)
        return stamp

    async def hint(self, channel: str, person: str, card: Card, thread: str | None = None) -> None:
        """For that person alone, where they wrote; directly where that can't be."""

        async def send() -> AsyncSlackResponse:
            return await self._client.chat_postEphemeral(
                channel=channel, user=person, thread_ts=thread, **_content(card)
            )

        try:
            await persist(send, repeatable=True)
        except SlackApiError as error:
            _log.info("nobody can be told alone in a channel (%s)", error.response.get("error"))
            await self.post(await self.direct(person), card)

    async def delete(self, channel: str, stamp: str) -> None:
        """A message of ours, taken away; one that is gone already is fine."""
        try:
            await persist(lambda: self._client.chat_delete(channel=channel, ts=stamp), repeatable=True)
        except SlackApiError as error:
            if error.response.get("error") != "message_not_found":
                raise

    async def update_if_there(self, channel: str, stamp: str, card: Card) -> str | None:
        """The same; None if it is gone, or Slack does not let it be changed."""
        try:
            return await self.update(channel, stamp, card)
        except SlackApiError as error:
            if error.response.get("error") not in UNREACHED:
                raise
            _log.info("an answer can't be changed any more (%s)", error.response.get("error"))
            return None

    async def delete_if_there(self, room: str, stamp: str) -> None:
        """A message of ours in a room, which is a channel or a thread, taken away if Slack lets the bot reach
        it."""
        try:
            await self.delete(room.partition(":")[0], stamp)
        except SlackApiError as error:
            if error.response.get("error") not in UNREACHED:
                raise
            _log.info("an answer can't be taken away any more (%s)", error.response.get("error"))

    async def open_form(self, trigger: str, view: dict[str, Any]) -> None:
        """A form, for who did what the trigger came with. Raises Refusal if that was too long ago."""
        try:
            await self._client.views_open(trigger_id=trigger, view=view)
        except SlackApiError as error:
            if error.response.get("error") in TOO_LATE:
                raise Refusal("too-late") from error
            raise

    async def show_status(self, channel: str, thread: str, status: str, topic: str) -> None:
        """In the assistant's pane: what the bot is doing, and what the conversation is about."""
        # An ornament, and not every thread with the bot is one of the pane.
        with suppress(SlackApiError, *UNREACHABLE):
            async with asyncio.timeout(ORNAMENT):
                await self._client.assistant_threads_setStatus(
                    channel_id=channel, thread_ts=thread, status=status
                )
                await self._client.assistant_threads_setTitle(
                    channel_id=channel, thread_ts=thread, title=truncate(topic, LABEL)
                )

    async def direct(self, user: str) -> str:
        """The channel in which the bot and that person are alone."""
        answer = await persist(lambda: self._client.conversations_open(users=user), repeatable=True)
        return str(answer["channel"]["id"])

    async def respond(
        self, address: str, card: Card, *, public: bool = False, replace: bool = False, thread: str = ""
    ) -> None:
        """Through the address that came with a command or a press: for its person alone, or for all.

        Raises ResponseUrlError if it takes nothing, and Unsure where it may have.
        """
        body = {
            **({"thread_ts": thread} if thread else {}),
            "response_type": "in_channel" if public else "ephemeral",
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
            **_content(card),
        }
        await self._respond(address, body, repeatable=replace or card.tone is Tone.BAD)

    async def whisper(self, address: str, card: Card, person: str, *, thread: str = "") -> None:
        """For that person alone: through the address that came with what they did, or directly where that is
        used up, is too old, or was never there."""
        if address:
            try:
                await self.respond(address, card, thread=thread)
            except ResponseUrlError as error:
                _log.info("a response address takes nothing any more (%d)", error.status)
            else:
                return
        await self.post(await self.direct(person), card)

    async def withdraw(self, address: str) -> None:
        """Take away the message that was pressed, where only its person sees it."""
        await self._respond(address, {"delete_original": True}, repeatable=True)

    async def _respond(self, address: str, body: dict[str, Any], *, repeatable: bool) -> None:
        async def send() -> None:
            try:
                # Without the library's own tries: it would send a message again whose answer was lost.
                answer = await AsyncWebhookClient(address, retry_handlers=[]).send_dict(body)
            except aiohttp.InvalidURL:
                raise ResponseUrlError(GONE, "no address") from None
            if answer.status_code != OK or _REFUSED.search(answer.body):
                raise ResponseUrlError(answer.status_code, answer.body, answer.headers)

        await persist(send, repeatable=repeatable)

    async def _attach(self, channel: str, thread: str, card: Card) -> None:
        for file in files(card):
            await self._client.files_upload_v2(
                channel=channel, thread_ts=thread, filename=file.name, content=file.content
            )


def _content(card: Card) -> dict[str, Any]:
    drawn = blocks(card)
    if drawn and (mark := mark_at_hand()):
        drawn[0] = {**drawn[0], "block_id": f"{MARKED}{mark}"[:BLOCK_ID]}
    return {"blocks": drawn, "text": summary(card)}
