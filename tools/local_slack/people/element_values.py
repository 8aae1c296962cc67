"""Elements that people use: finding them, choosing in them, filling in forms."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tools.local_slack.model.entities import Channel, Message, Payload, User
from tools.local_slack.people.interact import NotPossible
from tools.local_slack.rules.blocks import block_elements, text_of
from tools.local_slack.rules.element_limits import INPUT_LIMIT
from tools.local_slack.state.views import INTERACTIVE, View

BUTTONS = frozenset({"button", "icon_button", "feedback_buttons", "workflow_button"})
TYPED = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})
ONE_OF = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
"""Elements whose value is one text (or number), and what it is called."""
SEVERAL_OF = {
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
ONE_OPTION = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
OPTIONS = frozenset({"checkboxes", "multi_static_select", "multi_external_select"})
EXTERNAL = frozenset({"external_select", "multi_external_select"})

Chosen = str | int | User | Channel | Payload
"""What is chosen: a text, an option's value or the option itself, a person, a channel."""


def find_element(shown: Message | View, name: str, nth: int = 0) -> tuple[Payload, Payload]:
    """The `nth` element with this action_id, label or value, and its block."""
    found = [
        (block, element)
        for block in shown.blocks
        for element in block_elements(block)
        if element.get("type") in INTERACTIVE and name in _names(block, element)
    ]
    if len(found) <= nth:
        there = sorted(
            {named for block in shown.blocks for one in block_elements(block) for named in _names(block, one)}
        )
        raise NotPossible(f"there is no {name!r} ({nth}); there are {there}")
    return found[nth]


def _names(block: Payload, element: Payload) -> set[str]:
    """What an element may be called: a feedback's two buttons each count as their element."""
    names = {str(element.get("action_id", "")), str(element.get("value", ""))}
    for key in ("text", "placeholder"):
        if isinstance(text := element.get(key), dict):
            names.add(str(text["text"]))
    for key in ("positive_button", "negative_button"):
        if key in element:
            names |= {str(element[key]["text"]["text"]), str(element[key]["value"])}
    if block["type"] == "input":
        names.add(text_of([block["label"]]))
    return names - {""}


def pressed_value(element: Payload, name: str) -> Payload:
    """What is told of a button that was pressed."""
    if element["type"] == "feedback_buttons":
        for key in ("positive_button", "negative_button"):
            one = element[key]
            if name in (one["text"]["text"], one["value"]):
                return {"value": one["value"], "text": one["text"]}
        raise NotPossible(f"{name!r} is none of the two buttons: name one by its label or its value")
    told = {"text": element.get("text"), "value": element.get("value"), "style": element.get("style")}
    return {key: value for key, value in told.items() if value is not None}


def chosen_value(element: Payload, chosen: Any, offered: Sequence[Payload] = ()) -> Payload:
    """What is told of an element in which something was chosen; raises NotPossible for what can't be.

    `offered` are the options that an external select was last given.
    """
    kind = element["type"]
    if kind in TYPED:
        return {"type": kind, "value": _typed(element, chosen)}
    if kind in ONE_OF:
        return {"type": kind, ONE_OF[kind]: _picked(kind, chosen)}
    if kind in SEVERAL_OF:
        return {"type": kind, SEVERAL_OF[kind]: [_id(one) for one in _list(element, chosen)]}
    known = list(offered) if kind in EXTERNAL else _options(element)
    known += element.get("initial_options") or []
    known += [element["initial_option"]] if element.get("initial_option") else []
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": None if chosen is None else _option(known, chosen)}
    if kind in OPTIONS:
        several = [_option(known, one) for one in _list(element, chosen)]
        return {"type": kind, "selected_options": several}
    raise NotPossible(f"nobody can choose anything in a {kind}")


def initial_value(element: Payload) -> Payload:
    """What stands in an element before anybody used it."""
    kind = element["type"]
    if kind in TYPED:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in ONE_OF:
        return {"type": kind, ONE_OF[kind]: element.get(ONE_OF[kind].replace("selected_", "initial_"))}
    if kind in SEVERAL_OF:
        name = SEVERAL_OF[kind]
        return {"type": kind, name: element.get(name.replace("selected_", "initial_")) or []}
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    return {"type": kind}


def form_state(
    view: View, given: Mapping[str, Any], offered: Mapping[str, Sequence[Payload]]
) -> dict[str, dict[str, Payload]]:
    """The state of a form after somebody filled these values in, by action_id, block_id or label."""
    left = dict(given)
    state: dict[str, dict[str, Payload]] = {}
    for block in view.blocks:
        for element in block_elements(block):
            if element.get("type") not in INTERACTIVE - BUTTONS - {"overflow"}:
                continue
            action_id = element["action_id"]
            current = view.values.get(block["block_id"], {}).get(action_id) or initial_value(element)
            named = next(
                (name for name in left if name in {*_names(block, element), block["block_id"]}), None
            )
            if named is not None:
                current = chosen_value(element, left.pop(named), offered.get(action_id, ()))
            if block["type"] == "input" and not block.get("optional") and _is_empty(current):
                raise NotPossible(f"{text_of([block['label']])!r} must be filled in")
            state.setdefault(block["block_id"], {})[action_id] = current
    if left:
        raise NotPossible(f"the form has no {sorted(left)}")
    return state


def _is_empty(value: Payload) -> bool:
    return not any(told for key, told in value.items() if key != "type")


def _typed(element: Payload, chosen: Any) -> str | None:
    if chosen in (None, ""):
        return None
    text = str(chosen)
    least, most = element.get("min_length", 0), element.get("max_length", INPUT_LIMIT)
    if not least <= len(text) <= most:
        raise NotPossible(f"{element['action_id']!r} takes {least} to {most} characters")
    if element["type"] == "plain_text_input" and not element.get("multiline") and "\n" in text:
        raise NotPossible(f"{element['action_id']!r} takes one line")
    return text


def _picked(kind: str, chosen: Any) -> Any:
    if kind == "datepicker" and chosen is not None:
        try:
            return date.fromisoformat(str(chosen)).isoformat()
        except ValueError:
            raise NotPossible(f"{chosen!r} is no day") from None
    return chosen if isinstance(chosen, int | None) else _id(chosen)


def _id(chosen: Any) -> str:
    return chosen.id if isinstance(chosen, User | Channel) else str(chosen)


def _list(element: Payload, chosen: Any) -> list[Any]:
    several = [] if chosen is None else list(chosen) if isinstance(chosen, list | tuple) else [chosen]
    if len(several) > element.get("max_selected_items", len(several)):
        raise NotPossible(f"{element['action_id']!r} takes no more than {element['max_selected_items']}")
    return several


def _options(element: Payload) -> list[Payload]:
    groups: list[Payload] = element.get("option_groups") or []
    return [*(element.get("options") or []), *(one for group in groups for one in group["options"])]


def _option(known: Sequence[Payload], chosen: Any) -> Payload:
    for option in known:
        if chosen in (option, option.get("value"), option["text"]["text"]):
            return option
    raise NotPossible(f"there is no option {chosen!r}; there are {[one.get('value') for one in known]}")
