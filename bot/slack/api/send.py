"""Sends messages to Slack, with retries that never post twice."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.cards.card import Card, Tone, truncate
from bot.chat.refusal import Refusal
from bot.dispatch.fence import check_fence, current_mark
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.runtime.backoff import is_temporary
from bot.slack.api.client import TOKEN_REJECTED, TRANSIENT, UNREACHABLE, rejected_token
from bot.slack.api.marked import find_marked
from bot.slack.drawing.render import LABEL, blocks, files, summary
from corpus.lazy_pattern import lazy_pattern

LIFE = 14 * 60.0
"""Seconds for which sending an answer is retried. A response URL is valid for 30 minutes."""
SHORTEST_PAUSE, FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0, 15.0
"""Seconds between two attempts: the least if Slack asks for no wait, the first pause, and the most."""
NOT_ASKED = frozenset({429, 502, 503})
"""HTTP statuses of servers in front of those that would have executed the call."""
NOT_DONE = frozenset({"ratelimited", "service_unavailable", "request_timeout"})
"""Slack's errors after which the call was surely not executed; after its other transient errors that is
unknown."""
CLOSED = frozenset(
    "not_in_channel channel_not_found is_archived restricted_action restricted_action_thread_locked "
    "restricted_action_read_only_channel restricted_action_non_threadable_channel "
    "restricted_action_thread_only_channel cannot_reply_to_message messages_tab_disabled "
    "access_denied team_access_not_granted ekm_access_denied no_permission is_inactive".split()
)
"""Slack's errors if the bot may not write in a place, by the place's settings or an administrator's."""
UNREACHED = CLOSED | frozenset(
    {"message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed"}
)
"""Slack's errors if a message of the bot's can't be changed by its timestamp; the response URL of a press may
still reach it."""
TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired"})
"""Slack's errors if a form would open more than 3 s after the interaction."""
MARKED = "to:"
"""Prefix of the block id that names the event which a message answers."""
BLOCK_ID = 255
"""Characters of a block id, at most."""
DECORATION_TIMEOUT = 1.0
"""Timeout in seconds for calls that only decorate an answer."""

_REFUSED = lazy_pattern(r'"ok"\s*:\s*false')
"""In the response of a response URL that refused a message, whatever the HTTP status."""
T = TypeVar("T")
_log = logging.getLogger(__name__)


async def persist(send: Callable[[], Awaitable[T]], *, repeatable: bool) -> T:
    """The result of `send`, retried while Slack can't be reached or limits the rate.

    After each wait it is checked again that this process still owns the event (`bot/dispatch/fence.py`). A
    call that is not `repeatable` is retried only if it was surely not executed, because Slack has no
    idempotency key. Raises OutcomeUnknown if it may have been executed, and PlatformRefused if Slack rejects
    the bot's token.
    """
    until = time.monotonic() + LIFE
    pause = FIRST_PAUSE
    while True:
        wait = pause
        await check_fence()
        try:
            return await send()
        except (aiohttp.ClientConnectorError, ConnectionRefusedError) as error:
            reason: Exception = error
        except UNREACHABLE as error:
            if not repeatable:
                raise OutcomeUnknown from error
            reason = error
        except (SlackApiError, ResponseUrlError) as error:
            status, word = _refusal(error)
            if word in TOKEN_REJECTED:
                raise rejected_token(word) from error
            if not is_temporary(status) and word not in TRANSIENT:
                raise
            if not repeatable and status not in NOT_ASKED and word not in NOT_DONE:
                raise OutcomeUnknown from error
            reason, asked = error, _asked(error)
            wait = pause if asked is None else max(asked, SHORTEST_PAUSE)
        if time.monotonic() + wait > until:
            raise reason
        _log.warning("Slack can't be reached (%s), trying again in %.0f s", type(reason).__name__, wait)
        await asyncio.sleep(wait)
        pause = min(2 * pause, LONGEST_PAUSE)


class ResponseUrlError(Exception):
    """A response URL refused a message."""

    def __init__(self, status: int, body: str, headers: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{status}: {body[:100]}")
        self.status = status
        self.headers = headers or {}


def _refusal(error: "SlackApiError | ResponseUrlError") -> tuple[int, str]:
    """The HTTP status of a refusal, and Slack's error code."""
    if isinstance(error, ResponseUrlError):
        return error.status, ""
    return error.response.status_code, str(error.response.get("error") or "")


def _asked(error: "SlackApiError | ResponseUrlError") -> float | None:
    """The seconds in `Retry-After`; None without it."""
    headers = error.headers if isinstance(error, ResponseUrlError) else error.response.headers
    asked = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(asked) if str(asked).isdecimal() else None


class Sender:
    """Sends cards to channels, threads and single persons.

    Only messages about failures may be sent twice, which is better than silence.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        """`client` waits for rate limits by itself, except when it posts a message."""
        self._client = client
        self._dispatcher: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def post(self, channel: str, card: Card, thread: str | None = None) -> str:
        """Post a message; returns its timestamp, which is its id.

        Raises Unshowable if the bot may not write there, and OutcomeUnknown if the message may have been
        posted.
        """

        async def send() -> AsyncSlackResponse:
            return await self._client.chat_postMessage(
                channel=channel, thread_ts=thread, unfurl_links=False, unfurl_media=False, **_content(card)
            )

        try:
            # Slack accepts about one message a second for each channel, so posts to a channel queue here
            # instead of running into its limit together.
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
        """Replace the content of a message of the bot's; returns its timestamp."""
        await persist(
            lambda: self._client.chat_update(channel=channel, ts=stamp, **_content(card)), repeatable=True
        )
        await self._attach(channel, stamp, card)
        return stamp

    async def hint(self, channel: str, person: str, card: Card, thread: str | None = None) -> None:
        """An ephemeral message for one person in a channel, or a direct message if that is refused."""

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
        """Delete a message of the bot's; one that is already gone is no error."""
        try:
            await persist(lambda: self._client.chat_delete(channel=channel, ts=stamp), repeatable=True)
        except SlackApiError as error:
            if error.response.get("error") != "message_not_found":
                raise

    async def update_if_there(self, channel: str, stamp: str, card: Card) -> str | None:
        """As `update`; None if the message is gone or can't be changed any more."""
        try:
            return await self.update(channel, stamp, card)
        except SlackApiError as error:
            if error.response.get("error") not in UNREACHED:
                raise
            _log.info("an answer can't be changed any more (%s)", error.response.get("error"))
            return None

    async def delete_if_there(self, room: str, stamp: str) -> None:
        """Delete a message of the bot's in a channel or thread (`room`) if Slack still allows it."""
        try:
            await self.delete(room.partition(":")[0], stamp)
        except SlackApiError as error:
            if error.response.get("error") not in UNREACHED:
                raise
            _log.info("an answer can't be taken away any more (%s)", error.response.get("error"))

    async def open_form(self, trigger: str, view: dict[str, Any]) -> None:
        """Open a form for the person of the trigger. Raises Refusal if the trigger has expired."""
        try:
            await self._client.views_open(trigger_id=trigger, view=view)
        except SlackApiError as error:
            if error.response.get("error") in TOO_LATE:
                raise Refusal("too-late") from error
            raise

    async def show_status(self, channel: str, thread: str, status: str, topic: str) -> None:
        """Set the status and the title of a thread in the assistant's pane."""
        # Decoration only, and not every thread with the bot is in that pane.
        with suppress(SlackApiError, *UNREACHABLE):
            async with asyncio.timeout(DECORATION_TIMEOUT):
                await self._client.assistant_threads_setStatus(
                    channel_id=channel, thread_ts=thread, status=status
                )
                await self._client.assistant_threads_setTitle(
                    channel_id=channel, thread_ts=thread, title=truncate(topic, LABEL)
                )

    async def direct(self, user: str) -> str:
        """The channel of the bot's direct messages with a person."""
        answer = await persist(lambda: self._client.conversations_open(users=user), repeatable=True)
        return str(answer["channel"]["id"])

    async def respond(
        self, address: str, card: Card, *, public: bool = False, replace: bool = False, thread: str = ""
    ) -> None:
        """Send a card to a response URL: ephemeral, or to everybody if `public`; `replace` replaces the
        message that was used.

        Raises ResponseUrlError if it is refused, and OutcomeUnknown if it may have been accepted.
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
        """An ephemeral message through a response URL, or a direct message if that is used up, expired or
        empty."""
        if address:
            try:
                await self.respond(address, card, thread=thread)
            except ResponseUrlError as error:
                _log.info("a response address takes nothing any more (%d)", error.status)
            else:
                return
        await self.post(await self.direct(person), card)

    async def withdraw(self, address: str) -> None:
        """Delete the ephemeral message that was used."""
        await self._respond(address, {"delete_original": True}, repeatable=True)

    async def _respond(self, address: str, body: dict[str, Any], *, repeatable: bool) -> None:
        async def send() -> None:
            try:
                # Without slack_sdk's retries, which would resend a message whose response was lost.
                answer = await AsyncWebhookClient(address, retry_handlers=[]).send_dict(body)
            except aiohttp.InvalidURL:
                raise ResponseUrlError(HTTPStatus.GONE, "no address") from None
            if answer.status_code != HTTPStatus.OK or _REFUSED.search(answer.body):
                raise ResponseUrlError(answer.status_code, answer.body, answer.headers)

        await persist(send, repeatable=repeatable)

    async def _attach(self, channel: str, thread: str, card: Card) -> None:
        for file in files(card):
            await self._client.files_upload_v2(
                channel=channel, thread_ts=thread, filename=file.name, content=file.content
            )


def _content(card: Card) -> dict[str, Any]:
    drawn = blocks(card)
    if drawn and (mark := current_mark()):
        drawn[0] = {**drawn[0], "block_id": f"{MARKED}{mark}"[:BLOCK_ID]}
    return {"blocks": drawn, "text": summary(card)}
