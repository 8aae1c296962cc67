"""Messages in channels: who may, what repeats, what is told, whom it pings."""

from typing import Any

from tests.tools.local_discord.conftest import Raw, layout
from tools.local_discord import LocalDiscord, Permission, text_of
from tools.local_discord.model.entities import Channel, MessageFlag, MessageType


def messages(channel: Channel) -> str:
    return f"/channels/{channel.id}/messages"


async def test_what_the_bot_may_not_do_is_refused_by_what_it_lacks(discord: LocalDiscord, raw: Raw) -> None:
    said = (await discord.say(discord.ann, discord.sealed, "Here")).said
    assert (await raw("POST", messages(discord.sealed), layout("x"))).code == 50013
    assert (await raw("POST", f"/channels/{discord.sealed.id}/typing")).code == 50013
    discord.deny(discord.sealed, Permission.VIEW_CHANNEL)
    assert (await raw("POST", messages(discord.sealed), layout("x"))).code == 50001
    discord.deny(discord.sealed, Permission.READ_HISTORY)
    reply = {**layout("x"), "message_reference": {"message_id": said.id}}
    assert (await raw("POST", messages(discord.sealed), reply)).code == 160002


async def test_what_is_not_there_is_unknown(discord: LocalDiscord, raw: Raw) -> None:
    assert (await raw("POST", "/channels/1/messages", layout("x"))).code == 10003
    assert (await raw("DELETE", f"{messages(discord.general)}/1")).code == 10008
    assert (await raw("GET", "/guilds/1")).code == 10004
    hidden = discord.world.private_channel(discord.ann, discord.kim)
    assert (await raw("POST", messages(hidden), layout("x"))).code == 10003


async def test_other_peoples_messages_are_theirs(discord: LocalDiscord, raw: Raw) -> None:
    said = (await discord.say(discord.ann, discord.general, "Mine")).said
    path = f"{messages(discord.general)}/{said.id}"
    assert (await raw("PATCH", path, layout("x"))).code == 50005
    assert (await raw("DELETE", path)).code == 50013


async def test_a_nonce_sends_once(discord: LocalDiscord, raw: Raw) -> None:
    once: dict[str, Any] = {**layout("once"), "nonce": "n1", "enforce_nonce": True}
    first, again = await raw.post(once), await raw.post(once)
    assert first.body["id"] == again.body["id"]
    other = await raw("POST", messages(discord.random), once)
    assert other.body["id"] != first.body["id"]
    discord.clock.advance(301)
    assert (await raw.post(once)).body["id"] != first.body["id"]
    plain = {**layout("often"), "nonce": "n2"}
    assert (await raw.post(plain)).body["id"] != (await raw.post(plain)).body["id"]


async def test_a_thread_has_the_id_of_its_message_and_is_opened_once(discord: LocalDiscord, raw: Raw) -> None:
    said = await discord.say(discord.ann, discord.general, "A topic")
    path = f"{messages(discord.general)}/{said.said.id}/threads"
    assert (await raw("POST", path, {"name": "n" * 101})).code == 50035
    opened = await raw("POST", path, {"name": "A thread"})
    assert (opened.status, opened.body["id"], opened.body["type"]) == (201, said.said.id, 11)
    assert (await raw("POST", path, {"name": "Another"})).code == 160004
    thread = said.thread
    assert thread is not None
    assert [one.type for one in discord.world.messages_in(thread.id)] == [MessageType.THREAD_STARTER]
    assert MessageFlag.HAS_THREAD in said.said.flags
    reply = await discord.say(discord.kim, thread, "And?")
    assert (await raw("POST", messages(thread), layout("So"))).status == 200
    assert [text_of(one) for one in reply.replies] == ["So"]
    assert said.replies == []
    inside = await raw("POST", f"{messages(thread)}/{reply.said.id}/threads", {"name": "Deeper"})
    assert inside.code == 50024
    assert (await raw("PATCH", f"/channels/{thread.id}", {"archived": True})).body["thread_metadata"][
        "archived"
    ]
    assert (await raw("PATCH", f"/channels/{thread.id}", {"name": "Other"})).codes == {"BASE_TYPE_INVALID"}
    await raw("POST", messages(thread), layout("Awake"))
    assert not discord.world.channels[thread.id].archived


async def test_threads_need_their_own_permissions(discord: LocalDiscord, raw: Raw) -> None:
    said = (await discord.say(discord.ann, discord.general, "A topic")).said
    path = f"{messages(discord.general)}/{said.id}/threads"
    discord.deny(discord.general, Permission.CREATE_PUBLIC_THREADS)
    assert (await raw("POST", path, {"name": "A thread"})).code == 50013
    discord.deny(discord.general, Permission.SEND_IN_THREADS)
    thread = (await raw("POST", path, {"name": "A thread"})).body
    assert (await raw("POST", f"/channels/{thread['id']}/messages", layout("x"))).code == 50013


async def test_direct_messages_reach_those_who_take_them(discord: LocalDiscord, raw: Raw) -> None:
    opened = await raw("POST", "/users/@me/channels", {"recipient_id": discord.ann.id})
    assert opened.body["recipients"][0]["id"] == discord.ann.id
    path = f"/channels/{opened.body['id']}/messages"
    assert (await raw("POST", path, layout("x"))).status == 200
    shy = discord.world.add_user("Shy", takes_dms=False)
    opened = await raw("POST", "/users/@me/channels", {"recipient_id": shy.id})
    assert (await raw("POST", f"/channels/{opened.body['id']}/messages", layout("x"))).code == 50007


async def ping(discord: LocalDiscord, raw: Raw, body: dict[str, Any]) -> list[str]:
    """Whom a message pinged, by name."""
    discord.pings.clear()
    answer = await raw.post(body)
    assert answer.status == 200, answer.body
    names = []
    for one in discord.pings:
        names += [user.name for user in one.users]
        names += [discord.world.roles[discord.guild.id][role_id].name for role_id in one.role_ids]
        names += ["everyone"] * one.everyone
    return names


async def test_whom_a_message_pings(discord: LocalDiscord, raw: Raw) -> None:
    ann, role = f"<@{discord.ann.id}>", f"<@&{discord.editor_role.id}>"
    text = f"{ann} {role} @everyone"
    assert await ping(discord, raw, layout(text)) == ["Ann", "editors"]
    assert await ping(discord, raw, {**layout(text), "allowed_mentions": {"parse": []}}) == []
    assert await ping(discord, raw, layout(f"`{ann}` ```\n{ann}```")) == []


async def test_everyone_and_roles_need_the_permission(discord: LocalDiscord, raw: Raw) -> None:
    plain = discord.world.add_role(discord.guild, "plain")
    text = f"@here <@&{plain.id}>"
    assert await ping(discord, raw, layout(text)) == []
    callers = discord.world.add_role(discord.guild, "callers", Permission.MENTION_EVERYONE)
    discord.world.join(discord.guild, discord.bot, callers)
    assert await ping(discord, raw, layout(text)) == ["plain", "everyone"]


async def test_a_reply_pings_unless_it_says_otherwise(discord: LocalDiscord, raw: Raw) -> None:
    said = (await discord.say(discord.kim, discord.general, "?")).said
    reply: dict[str, Any] = {**layout("!"), "message_reference": {"message_id": said.id}}
    assert await ping(discord, raw, reply) == ["Kim"]
    assert await ping(discord, raw, {**reply, "allowed_mentions": {"parse": []}}) == []


async def test_an_edit_pings_nobody(discord: LocalDiscord, raw: Raw) -> None:
    message = (await raw.post(layout("x"))).body
    path = f"{messages(discord.general)}/{message['id']}"
    edited = await raw("PATCH", path, layout(f"<@{discord.ann.id}>"))
    assert edited.body["mentions"][0]["id"] == discord.ann.id
    assert not discord.pings
