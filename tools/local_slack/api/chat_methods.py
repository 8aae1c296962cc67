"""Methods that post, update, delete and read messages."""

from typing import Any

from tools.local_slack.api.methods import Call, method
from tools.local_slack.model.entities import Channel, Message, Payload
from tools.local_slack.rules.errors import Problem, Refused, rate_limited
from tools.local_slack.rules.limits import UPDATE_TEXT_LIMIT
from tools.local_slack.rules.message_checks import check_said, shown_text, unfurl_problems
from tools.local_slack.state import posting
from tools.local_slack.state.payloads import message_payload
from tools.local_slack.state.state import State

DEFAULT_READ = 100
"""The number of messages that are read by default."""
HISTORY_RETRY_SECONDS = 60
"""Seconds between two reads of messages by apps outside the Slack Marketplace."""


@method(
    "chat.postMessage",
    "chat:write",
    "channel! text blocks:json thread_ts unfurl_links:flag unfurl_media:flag",
)
def post_message(state: State, call: Call) -> Payload:
    call.problems += check_said(state.description, call.arguments)
    call.problems += unfurl_problems(call.arguments)
    posted = _post(state, call, _writable(state, call))
    shown = message_payload(state.world, state.base, posted)
    return {"channel": posted.channel_id, "ts": posted.ts, "message": shown}


@method("chat.postEphemeral", "chat:write", "channel! user! text blocks:json thread_ts")
def post_ephemeral(state: State, call: Call) -> Payload:
    call.problems += check_said(state.description, call.arguments)
    channel = _writable(state, call)
    if call.text("user") not in channel.member_ids:
        raise Refused("user_not_in_channel")
    return {"message_ts": _post(state, call, channel, viewer_id=call.text("user")).ts}


@method("chat.update", "chat:write", "channel! ts! text blocks:json")
def update(state: State, call: Call) -> Payload:
    message = _own_message(state, call, "cant_update_message")
    call.problems += check_said(state.description, call.arguments)
    if len(call.text("text")) > UPDATE_TEXT_LIMIT:
        raise Refused("msg_too_long")
    content = _content(call)
    if "blocks" not in call.arguments:
        # Without new blocks, the message keeps its blocks.
        del content["blocks"]
        if message.blocks:
            call.problems.append(
                Problem(("blocks",), "the blocks stay as they were: give them, or an empty list")
            )
    changed = posting.change(state, message, **content)
    shown = message_payload(state.world, state.base, changed)
    return {"channel": message.channel_id, "ts": changed.ts, "text": changed.text, "message": shown}


@method("chat.delete", "chat:write", "channel! ts!")
def delete(state: State, call: Call) -> Payload:
    message = _own_message(state, call, "cant_delete_message")
    posting.remove(state, message)
    return {"channel": message.channel_id, "ts": message.ts}


@method("conversations.replies", "{channel}:history", "channel! ts! oldest limit:number cursor")
def replies(state: State, call: Call) -> Payload:
    """The first messages of a thread, or its parent message and those since `oldest`."""
    channel = _readable(state, call)
    root = state.world.messages.get(call.text("ts"))
    if root is None or root.channel_id != channel.id:
        raise Refused("thread_not_found")
    return _page(state, call, state.world.thread(root), first=1)


@method("conversations.history", "{channel}:history", "channel! oldest limit:number cursor")
def history(state: State, call: Call) -> Payload:
    """The messages of a channel outside threads, newest first."""
    channel = _readable(state, call)
    there = [one for one in state.world.messages_in(channel.id) if not one.ephemeral and not one.thread_ts]
    return _page(state, call, there[::-1])


def _readable(state: State, call: Call) -> Channel:
    channel = state.world.member_channel(call.text("channel"), call.team)
    if not state.world.history_allowed:
        raise rate_limited(HISTORY_RETRY_SECONDS)
    return channel


def _page(state: State, call: Call, found: list[Message], first: int = 0) -> Payload:
    """A page of the messages since `oldest`, from the cursor on; the first `first` are always included."""
    oldest = float(call.text("oldest") or 0)
    kept = [one for place, one in enumerate(found) if place < first or float(one.ts) > oldest]
    start, limit = int(call.text("cursor") or 0), call.arguments.get("limit") or DEFAULT_READ
    page = kept[start : start + limit]
    more = start + limit < len(kept)
    body: Payload = {"messages": [message_payload(state.world, state.base, one) for one in page]}
    body["has_more"] = more
    return {**body, "response_metadata": {"next_cursor": str(start + limit)}} if more else body


def _post(state: State, call: Call, channel: Channel, viewer_id: str | None = None) -> Message:
    message = posting.bot_message(
        state,
        channel,
        call.team,
        **_content(call),
        thread_ts=_thread(state, channel, call),
        viewer_id=viewer_id,
        source=call.method.name,
    )
    return posting.post(state, message)


def _own_message(state: State, call: Call, error: str) -> Message:
    """The message that the call names. Raises Refused with `error` if it is not the bot's."""
    channel = state.world.member_channel(call.text("channel"), call.team)
    message = state.world.message(channel, call.text("ts"))
    if message.user_id != call.team.bot_user_id:
        raise Refused(error)
    return message


def _writable(state: State, call: Call) -> Channel:
    """The channel of the call. Raises Refused if the bot may not post there."""
    channel = state.world.channel(call.text("channel"), call.team)
    everywhere = "chat:write.public" in state.world.app.scopes and call.method.name == "chat.postMessage"
    if not state.world.is_inside(channel, call.team) and (channel.kind != "channel" or not everywhere):
        raise Refused("not_in_channel")
    if not channel.bot_may_post:
        raise Refused("restricted_action")
    return channel


def _thread(state: State, channel: Channel, call: Call) -> str | None:
    """The timestamp of the parent message of the thread that the call names; None if it names none."""
    if not (ts := call.text("thread_ts")):
        return None
    if (channel.id, ts) in state.panes:
        return ts
    root = state.world.messages.get(ts)
    if root is None or root.channel_id != channel.id or root.ephemeral:
        raise Refused("thread_not_found")
    if root.thread_ts:
        call.problems.append(
            Problem(("thread_ts",), "it is a reply: name the message that begins the thread")
        )
    return root.root_ts


def _content(call: Call) -> dict[str, Any]:
    blocks = call.arguments.get("blocks") or []
    return {"text": shown_text(call.text("text"), blocks), "blocks": tuple(blocks)}
