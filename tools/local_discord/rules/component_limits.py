"""The rules for components that Discord's description does not express."""

from collections.abc import Iterator, Sequence, Set
from urllib.parse import urlsplit

from tools.local_discord.model.entities import Payload
from tools.local_discord.rules.components import (
    BUTTON,
    FILE,
    LINK_STYLE,
    ROW,
    SELECTS,
    STRING_SELECT,
    TEXT_DISPLAY,
    walk_components,
)
from tools.local_discord.rules.errors import Problem
from tools.local_discord.rules.problems import bad_scheme, problem, required, too_wide, unique
from tools.local_platform.schemas import ProblemPath

SCHEMES = frozenset({"http", "https", "discord"})
"""Where a link button may lead."""


def component_problems(components: Sequence[Payload], filenames: Set[str]) -> Iterator[Problem]:
    """What is wrong with the components of a message that has files of these names."""
    yield from unique("custom_id", components, ("components",), "COMPONENT_CUSTOM_ID_DUPLICATED")
    yield from unique("id", components, ("components",), "COMPONENT_ID_DUPLICATED")
    for path, component in walk_components(components):
        kind = component["type"]
        if kind == ROW:
            inner = [one["type"] for one in component["components"]]
            if len(inner) > 1 and SELECTS & set(inner):
                yield too_wide((*path, "components", len(inner) - 1))
        elif kind == BUTTON:
            yield from _button_problems(component, path)
        elif kind in SELECTS:
            yield from _select_problems(component, path)
        elif kind == TEXT_DISPLAY and not component["content"].strip():
            yield required((*path, "content"))
        elif kind == FILE:
            yield from _file_problems(component["file"]["url"], (*path, "file", "url"), filenames)


def _button_problems(button: Payload, path: ProblemPath) -> Iterator[Problem]:
    style, url, custom_id = button["style"], button.get("url"), button.get("custom_id")
    if style == LINK_STYLE:
        if not url:
            yield required((*path, "url"))
        elif urlsplit(url).scheme not in SCHEMES:
            yield bad_scheme((*path, "url"), url)
        elif urlsplit(url).scheme != "discord" and not urlsplit(url).hostname:
            yield problem("URL_TYPE_INVALID_URL", *path, "url")
        if custom_id:
            yield problem("BUTTON_COMPONENT_CUSTOM_ID_AND_URL", *path, "custom_id")
    else:
        if not custom_id:
            yield required((*path, "custom_id"))
        if url:
            yield problem("BUTTON_COMPONENT_INVALID_STYLE", *path, "url")
    if not button.get("label") and not button.get("emoji"):
        yield problem("BUTTON_COMPONENT_INVALID_LABEL", *path)


def _select_problems(select: Payload, path: ProblemPath) -> Iterator[Problem]:
    least, most = select.get("min_values"), select.get("max_values")
    # Both are 1 where they are left out.
    if (1 if least is None else least) > (1 if most is None else most):
        yield Problem((*path, "min_values"), "NUMBER_TYPE_MAX", "min_values must be no more than max_values")
    if select["type"] != STRING_SELECT:
        return
    options = select["options"]
    seen: set[str] = set()
    for index, option in enumerate(options):
        if option["value"] in seen:
            yield problem("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", *path, "options", index, "value")
        seen.add(option["value"])
    if sum(bool(option.get("default")) for option in options) > (1 if most is None else most):
        yield problem("SELECT_COMPONENT_TOO_MANY_DEFAULTS", *path, "options")


def _file_problems(url: str, at: ProblemPath, filenames: Set[str]) -> Iterator[Problem]:
    scheme, _, name = url.partition("://")
    if scheme != "attachment":
        yield problem("UNFURLED_MEDIA_ITEM_MUST_BE_ATTACHMENT", *at)
    elif name not in filenames:
        yield problem("UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", *at)
