"""Methods about channels and what was said in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from tools.local_slack.api.call import Call, Handler
from tools.local_slack.model.entities import Channel, Message, Payload
from tools.local_slack.rules.errors import Refused, rate_limited
from tools.local_slack.state.payloads import channel_payload, message_payload
from tools.local_slack.state.state import State

PAGE = 100
"""Things on a page unless the call says otherwise."""
PAGE_LIMIT = 1_000
HISTORY_RETRY_SECONDS = 60
"""Apps outside Slack's own market may read what was said once a minute."""

Item = TypeVar("Item")


def _info(state: State, call: Call) -> Payload:
    channel = state.world.channel(call.text("channel"), call.team)
    shown = channel_payload(state.world, channel, call.team, members=call.flag("include_num_members"))
    if call.flag("include_locale"):
        shown["locale"] = "en-US"
    return {"channel": shown}


def _join(state: State, call: Call) -> Payload:
    channel = state.world.channel(call.text("channel"), call.team)
    if channel.archived:
        raise Refused("is_archived")
    if channel.direct:
        raise Refused("method_not_supported_for_channel_type")
    bot = state.world.bot(call.team.id)
    joined = state.world.keep_channel(replace(channel, member_ids=channel.member_ids | {bot.id}))
    return {"channel": channel_payload(state.world, joined, call.team)}


def _members(state: State, call: Call) -> Payload:
    channel = state.world.channel(call.text("channel"), call.team)
    found, cursor = _page(sorted(channel.member_ids), call)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def _open(state: State, call: Call) -> Payload:
    users = [name for name in call.text("users").split(",") if name]
    if call.text("channel"):
        channel = state.world.channel(call.text("channel"), call.team)
    elif len(users) == 1:
        user = state.world.user(users[0], call.team)
        if user.team_id != call.team.id:
            raise Refused("cannot_dm_user")
        channel = state.world.dm(user)
    elif users:
        raise Refused("method_not_supported_for_channel_type")
    else:
        raise Refused("users_list_not_supplied")
    whole = call.flag("return_im")
    shown = channel_payload(state.world, channel, call.team) if whole else {"id": channel.id}
    return {"channel": shown, "no_op": True, "already_open": True}


def _history(state: State, call: Call) -> Payload:
    channel = _readable(state, call)
    found = [message for message in state.world.messages_in(channel.id) if not message.ephemeral]
    roots = [message for message in found if not message.thread_ts or message.broadcast]
    return _said(state, call, roots[::-1])


def _replies(state: State, call: Call) -> Payload:
    channel = _readable(state, call)
    root = state.world.messages.get(call.text("ts"))
    if root is None or root.channel_id != channel.id:
        raise Refused("thread_not_found")
    return _said(state, call, state.world.thread(root))


def _readable(state: State, call: Call) -> Channel:
    channel = state.world.member_channel(call.text("channel"), call.team)
    if not state.history_allowed:
        raise rate_limited(HISTORY_RETRY_SECONDS)
    return channel


def _said(state: State, call: Call, messages: Sequence[Message]) -> Payload:
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "9"
    inclusive = call.flag("inclusive")
    between = [
        one for one in messages if oldest < one.ts < latest or (inclusive and one.ts in (oldest, latest))
    ]
    found, cursor = _page(between, call)
    shown = [message_payload(state.world, state.base, one) for one in found]
    return {
        "messages": shown,
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def _page(items: Sequence[Item], call: Call) -> tuple[list[Item], str]:
    """A page of things, and the cursor of the next: "" where there is none."""
    limit = int(call.arguments.get("limit") or PAGE)
    cursor = call.text("cursor") or "0"
    if not 1 <= limit <= PAGE_LIMIT:
        raise Refused("invalid_limit")
    if not cursor.isdecimal():
        raise Refused("invalid_cursor")
    start = int(cursor)
    end = start + limit
    return list(items[start:end]), str(end) if end < len(items) else ""


HANDLERS: Mapping[str, Handler] = {
    "conversations.info": _info,
    "conversations.join": _join,
    "conversations.members": _members,
    "conversations.open": _open,
    "conversations.history": _history,
    "conversations.replies": _replies,
}
