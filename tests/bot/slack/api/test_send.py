"""Sending to Slack by itself: what is tried again, and for how long."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

import bot.dispatch.fence
from bot.cards.card import Attached, Card, Tone, plain
from bot.cards.notices import failure, notice
from bot.dispatch.fence import TakenOver, fenced
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.slack.api import send as voices
from bot.slack.api.client import web_client
from bot.slack.api.send import CLOSED, ResponseUrlError, Sender, persist
from corpus.errors import PlatformRefused
from tools.local_slack import LocalSlack, text_of


@pytest.fixture
def voice(slack: LocalSlack) -> Sender:
    """The bot's voice there."""
    return Sender(web_client(slack.bot_token, slack.api))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that a test can wait for."""
    monkeypatch.setattr(voices, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(voices, "LONGEST_PAUSE", 0.02)


def failing(*errors: Exception) -> tuple[Callable[[], Awaitable[str]], list[int]]:
    """Something that fails with these, one after the other, and then goes well; and its tries."""
    tries: list[int] = []

    async def send() -> str:
        tries.append(len(tries))
        if len(tries) <= len(errors):
            raise errors[len(tries) - 1]
        return "done"

    return send, tries


def refused(error: str, status: int = 200, **headers: str) -> SlackApiError:
    """Slack's refusal of a call."""
    response = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": error} if error else {},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]


NOT_CONNECTED = aiohttp.ClientConnectorError(
    aiohttp.client_reqrep.ConnectionKey("x", 1, False, True, None, None, None), OSError("refused")
)
SURELY_NOT_DONE = [
    NOT_CONNECTED,
    ConnectionRefusedError(),
    refused("", 502),
    refused("", 503),
    refused("ratelimited", 429),
    refused("service_unavailable"),
    refused("request_timeout"),
    ResponseUrlError(429, "", {"Retry-After": "0"}),
    ResponseUrlError(503, ""),
]
PERHAPS_DONE = [
    aiohttp.ServerDisconnectedError(),
    aiohttp.ClientOSError(),
    ConnectionResetError(),
    TimeoutError(),
    refused("", 500),
    refused("", 504),
    refused("internal_error"),
    refused("fatal_error"),
    ResponseUrlError(500, ""),
]
REFUSED = [
    refused("channel_not_found"),
    refused("msg_blocks_too_long"),
    refused("invalid_arguments", 400),
    ResponseUrlError(404, "used_url"),
    ResponseUrlError(200, '{"ok":false}'),
]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("error", SURELY_NOT_DONE, ids=repr)
@pytest.mark.parametrize("repeatable", [True, False])
async def test_what_surely_was_not_done_is_tried_again(error: Exception, repeatable: bool) -> None:
    send, tries = failing(error, error, error)
    assert await persist(send, repeatable=repeatable) == "done"
    assert len(tries) == 4


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("error", PERHAPS_DONE, ids=repr)
async def test_what_may_have_been_done_is_tried_again_only_where_that_does_no_harm(error: Exception) -> None:
    send, tries = failing(error, error)
    assert await persist(send, repeatable=True) == "done"
    assert len(tries) == 3
    send, tries = failing(error)
    with pytest.raises(OutcomeUnknown) as raised:
        await persist(send, repeatable=False)
    assert raised.value.__cause__ is error
    assert len(tries) == 1


@pytest.mark.parametrize("error", REFUSED, ids=repr)
@pytest.mark.parametrize("repeatable", [True, False])
async def test_what_slack_refuses_is_not_tried_again(error: Exception, repeatable: bool) -> None:
    send, tries = failing(error)
    with pytest.raises(type(error)):
        await persist(send, repeatable=repeatable)
    assert len(tries) == 1


async def test_a_void_token_is_said_to_be_one() -> None:
    send, tries = failing(refused("token_revoked"))
    with pytest.raises(PlatformRefused, match="any more \\(token_revoked\\)"):
        await persist(send, repeatable=True)
    assert len(tries) == 1


async def test_slack_s_own_pause_is_kept() -> None:
    loop = asyncio.get_running_loop()
    send, _ = failing(refused("ratelimited", 429, **{"Retry-After": "2"}))
    began = loop.time()
    await persist(send, repeatable=False)
    assert loop.time() - began >= 2


@pytest.mark.usefixtures("quick")
async def test_it_ends_when_nobody_waits_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "LIFE", 0.1)
    send, tries = failing(*[ConnectionRefusedError()] * 1000)
    with pytest.raises(ConnectionRefusedError):
        await persist(send, repeatable=True)
    assert 3 < len(tries) < 30
    send, tries = failing(refused("ratelimited", 429, **{"Retry-After": "3600"}))
    with pytest.raises(SlackApiError):
        await persist(send, repeatable=True)
    assert len(tries) == 1


# In Slack


async def test_a_message_changes_and_goes(slack: LocalSlack, voice: Sender) -> None:
    stamp = await voice.post(slack.general.id, notice("One"))
    assert await voice.update(slack.general.id, stamp, notice("Two")) == stamp
    (message,) = slack.world.messages_in(slack.general.id)
    assert text_of(message) == "Two"
    for _ in range(2):  # one that is gone is fine
        await voice.delete(slack.general.id, stamp)
    assert slack.world.messages_in(slack.general.id) == []


@pytest.mark.parametrize("reason", sorted(CLOSED))
async def test_every_reason_for_which_a_place_is_closed_is_told_apart_from_a_failure(
    slack: LocalSlack, voice: Sender, reason: str
) -> None:
    slack.faults.refuse("chat.postMessage", reason)
    for place in (slack.general.id, slack.sealed.id, "C0000000000"):
        with pytest.raises(Unshowable):
            await voice.post(place, notice("One"))


async def test_a_failure_is_said_rather_twice_than_never(slack: LocalSlack, voice: Sender) -> None:
    slack.faults.lose("chat.postMessage")
    await voice.post(slack.general.id, failure("It did not work"))
    assert len(slack.world.messages_in(slack.general.id)) == 2
    slack.faults.lose("chat.postMessage")
    with pytest.raises(OutcomeUnknown):
        await voice.post(slack.general.id, notice("It worked"))
    assert len(slack.world.messages_in(slack.general.id)) == 3


async def test_messages_of_one_channel_are_sent_one_after_the_other(slack: LocalSlack, voice: Sender) -> None:
    slack.faults.slow("chat.postMessage", 0.2)
    said = [asyncio.create_task(voice.post(slack.general.id, notice(str(n)))) for n in range(5)]
    elsewhere = asyncio.create_task(voice.post(slack.random.id, notice("elsewhere")))
    await elsewhere
    assert not any(one.done() for one in said)
    await asyncio.gather(*said)
    assert [text_of(one) for one in slack.world.messages_in(slack.general.id)] == list("01234")
    assert not voice._dispatcher


@pytest.mark.parametrize("address", ["", "not an address", "http://127.0.0.1:1x/", "void"])
async def test_a_whisper_without_an_address_that_works_goes_to_its_person(
    slack: LocalSlack, voice: Sender, address: str
) -> None:
    where = f"{slack.base}/commands/T/0/void" if address == "void" else address
    await voice.whisper(where, notice("Just for you"), slack.ann.id)
    (message,) = slack.world.messages_in(slack.world.dm(slack.ann).id)
    assert text_of(message) == "Just for you"


async def test_a_file_follows_its_message_and_limits_are_waited_for(slack: LocalSlack, voice: Sender) -> None:
    for method in ("files.getUploadURLExternal", "files.completeUploadExternal"):
        slack.faults.limit(method, retry_after=0)
    card = Card(Tone.NEUTRAL, (plain("The problems"), Attached("problems.txt", "one\ntwo")))
    await voice.post(slack.general.id, card)
    message, file = slack.world.messages_in(slack.general.id)
    assert file.thread_ts == message.ts
    assert [one.content for one in card.parts if isinstance(one, Attached)] == ["one\ntwo"]
    assert b"one\ntwo" in slack.world.contents.values()


async def test_an_answer_that_was_taken_over_while_slack_let_it_wait_is_not_sent(
    slack: LocalSlack, voice: Sender, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.dispatch.fence, "FRESH", 0.0)
    ours = [True, False]

    async def asked(_: str | None) -> bool:
        return ours.pop(0)

    limited = slack.faults.answer(
        "chat.postMessage",
        status=429,
        body='{"ok": false, "error": "ratelimited"}',
        headers={"Retry-After": "0", "Content-Type": "application/json"},
    )
    with fenced("1", asked), pytest.raises(TakenOver):
        await voice.post(slack.general.id, notice("late"))
    assert (ours, limited.hits) == ([], 1)


async def test_an_answer_is_found_by_the_event_that_it_is_to(
    slack: LocalSlack, voice: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack.world, "history_allowed", True)

    async def ours(_: str | None) -> bool:
        return True

    said = await slack.say(slack.ann, slack.general, "Who met?")
    assert said.said
    with fenced("C1/1.0/", ours):
        await voice.post(slack.general.id, notice("They met."), said.said.ts)
    with fenced("C1/2.0/", ours):
        stamp = await voice.post(slack.general.id, notice("They met."), said.said.ts)
    place = (slack.general.id, said.said.ts, said.said.ts)
    assert await voice.find(*place, ["C1/2.0/"]) == ("C1/2.0/", stamp)
    assert await voice.find(*place, ["C1/3.0/"]) is None
