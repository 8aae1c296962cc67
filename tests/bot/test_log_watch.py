"""What looks through the logs of all tests: it finds what it is there for."""

import logging
import secrets
from collections.abc import Callable

import pytest

from bot.runtime.log_lines import INDENT
from tests.bot.log_watch import LogWatch, faults
from tools.local_discord import Interaction, InteractionType, LocalDiscord
from tools.local_platform.issued_secrets import issue_secret
from tools.local_slack import LocalSlack

FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
BEGUN = "2026-01-14 09:46:39,123 WARNING bot.slack.app: "
SECRET = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5"


def token(discord: LocalDiscord) -> str:
    """Of an interaction of its."""
    made = Interaction("1", InteractionType.COMMAND, discord.ann, discord.general, {}, 0.0)
    return made.token


GIVEN: dict[str, Callable[[LocalSlack, LocalDiscord], str]] = {
    "a bot's token": lambda slack, _: slack.bot_token,
    "the app's token": lambda slack, _: slack.app_token,
    "a response address": lambda slack, _: (
        f"{slack.base}/commands/"
        + slack._state.grants.new_response(slack.ann, slack.team, slack.general, "origin")
    ),
    "a trigger": lambda slack, _: f"trigger_id={slack._state.grants.new_trigger(slack.ann, slack.team, '')}",
    "a ticket": lambda slack, _: f"ws://127.0.0.1/link/?ticket={slack._state.sockets.new_ticket()}&app_id=1",
    "an interaction": lambda _, discord: f"POST {discord.api}/interactions/1/{token(discord)}/callback",
    "a webhook": lambda _, discord: f"PATCH {discord.api}/webhooks/1/{token(discord)}/messages/@original",
}


@pytest.mark.parametrize("made", GIVEN.values(), ids=GIVEN.keys())
async def test_what_a_server_gave_out_is_found_where_another_formatter_lets_it_through(
    made: Callable[[LocalSlack, LocalDiscord], str],
) -> None:
    log = logging.Logger("bot.test")
    plain, real = LogWatch(logging.Formatter(FORM)), LogWatch()
    log.addHandler(plain)
    log.addHandler(real)
    async with LocalSlack() as slack, LocalDiscord() as discord:
        log.warning("failed: %s", made(slack, discord))
    assert any("the secret" in fault for fault in plain.taken())
    assert real.taken() == []


async def test_secrets_that_have_no_form_are_found_too() -> None:
    async with LocalSlack() as slack, LocalDiscord() as discord:
        for secret in (slack.signing_secret, discord.token):
            assert faults(f"{BEGUN}started with [{secret}]") == [f"the secret {secret}"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("asked who", "no time, level and name"),
        (f"{BEGUN}asked who\n{BEGUN}connected to Slack", "more than one line"),
        (f"{BEGUN}asked who\n{INDENT}is it", "more than one line"),
        (f"{BEGUN}asked \x1b[2J", "a raw '\\x1b'"),
        (f"{BEGUN}asked \r{BEGUN}", "a raw '\\r'"),
        (f"{BEGUN}asked \x85", "a raw '\\x85'"),
        (f"{BEGUN}asked \u2028", "a raw '\\u2028'"),
        (f"{BEGUN}asked \u202e", "a raw '\\u202e'"),
        (f"{BEGUN}asked \u200f", "a raw '\\u200f'"),
        (f"{BEGUN}POST https://hooks.slack.com/commands/…", "a response address"),
        (f"{BEGUN}POST http://127.0.0.1:1/actions/T0123/4/{SECRET}", "a response address"),
        (f"{BEGUN}GET /api/v10/webhooks/456/{SECRET}", "a token of an interaction"),
        (f"{BEGUN}GET /link/?app_id=1&ticket={SECRET}", "a ticket"),
    ],
)
def test_a_line_that_no_log_may_hold_is_found(text: str, fault: str) -> None:
    assert fault in faults(text)


def test_a_traceback_is_found_where_its_lines_could_pass_for_records() -> None:
    assert faults(f"{BEGUN}incident\nTraceback", traced=True)
    assert faults(f"{BEGUN}incident\n{INDENT}Traceback\n{INDENT}  File", traced=True) == []


def test_what_any_logger_lets_through_is_looked_through_in_every_test(log_watch: LogWatch) -> None:
    secret = issue_secret(secrets.token_urlsafe(30))
    logging.getLogger("bot.slack.dispatch").warning("glued_%s_to others", secret)
    logging.getLogger("aiohttp.server").error("no form at all: %s", secret)
    try:
        raise ValueError(f"a\nline {secret}")
    except ValueError:
        logging.getLogger("bot").exception("incident")
    found = log_watch.taken()
    assert len(found) == 3
    assert all(fault.startswith(f"the secret {secret}") for fault in found)


def test_a_record_that_cant_be_formatted_is_told_to_the_test_and_not_to_the_bot() -> None:
    class Broken(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            raise ValueError(record.name)

    watch = LogWatch(Broken())
    log = logging.Logger("bot.test")
    log.addHandler(watch)
    log.warning("asked")
    (fault,) = watch.taken()
    assert "can't be formatted" in fault
