"""Methods about the app itself, people, teams and groups."""

from collections.abc import Mapping

from tools.local_slack.api.call import Call, Handler
from tools.local_slack.model.entities import Group, Payload
from tools.local_slack.rules.errors import Refused
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


def _bots_info(state: State, call: Call) -> Payload:
    wanted = call.text("bot") or call.team.bot_id
    for user in state.world.users.values():
        if user.bot_id is not None and user.bot_id == wanted:
            bot = {
                "id": user.bot_id,
                "deleted": False,
                "name": user.real_name,
                "updated": state.clock.unix(),
                "app_id": state.world.app_id,
                "user_id": user.id,
            }
            return {"bot": bot}
    raise Refused("bot_not_found")


def _team_info(state: State, call: Call) -> Payload:
    team = state.world.teams.get(call.text("team") or call.team.id)
    if team is None:
        raise Refused("team_not_found")
    body: Payload = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}
    if team.enterprise_id:
        body |= {"enterprise_id": team.enterprise_id, "enterprise_name": "The Company"}
    return {"team": body}


def _users_info(state: State, call: Call) -> Payload:
    user = state.world.user(call.text("user"), call.team)
    locale = call.flag("include_locale")
    return {"user": user_payload(state.world, user, locale=locale, asked_by=call.team)}


def _groups_list(state: State, call: Call) -> Payload:
    users = call.flag("include_users")
    return {"usergroups": [group_payload(group, users=users) for group in _groups(state, call).values()]}


def _groups_users(state: State, call: Call) -> Payload:
    group = _groups(state, call).get(call.text("usergroup"))
    if group is None:
        raise Refused("no_such_subteam")
    return {"users": list(group.user_ids)}


def _groups(state: State, call: Call) -> dict[str, Group]:
    groups = state.world.groups
    return {group_id: group for group_id, group in groups.items() if group.team_id == call.team.id}


HANDLERS: Mapping[str, Handler] = {
    "auth.test": _auth_test,
    "apps.connections.open": _connections_open,
    "bots.info": _bots_info,
    "team.info": _team_info,
    "users.info": _users_info,
    "usergroups.list": _groups_list,
    "usergroups.users.list": _groups_users,
}
