"""What an app answers to a form that was sent, or to what somebody types into a select."""

from typing import Any

from tools.local_slack.model.entities import Payload
from tools.local_slack.rules.element_limits import offered_problems
from tools.local_slack.rules.errors import Problem, Refused
from tools.local_slack.rules.message_checks import check_view
from tools.local_slack.state.requests import ACK
from tools.local_slack.state.state import State
from tools.local_slack.state.views import View


def take_submission(state: State, view: View, answer: Payload | None, origin: str) -> None:
    """The modal closes, changes or stays, as the app says."""
    current = state.views.views[view.id]
    action = (answer or {}).get("response_action")
    try:
        match action:
            case None:
                if answer:
                    raise Refused("missing response_action")
                state.views.close(current)
            case "clear":
                state.views.close(current, all_of_them=True)
            case "update":
                checked = check_view(state.description, (answer or {}).get("view"), "modal")
                state.views.update(current, checked)
            case "push":
                checked = check_view(state.description, (answer or {}).get("view"), "modal")
                state.views.push(current.user, current.team, checked, origin)
            case "errors":
                _check_errors(current, (answer or {}).get("errors"))
            case _:
                raise Refused(f"unknown response_action: {action}")
    except Refused as refused:
        _record(state, answer, refused.problems or (Problem((), refused.error),))
    else:
        if answer:
            _record(state, answer)


def take_options(state: State, key: tuple[str, str], answer: Payload | None) -> None:
    """A select shows what it was offered."""
    if answer is None:
        _record(state, {}, (Problem((), "nothing was offered"),))
        return
    problems: list[Problem] = []
    groups = answer.get("option_groups") or []
    flat = [*(answer.get("options") or []), *(one for group in groups for one in group.get("options", []))]
    problems += state.description.option_problems(flat, ("options",))
    if not problems:
        problems += offered_problems(answer)
    _record(state, answer, tuple(problems))
    state.offered[key] = [] if problems else flat


def _check_errors(view: View, errors: Any) -> None:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise Refused("errors must be an object that is not empty")
    if strange := sorted(errors.keys() - inputs):
        raise Refused(f"errors for what is no input: {', '.join(strange)}")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise Refused("each error must be a text")


def _record(state: State, answer: Payload | None, problems: tuple[Problem, ...] = ()) -> None:
    error = problems[0].message if problems else None
    state.record(ACK, answer or {}, error=error, problems=problems)
