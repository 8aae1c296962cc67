"""Trees of components: walking them, and what Discord makes of them when it keeps them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tools.local_discord.model.entities import Attachment, Message, Payload
from tools.local_platform.schemas import ProblemPath

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
TEXT_DISPLAY, FILE, SEPARATOR, CONTAINER, LABEL = 10, 13, 14, 17, 18
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
LINK_STYLE = 5

_DEFAULTS: Mapping[int, Payload] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
    FILE: {"name": None, "size": None, "spoiler": False},
    SEPARATOR: {"spacing": 1, "divider": True},
    CONTAINER: {"accent_color": None, "spoiler": False},
}
"""What Discord fills in where a component leaves it out."""


def walk_components(
    components: Sequence[Payload], at: ProblemPath = ("components",)
) -> Iterator[tuple[ProblemPath, Payload]]:
    """Every component with its place, outer before inner, as they are shown."""
    for index, component in enumerate(components):
        yield from _walk_one(component, (*at, index))


def _walk_one(component: Payload, at: ProblemPath) -> Iterator[tuple[ProblemPath, Payload]]:
    yield at, component
    if isinstance(inner := component.get("components"), list):
        yield from walk_components(inner, (*at, "components"))
    for key in ("accessory", "component"):
        if isinstance(inner := component.get(key), dict):
            yield from _walk_one(inner, (*at, key))


def component_texts(components: Sequence[Payload]) -> list[str]:
    """What the text displays say, in order."""
    return [
        component["content"]
        for _, component in walk_components(components)
        if component.get("type") == TEXT_DISPLAY
    ]


def find(components: Sequence[Payload], name: str) -> Payload | None:
    """The component with this custom id or, failing that, this label."""
    found = [component for _, component in walk_components(components)]
    for key in ("custom_id", "label"):
        for component in found:
            if component.get(key) == name:
                return component
    return None


def text_of(message: Message) -> str:
    """All that a message says: its content, its text displays and its embeds, a line each."""
    parts = [message.content, *component_texts(message.components)]
    for embed in message.embeds:
        parts += [embed.get("title", ""), embed.get("description", "")]
        parts += [f"{field['name']}\n{field['value']}" for field in embed.get("fields", [])]
        parts.append(embed.get("footer", {}).get("text", ""))
    return "\n".join(part for part in parts if part)


def stored_components(
    components: Sequence[Payload], attachments: Sequence[Attachment], new_id: str
) -> tuple[Payload, ...]:
    """The components as Discord keeps them: each with an id, defaults filled in, media resolved.

    `new_id` is the id that media get.
    """
    taken = {component["id"] for _, component in walk_components(components) if component.get("id")}
    free = (number for number in range(1, 1_000_000) if number not in taken)
    by_name = {attachment.filename: attachment for attachment in attachments}

    def media(item: Payload) -> Payload:
        url = item["url"]
        attachment = by_name.get(url.removeprefix("attachment://"))
        if attachment is None:
            return {"id": new_id, "url": url, "proxy_url": url}
        known = {"id": attachment.id, "attachment_id": attachment.id, "content_type": attachment.content_type}
        return {**known, "url": attachment.url, "proxy_url": attachment.url}

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
        if "accessory" in done:
            done["accessory"] = one(done["accessory"])
        if "file" in done:
            attachment = by_name.get(done["file"]["url"].removeprefix("attachment://"))
            done["file"] = media(done["file"])
            if attachment is not None:
                done |= {"name": attachment.filename, "size": attachment.size}
        return done

    return tuple(one(component) for component in components)
