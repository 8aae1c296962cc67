"""The routes that open a thread on a message, archive and delete it."""

from dataclasses import replace

from tools.local_discord.api.call import Call, Reply, operation
from tools.local_discord.model.entities import Channel, ChannelType, MessageFlag, MessageType
from tools.local_discord.model.permissions import Permission
from tools.local_discord.rules.errors import Refused
from tools.local_discord.state.payloads import channel_payload, thread_member_payload
from tools.local_discord.state.posting import publish
from tools.local_discord.state.state import State


@operation("update_channel")
def update_channel(state: State, call: Call) -> Reply:
    """Archive or reopen a thread; nothing else can be changed, and no other channels."""
    channel = _thread(state, call)
    own = channel.owner_id == state.world.bot.id
    state.world.check(channel, *(() if own and not channel.locked else (Permission.MANAGE_THREADS,)))
    changed = replace(channel, archived=bool(call.body.get("archived")))
    state.world.keep_channel(changed)
    payload = channel_payload(state.world, changed)
    state.gateway.announce_channel("THREAD_UPDATE", changed, payload)
    return Reply(200, payload)


@operation("delete_channel")
def delete_channel(state: State, call: Call) -> Reply:
    """Delete a thread, for which the permission to manage threads is needed, even by its creator."""
    channel = _thread(state, call)
    state.world.check(channel, Permission.MANAGE_THREADS)
    payload = channel_payload(state.world, channel)
    state.gateway.announce_channel("THREAD_DELETE", channel, payload)
    state.world.forget_channel(channel)
    state.changes.announce()
    return Reply(200, payload)


@operation("create_thread_from_message")
def create_thread_from_message(state: State, call: Call) -> Reply:
    channel = state.world.channel(call.path["channel_id"])
    if channel.guild_id is None or channel.is_thread:
        raise Refused(400, 50024, "Cannot execute action on this channel type")
    state.world.check(channel, Permission.CREATE_PUBLIC_THREADS, Permission.READ_HISTORY)
    message = state.world.message(channel, call.path["message_id"])
    if message.id in state.world.channels:
        raise Refused(400, 160004, "A thread has already been created for this message")
    thread = Channel(
        message.id,
        ChannelType.PUBLIC_THREAD,
        call.body["name"],
        channel.guild_id,
        parent_id=channel.id,
        owner_id=state.world.bot.id,
        auto_archive_minutes=call.body.get("auto_archive_duration") or 4320,
        created=state.clock.now(),
    )
    state.world.keep_channel(thread)
    own = thread_member_payload(thread, state.world.bot, state.clock.now())
    created = {**channel_payload(state.world, thread), "newly_created": True, "member": own}
    state.gateway.announce_channel("THREAD_CREATE", thread, created)
    starter = replace(message, flags=message.flags | MessageFlag.HAS_THREAD)
    state.world.keep_message(starter)
    publish(state, "MESSAGE_UPDATE", starter)
    # The thread begins with a system message that refers to the message on which it was opened.
    beginning = state.new_message(thread, state.world.bot, MessageType.THREAD_STARTER, reply_to=message.id)
    publish(state, "MESSAGE_CREATE", state.world.keep_message(beginning))
    return Reply(201, channel_payload(state.world, thread))


def _thread(state: State, call: Call) -> Channel:
    channel = state.world.channel(call.path["channel_id"])
    if not channel.is_thread:
        raise Refused(400, 50024, "Cannot execute action on this channel type")
    return channel
