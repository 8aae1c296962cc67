"""Slack over HTTP: what is not Slack's is refused before anything is done, and the rest works as ever."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.slack.api.http import AGE, PATH, REMEMBERED, RequestVerifier
from tests.bot.conftest import MakeHome
from tests.bot.platforms.process import QUICKLY, Process, free_port
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.slack.live import action_id, local_slack
from tests.bot.slack.trouble import answered_once, room, somebody
from tests.fault.newsroom import new_home, publish
from tools.local_slack import Exchange, HttpMode, LocalSlack

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_770_000_000
BODY = b"token=x&command=%2Fask"


@dataclass(frozen=True, slots=True)
class Served:
    """A bot that listens, and the Slack that sends to it."""

    slack: LocalSlack
    bot: Process
    mode: HttpMode
    port: int


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(make_home: MakeHome) -> AsyncIterator[Served]:
    """One bot for the module: a real `newsdesk run`, without an app token."""
    async with local_slack() as slack:
        port = free_port()
        mode = slack.over_http(f"http://127.0.0.1:{port}{PATH}")
        async with http_bot(slack, make_home(), port) as bot:
            await bot.up()
            yield Served(slack, bot, mode, port)
            slack.assert_valid()
            assert not slack.pings


def http_bot(slack: LocalSlack, home: Path, port: int, module: str = "bot") -> Process:
    """The bot, told by requests to that port."""
    return Process(
        home,
        slack,
        module=module,
        SLACK_APP_TOKEN=None,
        SLACK_SIGNING_SECRET=slack.signing_secret,
        NEWSDESK_SLACK_PORT=str(port),
    )


async def mentioned(slack: LocalSlack) -> Exchange:
    """A mention that will be answered, by somebody new."""
    user = somebody(slack)
    return await slack.say(user, room(slack, user), f"{slack.mention()} {PASSING}")


async def works(served: Served) -> None:
    """A question is answered."""
    one = await mentioned(served.slack)
    await served.slack.until(lambda: answered_once(one), PATIENCE)


# What is let in


async def test_mentions_commands_presses_and_forms_work_as_through_the_socket(served: Served) -> None:
    slack = served.slack
    user = somebody(slack)
    place = room(slack, user)
    await works(served)
    asked = await (await slack.command(user, place, "/ask", PASSING)).settled(PATIENCE)
    assert answered_once(asked)
    pressed = await slack.click(user, asked.message, action_id(asked.message, "more"))
    await slack.until(lambda: pressed.ephemerals, PATIENCE)
    form = await slack.command(user, place, "/ask")
    await slack.until(lambda: form.view, PATIENCE)
    offered = await slack.suggest(user, form.view, "source", "news")
    await slack.until(lambda: offered.options, PATIENCE)
    sent = await slack.submit(user, form.view, {"question": PASSING})
    await slack.until(lambda: answered_once(sent), PATIENCE)
    home = await slack.open_home(user)
    await slack.until(lambda: home.view, PATIENCE)
    assert all(
        each.acked_after < 3 for each in (asked, pressed, form, sent, home) if each.acked_after is not None
    )


async def test_an_event_that_comes_again_is_answered_once(served: Served) -> None:
    slack = served.slack
    slack.delivery_queue.twice_every = 1
    asked = [await mentioned(slack) for _ in range(10)]
    slack.delivery_queue.twice_every = None
    await slack.until(lambda: all(one.acked and one.messages for one in asked), PATIENCE)
    await works(served)
    assert all(map(answered_once, asked))


async def test_slack_s_checks_of_the_address_are_answered(served: Served) -> None:
    verified = await served.mode.url_verification("a challenge")
    assert verified.status == 200
    assert "a challenge" in verified.text
    checked = await served.mode.ssl_check()
    assert (checked.status, checked.text) == (200, "")


# What is not


async def test_a_signed_body_that_means_nothing_does_nothing(served: Served) -> None:
    for body in (b"", b"{", b"null", b"[]", b"7", b'"x"', b"payload=%7B", b"payload=null"):
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            got = await served.mode.send(served.mode.sign(body, {"Content-Type": kind}))
            assert got.status in (200, 400, 401, 404), body
    await works(served)


async def test_an_ssl_check_can_t_carry_anything_in(served: Served) -> None:
    slack = served.slack
    calls = len(slack.requests)
    signed = served.mode.sign(b"ssl_check=1&command=%2Fask&text=x", {})
    headers = {name: value for name, value in signed.headers.items() if name != "X-Slack-Signature"}
    got = await served.mode.send(replace(signed, headers=headers))
    assert (got.status, got.text) == (200, "")
    assert len(slack.requests) == calls


async def test_a_request_that_is_sent_again_is_refused_and_answered_once_across_a_restart(
    sample_home: Path,
) -> None:
    async with local_slack() as slack:
        port = free_port()
        mode = slack.over_http(f"http://127.0.0.1:{port}{PATH}")
        async with http_bot(slack, sample_home, port) as bot:
            await bot.up()
            asked = await mentioned(slack)
            await slack.until(lambda: answered_once(asked), PATIENCE)
            sent = next(one for one in mode.sent if b'"app_mention"' in one.body)
            assert [(await mode.send(sent)).status for _ in range(3)] == [401] * 3
            assert "401, seen before" in bot.said
            bot.process.terminate()
            assert await bot.ended() == 0
        async with http_bot(slack, sample_home, port) as bot:
            await bot.up()
            assert (await mode.send(sent)).status == 200  # it knows no signature any more
            one = await mentioned(slack)
            await slack.until(lambda: answered_once(one), PATIENCE)
        assert answered_once(asked)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", PATH, 405),
        ("PUT", PATH, 405),
        ("POST", "/", 404),
        ("POST", f"{PATH}/", 404),
        ("GET", "/../../etc/passwd", 404),
    ],
)
async def test_nothing_else_is_there(served: Served, method: str, path: str, status: int) -> None:
    address = f"http://127.0.0.1:{served.port}{path}"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, address, data=b"x" if method != "GET" else None) as answer,
    ):
        assert answer.status == status
        assert await answer.text() == ""


async def test_a_request_that_does_not_arrive_is_given_up(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf".encode())
    await writer.drain()
    status = await asyncio.wait_for(reader.readline(), PATIENCE)
    assert b"408" in status
    writer.close()
    await works(served)


async def test_no_secret_and_no_message_stands_in_the_log(served: Served) -> None:
    for word in (served.slack.bot_token, served.slack.signing_secret, "Chosei", "v0="):
        assert word not in served.bot.said


async def test_a_port_that_is_taken_ends_it_with_one_line(served: Served, tmp_path: Path) -> None:
    home = new_home(tmp_path / "quick", tmp_path / "sources")
    publish(home, tmp_path / "sources", 0)
    async with http_bot(served.slack, home.root, served.port, QUICKLY) as bot:
        assert await bot.ended() == 1
        assert bot.failure() == (
            f"port {served.port} can't be listened to (address already in use): name another in "
            "NEWSDESK_SLACK_PORT"
        )


# The verifier by itself


def stamped(verifier: RequestVerifier, body: bytes, stamp: int) -> str | None:
    """What the verifier says to a request that Slack signed then."""
    signature = verifier._verifier.generate_signature(timestamp=str(stamp), body=body)
    assert signature
    return verifier.refuses(body, str(stamp), signature)


async def test_a_request_is_let_in_once_for_as_long_as_it_could_come_again() -> None:
    now = float(NOW)
    verifier = RequestVerifier(SECRET, lambda: now)
    for stamp in (NOW - AGE - 1, NOW + AGE + 1):
        assert stamped(verifier, BODY, stamp) == "too old or from the future"
    for stamp in (NOW - AGE, NOW + AGE):  # at the edge
        assert stamped(verifier, BODY, stamp) is None
    for now in range(NOW, NOW + 2 * AGE + 1, 50):
        assert stamped(verifier, BODY, NOW + AGE) == "seen before"
        assert stamped(verifier, f"x={now}".encode(), now) is None
    now = NOW + 2 * AGE + 1
    assert stamped(verifier, BODY, NOW + AGE) == "too old or from the future"


async def test_what_is_remembered_has_an_end_and_nobody_can_shut_the_gate() -> None:
    now = float(NOW)
    verifier = RequestVerifier(SECRET, lambda: now)
    for number in range(REMEMBERED + 100):
        assert stamped(verifier, b"%d" % number, NOW) is None
        assert verifier.refuses(b"%d" % number, str(NOW), f"v0={number:064}") == "forged"
    assert len(verifier._seen) == REMEMBERED
    assert stamped(verifier, b"%d" % (REMEMBERED + 99), NOW) == "seen before"
    now = NOW + AGE + 1
    assert stamped(verifier, b"the next", int(now)) is None
    assert len(verifier._seen) == 1
