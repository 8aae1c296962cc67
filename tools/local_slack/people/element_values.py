"""Finds elements, and makes the payloads of choices and filled-in forms."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tools.local_slack.model.entities import Message, Payload, User
from tools.local_slack.people.interact import NotPossible
from tools.local_slack.rules.blocks import block_elements, text_of
from tools.local_slack.rules.limits import INPUT_LIMIT
from tools.local_slack.state.views import INTERACTIVE, View

TOLD = {
    "plain_text_input": "value",
    "datepicker": "selected_date",
    "multi_users_select": "selected_users",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "checkboxes": "selected_options",
    "multi_external_select": "selected_options",
}
"""The key of the chosen value, by the element's type."""
EXTERNAL = frozenset({"external_select", "multi_external_select"})

Chosen = str | User | Payload
"""A chosen value: a text, an option or its value, or a person."""


def find_element(shown: Message | View, name: str) -> tuple[Payload, Payload]:
    """The first element with this action_id, label or value, and its block."""
    found = [
        (block, element)
        for block in shown.blocks
        for element in block_elements(block)
        if element.get("type") in INTERACTIVE and name in _names(block, element)
    ]
    if not found:
        there = sorted(
            {named for block in shown.blocks for one in block_elements(block) for named in _names(block, one)}
        )
        raise NotPossible(f"there is no {name!r}; there are {there}")
    return found[0]


def _names(block: Payload, element: Payload) -> set[str]:
    """The names by which an element can be found."""
    names = {str(element.get("action_id", "")), str(element.get("value", ""))}
    for key in ("text", "placeholder"):
        if isinstance(text := element.get(key), dict):
            names.add(str(text["text"]))
    if block["type"] == "input":
        names.add(text_of([block["label"]]))
    return names - {""}


def chosen_value(element: Payload, chosen: Any, offered: Sequence[Payload] = ()) -> Payload:
    """The payload of an element in which something was chosen. Raises NotPossible if that can't be chosen.

    `offered` are the options that an external select was last given.
    """
    kind = element["type"]
    known = [*(offered if kind in EXTERNAL else element.get("options", ()))]
    known += element.get("initial_options") or []
    known += [element["initial_option"]] if element.get("initial_option") else []
    value: Any
    match TOLD.get(kind):
        case "value":
            value = _typed(element, chosen)
        case "selected_date":
            value = _day(chosen)
        case "selected_users":
            value = [one.id for one in _list(element, chosen)]
        case "selected_option":
            value = None if chosen is None else _option(known, chosen)
        case "selected_options":
            value = [_option(known, one) for one in _list(element, chosen)]
        case _:
            raise NotPossible(f"nobody can choose anything in a {kind}")
    return {"type": kind, TOLD[kind]: value}


def initial_value(element: Payload) -> Payload:
    """The payload of an element's initial value."""
    told = TOLD[element["type"]]
    nothing: list[Payload] | None = [] if told.endswith("s") else None
    return {
        "type": element["type"],
        told: element.get(f"initial_{told.removeprefix('selected_')}", nothing),
    }


def form_state(
    view: View, given: Mapping[str, Any], offered: Mapping[str, Sequence[Payload]]
) -> dict[str, dict[str, Payload]]:
    """The state of a form after somebody filled these values in, by action_id, block_id or label."""
    left = dict(given)
    state: dict[str, dict[str, Payload]] = {}
    for block in view.blocks:
        for element in block_elements(block):
            if element.get("type") not in TOLD:
                continue
            action_id = element["action_id"]
            current = initial_value(element)
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
    if not element.get("multiline") and "\n" in text:
        raise NotPossible(f"{element['action_id']!r} takes one line")
    return text


def _day(chosen: Any) -> str | None:
    try:
        return None if chosen is None else date.fromisoformat(str(chosen)).isoformat()
    except ValueError:
        raise NotPossible(f"{chosen!r} is no day") from None


def _list(element: Payload, chosen: Any) -> list[Any]:
    several = [] if chosen is None else list(chosen) if isinstance(chosen, list | tuple) else [chosen]
    if len(several) > element.get("max_selected_items", len(several)):
        raise NotPossible(f"{element['action_id']!r} takes no more than {element['max_selected_items']}")
    return several


def _option(known: Sequence[Payload], chosen: Any) -> Payload:
    for option in known:
        if chosen in (option, option.get("value"), option["text"]["text"]):
            return option
    raise NotPossible(f"there is no option {chosen!r}; there are {[one.get('value') for one in known]}")
