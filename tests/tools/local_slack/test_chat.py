"""Writing, changing and deleting messages, and whom they notify."""

from dataclasses import replace
from typing import Any

import pytest

from tests.tools.local_slack.conftest import Raw
from tools.local_slack import LocalSlack

SECTION: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "Words"}}


async def test_a_message_is_kept_as_slack_gives_it_back(slack: LocalSlack, raw: Raw) -> None:
    posted = await raw.blocks(SECTION)
    message = posted.body["message"]
    assert message["ts"] == posted.body["ts"]
    assert (message["user"], message["bot_id"]) == (slack.bot.id, slack.bot.bot_id)
    assert message["blocks"][0]["block_id"]
    assert message["blocks"][0]["text"] == {"type": "mrkdwn", "text": "Words", "verbatim": False}
    assert slack.world.messages[posted.body["ts"]].text == "Words"


async def test_where_the_bot_may_write(slack: LocalSlack, raw: Raw) -> None:
    async def error(channel: str) -> str | None:
        return (await raw("chat.postMessage", channel=channel, text="Words")).error

    assert await error(slack.cabinet.id) is None
    assert await error(slack.sealed.id) == "restricted_action"
    assert await error("C0000000000") == "channel_not_found"
    assert await error(slack.elsewhere.id) == "channel_not_found"
    assert await error(slack.ann.id) is None
    assert await error(slack.world.dm(slack.ann).id) is None
    assert await error(slack.outside.id) is None
    slack.world.app = replace(slack.world.app, scopes=slack.world.app.scopes - {"chat:write.public"})
    assert await error(slack.outside.id) == "not_in_channel"
    private = slack.world.add_channel(slack.team, "closed", [slack.ann], private=True, bot_inside=False)
    assert await error(private.id) == "channel_not_found"


async def test_threads(slack: LocalSlack, raw: Raw) -> None:
    root = (await raw.post("root")).body["ts"]
    reply = (await raw.post("reply", thread_ts=root)).body
    assert reply["message"]["thread_ts"] == root
    assert (await raw.post("lost", thread_ts="1.000000")).error == "thread_not_found"
    deeper = await raw.post("deeper", thread_ts=reply["ts"])
    assert deeper.body["message"]["thread_ts"] == root
    assert slack.problems[-1].startswith("chat.postMessage: it is a reply")
    page = {"channel": slack.general.id, "ts": root, "limit": 2}
    limited = await raw("conversations.replies", **page)
    assert (limited.status, limited.error, limited.headers["Retry-After"]) == (429, "ratelimited", "60")
    slack.world.history_allowed = True
    read = await raw("conversations.replies", **page)
    assert [one["text"] for one in read.body["messages"]] == ["root", "reply"]


async def test_a_message_is_changed_and_deleted(slack: LocalSlack, raw: Raw) -> None:
    ts = (await raw.blocks(SECTION)).body["ts"]
    place = {"channel": slack.general.id, "ts": ts}
    await raw("chat.update", **place, text="Other words")
    assert slack.problems[-1].startswith("chat.update: the blocks stay as they were")
    assert slack.world.messages[ts].blocks
    await raw("chat.update", **place, text="Other words", blocks=[])
    assert slack.world.messages[ts].blocks == ()
    assert slack.world.messages[ts].edited_ts
    assert (await raw("chat.update", **place, text="x" * 4001)).error == "msg_too_long"
    said = (await slack.say(slack.ann, slack.general, "Mine")).said
    assert said is not None
    theirs = {"channel": slack.general.id, "ts": said.ts}
    assert (await raw("chat.update", **theirs, text="Yours")).error == "cant_update_message"
    assert (await raw("chat.delete", **theirs)).error == "cant_delete_message"
    assert (await raw("chat.delete", **place)).error is None
    assert (await raw("chat.delete", **place)).error == "message_not_found"


async def test_an_ephemeral_message_is_for_one_and_can_not_be_changed(slack: LocalSlack, raw: Raw) -> None:
    private = await raw("chat.postEphemeral", channel=slack.general.id, user=slack.ann.id, text="For you")
    ts = private.body["message_ts"]
    assert slack.world.messages[ts].viewer_id == slack.ann.id
    place = {"channel": slack.general.id, "ts": ts}
    assert (await raw("chat.update", **place, text="Other")).error == "message_not_found"
    assert (await raw("chat.delete", **place)).error == "message_not_found"
    for channel, user in ((slack.general, slack.stranger), (slack.cabinet, slack.ann)):
        refused = await raw("chat.postEphemeral", channel=channel.id, user=user.id, text="For you")
        assert refused.error == "user_not_in_channel"
    outside = await raw("chat.postEphemeral", channel=slack.outside.id, user=slack.ann.id, text="For you")
    assert outside.error == "not_in_channel"


@pytest.mark.parametrize(
    ("text", "marked", "names"),
    [
        ("<!channel> and <@U1>", "A", ("!channel", "@U1")),
        ("&lt;!channel&gt; @here @ann", "A", ()),
        ("A", "<!here|@here> `<!subteam^S1>`", ("!here", "!subteam^S1")),
    ],
)
async def test_whom_a_message_notifies(
    slack: LocalSlack, raw: Raw, text: str, marked: str, names: tuple[str, ...]
) -> None:
    header = {"type": "header", "text": {"type": "plain_text", "text": "<!here>"}}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": marked}}
    assert (await raw.post(text, blocks=[header, section])).error is None
    assert [ping.names for ping in slack.pings] == ([names] if names else [])


@pytest.mark.parametrize(
    "element",
    [
        {"type": "user", "user_id": "U1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "broadcast", "range": "here"},
    ],
)
async def test_a_mention_in_rich_text_is_refused(raw: Raw, element: dict[str, str]) -> None:
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}
    assert (await raw.blocks(block)).error == "invalid_blocks"


async def test_an_ephemeral_message_notifies_nobody(slack: LocalSlack, raw: Raw) -> None:
    await raw("chat.postEphemeral", channel=slack.general.id, user=slack.ann.id, text="<!here>")
    assert not slack.pings
    assert slack.mentions[0].names == ("!here",)


async def test_a_change_notifies_those_it_names_anew(slack: LocalSlack, raw: Raw) -> None:
    ts = (await raw.post(f"<@{slack.ann.id}>")).body["ts"]
    place = {"channel": slack.general.id, "ts": ts}
    await raw("chat.update", **place, text=f"Words for <@{slack.ann.id}>")
    assert len(slack.pings) == 1
    await raw("chat.update", **place, text="<!here>")
    assert len(slack.pings) == 2


@pytest.mark.parametrize(
    ("said", "unfurls"),
    [
        ({"text": "https://example.org"}, ["unfurl_links", "unfurl_media"]),
        ({"text": "<https://example.org|here>", "unfurl_links": False}, ["unfurl_media"]),
        ({"text": "see bbc.co.uk", "unfurl_links": False, "unfurl_media": True}, ["unfurl_media"]),
        ({"text": "https://example.org", "unfurl_links": False, "unfurl_media": False}, []),
        ({"text": "No link: a.b <@U1>"}, []),
    ],
)
async def test_links_that_unfurl_are_recorded(
    slack: LocalSlack, raw: Raw, said: Any, unfurls: list[str]
) -> None:
    assert (await raw.post(**said)).error is None
    assert [str(one.path[0]) for one in slack.requests[-1].problems] == unfurls


async def test_the_bot_hears_of_its_own_messages(slack: LocalSlack, raw: Raw) -> None:
    ts = (await raw.post("Words")).body["ts"]
    await raw("chat.update", channel=slack.general.id, ts=ts, text="Other")
    await raw("chat.delete", channel=slack.general.id, ts=ts)
    events = [one.payload["event"] for one in slack.delivery_queue.deliveries]
    assert [one.get("subtype") for one in events] == [None, "message_changed", "message_deleted"]
    assert events[0]["bot_id"] == slack.bot.bot_id
    assert events[1]["message"]["text"] == "Other"
    assert events[1]["previous_message"]["text"] == "Words"
    assert events[2]["deleted_ts"] == ts
