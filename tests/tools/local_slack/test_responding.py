"""Addresses to respond to: how often, how long, and what they can do."""

import pytest

from tests.tools.local_slack.conftest import Raw
from tests.tools.local_slack.samples import answer
from tools.local_slack import LocalSlack, text_of


async def _command_url(slack: LocalSlack) -> str:
    asked = await slack.command(slack.ann, slack.general, "/ask", "who?")
    return str(asked.deliveries[0].payload["response_url"])


async def _click_url(slack: LocalSlack, raw: Raw, *, private: bool) -> tuple[str, str]:
    """An address of a click on a message, and the message's timestamp."""
    if private:
        posted = await raw(
            "chat.postEphemeral", channel=slack.general.id, user=slack.ann.id, text="A", blocks=answer("A")
        )
        ts = posted.body["message_ts"]
    else:
        ts = (await raw.post("A", blocks=answer("A"))).body["ts"]
    clicked = await slack.click(slack.ann, slack.world.messages[ts], "More")
    return str(clicked.deliveries[0].payload["response_url"]), ts


async def test_five_times_and_no_more(slack: LocalSlack, raw: Raw) -> None:
    url = await _command_url(slack)
    for number in range(5):
        assert await raw.respond(url, text=str(number)) == (200, "ok")
    assert await raw.respond(url, text="5") == (404, '{"ok": false, "error": "used_url"}')
    assert [message.text for message in slack.world.messages.values()] == list("01234")


async def test_half_an_hour_and_no_longer(slack: LocalSlack, raw: Raw) -> None:
    url = await _command_url(slack)
    slack.clock.advance(1799)
    assert (await raw.respond(url, text="In time"))[0] == 200
    slack.clock.advance(2)
    assert await raw.respond(url, text="Late") == (404, '{"ok": false, "error": "expired_url"}')
    assert (await raw.respond(url[:-1] + "_", text="Forged"))[0] == 404


@pytest.mark.parametrize("private", [False, True])
async def test_the_original_is_replaced_and_deleted(slack: LocalSlack, raw: Raw, private: bool) -> None:
    url, ts = await _click_url(slack, raw, private=private)
    await raw.respond(url, text="Anew", replace_original=True)
    assert slack.world.messages[ts].text == "Anew"
    assert slack.world.messages[ts].ephemeral is private
    await raw.respond(url, text="Beside it", replace_original=False)
    assert len(slack.world.messages) == 2
    assert (await raw.respond(url, delete_original=True))[0] == 200
    assert ts not in slack.world.messages
    slack.assert_valid()


async def test_a_command_has_no_original(slack: LocalSlack, raw: Raw) -> None:
    url = await _command_url(slack)
    await raw.respond(url, text="Searching")
    await raw.respond(url, text="Found", replace_original=True)
    assert [message.text for message in slack.world.messages.values()] == ["Searching", "Found"]
    assert len(slack.problems) == 1
    assert "no original to replace" in slack.problems[0]


async def test_a_shortcut_on_a_persons_message_changes_nothing_of_it(slack: LocalSlack, raw: Raw) -> None:
    said = (await slack.say(slack.kim, slack.general, "Mine")).said
    assert said is not None
    checked = await slack.shortcut(slack.ann, "check_news", said)
    await raw.respond(checked.deliveries[0].payload["response_url"], text="Checked", replace_original=True)
    assert slack.world.messages[said.ts].text == "Mine"
    assert [message.text for message in checked.ephemerals] == ["Checked"]


async def test_responses_are_held_to_the_rules(slack: LocalSlack, raw: Raw) -> None:
    url = await _command_url(slack)
    assert await raw.respond(url, text="") == (400, '{"ok": false, "error": "no_text"}')
    assert (await raw.respond(url, text="A", blocks=[{"type": "x"}]))[1].endswith('"invalid_blocks"}')
    assert (await raw.respond(url, text="A", response_type="public"))[0] == 400
    async with raw.session.post(url, data="no json") as response:
        assert (response.status, await response.text()) == (400, '{"ok": false, "error": "invalid_payload"}')
    await raw.respond(url, text="https://example.org", response_type="in_channel", colour="red")
    assert [one.split(": ", 1)[1].split(" [")[0] for one in slack.problems[-3:]] == [
        "the server knows no such key",
        "links in the message unfurl unless this is false",
        "links in the message unfurl unless this is false",
    ]


async def test_the_total_of_blocks_is_not_limited_here(slack: LocalSlack, raw: Raw) -> None:
    url = await _command_url(slack)
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    assert (await raw.respond(url, text="Long", blocks=[long] * 10))[0] == 200
    (message,) = slack.world.messages.values()
    assert len(text_of(message)) > 30_000
