"""Methods that show modals and Homes."""

from collections.abc import Mapping

from tools.local_slack.api.call import Call, Handler
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Problem, Refused, invalid_arguments
from tools.local_slack.rules.message_checks import check_view
from tools.local_slack.state.grants import Trigger
from tools.local_slack.state.payloads import view_payload
from tools.local_slack.state.state import State


def _open(state: State, call: Call) -> Payload:
    view = check_view(state.description, call.arguments["view"], "modal")
    trigger = _trigger(state, call)
    opened = state.views.open(trigger.user, trigger.team, view, trigger.origin)
    return {"view": view_payload(state.world, opened)}


def _publish(state: State, call: Call) -> Payload:
    view = check_view(state.description, call.arguments["view"], "home")
    if not state.app.home:
        raise Refused("not_enabled")
    user = state.world.user(call.text("user_id"), call.team)
    published = state.views.publish(user, call.team, view, call.text("hash") or None)
    return {"view": view_payload(state.world, published)}


def _trigger(state: State, call: Call) -> Trigger:
    trigger_id = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger_id:
        raise invalid_arguments([Problem((), "missing required field: trigger_id")])
    return state.grants.take_trigger(trigger_id)


HANDLERS: Mapping[str, Handler] = {
    "views.open": _open,
    "views.publish": _publish,
}
