"""Interactions without a library: what is acknowledged, when, and by what."""

import pytest

from tests.tools.local_discord.conftest import ASK, Raw, layout
from tools.local_discord import Exchange, LocalDiscord, Upload, text_of
from tools.local_discord.model.entities import MessageFlag

EPHEMERAL = int(MessageFlag.EPHEMERAL)
BUTTONS = {"type": 1, "components": [{"type": 2, "style": 1, "label": "More", "custom_id": "more"}]}


async def test_an_answer_after_three_seconds_is_too_late(
    discord: LocalDiscord, raw: Raw, asked: Exchange
) -> None:
    discord.clock.advance(3.1)
    late = await raw.callback(asked, 5)
    assert (late.status, late.code) == (404, 10062)
    assert (await raw.webhook(asked, "POST", body=layout("So?"))).code == 10015
    assert not asked.acked


async def test_a_second_answer_is_refused(raw: Raw, asked: Exchange) -> None:
    assert (await raw.callback(asked, 5)).status == 204
    again = await raw.callback(asked, 4, layout("Twice"))
    assert (again.status, again.code) == (400, 40060)


async def test_an_invalid_answer_is_none(raw: Raw, asked: Exchange) -> None:
    refused = await raw.callback(asked, 4, layout("x" * 4001))
    assert (refused.status, refused.code) == (400, 50035)
    assert refused.codes == {"BASE_TYPE_MAX_LENGTH"}
    assert refused.body["errors"].keys() == {"data"}
    assert not asked.acked
    assert (await raw.callback(asked, 4, layout("Short"))).status == 204


async def test_the_webhook_is_closed_before_the_answer_and_after_fifteen_minutes(
    discord: LocalDiscord, raw: Raw, asked: Exchange
) -> None:
    early = await raw.webhook(asked, "PATCH", "/messages/@original", layout("Early"))
    assert (early.status, early.code) == (404, 10015)
    await raw.callback(asked, 5)
    discord.clock.advance(14 * 60)
    edited = await raw.webhook(asked, "PATCH", "/messages/@original", layout("In time"))
    assert edited.status == 200
    discord.clock.advance(61)
    late = await raw.webhook(asked, "PATCH", "/messages/@original", layout("Late"))
    assert (late.status, late.code) == (401, 50027)
    assert asked.text == "In time"


async def test_a_stranger_to_the_token_is_refused(discord: LocalDiscord, raw: Raw, asked: Exchange) -> None:
    path = f"/interactions/{asked.interaction.id}/guessed/callback"
    assert (await raw("POST", path, {"type": 5})).code == 10062
    path = f"/webhooks/{discord.world.application_id}/guessed"
    assert (await raw("POST", path, layout("x"))).code == 50027
    path = f"/webhooks/1/{asked.interaction.token}"
    assert (await raw("POST", path, layout("x"))).code == 10015


async def test_deferred_thinks_until_it_is_edited(raw: Raw, asked: Exchange) -> None:
    await raw.callback(asked, 5, {"flags": EPHEMERAL})
    thinking = asked.message
    assert thinking is not None
    assert thinking.loading
    with pytest.raises(AssertionError, match="not within"):
        await asked.settled(0.1)
    await raw.webhook(asked, "PATCH", "/messages/@original", layout("Done"))
    done = (await asked.settled(0.1)).message
    assert done is not None
    assert done.id == thinking.id
    assert not done.loading
    assert done.ephemeral
    assert done.edited is None


async def test_the_first_follow_up_takes_the_place_of_what_is_thought(raw: Raw, asked: Exchange) -> None:
    await raw.callback(asked, 5, {"flags": EPHEMERAL})
    first = await raw.webhook(asked, "POST", body=layout("First"))
    assert asked.message is not None
    assert first.body["id"] == asked.message.id
    assert asked.message.ephemeral
    second = await raw.webhook(asked, "POST", body=layout("Second"))
    assert second.body["message_reference"]["message_id"] == first.body["id"]
    assert [text_of(message) for message in asked.followups] == ["Second"]
    assert not asked.followups[0].ephemeral


async def test_ephemeral_messages_are_the_webhooks_alone(
    discord: LocalDiscord, raw: Raw, asked: Exchange
) -> None:
    path = discord.gateway + "?v=10&encoding=json"
    async with raw._session.ws_connect(path) as socket:
        await socket.receive_json()
        await socket.send_json({"op": 2, "d": {"token": discord.token, "intents": 512, "properties": {}}})
        assert (await socket.receive_json())["t"] == "READY"
        await raw.callback(asked, 4, layout("Between us", flags=EPHEMERAL))
        await raw.post(layout("To all"))
        # The public message is the first that the gateway tells of.
        assert (await socket.receive_json())["d"]["components"][0]["content"] == "To all"
    assert asked.message is not None
    path = f"/channels/{discord.general.id}/messages"
    for method, body in (("PATCH", layout("x")), ("DELETE", None)):
        answer = await raw(method, f"{path}/{asked.message.id}", body)
        assert (answer.status, answer.code) == (404, 10008)
    thread = await raw("POST", f"{path}/{asked.message.id}/threads", {"name": "A thread"})
    assert thread.code == 10008
    assert (await raw.webhook(asked, "GET", "/messages/@original")).body["id"] == asked.message.id
    assert (await raw.webhook(asked, "DELETE", "/messages/@original")).status == 204
    assert [text_of(one) for one in discord.world.messages_in(discord.general.id)] == ["To all"]
    assert (await raw.webhook(asked, "GET", "/messages/@original")).code == 10008


async def test_an_answer_is_given_back_where_it_is_wanted(raw: Raw, asked: Exchange) -> None:
    answer = await raw.callback(asked, 4, layout("Here"), "?with_response=true")
    assert answer.status == 200
    assert asked.message is not None
    assert answer.body["interaction"]["response_message_id"] == asked.message.id
    assert answer.body["resource"]["message"]["components"][0]["content"] == "Here"


@pytest.mark.parametrize(("kind", "data"), [(6, None), (7, layout("x")), (8, {"choices": []}), (1, None)])
async def test_a_command_has_no_message_to_update_and_nothing_to_complete(
    raw: Raw, asked: Exchange, kind: int, data: object
) -> None:
    refused = await raw.callback(asked, kind, data)
    assert (refused.status, refused.code) == (400, 50035)
    assert not asked.acked


async def test_components_update_the_message_they_are_on(
    discord: LocalDiscord, raw: Raw, asked: Exchange
) -> None:
    await raw.callback(asked, 4, layout("First", BUTTONS, flags=EPHEMERAL))
    pressed = await discord.click(discord.ann, asked.message, "More")
    assert (await raw.callback(pressed, 7, layout("Second", BUTTONS))).status == 204
    assert asked.text == "Second"
    again = await discord.click(discord.ann, asked.message, "more")
    assert (await raw.callback(again, 6)).status == 204
    assert (await raw.webhook(again, "PATCH", "/messages/@original", layout("Third"))).status == 200
    assert asked.text == "Third"


async def test_a_modal_can_be_answered_with_anything_but_a_modal(
    discord: LocalDiscord, raw: Raw, asked: Exchange
) -> None:
    field = {"type": 4, "custom_id": "why", "style": 1, "max_length": 10}
    modal = {
        "custom_id": "form",
        "title": "Why?",
        "components": [{"type": 18, "label": "Why", "component": field}],
    }
    assert (await raw.callback(asked, 9, modal)).status == 204
    sent = await discord.submit(discord.ann, asked.modal, {"why": "because"})
    assert (await raw.callback(sent, 9, modal)).code == 50035
    assert (await raw.callback(sent, 7, layout("x"))).code == 50035
    assert (await raw.callback(sent, 4, layout("Thanks"))).status == 204


@pytest.mark.parametrize(
    ("choices", "right"),
    [
        ([{"name": "Reuters", "value": "reuters"}], True),
        ([{"name": f"n{i}", "value": f"v{i}"} for i in range(25)], True),
        ([{"name": f"n{i}", "value": f"v{i}"} for i in range(26)], False),
        ([{"name": "x" * 101, "value": "v"}], False),
        ([{"name": "n", "value": "v" * 101}], False),
        ([{"name": "", "value": "v"}], False),
        ([{"name": "n", "value": 1}], False),
    ],
)
async def test_choices_have_limits(
    discord: LocalDiscord, raw: Raw, choices: list[dict[str, object]], right: bool
) -> None:
    await raw.register(ASK)
    typed = await discord.autocomplete(discord.ann, discord.general, "ask", focused="source", value="r")
    answer = await raw.callback(typed, 8, {"choices": choices})
    assert answer.status == (204 if right else 400)
    assert len(typed.choices) == (len(choices) if right else 0)
    assert (await raw.webhook(typed, "POST", body=layout("x"))).code == 10015


async def test_an_interaction_tells_all_that_discord_tells(
    discord: LocalDiscord, raw: Raw, asked: Exchange
) -> None:
    async with raw._session.ws_connect(discord.gateway + "?v=10&encoding=json") as socket:
        await socket.receive_json()
        await socket.send_json({"op": 2, "d": {"token": discord.token, "intents": 0, "properties": {}}})
        await socket.receive_json()
        file = Upload("a.txt", b"text", "text/plain")
        await discord.command(discord.kim, discord.sealed, "ask", question="Who?", file=file, private=True)
        told = (await socket.receive_json())["d"]
    assert told["member"]["user"]["id"] == discord.kim.id
    assert int(told["member"]["permissions"]) & (1 << 11)
    assert not int(told["app_permissions"]) & (1 << 11)
    assert (told["locale"], told["guild_locale"], told["context"]) == ("ko", "en-US", 0)
    assert told["authorizing_integration_owners"] == {"0": discord.guild.id}
    assert told["channel"]["id"] == told["channel_id"] == discord.sealed.id
    by_name = {one["name"]: one for one in told["data"]["options"]}
    assert by_name["private"] == {"name": "private", "type": 5, "value": True}
    attachment = told["data"]["resolved"]["attachments"][by_name["file"]["value"]]
    assert attachment["size"] == 4
    async with raw._session.get(attachment["url"]) as response:
        assert await response.read() == b"text"


async def test_a_user_install_alone_has_five_follow_ups(
    discord: LocalDiscord, raw: Raw, asked: Exchange
) -> None:
    asked.interaction.owners.clear()
    asked.interaction.owners["1"] = discord.ann.id
    await raw.callback(asked, 4, layout("Here"))
    sent = [await raw.webhook(asked, "POST", body=layout(f"{i}")) for i in range(6)]
    assert [one.status for one in sent] == [200] * 5 + [400]
