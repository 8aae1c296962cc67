"""What people can do, what the app is told of it, and in whose name."""

import pytest

from tests.tools.local_slack.conftest import Raw
from tools.local_slack import App, LocalSlack, NotPossible

MANIFEST = {
    "features": {
        "app_home": {"home_tab_enabled": True},
        "slash_commands": [{"command": "/ask", "description": "Ask"}],
    },
    "oauth_config": {"scopes": {"bot": ["app_mentions:read", "chat:write", "commands", "im:history"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_mention", "message.im", "app_home_opened"]},
        "socket_mode_enabled": True,
    },
}


async def test_what_the_app_is_told_of_a_message(slack: LocalSlack) -> None:
    text = f"{slack.mention()} *who* won? https://example.org/a?b=1&c=2, <!channel>"
    said = await slack.say(slack.ann, slack.general, text)
    message, mention = [one.payload for one in said.deliveries]
    event = message["event"]
    assert said.said is not None
    assert event["ts"] == event["event_ts"] == said.said.ts
    assert event["text"] == (
        f"{slack.mention()} *who* won? <https://example.org/a?b=1&amp;c=2>, &lt;!channel&gt;"
    )
    assert (event["channel"], event["channel_type"]) == (slack.general.id, "channel")
    assert (event["user"], event["team"]) == (slack.ann.id, slack.team.id)
    assert message["team_id"] == message["authorizations"][0]["team_id"] == slack.team.id
    assert message["authorizations"][0]["user_id"] == slack.bot.id
    assert message["is_ext_shared_channel"] is False
    assert mention["event"]["type"] == "app_mention"
    assert mention["event"]["ts"] == event["ts"]
    assert mention["event_id"] != message["event_id"]


async def test_what_the_bot_hears_depends_on_where_it_is(slack: LocalSlack) -> None:
    said = await slack.say(slack.ann, slack.world.dm(slack.ann), f"{slack.mention()} who won?")
    assert [one.event_type for one in said.deliveries] == ["message"]
    assert said.deliveries[0].payload["event"]["channel_type"] == "im"
    private = await slack.say(slack.admin, slack.cabinet, "between us")
    assert private.deliveries[0].payload["event"]["channel_type"] == "group"
    assert not (await slack.say(slack.ann, slack.outside, f"{slack.mention()} who won?")).deliveries


async def test_an_administrator_removes_the_app(slack: LocalSlack, raw: Raw) -> None:
    removed = await slack.uninstall(slack.admin)
    assert [one.event_type for one in removed.deliveries] == ["tokens_revoked", "app_uninstalled"]
    assert (await raw("auth.test")).error == "account_inactive"


async def test_a_message_is_edited_and_deleted(slack: LocalSlack) -> None:
    said = (await slack.say(slack.ann, slack.general, "Words")).said
    assert said is not None
    changed = await slack.edit(said, f"{slack.mention()} words")
    assert [one.event_type for one in changed.deliveries] == ["message", "app_mention"]
    event = changed.deliveries[0].payload["event"]
    assert event["subtype"] == "message_changed"
    assert event["previous_message"]["text"] == "Words"
    again = await slack.edit(said, f"{slack.mention()} other words")
    # It is told of as a mention again, under another id.
    assert [one.event_type for one in again.deliveries] == ["message", "app_mention"]
    first, second = (one.deliveries[1].payload for one in (changed, again))
    assert first["event_id"] != second["event_id"]
    assert first["event"]["ts"] == second["event"]["ts"] == said.ts
    assert first["event"]["edited"]["ts"] < second["event"]["edited"]["ts"]
    shown = (await slack.unfurl(slack.world.messages[said.ts])).deliveries[0].payload["event"]
    assert shown["message"]["edited"] == shown["previous_message"]["edited"]
    assert shown["message"]["attachments"]
    await slack.delete(slack.world.messages[said.ts])
    assert slack.delivery_queue.deliveries[-1].payload["event"]["subtype"] == "message_deleted"


async def test_a_stranger_in_a_shared_channel(slack: LocalSlack, raw: Raw) -> None:
    said = await slack.say(slack.stranger, slack.shared, f"{slack.mention()} who won?")
    for one in said.deliveries:
        # The sender's team is outside, the one that the app is installed in stands in the authorization.
        assert one.payload["team_id"] == slack.other_team.id
        assert one.payload["enterprise_id"] == slack.other_team.enterprise_id
        assert one.payload["authorizations"][0]["team_id"] == slack.team.id
        assert one.payload["context_team_id"] == slack.team.id
        assert one.payload["is_ext_shared_channel"] is True
        assert one.payload["event"]["team"] == slack.other_team.id
    info = (await raw("users.info", user=slack.stranger.id)).body["user"]
    assert info["is_stranger"] is True
    assert "is_admin" not in info


async def test_a_stranger_presses_and_asks_in_their_own_team(slack: LocalSlack, raw: Raw) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "More"}, "action_id": "more"}
    blocks = [{"type": "actions", "elements": [button]}]
    posted = await raw("chat.postMessage", channel=slack.shared.id, text="A", blocks=blocks)
    message = slack.world.messages[posted.body["ts"]]
    payload = (await slack.click(slack.stranger, message, "More")).deliveries[0].payload
    assert payload["team"]["id"] == payload["user"]["team_id"] == slack.other_team.id
    view = {"type": "modal", "title": {"type": "plain_text", "text": "A"}, "blocks": [{"type": "divider"}]}
    opened = await raw("views.open", trigger_id=payload["trigger_id"], view=view)
    assert opened.body["view"]["app_installed_team_id"] == slack.team.id
    elsewhere = await slack.command(slack.stranger, slack.elsewhere, "/ask", "who?")
    assert elsewhere.deliveries[0].payload["team_id"] == slack.other_team.id
    raw.token = slack.other_bot_token
    assert (await raw("chat.postMessage", channel=slack.elsewhere.id, text="A")).error is None
    assert (await raw("chat.postMessage", channel=slack.general.id, text="A")).error == "channel_not_found"
    assert (await raw("users.info", user=slack.admin.id)).error is None  # met in the shared channel
    assert (await raw("users.info", user=slack.guest.id)).error == "user_not_visible"


async def test_the_app_is_told_what_its_manifest_asks_for() -> None:
    async with LocalSlack(App.of_manifest(MANIFEST)) as slack:
        said = await slack.say(slack.ann, slack.general, f"{slack.mention()} who won?")
        assert [one.event_type for one in said.deliveries] == ["app_mention"]
        assert len((await slack.say(slack.ann, slack.world.dm(slack.ann), "who won?")).deliveries) == 1
        assert not (await slack.say(slack.ann, slack.general, "Words")).deliveries
        assert (await slack.command(slack.ann, slack.general, "/ask")).deliveries
        with pytest.raises(NotPossible, match="is no command"):
            await slack.command(slack.ann, slack.general, "/corpus")
        with pytest.raises(NotPossible, match="no shortcut"):
            await slack.shortcut(slack.ann, "other", said.said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scopes", "events", "reason"),
    [
        (["chat:writ"], [], "does not know chat:writ"),
        (["chat:write"], ["app_mentions"], "does not know app_mentions"),
        (["chat:write"], ["app_mention"], "a scope is missing for app_mention"),
    ],
)
def test_a_manifest_that_slack_refuses(scopes: list[str], events: list[str], reason: str) -> None:
    manifest = {
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {"event_subscriptions": {"bot_events": events}},
    }
    with pytest.raises(ValueError, match=reason):
        App.of_manifest(manifest)


async def test_what_people_can_not_do(slack: LocalSlack, raw: Raw) -> None:
    for act, reason in (
        (slack.say(slack.ann, slack.cabinet, "Words"), "Ann is not in cabinet"),
        (slack.say(slack.ann, slack.general, " "), "1 to 12000 characters"),
        (slack.command(slack.guest, slack.random, "/ask"), "Guest is not in random"),
        (slack.click(slack.ann, None, "More"), "nothing to look at"),
        (slack.say(slack.ann, slack.general, "Words", thread_ts="1.000000"), "no thread begins"),
        (slack.uninstall(slack.ann), "Ann may not remove apps"),
        (slack.change_context(slack.ann, "1.000000", slack.random), "not open"),
    ):
        with pytest.raises(NotPossible, match=reason):
            await act
    ts = (await raw.post()).body["ts"]
    message = slack.world.messages[ts]
    await raw("chat.delete", channel=slack.general.id, ts=ts)
    with pytest.raises(NotPossible, match="there no more"):
        await slack.click(slack.ann, message, "More")


async def test_an_ephemeral_message_is_not_told_again(slack: LocalSlack, raw: Raw) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "More"}, "action_id": "more"}
    blocks = [{"type": "actions", "elements": [button]}]
    private = await raw(
        "chat.postEphemeral", channel=slack.general.id, user=slack.ann.id, text="A", blocks=blocks
    )
    message = slack.world.messages[private.body["message_ts"]]
    payload = (await slack.click(slack.ann, message, "more")).deliveries[0].payload
    assert payload["container"]["is_ephemeral"] is True
    assert payload["container"]["message_ts"] == message.ts
    assert "message" not in payload
    assert payload["response_url"]
    with pytest.raises(NotPossible, match="no shortcuts"):
        await slack.shortcut(slack.ann, "check_news", message)


async def test_direct_messages_are_opened(slack: LocalSlack, raw: Raw) -> None:
    opened = await raw("conversations.open", users=slack.kim.id)
    assert opened.body["channel"]["id"] == slack.world.dm(slack.kim).id
    assert (await raw("conversations.open", users=slack.stranger.id)).error == "cannot_dm_user"


async def test_what_is_said_at_once_is_told_apart(slack: LocalSlack, raw: Raw) -> None:
    one = await slack.say(slack.ann, slack.general, "one")
    two = await slack.say(slack.kim, slack.general, "two")
    asked = await slack.command(slack.ann, slack.general, "/ask", "who?")
    other = await slack.command(slack.kim, slack.general, "/ask", "who?")
    for exchange in (two, one):
        assert exchange.said is not None
        await raw.post(f"to {exchange.said.text}", thread_ts=exchange.said.ts)
    for exchange in (other, asked):
        name = exchange.action.user.name
        await raw(
            "chat.postEphemeral", channel=slack.general.id, user=exchange.action.user.id, text=f"for {name}"
        )
        await raw.respond(exchange.deliveries[0].payload["response_url"], text=f"to {name}")
    assert [message.text for message in one.messages] == ["to one"]
    assert [message.text for message in two.messages] == ["to two"]
    assert [message.text for message in asked.ephemerals] == ["for ann", "to ann"]
    assert [message.text for message in other.ephemerals] == ["for kim", "to kim"]
