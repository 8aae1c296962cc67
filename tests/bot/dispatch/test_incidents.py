import pytest

from bot.cards.request import Request
from bot.dispatch.incidents import apologise
from tests.bot.dispatch.recording_reply import RecordingReply


def no_request() -> Request:
    raise LookupError("an odd shape")


async def test_an_apology_that_fails_is_logged_with_the_number_of_its_incident(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        await apologise(no_request, RecordingReply())
    first, then = caplog.records
    number = vars(first)["incident"]
    assert first.exc_info
    assert then.getMessage() == f"incident {number} could not be told: LookupError"
    assert vars(then)["incident"] == number
