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
    slack.app = replace(slack.app, scopes=slack.app.scopes - {"chat:write.public"})
    assert await error(slack.outside.id) == "not_in_channel"
    slack.world.keep_channel(replace(slack.general, archived=True))
    assert await error(slack.general.id) == "is_archived"
    private = slack.world.add_channel(slack.team, "closed", [slack.ann], private=True, bot_inside=False)
    assert await error(private.id) == "channel_not_found"


async def test_threads(slack: LocalSlack, raw: Raw) -> None:
    root = (await raw.post("root")).body["ts"]
    reply = (await raw.post("reply", thread_ts=root)).body
    assert reply["message"]["thread_ts"] == root
    assert reply["message"]["parent_user_id"] == slack.bot.id
    assert (await raw.post("lost", thread_ts="1.000000")).error == "thread_not_found"
    deeper = await raw.post("deeper", thread_ts=reply["ts"])
    assert deeper.body["message"]["thread_ts"] == root
    assert slack.problems[-1].startswith("chat.postMessage: it is a reply")
    slack.history_allowed = True
    replies = await raw("conversations.replies", channel=slack.general.id, ts=root)
    assert [one["text"] for one in replies.body["messages"]] == ["root", "reply", "deeper"]
    assert replies.body["messages"][0]["reply_count"] == 2
    page = {"channel": slack.general.id, "ts": root, "limit": 2}
    first = (await raw("conversations.replies", **page)).body
    assert ([one["text"] for one in first["messages"]], first["has_more"]) == (["root", "reply"], True)
    last = await raw("conversations.replies", **page, cursor=first["response_metadata"]["next_cursor"])
    assert [one["text"] for one in last.body["messages"]] == ["deeper"]


async def test_history_is_limited_unless_it_is_allowed(slack: LocalSlack, raw: Raw) -> None:
    root = (await raw.post()).body["ts"]
    limited = await raw("conversations.replies", channel=slack.general.id, ts=root)
    assert (limited.status, limited.error) == (429, "ratelimited")
    assert limited.headers["Retry-After"] == "60"


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
    ("said", "users", "groups", "broadcasts"),
    [
        ({"text": "<!channel> and <@{ann}>"}, ["ann"], 0, ("channel",)),
        ({"text": "&lt;!channel&gt; @here @ann"}, [], 0, ()),
        ({"text": "@here @ann @editors", "parse": "full"}, ["ann"], 1, ("here",)),
        ({"text": "@kim", "link_names": True}, ["kim"], 0, ()),
        (
            {
                "text": "A",
                "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<!here|@here>"}}],
            },
            [],
            0,
            ("here",),
        ),
        (
            {"text": "A", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "<!here>"}}]},
            [],
            0,
            (),
        ),
        ({"text": "A", "attachments": [{"text": "<!everyone>", "fallback": "A"}]}, [], 0, ("everyone",)),
        (
            {
                "text": "A",
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [
                                    {"type": "user", "user_id": "{ann}"},
                                    {"type": "usergroup", "usergroup_id": "{editors}"},
                                    {"type": "broadcast", "range": "here"},
                                ],
                            }
                        ],
                    }
                ],
            },
            ["ann"],
            1,
            ("here",),
        ),
    ],
)
async def test_whom_a_message_notifies(
    slack: LocalSlack, raw: Raw, said: Any, users: list[str], groups: int, broadcasts: tuple[str, ...]
) -> None:
    def filled(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace("{ann}", slack.ann.id).replace("{editors}", slack.editors.id)
        if isinstance(value, dict):
            return {key: filled(one) for key, one in value.items()}
        return [filled(one) for one in value] if isinstance(value, list) else value

    assert (await raw.post(**filled(said))).error is None
    found = slack.pings
    assert [one for ping in found for one in ping.user_ids] == [getattr(slack, name).id for name in users]
    assert sum(len(ping.group_ids) for ping in found) == groups
    assert tuple(one for ping in found for one in ping.broadcasts) == broadcasts


async def test_an_ephemeral_message_notifies_nobody(slack: LocalSlack, raw: Raw) -> None:
    await raw("chat.postEphemeral", channel=slack.general.id, user=slack.ann.id, text="<!here>")
    assert not slack.pings
    assert slack.mentions[0].broadcasts == ("here",)


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
