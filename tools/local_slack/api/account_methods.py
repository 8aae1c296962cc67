"""Methods about the app itself, people, teams and groups."""

from collections.abc import Mapping

from tools.local_slack.api.call import Call, Handler
from tools.local_slack.model.entities import Payload
from tools.local_slack.state.payloads import group_payload, user_payload
from tools.local_slack.state.state import State


def _auth_test(state: State, call: Call) -> Payload:
    team = call.team
    bot = state.world.bot(team.id)
    body: Payload = {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": bot.name,
        "team_id": team.id,
        "user_id": bot.id,
        "bot_id": bot.bot_id,
        "is_enterprise_install": False,
    }
    return {**body, "enterprise_id": team.enterprise_id} if team.enterprise_id else body


def _connections_open(state: State, _call: Call) -> Payload:
    address = state.base.replace("http://", "ws://", 1)
    ticket = state.sockets.new_ticket()
    return {"url": f"{address}/link/?ticket={ticket}&app_id={state.world.app_id}"}


def _users_info(state: State, call: Call) -> Payload:
    user = state.world.user(call.text("user"), call.team)
    locale = call.flag("include_locale")
    return {"user": user_payload(state.world, user, locale=locale, asked_by=call.team)}


def _groups_list(state: State, call: Call) -> Payload:
    users = call.flag("include_users")
    groups = [group for group in state.world.groups.values() if group.team_id == call.team.id]
    return {"usergroups": [group_payload(group, users=users) for group in groups]}


HANDLERS: Mapping[str, Handler] = {
    "auth.test": _auth_test,
    "apps.connections.open": _connections_open,
    "users.info": _users_info,
    "usergroups.list": _groups_list,
}
