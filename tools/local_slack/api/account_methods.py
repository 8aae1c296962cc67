"""Methods about the app, people, user groups and direct messages."""

from tools.local_slack.api.methods import Call, method
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Refused
from tools.local_slack.state.payloads import user_payload
from tools.local_slack.state.state import State


@method("auth.test")
def auth_test(state: State, call: Call) -> Payload:
    team, bot = call.team, state.world.bot(call.team.id)
    body: Payload = {"team": team.name, "user": bot.name, "team_id": team.id, "user_id": bot.id}
    body["bot_id"] = bot.bot_id
    return {**body, "enterprise_id": team.enterprise_id} if team.enterprise_id else body


@method("apps.connections.open", "connections:write", token="xapp")
def open_connection(state: State, _call: Call) -> Payload:
    address = state.base.replace("http://", "ws://", 1)
    ticket = state.sockets.new_ticket()
    return {"url": f"{address}/link/?ticket={ticket}&app_id={state.world.app_id}"}


@method("users.info", "users:read", "user! include_locale:flag")
def user_info(state: State, call: Call) -> Payload:
    user = state.world.user(call.text("user"), call.team)
    locale = {"locale": user.locale} if call.arguments.get("include_locale") else {}
    return {"user": {**user_payload(state.world, user, call.team), **locale}}


@method("usergroups.list", "usergroups:read", "include_users:flag team_id")
def list_groups(state: State, call: Call) -> Payload:
    groups = [group for group in state.world.groups.values() if group.team_id == call.team.id]
    return {
        "usergroups": [
            {"id": group.id, "team_id": group.team_id, "name": group.name, "handle": group.handle}
            | ({"users": list(group.user_ids)} if call.arguments.get("include_users") else {})
            for group in groups
        ]
    }


@method("conversations.open", "im:write", "users!")
def open_direct_messages(state: State, call: Call) -> Payload:
    user = state.world.user(call.text("users"), call.team)
    if user.team_id != call.team.id:
        raise Refused("cannot_dm_user")
    return {"channel": {"id": state.world.dm(user).id}, "no_op": True, "already_open": True}
