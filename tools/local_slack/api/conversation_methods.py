"""Methods about channels and what was said in them."""

from collections.abc import Mapping

from tools.local_slack.api.call import Call, Handler
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Refused, rate_limited
from tools.local_slack.state.payloads import message_payload
from tools.local_slack.state.state import State

PAGE = 100
"""Things on a page unless the call says otherwise."""
PAGE_LIMIT = 1_000
HISTORY_RETRY_SECONDS = 60
"""Apps outside Slack's own market may read what was said once a minute."""


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
    return {"channel": {"id": channel.id}, "no_op": True, "already_open": True}


def _replies(state: State, call: Call) -> Payload:
    channel = state.world.member_channel(call.text("channel"), call.team)
    if not state.history_allowed:
        raise rate_limited(HISTORY_RETRY_SECONDS)
    root = state.world.messages.get(call.text("ts"))
    if root is None or root.channel_id != channel.id:
        raise Refused("thread_not_found")
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "9"
    edges = (oldest, latest) if call.flag("inclusive") else ()
    found = [one for one in state.world.thread(root) if oldest < one.ts < latest or one.ts in edges]
    limit, cursor = int(call.arguments.get("limit") or PAGE), call.text("cursor") or "0"
    if not 1 <= limit <= PAGE_LIMIT:
        raise Refused("invalid_limit")
    if not cursor.isdecimal():
        raise Refused("invalid_cursor")
    end = int(cursor) + limit
    return {
        "messages": [message_payload(state.world, state.base, one) for one in found[int(cursor) : end]],
        "has_more": end < len(found),
        "response_metadata": {"next_cursor": str(end) if end < len(found) else ""},
    }


HANDLERS: Mapping[str, Handler] = {
    "conversations.open": _open,
    "conversations.replies": _replies,
}
