"""Trees of components: walks them, and converts them to the form in which Discord stores them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from tools.local_discord.model.entities import Attachment, Message, Payload
from tools.local_platform.schemas import ProblemPath

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
ROLE_SELECT = 6
TEXT_DISPLAY, FILE, SEPARATOR, CONTAINER, LABEL = 10, 13, 14, 17, 18
SELECTS = frozenset({STRING_SELECT, ROLE_SELECT})
LINK_STYLE = 5

_DEFAULTS: Mapping[int, Payload] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
    FILE: {"name": None, "size": None, "spoiler": False},
    SEPARATOR: {"spacing": 1, "divider": True},
    CONTAINER: {"accent_color": None, "spoiler": False},
}
"""The default values that Discord adds to components."""


def walk_components(
    components: Sequence[Payload], at: ProblemPath = ("components",)
) -> Iterator[tuple[ProblemPath, Payload]]:
    """Every component with its path, parents before children, in the order in which they are shown."""
    for index, component in enumerate(components):
        yield (*at, index), component
        yield from walk_components(component.get("components") or [], (*at, index, "components"))
        if "component" in component:
            yield (*at, index, "component"), component["component"]


def component_texts(components: Sequence[Payload]) -> list[str]:
    """The contents of the text displays, in order."""
    return [
        component["content"]
        for _, component in walk_components(components)
        if component.get("type") == TEXT_DISPLAY
    ]


def find(components: Sequence[Payload], name: str) -> Payload | None:
    """The component with this custom id or, if there is none, this label."""
    found = [component for _, component in walk_components(components)]
    for key in ("custom_id", "label"):
        for component in found:
            if component.get(key) == name:
                return component
    return None


def text_of(message: Message) -> str:
    """The whole text of a message: its content and its text displays, a line for each."""
    return "\n".join(part for part in (message.content, *component_texts(message.components)) if part)


def stored_components(
    components: Sequence[Payload], attachments: Sequence[Attachment]
) -> tuple[Payload, ...]:
    """The components as Discord stores them: each with an id, with default values and resolved files."""
    taken = {component["id"] for _, component in walk_components(components) if component.get("id")}
    free = (number for number in count(1) if number not in taken)
    by_name = {attachment.filename: attachment for attachment in attachments}

    def one(component: Payload) -> Payload:
        said = {key: value for key, value in component.items() if value is not None and key != "id"}
        done: dict[str, Any] = {**_DEFAULTS.get(component["type"], {}), **said}
        done["id"] = component.get("id") or next(free)
        if "default_values" in done:
            done["default_values"] = [{**one, "id": str(one["id"])} for one in done["default_values"]]
        if "emoji" in done:
            done["emoji"] = {key: value for key, value in done["emoji"].items() if value is not None}
        if "components" in done:
            done["components"] = [one(inner) for inner in done["components"]]
        if "file" in done:
            file = by_name[done["file"]["url"].removeprefix("attachment://")]
            media = {"id": file.id, "attachment_id": file.id, "content_type": file.content_type}
            done["file"] = {**media, "url": file.url, "proxy_url": file.url}
            done |= {"name": file.filename, "size": file.size}
        return done

    return tuple(one(component) for component in components)
