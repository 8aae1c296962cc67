"""Stores written, changed and deleted messages, and sends the events about them."""

from dataclasses import replace
from typing import Any

from tools.local_slack.delivery.delivery_queue import Delivery
from tools.local_slack.model.entities import Channel, Message, Payload, Team
from tools.local_slack.state.events import send_event
from tools.local_slack.state.mentions import mentions_in
from tools.local_slack.state.payloads import message_payload
from tools.local_slack.state.state import State
from tools.local_slack.state.views import canonical


def post(state: State, message: Message) -> Message:
    """Post a message of the bot."""
    message = replace(message, blocks=tuple(canonical(message.blocks, state.clock)))
    state.world.keep_message(message)
    if ping := mentions_in(message):
        state.mentions.append(ping)
    if not message.ephemeral:
        if pane := state.panes.get((message.channel_id, message.root_ts)):
            pane.status = ""
        publish(state, message)
    state.changes.announce()
    return message


def change(state: State, message: Message, **changes: Any) -> Message:
    """Change a message of the bot."""
    blocks = tuple(canonical(changes.pop("blocks", message.blocks), state.clock))
    edited = state.clock.new_ts()
    changed = replace(message, **changes, blocks=blocks, edited_ts=edited, changed=state.clock.seconds())
    state.world.keep_message(changed)
    if (after := mentions_in(changed)) and after != mentions_in(message):
        state.mentions.append(after)
    if not changed.ephemeral:
        publish_change(state, message, changed)
    state.changes.announce()
    return changed


def remove(state: State, message: Message) -> None:
    """Delete a message; if it has a thread, it is replaced by a message that says that it was deleted."""
    if not message.ephemeral and not message.thread_ts and len(state.world.thread(message)) > 1:
        stone = replace(
            message, subtype="tombstone", text="This message was deleted.", blocks=(), files=(), bot_id=None
        )
        state.world.keep_message(stone)
        publish_change(state, message, stone)
    else:
        state.world.drop_message(message)
        if not message.ephemeral:
            publish_change(state, message)
    state.changes.announce()


def publish(state: State, message: Message) -> list[Delivery]:
    """Send the app the event of a new message, if its bot is in the channel."""
    return _tell(state, message, message_payload(state.world, state.base, message))


def publish_change(state: State, before: Message, after: Message | None = None) -> list[Delivery]:
    """Send the app the event that a message was changed, or, if `after` is None, that it was deleted."""
    event: Payload = {
        "type": "message",
        "subtype": "message_changed" if after else "message_deleted",
        "previous_message": message_payload(state.world, state.base, before),
        "hidden": True,
        "ts": state.clock.new_ts(),
    }
    if after:
        event["message"] = message_payload(state.world, state.base, after)
    else:
        event["deleted_ts"] = before.ts
    return _tell(state, before, event)


def _tell(state: State, message: Message, event: Payload) -> list[Delivery]:
    channel = state.world.channels[message.channel_id]
    team = state.world.seen_team(channel)
    if not state.world.is_inside(channel, team):
        return []
    event |= {"channel": channel.id, "channel_type": channel.kind, "event_ts": event["ts"]}
    told = send_event(state, event, team, channel=channel, from_team=state.world.teams[message.team_id])
    return [told] if told else []


def bot_message(state: State, channel: Channel, team: Team, **content: Any) -> Message:
    """A message of a team's bot that is not posted yet."""
    bot = state.world.bot(team.id)
    return Message(
        ts=state.clock.new_ts(),
        channel_id=channel.id,
        team_id=team.id,
        user_id=bot.id,
        bot_id=bot.bot_id,
        **content,
    )
