"""Methods that write, change and delete messages."""

from collections.abc import Mapping
from typing import Any

from tools.local_slack.api.call import Call, Handler
from tools.local_slack.model.entities import Channel, Payload
from tools.local_slack.rules.errors import Refused
from tools.local_slack.rules.message_checks import check_said, shown_text, unfurl_problems
from tools.local_slack.rules.message_limits import UPDATE_TEXT_LIMIT
from tools.local_slack.state import posting
from tools.local_slack.state.payloads import message_payload
from tools.local_slack.state.state import State


def _post_message(state: State, call: Call) -> Payload:
    call.problems += check_said(state.description, call.arguments)
    call.problems += unfurl_problems(call.arguments)
    channel = _writable(state, call)
    content = _content(call)
    thread_ts = _thread(state, channel, call)
    broadcast = call.flag("reply_broadcast")
    message = posting.bot_message(
        state,
        channel,
        call.team,
        **content,
        thread_ts=thread_ts,
        broadcast=broadcast,
        metadata=call.arguments.get("metadata"),
        source=call.method.name,
    )
    posted = posting.post(state, message, typed=_typed(call))
    shown = message_payload(state.world, state.base, posted)
    return {"channel": channel.id, "ts": posted.ts, "message": shown}


def _post_ephemeral(state: State, call: Call) -> Payload:
    call.problems += check_said(state.description, call.arguments)
    channel = _writable(state, call)
    viewer = state.world.users.get(call.text("user"))
    if viewer is None or viewer.id not in channel.member_ids:
        raise Refused("user_not_in_channel")
    message = posting.bot_message(
        state,
        channel,
        call.team,
        **_content(call),
        thread_ts=_thread(state, channel, call),
        viewer_id=viewer.id,
        source=call.method.name,
    )
    posted = posting.post(state, message, typed=_typed(call))
    return {"message_ts": posted.ts}


def _update(state: State, call: Call) -> Payload:
    channel = state.world.member_channel(call.text("channel"), call.team)
    message = state.world.message(channel, call.text("ts"))
    if message.user_id != call.team.bot_user_id:
        raise Refused("cant_update_message")
    said: Mapping[str, Any] = call.arguments
    call.problems += check_said(state.description, said)
    if len(call.text("text")) > UPDATE_TEXT_LIMIT:
        raise Refused("msg_too_long")
    changes: dict[str, Any] = _content(call)
    for key in ("blocks", "attachments"):
        if key not in said and "markdown_text" not in said:
            # What is not given stays as it was.
            del changes[key]
    if "blocks" not in changes and message.blocks:
        call.warn(("blocks",), "the blocks stay as they were: give them, or an empty list")
    if "metadata" in said:
        changes["metadata"] = said["metadata"]
    changed = posting.change(state, message, **changes, typed=_typed(call))
    shown = message_payload(state.world, state.base, changed)
    return {"channel": channel.id, "ts": changed.ts, "text": changed.text, "message": shown}


def _delete(state: State, call: Call) -> Payload:
    channel = state.world.member_channel(call.text("channel"), call.team)
    message = state.world.message(channel, call.text("ts"))
    if message.user_id != call.team.bot_user_id:
        raise Refused("cant_delete_message")
    posting.remove(state, message)
    return {"channel": channel.id, "ts": message.ts}


def _writable(state: State, call: Call) -> Channel:
    """The channel that the call is about, if the bot may write there."""
    channel = state.world.channel(call.text("channel"), call.team)
    if channel.archived:
        raise Refused("is_archived")
    everywhere = "chat:write.public" in state.app.scopes and call.method.name == "chat.postMessage"
    if not state.world.is_inside(channel, call.team) and (channel.kind != "channel" or not everywhere):
        raise Refused("not_in_channel")
    if not channel.bot_may_post:
        raise Refused("restricted_action")
    return channel


def _thread(state: State, channel: Channel, call: Call) -> str | None:
    """The thread that the call names, by the message on which it hangs."""
    if not (ts := call.text("thread_ts")):
        return None
    if (channel.id, ts) in state.panes:
        return ts
    root = state.world.messages.get(ts)
    if root is None or root.channel_id != channel.id or root.ephemeral:
        raise Refused("thread_not_found")
    if root.thread_ts:
        call.warn(("thread_ts",), "it is a reply: name the message that begins the thread")
    return root.root_ts


def _content(call: Call) -> dict[str, Any]:
    blocks = call.arguments.get("blocks") or []
    if markdown := call.text("markdown_text"):
        blocks = [{"type": "markdown", "text": markdown}]
    return {
        "text": shown_text(call.text("text") or markdown, blocks),
        "blocks": tuple(blocks),
        "attachments": tuple(call.arguments.get("attachments") or ()),
    }


def _typed(call: Call) -> bool:
    return call.text("parse") == "full" or call.flag("link_names")


HANDLERS: Mapping[str, Handler] = {
    "chat.postMessage": _post_message,
    "chat.postEphemeral": _post_ephemeral,
    "chat.update": _update,
    "chat.delete": _delete,
}
