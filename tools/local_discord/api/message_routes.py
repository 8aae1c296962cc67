"""The routes about a channel's messages, and typing."""

from datetime import timedelta

from tools.local_discord.api.call import NO_CONTENT, Call, Reply, operation
from tools.local_discord.model.entities import Channel, Message, MessageType
from tools.local_discord.model.permissions import Permission
from tools.local_discord.rules.errors import Refused, invalid_form, missing_permissions, problem
from tools.local_discord.state.message_payloads import message_payload
from tools.local_discord.state.posting import Origin, delete, edit, send
from tools.local_discord.state.state import State

NONCE_TIME = timedelta(minutes=5)
"""How long a nonce is remembered; the documentation says "the past few minutes"."""

DEFAULT_READ = 50
"""The number of messages that are read by default."""


@operation("trigger_typing_indicator")
def trigger_typing(state: State, call: Call) -> Reply:
    channel = _writable(state, call)
    state.typing.append((channel.id, state.clock.seconds()))
    state.changes.announce()
    return NO_CONTENT


@operation("create_message")
def create_message(state: State, call: Call) -> Reply:
    channel, body = _writable(state, call), call.body
    if call.files:
        state.world.check(channel, Permission.ATTACH_FILES)
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


@operation("list_messages")
def list_messages(state: State, call: Call) -> Reply:
    """The messages of a channel, newest first; with `after`, the oldest of those that follow that message.
    Empty if the bot may not read the history."""
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel)
    if not state.world.permissions(state.world.bot, channel) & Permission.READ_HISTORY:
        return Reply(200, [])
    after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", DEFAULT_READ))
    there = [one for one in state.world.messages_in(channel.id) if int(one.id) > after and not one.ephemeral]
    read = there[:limit] if "after" in call.query else there[-limit:]
    return Reply(200, [message_payload(state.world, one) for one in reversed(read)])


@operation("update_message")
def update_message(state: State, call: Call) -> Reply:
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel)
    message = state.world.message(channel, call.path["message_id"])
    if message.author != state.world.bot:
        raise Refused(403, 50005, "Cannot edit a message authored by another user")
    return Reply(200, message_payload(state.world, edit(state, message, call.body, call.files)))


@operation("delete_message")
def delete_message(state: State, call: Call) -> Reply:
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel)
    message = state.world.message(channel, call.path["message_id"])
    if message.author != state.world.bot:
        raise missing_permissions()
    delete(state, message)
    return NO_CONTENT


def _writable(state: State, call: Call) -> Channel:
    channel = state.world.channel(call.path["channel_id"])
    state.world.check(channel, Permission.SEND_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES)
    if channel.locked and not state.world.permissions(state.world.bot, channel) & Permission.MANAGE_THREADS:
        raise Refused(403, 160005, "Thread is locked")
    return channel


def _answered(state: State, channel: Channel, call: Call) -> Message | None:
    """The message to which the request replies; None if it does not reply."""
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
    raise invalid_form([problem("REPLIES_UNKNOWN_MESSAGE", "message_reference")])
