"""The assistant's pane: its status, title and prompts."""

from typing import Any

import pytest

from tests.tools.local_slack.conftest import Raw
from tools.local_slack import LocalSlack


async def test_a_status_is_set_cleared_and_taken_away_by_an_answer(slack: LocalSlack, raw: Raw) -> None:
    opened = await slack.open_assistant(slack.ann)
    assert opened.pane is not None
    place = {"channel_id": slack.world.dm(slack.ann).id, "thread_ts": opened.thread_ts}
    await raw("assistant.threads.setStatus", **place, status="is searching...")
    assert opened.pane.status == "is searching..."
    await raw("assistant.threads.setStatus", **place, status="")
    assert opened.pane.status == ""
    await raw("assistant.threads.setStatus", **place, status="is reading...", loading_messages=["One", "Two"])
    await raw("chat.postMessage", channel=place["channel_id"], thread_ts=opened.thread_ts, text="Words")
    assert opened.pane.status == ""
    assert opened.pane.statuses == ("is searching...", "", "is reading...")
    assert opened.text == "Words"
    slack.assert_valid()


async def test_a_status_can_stand_in_a_channels_thread(slack: LocalSlack, raw: Raw) -> None:
    said = (await slack.say(slack.ann, slack.general, "Words")).said
    assert said is not None
    place = {"channel_id": slack.general.id, "thread_ts": said.ts}
    assert (await raw("assistant.threads.setStatus", **place, status="is searching...")).error is None
    nowhere = {"channel_id": slack.general.id, "thread_ts": "1.000000"}
    refused = await raw("assistant.threads.setStatus", **nowhere, status="is searching...")
    assert refused.error == "invalid_thread_ts"
    assert (await raw("assistant.threads.setTitle", **nowhere, title="A")).error == "invalid_thread_ts"


@pytest.mark.parametrize(
    ("prompts", "wrong"),
    [
        ([{"title": "A", "message": "B"}] * 4, False),
        ([{"title": "A", "message": "B"}] * 5, True),
        ([], True),
        ([{"title": "A"}], True),
        ([{"title": "A", "message": "B", "text": "C"}], True),
        ("A", True),
    ],
)
async def test_prompts(slack: LocalSlack, raw: Raw, prompts: Any, wrong: bool) -> None:
    opened = await slack.open_assistant(slack.ann)
    place = {"channel_id": slack.world.dm(slack.ann).id, "thread_ts": opened.thread_ts}
    answer = await raw("assistant.threads.setSuggestedPrompts", **place, prompts=prompts, title="Try")
    assert (answer.error == "invalid_arguments") is wrong
    assert opened.pane is not None
    assert opened.pane.prompts == (() if wrong else tuple(prompts))
