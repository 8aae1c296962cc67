"""Fills in a modal as Discord's client does."""

from collections.abc import Mapping
from typing import Any

from tools.local_discord.model.entities import Payload
from tools.local_discord.people.options import NotPossible
from tools.local_discord.rules.components import LABEL, TEXT_INPUT, walk_components
from tools.local_discord.rules.limits import INPUT_LIMIT
from tools.local_discord.state.interaction import Modal


def submitted_modal(modal: Modal, values: Mapping[str, Any]) -> Payload:
    """The submitted components of a modal with these values, by custom id. Raises NotPossible."""
    left = dict(values)
    components = [_filled_in(component, left) for component in modal.components]
    if left:
        raise NotPossible(f"the modal has no input {next(iter(left))!r}")
    for number, (_, component) in enumerate(walk_components(components), start=1):
        component["id"] = number
    return {"custom_id": modal.custom_id, "components": components}


def _filled_in(label: Payload, left: dict[str, Any]) -> Payload:
    """The submitted form of a label, with the value of its input, which is removed from `left`."""
    asked = label["component"]
    kind, custom_id = asked["type"], asked["custom_id"]
    untouched = asked.get("value") or "" if kind == TEXT_INPUT else []
    value = left.pop(custom_id, untouched)
    _check(asked, value)
    filled = {"type": kind, "custom_id": custom_id, "value" if kind == TEXT_INPUT else "values": value}
    return {"type": LABEL, "component": filled}


def _check(component: Payload, value: Any) -> None:
    required = component.get("required") is not False
    if required and not value:
        raise NotPossible(f"{component['custom_id']!r} must be filled in")
    if component["type"] == TEXT_INPUT and value:
        least, most = component.get("min_length") or 0, component.get("max_length") or INPUT_LIMIT
        if not least <= len(value) <= most:
            raise NotPossible(
                f"{component['custom_id']!r} takes {least} to {most} characters, not {len(value)}"
            )
