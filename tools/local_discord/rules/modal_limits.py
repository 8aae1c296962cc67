"""The rules for modals that Discord's description does not express."""

from collections.abc import Iterator

from tools.local_discord.model.entities import Payload
from tools.local_discord.rules.components import ROW, TEXT_INPUT, walk_components
from tools.local_discord.rules.errors import Problem
from tools.local_discord.rules.problems import bad_length, too_wide, unique
from tools.local_platform.schemas import ProblemPath

MODAL_LIMIT = 5
"""Components at the top of a modal, as the documentation says; the description allows 40."""
INPUT_LIMIT = 4_000
"""Characters of a text input that sets no limit of its own."""


def modal_problems(modal: Payload) -> list[Problem]:
    """What is wrong with a modal."""
    return list(_problems(modal))


def _problems(modal: Payload) -> Iterator[Problem]:
    components = modal["components"]
    at: ProblemPath = ("data", "components")
    if len(components) > MODAL_LIMIT:
        yield bad_length(at, 1, MODAL_LIMIT)
    yield from unique("custom_id", components, at, "COMPONENT_CUSTOM_ID_DUPLICATED")
    for path, component in walk_components(components, at):
        if component["type"] == ROW and len(component["components"]) > 1:
            yield too_wide((*path, "components", 1))
        if component["type"] == TEXT_INPUT:
            in_label = path[-1] == "component"
            if in_label == bool(component.get("label")):
                yield Problem(
                    (*path, "label"), "BASE_TYPE_REQUIRED", "A text input has one label: its own or a Label's"
                )
            yield from _input_problems(component, path)


def _input_problems(component: Payload, path: ProblemPath) -> Iterator[Problem]:
    least, most = component.get("min_length") or 0, component.get("max_length") or INPUT_LIMIT
    if least > most:
        yield Problem((*path, "min_length"), "NUMBER_TYPE_MAX", "min_length must be no more than max_length")
    value = component.get("value")
    if value and not least <= len(value) <= most:
        yield bad_length((*path, "value"), least, most)
