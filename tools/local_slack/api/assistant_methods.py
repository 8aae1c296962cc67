"""Methods of the assistant's pane."""

from collections.abc import Mapping
from typing import Any

from tools.local_slack.api.call import Call, Handler
from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.errors import Problem, Refused, invalid_arguments
from tools.local_slack.state.state import Pane, State

PROMPTS_LIMIT = 4
LOADING_LIMIT = 10
"""Messages that take turns while the bot works."""


def _set_status(state: State, call: Call) -> Payload:
    loading = call.arguments.get("loading_messages") or []
    if len(loading) > LOADING_LIMIT:
        raise invalid_arguments(
            [Problem(("loading_messages",), f"no more than {LOADING_LIMIT} items allowed")]
        )
    pane = _pane(state, call, anywhere=True)
    pane.status = call.arguments["status"]
    pane.statuses = (*pane.statuses, pane.status)
    return {}


def _set_prompts(state: State, call: Call) -> Payload:
    prompts: Any = call.arguments["prompts"]
    problems = []
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS_LIMIT:
        problems.append(Problem(("prompts",), f"must have 1 to {PROMPTS_LIMIT} items"))
    else:
        problems += [
            Problem(("prompts", index), "must have a title and a message, and nothing else")
            for index, prompt in enumerate(prompts)
            if not _is_prompt(prompt)
        ]
    if problems:
        raise invalid_arguments(problems)
    pane = _pane(state, call)
    pane.prompts, pane.prompts_title = tuple(prompts), call.text("title")
    return {}


def _is_prompt(prompt: Any) -> bool:
    return (
        isinstance(prompt, dict)
        and prompt.keys() == {"title", "message"}
        and all(isinstance(value, str) and value for value in prompt.values())
    )


def _set_title(state: State, call: Call) -> Payload:
    _pane(state, call).title = call.text("title")
    return {}


def _pane(state: State, call: Call, *, anywhere: bool = False) -> Pane:
    """The thread that the call names; `anywhere` takes threads of channels too, as a status does."""
    channel = state.world.member_channel(call.text("channel_id"), call.team)
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        # Prompts without a thread are for the whole pane: they show wherever a new thread is begun.
        return state.panes.setdefault((channel.id, ""), Pane())
    key = (channel.id, thread_ts)
    root = state.world.messages.get(thread_ts)
    if key not in state.panes and not (anywhere and root is not None and root.channel_id == channel.id):
        raise Refused("invalid_thread_ts")
    return state.panes.setdefault(key, Pane())


HANDLERS: Mapping[str, Handler] = {
    "assistant.threads.setStatus": _set_status,
    "assistant.threads.setSuggestedPrompts": _set_prompts,
    "assistant.threads.setTitle": _set_title,
}
