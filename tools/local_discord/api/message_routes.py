"""Channels' routes: messages, reactions, threads, typing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

from tools.local_discord.api.call import NO_CONTENT, Call, Handler, Reply
from tools.local_discord.model.entities import Channel, Message, MessageType
from tools.local_discord.model.permissions import Permission
from tools.local_discord.rules.errors import Problem, Refused, invalid_form
from tools.local_discord.state.message_payloads import message_payload, without_content
from tools.local_discord.state.payloads import channel_payload
from tools.local_discord.state.posting import Origin, delete, delete_all, edit, send, typing_payload
from tools.local_discord.state.state import State

NONCE_TIME = timedelta(minutes=5)
"""How long a nonce is remembered; the documentation says "the past few minutes"."""
BULK_AGE = timedelta(days=14)
PAGE = 50
"""Messages of a list where no limit is given."""
PAGE_LIMIT = 100


def get_channel(state: State, call: Call) -> Reply:
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel)
    return Reply(200, channel_payload(state.world, channel))


def trigger_typing(state: State, call: Call) -> Reply:
    channel = _writable(state, call)
    state.typing.append((channel.id, state.clock.seconds()))
    state.gateway.dispatch("TYPING_START", typing_payload(state, channel, state.world.bot), channel.guild_id)
    return NO_CONTENT


def list_messages(state: State, call: Call) -> Reply:
    channel = _readable(state, call)
    limit = int(call.query.get("limit", PAGE))
    if not 1 <= limit <= PAGE_LIMIT:
        raise invalid_form([Problem(("limit",), "NUMBER_TYPE_MAX", f"limit must be 1 to {PAGE_LIMIT}")])
    found = [message for message in state.world.messages_in(channel.id) if not message.ephemeral]
    if "before" in call.query:
        found = [message for message in found if int(message.id) < int(call.query["before"])]
    if "after" in call.query:
        found = [message for message in found if int(message.id) > int(call.query["after"])][:limit]
    if "around" in call.query:
        middle = int(call.query["around"])
        near = sorted(found, key=lambda message: abs(int(message.id) - middle))[:limit]
        found = sorted(near, key=lambda message: int(message.id))
    return Reply(200, [_shown(state, message) for message in reversed(found[-limit:])])


def get_message(state: State, call: Call) -> Reply:
    channel = _readable(state, call)
    return Reply(200, _shown(state, state.world.message(channel, call.path["message_id"])))


def create_message(state: State, call: Call) -> Reply:
    channel, body = _writable(state, call), call.body
    if call.files:
        state.world.check(channel, Permission.ATTACH_FILES)
    if body.get("embeds"):
        state.world.check(channel, Permission.EMBED_LINKS)
    if any(user != state.world.bot and not user.takes_dms for user in channel.recipients):
        raise Refused(403, 50007, "Cannot send messages to this user")
    if body.get("enforce_nonce") and body.get("nonce") is not None:
        since = state.clock.now() - NONCE_TIME
        for message in state.world.messages_in(channel.id):
            if message.nonce == body["nonce"] and message.author == state.world.bot and message.sent >= since:
                return Reply(200, message_payload(state.world, message))
    answered = _answered(state, channel, call)
    kind = MessageType.REPLY if answered else MessageType.DEFAULT
    message = send(state, channel, body, call.files, Origin(kind, reply_to=answered))
    return Reply(200, message_payload(state.world, message))


def update_message(state: State, call: Call) -> Reply:
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel)
    message = state.world.message(channel, call.path["message_id"])
    if message.author != state.world.bot:
        raise Refused(403, 50005, "Cannot edit a message authored by another user")
    return Reply(200, message_payload(state.world, edit(state, message, call.body, call.files)))


def delete_message(state: State, call: Call) -> Reply:
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel)
    message = state.world.message(channel, call.path["message_id"])
    if message.author != state.world.bot:
        if channel.guild_id is None:
            raise Refused(403, 50003, "Cannot execute action on a DM channel")
        state.world.check(channel, Permission.MANAGE_MESSAGES)
    delete(state, message)
    return NO_CONTENT


def bulk_delete_messages(state: State, call: Call) -> Reply:
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel, Permission.MANAGE_MESSAGES)
    messages = [state.world.messages.get(str(one)) for one in call.body["messages"]]
    found = [message for message in messages if message is not None and message.channel_id == channel.id]
    if any(message.sent < state.clock.now() - BULK_AGE for message in found):
        raise Refused(400, 50034, "You can only bulk delete messages that are under 14 days old.")
    delete_all(state, found)
    return NO_CONTENT


def add_reaction(state: State, call: Call) -> Reply:
    channel = _readable(state, call)
    state.world.check(channel, Permission.READ_HISTORY, Permission.ADD_REACTIONS)
    _react(state, call, channel, added=True)
    return NO_CONTENT


def delete_reaction(state: State, call: Call) -> Reply:
    _react(state, call, _readable(state, call), added=False)
    return NO_CONTENT


HANDLERS: Mapping[str, Handler] = {
    "get_channel": get_channel,
    "trigger_typing_indicator": trigger_typing,
    "list_messages": list_messages,
    "get_message": get_message,
    "create_message": create_message,
    "update_message": update_message,
    "delete_message": delete_message,
    "bulk_delete_messages": bulk_delete_messages,
    "add_my_message_reaction": add_reaction,
    "delete_my_message_reaction": delete_reaction,
}


def _readable(state: State, call: Call) -> Channel:
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel, Permission.READ_HISTORY)
    return channel


def _writable(state: State, call: Call) -> Channel:
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel, Permission.SEND_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES)
    if channel.locked and not state.world.permissions(state.world.bot, channel) & Permission.MANAGE_THREADS:
        raise Refused(403, 160005, "Thread is locked")
    return channel


def _answered(state: State, channel: Channel, call: Call) -> Message | None:
    """The message that the request answers."""
    reference = call.body.get("message_reference")
    if not reference:
        return None
    if not state.world.permissions(state.world.bot, channel) & Permission.READ_HISTORY:
        raise Refused(403, 160002, "Cannot reply without permission to read message history")
    message = state.world.messages.get(str(reference["message_id"]))
    if message is not None and message.channel_id == channel.id and not message.ephemeral:
        return message
    if reference.get("fail_if_not_exists") is False:
        return None
    raise invalid_form([Problem(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")])


def _shown(state: State, message: Message) -> dict[str, object]:
    """A message that was asked for, without what it says where the application may not read that."""
    payload = message_payload(state.world, message)
    return payload if state.gateway.may_ever_read(message) else without_content(payload)


def _react(state: State, call: Call, channel: Channel, *, added: bool) -> None:
    message = state.world.message(channel, call.path["message_id"])
    emoji = unquote(call.path["emoji_name"])
    if emoji.isalnum() and emoji.isascii():
        raise Refused(400, 10014, "Unknown Emoji")
    mine = (emoji, state.world.bot.id)
    others = tuple(one for one in message.reactions if one != mine)
    state.world.keep_message(replace(message, reactions=(*others, mine) if added else others))
    name, _, emoji_id = emoji.partition(":")
    data = {
        "user_id": state.world.bot.id,
        "channel_id": channel.id,
        "message_id": message.id,
        "emoji": {"id": emoji_id or None, "name": name},
        "burst": False,
        "type": 0,
        **({"guild_id": channel.guild_id} if channel.guild_id else {}),
    }
    state.gateway.dispatch(f"MESSAGE_REACTION_{'ADD' if added else 'REMOVE'}", data, channel.guild_id)
