"""Methods that show modals and Homes, and the status and prompts of the assistant's pane."""

from typing import Any

from tools.local_slack.api.methods import Call, method
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Problem, Refused, invalid_arguments
from tools.local_slack.rules.message_checks import check_view
from tools.local_slack.state.payloads import view_payload
from tools.local_slack.state.state import Pane, State

PROMPTS_LIMIT = 4


@method("views.open", "", "trigger_id! view!:json")
def open_view(state: State, call: Call) -> Payload:
    view = check_view(state.description, call.arguments["view"], "modal")
    trigger = state.grants.take_trigger(call.text("trigger_id"))
    opened = state.views.open(trigger.user, trigger.team, view, trigger.origin)
    return {"view": view_payload(state.world, opened)}


@method("views.publish", "", "user_id! view!:json")
def publish_view(state: State, call: Call) -> Payload:
    view = check_view(state.description, call.arguments["view"], "home")
    if not state.world.app.home:
        raise Refused("not_enabled")
    user = state.world.user(call.text("user_id"), call.team)
    return {"view": view_payload(state.world, state.views.publish(user, call.team, view))}


@method("assistant.threads.setStatus", "chat:write assistant:write", "channel_id! thread_ts! status!")
def set_status(state: State, call: Call) -> Payload:
    pane = _pane(state, call, anywhere=True)
    pane.status = call.arguments["status"]
    pane.statuses = (*pane.statuses, pane.status)
    return {}


@method(
    "assistant.threads.setSuggestedPrompts", "assistant:write", "channel_id! thread_ts title prompts!:json"
)
def set_prompts(state: State, call: Call) -> Payload:
    prompts: Any = call.arguments["prompts"]
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS_LIMIT:
        raise invalid_arguments([Problem(("prompts",), f"must have 1 to {PROMPTS_LIMIT} items")])
    if not all(_is_prompt(prompt) for prompt in prompts):
        raise invalid_arguments([Problem(("prompts",), "must have a title and a message each")])
    pane = _pane(state, call)
    pane.prompts, pane.prompts_title = tuple(prompts), call.text("title")
    return {}


def _is_prompt(prompt: Any) -> bool:
    return (
        isinstance(prompt, dict)
        and prompt.keys() == {"title", "message"}
        and all(isinstance(value, str) and value for value in prompt.values())
    )


@method("assistant.threads.setTitle", "assistant:write", "channel_id! thread_ts! title!")
def set_title(state: State, call: Call) -> Payload:
    _pane(state, call).title = call.text("title")
    return {}


def _pane(state: State, call: Call, *, anywhere: bool = False) -> Pane:
    """The pane of the thread that the call names; `anywhere` also allows channels' threads, as for a status.

    Prompts without a thread are for the whole pane: they are shown whenever a new thread begins.
    """
    channel = state.world.member_channel(call.text("channel_id"), call.team)
    key = (channel.id, call.text("thread_ts"))
    root = state.world.messages.get(key[1])
    in_channel = anywhere and root is not None and root.channel_id == channel.id
    if key[1] and key not in state.panes and not in_channel:
        raise Refused("invalid_thread_ts")
    return state.panes.setdefault(key, Pane())
